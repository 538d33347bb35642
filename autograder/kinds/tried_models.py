"""Models that nearly divide, to try answers with: Keras models, plain functions, and some that fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.observers.models import ERRORS

Model = Callable[[float, float], float]


def draw_calls(rng: np.random.Generator) -> list[dict[str, Any]]:
    """Plain ones, also of 0 and below; all mixed, with an error of each type; functions alone; beside one
    that fails; one model; none.

    Each call with works and fails in the same places, so that the score of an answer hangs on no chance.
    """

    def number(low: float, high: float) -> float:
        return round(float(rng.uniform(low, high)), 2)

    def function(name: str, form: str = "column", **how: Any) -> dict[str, Any]:
        how = how or {"factor": round(number(0.5, 2) / 100, 4), "power": float(rng.choice([0.5, 1.5, 2.0]))}
        return {"name": name, "function": {**how, "form": form}}

    def keras(name: str) -> dict[str, Any]:
        weight = round(number(0.2, 0.9) / 100, 4)
        kernel, bias = [[weight], [round(-weight / 4, 6)]], [round(number(0.1, 0.5) / 100, 4)]
        layer = {"units": 1, "activation": "linear", "kernel": kernel, "bias": bias}
        return {"name": name, "layers": [layer]}

    def mixed(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [models[i] for i in rng.permutation(len(models))]

    def call(name: str, *models: dict[str, Any]) -> dict[str, Any]:
        return {"id": name, "a": number(10, 19.99), "b": number(2, 9), "models": list(models)}

    broken = [function(f"broken {i}", error=error) for i, error in enumerate(ERRORS)]
    empty = function("no number", factor=0.01, power=1.0, empty=True)
    rest = mixed([*broken[1:], empty, keras("learned")])
    plain = [
        function(name, form, factor=factor, power=1.0)
        for name, form, factor in (
            ("zero", "column", 0.0),
            ("exact", "column", 0.01),
            ("below", "flat", -0.02),
        )
    ]
    return [
        {"id": "plain", "a": 20.0, "b": 5.0, "models": plain},
        call("mixed", function("by hand"), broken[0], *rest, function("flat", "flat")),
        call("functions", *mixed([function("first"), function("second", "flat"), function("third")])),
        call("one fails", function("first"), broken[0], function("third")),
        call("one Keras model", keras("sigmoid")),
        call("none"),
    ]


def computed_by(description: dict[str, Any]) -> Model | None:
    """What the model gives for (a, b); None where it raises or gives NaN."""
    if "layers" in description:
        layer = description["layers"][0]
        ((v,), (w,)), (bias,) = layer["kernel"], layer["bias"]
        return lambda a, b: float(a * v + b * w + bias)
    function = description["function"]
    if function.get("error") or function.get("empty"):
        return None
    return lambda a, b: float(function["factor"] * (a / b) ** function["power"])


def written(description: dict[str, Any]) -> str:
    """The model in words, so that one can make it again."""
    if "layers" in description:
        layer = description["layers"][0]
        return f"a Keras model Dense(1) with kernel {layer['kernel']} and bias {layer['bias']}"
    function = description["function"]
    if function.get("error"):
        return f"raises {function['error']}"
    if function.get("empty"):
        return "gives NaN"
    column = "[:, :1] / x[:, 1:]" if function["form"] == "column" else "[:, 0] / x[:, 1]"
    if function["power"] == 1:
        return f"the model lambda x: {function['factor']} * x{column}"
    return f"the model lambda x: {function['factor']} * (x{column}) ** {function['power']}"
