"""A Keras model of dense layers, found from what it gave: its activations and its loss, by Keras's names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Inputs
from autograder.observers.built import random_weights
from autograder.observers.encoding import decode
from autograder.tolerance import close, tolerance


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": sigmoid,
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "softmax": softmax,
    "softplus": lambda z: np.log1p(np.exp(z)),
    "exponential": np.exp,
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
    "silu": lambda z: z * sigmoid(z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "sigmoid twice": lambda z: sigmoid(sigmoid(z)),
}
"""What a layer may do with its weighted sums."""

LOSSES: dict[str, Callable[[np.ndarray, np.ndarray], Any]] = {
    "mean_absolute_error": lambda t, p: np.mean(np.abs(t - p)),
    "mean_squared_error": lambda t, p: np.mean((t - p) ** 2),
    "mean_absolute_percentage_error": lambda t, p: 100 * np.mean(np.abs((t - p) / t)),
    "mean_squared_logarithmic_error": lambda t, p: np.mean((np.log1p(t) - np.log1p(p)) ** 2),
    "binary_crossentropy": lambda t, p: -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)),
    "huber": lambda t, p: np.mean((t - p) ** 2) / 2,  # of errors below 1
    # Keras has no name for these two.
    "root_mean_square": lambda t, p: np.sqrt(np.mean((t - p) ** 2)),
    "sum_of_absolute_errors": lambda t, p: np.sum(np.abs(t - p)),
}
"""What a model may be trained to make small, for targets in (0, 1)."""


@dataclass(frozen=True)
class Model:
    """What a Keras model says of itself, and what it turned out to compute.

    ``units`` are its layers' sizes, in the order in which they follow one another; there are no
    ``activations`` where none fit all outputs. ``losses`` are the names of those that give what the compiled
    one gave, without what regularisers add (``penalised``). It is ``steady`` if training changes no output.
    ``counted`` are its parameters before it has seen any data, None where nobody knows. It is ``new`` if the
    next call gives a model with other weights. ``error`` is what its first call raised.
    """

    inputs: list[list[int | None]] | None
    counted: int | None
    new: bool
    error: dict[str, Any] | None
    shapes: list[list[int]]
    trainable: int
    units: tuple[int, ...]
    activations: tuple[str, ...]
    steady: bool
    compiled: bool
    optimizer: str
    learning_rate: float | None
    loss: float | None
    loss_error: dict[str, Any] | None
    losses: frozenset[str]
    penalised: bool


def read_model(inputs: Inputs, told: dict[str, Any], wanted: list[list[int]]) -> Model:
    """The model that was described; kernels of the ``wanted`` shapes are in that order, however made."""
    shapes, optimizer = told["shapes"], told["optimizer"] or {"type": "", "learning_rate": None}
    kernels = [shape for shape in shapes if len(shape) == 2]
    kernels = wanted if sorted(kernels) == sorted(wanted) else kernels
    drawn = inputs["draws"][: len(told["draws"])]  # a large model is not tried
    tries = [
        Tried(decode(draw["x"]["array"]), random_weights(draw["seed"], shapes), gave["outputs"])
        for draw, gave in zip(drawn, told["draws"], strict=True)
    ]
    given = [None if loss["value"] is None else float(decode(loss["value"])) for loss in told["losses"]]
    penalties = [float(decode(loss["penalty"])) for loss in told["losses"]]
    pairs = [(decode(p["y_true"]["array"]), decode(p["y_pred"]["array"])) for p in inputs["losses"]]
    values = [v - penalty for v, penalty in zip(given, penalties, strict=True) if v is not None]
    return Model(
        inputs=told["inputs"],
        counted=told["counted"],
        new=told["new"],
        error=told["error"],
        shapes=shapes,
        trainable=told["trainable"],
        units=tuple(kernel[1] for kernel in kernels),
        activations=_activations(tries, kernels),
        steady=all(t.outputs[0] == t.outputs[1] for t in tries),
        compiled=told["compiled"],
        optimizer=optimizer["type"],
        learning_rate=optimizer["learning_rate"],
        loss=given[0] if given else None,
        loss_error=told["losses"][0]["error"] if given else None,
        losses=_losses(pairs, values) if len(values) == len(pairs) else frozenset(),
        penalised=any(penalties),
    )


class Tried(NamedTuple):
    """What a model with these weights gave at ``x``, in prediction and in training, written down."""

    x: np.ndarray
    weights: list[np.ndarray]
    outputs: list[dict[str, Any]]


def _activations(tries: Sequence[Tried], kernels: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """The activation of each of at most three dense layers; none where none fits all outputs."""
    if not tries or not 1 <= len(kernels) <= 3 or kernels[0][0] != tries[0].x.shape[1]:
        return ()
    if any(a[1] != b[0] for a, b in pairwise(kernels)):
        return ()
    chains = product(ACTIVATIONS, repeat=len(kernels))
    return next((names for names in chains if all(_gives(t, kernels, names) for t in tries)), ())


def _gives(tried: Tried, kernels: Sequence[Sequence[int]], names: tuple[str, ...]) -> bool:
    """Whether a forward pass from x, with these weights and activations, gives what the model gave."""
    z, weights, output = tried.x, [w.astype(float) for w in tried.weights], tried.outputs[0]
    if output["kind"] != "numbers" or any(w.ndim not in (1, 2) for w in weights):
        return False
    for shape, name in zip(kernels, names, strict=True):
        kernel, bias = _take(weights, shape), _take(weights, shape[1:])
        z = ACTIVATIONS[name](z @ kernel + bias)
    got = decode(output)
    # Sums of a few numbers about 1 may cancel: below 0.1 it is their size that the rounding follows.
    allowed = tolerance("float32", 20) * np.maximum(0.1, np.abs(z))
    near = np.isfinite(z) & (np.abs(got - z) <= allowed)
    return got.shape == z.shape and bool(np.all(near | (got == z)))


def _take(weights: list[np.ndarray], shape: Sequence[int]) -> np.ndarray:
    """The first array of that shape, taken out; zeros where there is none, for a layer without a bias."""
    where = [i for i, w in enumerate(weights) if list(w.shape) == list(shape)]
    return weights.pop(where[0]) if where else np.zeros(shape)


def _losses(pairs: list[tuple[np.ndarray, np.ndarray]], values: list[float]) -> frozenset[str]:
    """The names of the losses that give these values for these targets and predictions."""
    allowed, tries = tolerance("float32", 20), list(zip(pairs, values, strict=True))
    return frozenset(
        name
        for name, loss in LOSSES.items()
        if all(close(np.array(value), loss(t, p), allowed) for (t, p), value in tries)
    )
