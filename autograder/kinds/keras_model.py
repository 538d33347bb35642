"""Reads what an observer wrote about a Keras model of dense layers: its shapes, activations and loss."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.observers.built import random_weights
from autograder.observers.encoding import decode
from autograder.tolerance import close, tolerance

Model = dict[str, Any]

Function = Callable[[np.ndarray], np.ndarray]


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


ACTIVATIONS: dict[str, Function] = {
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
}
"""What a layer may do with its weighted sums, by Keras's names."""

LOSSES: dict[str, Callable[[np.ndarray, np.ndarray], Any]] = {
    "mean absolute error": lambda t, p: np.mean(np.abs(t - p)),
    "mean squared error": lambda t, p: np.mean((t - p) ** 2),
    "root mean square": lambda t, p: np.sqrt(np.mean((t - p) ** 2)),
    "mean absolute percentage error": lambda t, p: 100 * np.mean(np.abs((t - p) / t)),
    "mean squared logarithmic error": lambda t, p: np.mean((np.log1p(t) - np.log1p(p)) ** 2),
    "binary cross-entropy": lambda t, p: -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p)),
    "Huber loss": lambda t, p: np.mean((t - p) ** 2) / 2,  # of errors below 1
    "sum of absolute errors": lambda t, p: np.sum(np.abs(t - p)),
}
"""What a model may be trained to make small, by name, for targets in (0, 1)."""

KERNELS = ([2, 2], [2, 1])
BIASES = ([2], [1])


def model_of(evidence: Evidence) -> Model | None:
    """The description of the model, or None where none was built."""
    return evidence["calls"]["model"]["model"]


def units(model: Model) -> list[int]:
    """How many neurons each dense layer has, in the order in which the layers follow one another."""
    return [k[1] for k in kernels(model)]


def kernels(model: Model) -> list[list[int]]:
    """The shapes of the weight matrices; those of the wanted model in its order, whichever was made first."""
    found = [s for s in model["shapes"] if len(s) == 2]
    return list(KERNELS) if sorted(found) == sorted(KERNELS) else found


_last: tuple[Model, tuple[str, ...] | None] | None = None


def activations(inputs: Inputs, model: Model) -> tuple[str, ...] | None:
    """The activation of each of at most three dense layers, or None where none fits all outputs.

    The model looked at last is remembered: a whole catalogue asks for it.
    """
    global _last
    if _last is None or _last[0] is not model:
        _last = (model, _activations(inputs, model))
    return _last[1]


def _activations(inputs: Inputs, model: Model) -> tuple[str, ...] | None:
    chain = kernels(model)
    if not model["draws"] or not 1 <= len(chain) <= 3:
        return None
    if chain[0][0] != 2 or any(a[1] != b[0] for a, b in pairwise(chain)):
        return None
    tries = [
        (decode(drawn["x"]["array"]), random_weights(drawn["seed"], model["shapes"]), given["outputs"][0])
        for drawn, given in zip(inputs["draws"], model["draws"], strict=True)
    ]
    for names in product(ACTIVATIONS, repeat=len(chain)):
        if all(_gives(tried, chain, names) for tried in tries):
            return names
    return None


def _gives(
    tried: tuple[np.ndarray, list[np.ndarray], dict[str, Any]], chain: list[list[int]], names: tuple[str, ...]
) -> bool:
    """Whether a forward pass from x, with these weights and activations, gives what the model gave."""
    z, weights, output = tried
    weights = [w.astype(float) for w in weights]
    if output["kind"] != "numbers" or any(w.ndim not in (1, 2) for w in weights):
        return False
    for shape, name in zip(chain, names, strict=True):
        kernel = _take(weights, shape)
        bias = _take(weights, [shape[1]])
        assert kernel is not None
        z = ACTIVATIONS[name](z @ kernel + (0.0 if bias is None else bias))
    got = decode(output)
    # Sums of a few numbers about 1 may cancel: below 0.1 it is their size that the rounding follows.
    allowed = tolerance("float32", 20) * np.maximum(0.1, np.abs(z))
    near = np.isfinite(z) & (np.abs(got - z) <= allowed)
    return got.shape == z.shape and bool(np.all(near | (got == z)))


def _take(weights: list[np.ndarray], shape: list[int]) -> np.ndarray | None:
    """The first array of that shape, taken out."""
    for i, w in enumerate(weights):
        if list(w.shape) == shape:
            return weights.pop(i)
    return None


def steady(model: Model) -> bool:
    """Whether the model gives in training what it gives in prediction."""
    return all(d["outputs"][0] == d["outputs"][1] for d in model["draws"])


def losses(inputs: Inputs, model: Model) -> set[str]:
    """The names of the losses that give what the compiled one gave, without what regularisers add."""
    names = set(LOSSES) if model["losses"] else set()
    if not names:
        return names
    for pair, got in zip(inputs["losses"], model["losses"], strict=True):
        if got["value"] is None or got["value"]["kind"] != "numbers":
            return set()
        value = float(decode(got["value"]) - decode(got["penalty"]))
        t, p = (decode(pair[n]["array"]) for n in ("y_true", "y_pred"))
        names = {n for n in names if close(np.array(value), LOSSES[n](t, p), tolerance("float32", 20))}
    return names


def penalised(model: Model) -> bool:
    """Whether regularisers add something to the loss."""
    return any(float(decode(got["penalty"])) != 0 for got in model["losses"])
