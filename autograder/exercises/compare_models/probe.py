"""What is tried in exercise ``compare-models``: models of both kinds, some of which fail."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, problem_of, read_result, show

TOLERANCE = 1e-5
"""A Keras model computes in float32, with a and b rounded to it: some roundings of 6·10⁻⁸, ten times over."""

ERRORS = ("ValueError", "ZeroDivisionError", "RuntimeError", "KeyError")

FUNCTIONS, KERAS, FAILURES = "plain functions", "Keras models", "failures as None"


def probe(rng: np.random.Generator) -> Inputs:
    """All kinds mixed, with an error of each type; functions alone; beside one that fails; one model; none.

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
    return {
        "calls": [
            call("mixed", function("by hand"), broken[0], *rest, function("flat", "flat")),
            call("functions", *mixed([function("first"), function("second", "flat"), function("third")])),
            call("one fails", function("first"), broken[0], function("third")),
            call("one Keras model", keras("sigmoid")),
            call("none"),
        ]
    }


class Compared(NamedTuple):
    """One model in one call: where, its kind, what is expected (None where it fails), what came back for it.

    ``got`` is None where the answer gave no dict or has not this name; ``x`` is (a, b).
    """

    call: str
    name: str
    kind: str
    expected: float | None
    got: dict[str, Any] | None
    x: tuple[float, float]
    description: dict[str, Any]

    @property
    def value(self) -> float:
        """The number that came back; NaN where none did."""
        reading = None if self.got is None else read_result(self.got, ())
        return float("nan") if reading is None or reading.numbers is None else float(reading.numbers)

    @property
    def right(self) -> bool:
        if self.got is None:
            return False
        if self.expected is None:
            return self.got["kind"] == "none"
        return bool(abs(self.value - self.expected) <= TOLERANCE * abs(self.expected))


def target(description: dict[str, Any], a: float, b: float) -> float | None:
    """What the model gives for (a, b); None where it raises or gives NaN."""
    if "layers" in description:
        layer = description["layers"][0]
        (v,), (w,) = layer["kernel"]
        return a * v + b * w + layer["bias"][0]
    function = description["function"]
    if function.get("error") or function.get("empty"):
        return None
    return function["factor"] * (a / b) ** function["power"]


def kind_of(description: dict[str, Any]) -> str:
    if "layers" in description:
        return KERAS
    function = description["function"]
    return FAILURES if function.get("error") or function.get("empty") else FUNCTIONS


def compared(inputs: Inputs, evidence: Evidence) -> list[Compared]:
    """Every model of every call."""
    found = []
    for call in inputs["calls"]:
        named = evidence["calls"][call["id"]]["named"] or {}
        for model in call["models"]:
            exact = target(model, call["a"], call["b"])
            found.append(
                Compared(
                    call["id"],
                    model["name"],
                    kind_of(model),
                    None if exact is None else 100 * exact,
                    named.get(model["name"]),
                    (call["a"], call["b"]),
                    model,
                )
            )
    return found


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Three criteria: functions, Keras models, failures; each halved where the dict of models was changed.

    That failures are None counts where models that work are right, some of them or all of Keras: None alone
    takes no model at all.
    """
    comparison = Comparison(truth="100 times what the model gives is")
    models = compared(inputs, evidence)
    for call in inputs["calls"]:
        comparison.problems += _problems(call, evidence["calls"][call["id"]])
    for model in models:
        comparison.entries += _entries(model)
        if model.got is not None and model.expected is None and not model.right:
            shown = show(model.value, model.got.get("dtype", "")) if model.value == model.value else "NaN"
            what = f"gives {shown if model.got['kind'] == 'numbers' else 'a ' + model.got.get('type', '')}"
            where = f"for a model that {_written(model.description)}"
            comparison.problems.append(Problem(where, what, "None"))
    changed = any(r["changed"] for r in evidence["calls"].values())
    if changed:
        comparison.problems.append(Problem("when called", "changes the dict of models", "no change"))
    whole = not _problems(inputs["calls"][-1], evidence["calls"]["none"])
    whole = whole and not any(_more(c, evidence["calls"][c["id"]]) for c in inputs["calls"])
    working = [m for m in models if m.kind != FAILURES]
    works = 3 * sum(m.right for m in working) > len(working) or all(
        m.right for m in working if m.kind == KERAS
    )
    for kind in (FUNCTIONS, KERAS, FAILURES):
        right = all(m.right for m in models if m.kind == kind) and works
        share = (1.0 if whole or kind != FUNCTIONS else 0.5) * (0.5 if changed else 1.0)
        comparison.criteria.append(Criterion(kind, 1.0, share * right))
    return comparison


def _entries(model: Compared) -> list[Entry]:
    if model.got is None or model.expected is None:
        return []
    a, b = model.x
    reading = read_result(model.got, ())
    shown = reading.problem or show(model.value, reading.dtype)
    where = f"a = {a!r}, b = {b!r} and {_written(model.description)}"
    problem = reading.numbers is None
    expected = float(f"{model.expected:.8g}")
    return [Entry(model.kind, where, shown, model.value, expected, model.right, problem=problem)]


def _written(description: dict[str, Any]) -> str:
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
    return f"the model lambda x: {function['factor']} * (x{column}) ** {function['power']}"


def _problems(call: dict[str, Any], record: dict[str, Any]) -> list[Problem]:
    """What keeps a call from giving a dict with all its names."""
    names = [m["name"] for m in call["models"]]
    failing = any(kind_of(m) == FAILURES for m in call["models"])
    which = "no models" if not names else f"{len(names)} models" + (", some of which fail" if failing else "")
    where = f"for {which}"
    if record["error"]:
        return [Problem(where, problem_of(record["error"]), "a dict")]
    if record["named"] is None:
        result = record["result"]
        gives = "None" if result["kind"] == "none" else f"a {result.get('type', result['kind'])}"
        return [Problem(where, f"gives {gives}", "a dict", told=True)]
    missing = [name for name in names if name not in record["named"]]
    if missing:
        return [Problem(where, f"leaves {len(missing)} of the names out", "every name")]
    if more := _more(call, record):
        return [Problem(where, f"gives a name that is none of them ({more[0]})", "the names of the models")]
    return []


def _more(call: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """Names that came back and that no model has."""
    names = [m["name"] for m in call["models"]]
    return [name for name in record["named"] or {} if name not in names]
