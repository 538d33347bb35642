"""Observes a function that builds a Keras model: what the model computes, how it would be trained."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from autograder.observers.arguments import build
from autograder.observers.calling import MESSAGE, call
from autograder.observers.encoding import encode
from autograder.observers.guarding import class_name, clean, safely, type_name

LARGEST = 1000
"""Most parameters of a model that is tried out."""

MOST_ARRAYS, MOST_INPUTS = 1000, 10
"""Most weights of a model, and most of its inputs, that are written down."""


def observe_built(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]["model"]``: the record of ``answer()``, its ``model`` described.

    ``classes`` has a name where it was a class that came back. The model is ``new`` if the next call's shares
    no weights with it.

    The model gets random weights for each of ``inputs["draws"]``, ``{"seed", "x"}``, and its compiled loss is
    asked about each of ``inputs["losses"]``, ``{"y_true", "y_pred"}``. Its own weights are put back then.
    """
    if not callable(answer) or is_model(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type_name(answer)
        return
    found: list[dict[str, Any]] = []
    classes: list[str] = []

    def described() -> Any:
        model = answer()
        if not is_model(model):
            classes.extend([class_name(model)] if issubclass(type(model), type) else [])
            return model
        told = describe(model, inputs)
        found.append({**told, "new": safely(lambda: not _shared(model, answer()), True)})
        return 0.0

    record = call(answer, {}, through=described)
    evidence["calls"] = {"model": {**record, "model": found[0] if found else None, "classes": classes}}


def is_model(value: Any) -> bool:
    """Whether ``value`` is a Keras model; while Keras is not loaded, nothing is."""
    keras = sys.modules.get("keras")
    return keras is not None and issubclass(type(value), keras.Model)


def describe(model: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    """``{"type", "inputs", "counted", "error", "shapes", "trainable", "draws", "compiled", "optimizer",
    "losses"}``.

    ``counted`` is what ``count_params()`` gives before the model has seen any data, or None where it raises.
    ``draws`` are the outputs with the weights that ``random_weights`` draws for these shapes: whoever has the
    seeds need not be told.
    """
    xs = [build(draw["x"]).astype(np.float32) for draw in inputs["draws"]]
    declared = safely(lambda: [list(i.shape[1:]) for i in model.inputs][:MOST_INPUTS])
    counted = safely(lambda: int(model.count_params()))
    error = _raised(lambda: model(xs[0], training=False))  # builds what has not seen any data yet
    weights = safely(lambda: list(model.weights), [])
    shapes = [list(w.shape) for w in weights[:MOST_ARRAYS]]
    free = {id(w) for w in safely(lambda: list(model.trainable_weights), [])}
    draws = []
    if is_tried(error, shapes):
        kept = [np.array(w) for w in weights]
        draws = [_tried(model, weights, d["seed"], x) for d, x in zip(inputs["draws"], xs, strict=True)]
        for weight, value in zip(weights, kept, strict=True):
            weight.assign(value)
    compiled = safely(lambda: bool(model.compiled), False)
    return {
        "type": type_name(model),
        "inputs": declared,
        "counted": counted,
        "error": error,
        "shapes": shapes,
        "trainable": parameters(shapes[i] for i, w in enumerate(weights[:MOST_ARRAYS]) if id(w) in free),
        "draws": draws,
        "compiled": compiled,
        "optimizer": _optimizer(model) if compiled else None,
        "losses": [_loss(model, pair) for pair in inputs["losses"]] if compiled else [],
    }


def parameters(shapes: Iterable[Sequence[int]]) -> int:
    """How many numbers there are in arrays of these shapes."""
    return sum(map(math.prod, shapes))


def is_tried(error: dict[str, str] | None, shapes: Sequence[Sequence[int]]) -> bool:
    """Whether a model with weights of these shapes, that raised this when called, is tried out."""
    return error is None and parameters(shapes) <= LARGEST


def random_weights(seed: int, shapes: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """Weights of these shapes, as anybody with the seed can draw them."""
    rng = np.random.default_rng(seed)
    return [rng.uniform(-1.5, 1.5, tuple(shape)).astype(np.float32) for shape in shapes]


def _shared(model: Any, other: Any) -> bool:
    """Whether two models have a weight in common."""
    return other is model or bool({id(w) for w in model.weights} & {id(w) for w in other.weights})


def _raised(look: Callable[[], Any]) -> dict[str, str] | None:
    """What ``look()`` raises, if anything."""
    error: list[dict[str, str]] = []

    def looked() -> None:
        try:
            look()
        except Exception as e:
            lines = clean(e, 4000).strip().split("\n")
            # TensorFlow's, around what was raised while compiling, whose type stands before it once more
            inside = lines[0] == "in user code:"
            said = lines[-1].strip().removeprefix(f"{type_name(e)}: ") if inside else lines[0].strip()
            error.append({"type": type_name(e), "message": said[:MESSAGE]})
            raise

    safely(looked)
    return error[0] if error else None


def _tried(model: Any, weights: list[Any], seed: int, x: np.ndarray) -> dict[str, Any]:
    """The model's output at ``x`` with random weights, as in prediction and as in training."""
    for weight, value in zip(weights, random_weights(seed, [w.shape for w in weights]), strict=True):
        weight.assign(value)

    def output(training: bool) -> Any:
        return safely(lambda: np.asarray(model(x, training=training)))

    outputs = [output(False), output(True)]
    return {"outputs": [encode(y) for y in outputs]}


def _optimizer(model: Any) -> dict[str, Any]:
    optimizer = safely(lambda: model.optimizer)
    optimizer = safely(lambda: optimizer.inner_optimizer, optimizer)  # of reduced precision's wrapper
    rate = safely(lambda: float(np.asarray(optimizer.learning_rate)), math.nan)
    return {"type": type_name(optimizer), "learning_rate": rate if math.isfinite(rate) else None}


def _loss(model: Any, pair: dict[str, Any]) -> dict[str, Any]:
    """The compiled loss of one pair of arrays, as training would compute it: inside a compiled function."""
    import tensorflow as tf

    y_true, y_pred = (tf.constant(build(pair[n]), tf.float32) for n in ("y_true", "y_pred"))

    def loss(t: Any, p: Any) -> Any:
        return model.compute_loss(x=None, y=t, y_pred=p)

    values: list[float] = []
    run = loss if safely(lambda: model.run_eagerly, False) else tf.function(loss)
    error = _raised(lambda: values.append(float(run(y_true, y_pred))))
    penalty = safely(lambda: float(sum(map(float, model.losses))), 0.0)
    return {"value": encode(values[0]) if values else None, "error": error, "penalty": encode(penalty)}
