"""Functions that take a dict of models which divide and give a dict with a number for each of their names."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, Reading, problem_of, read_result, show
from autograder.kinds.tried_models import Model, computed_by, draw_calls, written
from autograder.verdict import Criterion

TOLERANCE = 1e-5
"""A Keras model computes in float32, with a and b rounded to it: some roundings of 6·10⁻⁸, ten times over."""

FUNCTIONS, KERAS, FAILURES = "plain functions", "Keras models", "failures as None"

Formula = Callable[[Model, float, float], float]


@dataclass(frozen=True)
class Compared:
    """One model in one call for (a, b), and what came back for its name.

    ``gives`` is what it computes, ``expected`` what should come back: both None where it fails. ``value`` is
    the number that came back, NaN where there was none.
    """

    call: str
    description: dict[str, Any]
    a: float
    b: float
    gives: Model | None
    expected: float | None
    got: dict[str, Any] | None
    reading: Reading
    value: float

    @property
    def kind(self) -> str:
        return KERAS if "layers" in self.description else FUNCTIONS if self.gives else FAILURES

    @property
    def none(self) -> bool:
        """Whether None came back."""
        return self.got is not None and self.got["kind"] == "none"

    @property
    def in_array(self) -> bool:
        """Whether a number came back, and that in an array or a list."""
        return self.got is not None and self.got["kind"] == "numbers" and self.got["shape"] != []

    @property
    def right(self) -> bool:
        if self.got is None or self.expected is None or self.in_array:
            return self.none
        return bool(abs(self.value - self.expected) <= TOLERANCE * abs(self.expected))


@dataclass(frozen=True)
class Call:
    """One call: its models, the names that came back, and the arrays that its plain functions were given."""

    name: str
    models: tuple[Compared, ...]
    result: dict[str, Any] | None
    error: dict[str, Any] | None
    named: tuple[str, ...] | None
    taken: list[dict[str, Any]]
    changed: bool

    @property
    def names(self) -> list[str]:
        return [m.description["name"] for m in self.models]

    @property
    def more(self) -> list[str]:
        """Names that came back and that no model has."""
        return [name for name in self.named or () if name not in self.names]


@dataclass(frozen=True)
class Observation:
    """All calls, in order."""

    calls: tuple[Call, ...]

    @property
    def models(self) -> list[Compared]:
        return [m for call in self.calls for m in call.models]

    @property
    def working(self) -> list[Compared]:
        """Those that do not fail."""
        return [m for m in self.models if m.gives]

    @property
    def changed(self) -> bool:
        return any(call.changed for call in self.calls)

    def call(self, name: str) -> Call:
        return next(c for c in self.calls if c.name == name)


@dataclass(frozen=True)
class ModelComparison:
    """For each model that works ``formula`` of it, a and b, for each that raises or gives NaN None.

    ``truth`` begins what is said of the right number.
    """

    formula: Formula
    truth: str
    observer: str = field(default="compared", init=False)

    def draw(self, rng: np.random.Generator) -> Inputs:
        return {"calls": draw_calls(rng)}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        return Observation(tuple(self._call(c, evidence["calls"][c["id"]]) for c in inputs["calls"]))

    def _call(self, wanted: dict[str, Any], record: dict[str, Any]) -> Call:
        named = record["named"] or {}
        return Call(
            name=wanted["id"],
            models=tuple(self._compared(wanted, m, named.get(m["name"])) for m in wanted["models"]),
            result=record["result"],
            error=record["error"],
            named=None if record["named"] is None else tuple(named),
            taken=[x for xs in record["taken"].values() for x in xs],
            changed=bool(record["changed"]),
        )

    def _compared(self, call: dict[str, Any], model: dict[str, Any], got: dict[str, Any] | None) -> Compared:
        a, b, gives = call["a"], call["b"], computed_by(model)
        expected = None if gives is None else self.formula(gives, a, b)
        reading = read_result(got or {"kind": "none"}, ())
        value = math.nan if reading.numbers is None else float(reading.numbers)
        return Compared(call["id"], model, a, b, gives, expected, got, reading, value)

    def compare(self, seen: Observation) -> Comparison:
        """Three criteria: functions, Keras models, failures; each halved where the dict was changed.

        That failures are None counts where models that work are right, some of them or all of Keras: None
        alone takes no model at all.
        """
        comparison = Comparison(truth=self.truth)
        comparison.problems = [p for call in seen.calls for p in _problems(call)]
        comparison.problems += [p for model in seen.models for p in _kept_failure(model)]
        working = sorted(seen.working, key=lambda model: model.expected == 0)  # a quotient of 0 shows least
        comparison.entries = [e for tier, model in enumerate(working) for e in _entries(model, tier)]
        if seen.changed:
            comparison.problems.append(Problem("when called", "changes the dict of models", "no change"))
        whole = not _problems(seen.calls[-1]) and not any(call.more for call in seen.calls)
        right = [m.right for m in seen.working]
        works = 3 * sum(right) > len(right) or all(m.right for m in seen.working if m.kind == KERAS)
        for kind in (FUNCTIONS, KERAS, FAILURES):
            share = (1.0 if whole or kind != FUNCTIONS else 0.5) * (0.5 if seen.changed else 1.0)
            share *= works and all(m.right for m in seen.models if m.kind == kind)
            comparison.criteria.append(Criterion(kind, 1.0, share))
        return comparison

    def computes(self, wrong: Formula) -> Callable[[Observation], bool]:
        """Whether every number that came back for a model which works is what ``wrong`` gives.

        In a Keras model float32 numbers of size 1 may nearly cancel.
        """

        def is_wrong(model: Compared) -> bool:
            assert model.gives is not None
            wanted = wrong(model.gives, model.a, model.b)
            return abs(model.value - wanted) <= TOLERANCE * max(abs(wanted), 0.5)

        def fits(seen: Observation) -> bool:
            found = [m for m in seen.working if np.isfinite(m.value)]
            return len(found) >= 4 and all(map(is_wrong, found)) and not all(m.right for m in found)

        return fits

    def answers(self, wrong: Formula) -> Sequence[Callable[..., Any]]:
        """A function that gives what ``wrong`` does, and None for models that fail."""

        def quotient(model: Callable[..., Any], a: float, b: float) -> float | None:
            try:
                value = wrong(lambda a, b: float(np.ravel(model(np.array([[a, b]])))[0]), a, b)
            except Exception:
                return None
            return None if math.isnan(value) else value

        return [lambda models, a, b: {name: quotient(model, a, b) for name, model in models.items()}]


def _entries(model: Compared, tier: int) -> list[Entry]:
    if model.got is None or model.expected is None:
        return []
    reading = model.reading
    shown = _said(reading.problem) if reading.problem else show(model.value, reading.dtype)
    if model.in_array:
        shown = f"gives an array of shape {tuple((model.got or {})['shape'])} and no plain number"
    where = f"a = {model.a:g}, b = {model.b:g} and {written(model.description)}"
    expected, problem = float(f"{model.expected:.8g}"), reading.numbers is None or model.in_array
    return [Entry(model.kind, where, shown, model.value, expected, model.right, problem=problem, tier=tier)]


def _said(problem: str) -> str:
    """What came back in place of a number, one of many that a call gives."""
    return problem.replace("nothing back (None)", "None").replace("no numbers but a", "something of type")


def _kept_failure(model: Compared) -> list[Problem]:
    """What is reported of a model that fails, if it is not None."""
    if model.got is None or model.kind != FAILURES or model.right:
        return []
    shown = "NaN" if math.isnan(model.value) else show(model.value, model.reading.dtype)
    what = _said(model.reading.problem or f"gives {shown}")
    return [Problem(f"for a model that {written(model.description)}", what, "None")]


def _problems(call: Call) -> list[Problem]:
    """What keeps a call from giving a dict with all its names."""
    failing = any(m.kind == FAILURES for m in call.models)
    size = f"{len(call.models)} models" if call.models else "no models"
    where = f"for {size}{', some of which fail' if failing else ''}"
    if call.error:
        return [Problem(where, problem_of(call.error), "a dict")]
    if call.named is None:
        result = call.result or {"kind": "none"}
        kind = str(result.get("type", result["kind"])).split()[0]
        gives = "None" if result["kind"] == "none" else f"something of type {kind}"
        return [Problem(where, f"gives {gives}", "a dict", told=True)]
    missing = set(call.names) - set(call.named)
    if missing:
        return [Problem(where, f"leaves {len(missing)} of the names out", "every name")]
    if call.more:
        what = f"gives a name that is none of them ({call.more[0]})"
        return [Problem(where, what, "the names of the models")]
    return []
