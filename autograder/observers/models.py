"""Builds Keras models and plain functions from a probe's description, and observes answers that take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.observers.calling import call
from autograder.observers.encoding import ONE, encode
from autograder.observers.guarding import clean, safely, type_name

LONGEST = 200
"""Most characters that are kept of a name."""

MOST_NAMES, MOST_TAKEN = 200, 20
"""Most names of a dict, and most calls of a plain function, that are written down."""


def keras_model(layers: list[dict[str, Any]]) -> Any:
    """A sequential model of two inputs.

    A layer is ``{"units", "activation", "kernel", "bias"}`` (the last two nested lists) or ``{"dropout":
    rate}``.
    """
    import keras

    built = [
        keras.layers.Dropout(layer["dropout"])
        if "dropout" in layer
        else keras.layers.Dense(layer["units"], activation=layer["activation"])
        for layer in layers
    ]
    model = keras.Sequential([keras.Input((2,)), *built])
    for layer, description in zip(built, layers, strict=True):
        if "kernel" in description:
            layer.set_weights([np.array(description[n], dtype=np.float32) for n in ("kernel", "bias")])
    return model


def observe_filled(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: a record for each of ``inputs["models"]``, by id.

    A model is ``{"id", "layers"}``. Its record has ``left`` besides: the arrays that each of its layers holds
    after the call, encoded.
    """
    if _not_callable(answer, evidence):
        return
    for wanted in inputs["models"]:
        model = keras_model(wanted["layers"])
        layers = list(model.layers)
        record = call(answer, {"model": model})
        record["left"] = [[encode(np.asarray(w)) for w in layer.get_weights()] for layer in layers]
        evidence["calls"][wanted["id"]] = record


def observe_compared(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: a record for each of ``inputs["calls"]``, by id.

    A call is ``{"id", "models": [{"name", "layers"} or {"name", "function"}], "a", "b"}``. Where the answer
    gives a dict, its record has ``named``, encoded values by name, in its order; ``taken`` has
    by name what each plain function was called with, encoded; ``changed`` says ``models`` where that dict
    holds other things than before.
    """
    if _not_callable(answer, evidence):
        return
    for wanted in inputs["calls"]:
        taken: dict[str, list[dict[str, Any]]] = {}
        models = {m["name"]: _model(m, taken) for m in wanted["models"]}
        before = list(models.items())
        named: list[dict[str, Any]] = []
        arguments = {"models": models, "a": wanted["a"], "b": wanted["b"]}
        record = call(answer, arguments, through=_naming(answer, named))
        same = len(before) == len(models) and all(models.get(name) is model for name, model in before)
        record["changed"] = [*record["changed"], *([] if same else ["models"])]
        evidence["calls"][wanted["id"]] = {**record, "named": named[0] if named else None, "taken": taken}


def _not_callable(answer: Any, evidence: dict[str, Any]) -> bool:
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type_name(answer)
        return True
    evidence["calls"] = {}
    return False


def _naming(answer: Callable[..., Any], named: list[dict[str, Any]]) -> Callable[..., Any]:
    """``answer``, whose dicts are put into ``named``, with their values encoded."""

    def compared(models: Any, a: Any, b: Any) -> Any:
        result = answer(models, a, b)
        if isinstance(result, dict):
            items = list(result.items())[:MOST_NAMES]
            named.append({_name(name): _encoded(value) for name, value in items})
        return result

    return compared


def _name(name: Any) -> str:
    return clean(name if isinstance(name, str) else f"{type_name(name)} {clean(name, LONGEST)}", LONGEST)


def _encoded(value: Any) -> dict[str, Any]:
    return safely(lambda: encode(value, most=ONE), {"kind": "other", "type": type_name(value)})


def _model(description: dict[str, Any], taken: dict[str, list[dict[str, Any]]]) -> Any:
    """A Keras model, or a plain function that writes down what it is called with."""
    if "layers" in description:
        return keras_model(description["layers"])
    function = plain_function(**description["function"])
    received = taken.setdefault(description["name"], [])

    def model(x: Any) -> Any:
        if len(received) < MOST_TAKEN:
            received.append(_encoded(x))
        return function(x)

    return model


ERRORS = {e.__name__: e for e in (ValueError, ZeroDivisionError, RuntimeError, KeyError)}

CANNOT = "this model cannot divide"
"""What every plain function says that raises."""


def plain_function(
    factor: float = 1.0, power: float = 1.0, form: str = "column", error: str = "", empty: bool = False
) -> Callable[[Any], Any]:
    """f(x) = factor·(x₀/x₁)^power for x of shape (n, 2): a column (n, 1) or, if ``flat``, a row (n,).

    With ``error``, the name of an exception, it raises that; ``empty`` gives NaN.
    """

    def f(x: Any) -> Any:
        if error:
            raise ERRORS[error](CANNOT)
        x = np.asarray(x, dtype=np.float64) if hasattr(x, "shape") else x
        y = factor * (x[:, 0] / x[:, 1]) ** power
        y = y * np.nan if empty else y
        return y if form == "flat" else y[:, np.newaxis]

    return f
