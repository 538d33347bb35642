"""Probes and judges an answer that is a function of one x, applied elementwise (four exercises are)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, agree, read, show, unread, xs_of
from autograder.kinds.elementwise_remarks import remarks
from autograder.kinds.picture import picture
from autograder.observers.encoding import array_of
from autograder.reference import Number, number


@dataclass(frozen=True)
class Branch:
    """One piece of the formula: its name as a criterion, its condition in words and as a function."""

    name: str
    label: str
    contains: Callable[[float], bool]


class Observed(NamedTuple):
    """What an answer gave at the x of its arrays, whole or one by one; NaN where no number."""

    x: np.ndarray
    y: np.ndarray
    right: np.ndarray
    part: np.ndarray
    called: np.ndarray
    entries: list[Entry]


@dataclass(frozen=True)
class Elementwise:
    """The data of such an exercise.

    ``formula`` is the reference, ``condition`` its condition number by x. ``nice`` are fixed points every
    answer is tried at: borders from both sides, the ends of the domain. ``draw`` gives fresh ones.
    ``examples`` has one plain number from each branch. ``far`` lies beyond the domain and is only remarked
    upon.
    """

    formula: Callable[[Number], Number]
    condition: Callable[[np.ndarray], np.ndarray]
    branches: tuple[Branch, ...]
    nice: tuple[float, ...]
    examples: tuple[float, ...]
    far: tuple[float, ...]
    draw: Callable[[np.random.Generator], list[float]]
    grid: tuple[float, ...]
    y_label: str
    by_form: bool = False
    symmetric_log: bool = False

    def probe(self, rng: np.random.Generator) -> Inputs:
        e = self.examples
        # The first one is fixed: np.vectorize takes its result's type for that of all the others.
        points = np.array([e[0], *rng.permutation([*self.nice, *self.draw(rng)])])
        table = np.array([[*e, e[0]], [*e[::-1], e[-1]]])
        arrays = {"points": points, "array": np.array(e), "table": table, "picture": np.array(self.grid)}
        calls: list[dict[str, Any]] = [
            {
                "id": name,
                "arguments": [{"name": "x", "array": array_of(a)}],
                "each": name in ("points", "picture"),
            }
            for name, a in arrays.items()
        ]
        calls += [{"id": f"number {i}", "arguments": [{"name": "x", "number": x}]} for i, x in enumerate(e)]
        extra = {"empty": np.zeros(0), "whole numbers": np.array([1, 2, 20]), "far": np.array(self.far)}
        calls += [
            {"id": name, "arguments": [{"name": "x", "array": array_of(a)}], "each": name == "far"}
            for name, a in extra.items()
        ]
        return {"calls": calls}

    def exact(self, xs: np.ndarray) -> np.ndarray:
        """The formula's values, rounded once; remembered, since every misconception asks again."""
        return np.array([_exact(self.formula, float(x)) for x in xs.ravel()]).reshape(xs.shape)

    def branch_of(self, x: float) -> Branch:
        return next(b for b in self.branches if b.contains(x))

    def observed(self, inputs: Inputs, evidence: Evidence) -> Observed:
        """What the answer gave on the probe points and on the picture's grid."""
        global _last
        if _last is None or _last[0] is not evidence or _last[1] is not self:
            _last = (evidence, self, self._observe(inputs, evidence))
        return _last[2]

    def _observe(self, inputs: Inputs, evidence: Evidence) -> Observed:
        entries: list[Entry] = []
        for name in ("points", "picture"):
            entries += self.entries(xs_of(inputs, name), evidence["calls"][name])
        return Observed(
            np.array([e.x for e in entries]),
            np.array([e.yours for e in entries]),
            np.array([e.right for e in entries]),
            np.array([e.part for e in entries]),
            np.array([not e.problem for e in entries]),
            entries,
        )

    def entries(self, xs: np.ndarray, record: dict[str, Any]) -> list[Entry]:
        if "each" not in record:
            reading = read(record, xs.shape)
            if reading.numbers is None:
                return []
            right = agree(reading, self.exact(xs), self.condition(xs)).ravel()
            return [
                self._entry(x, float(y), show(y, reading.dtype), bool(ok))
                for x, y, ok in zip(xs.ravel().tolist(), reading.numbers.ravel(), right, strict=True)
            ]
        readings = [read(r, ()) for r in record["each"]]
        entries = []
        for x, r in zip(xs.ravel().tolist(), readings, strict=True):
            if r.numbers is None:
                entries.append(self._entry(x, float("nan"), r.problem or "", False, problem=True))
            else:
                ok = agree(r, self.exact(np.array(x)), self.condition(np.array(x)))
                entries.append(self._entry(x, float(r.numbers), show(float(r.numbers), r.dtype), bool(ok)))
        return entries

    def _entry(self, x: float, y: float, shown: str, right: bool, *, problem: bool = False) -> Entry:
        expected = _exact(self.formula, x)
        tier = 0 if x in self.examples else 1 if x in self.nice else 2
        return Entry(self.branch_of(x).name, f"x = {x!r}", shown, y, expected, right, x, problem, tier)

    def compare(self, inputs: Inputs, evidence: Evidence) -> Comparison:
        calls = evidence["calls"]
        comparison = Comparison(branches={b.name: b.label for b in self.branches})
        main = self.observed(inputs, evidence).entries
        numbers = [e for i, x in enumerate(self.examples) for e in self._number(x, calls[f"number {i}"])]
        table = self.entries(xs_of(inputs, "table"), calls["table"])
        arrays = self.entries(xs_of(inputs, "array"), calls["array"])
        comparison.entries = _distinct([*main, *numbers, *arrays, *table])
        for name in ("array", "points", "table"):
            reading = read(calls[name], xs_of(inputs, name).shape)
            if reading.problem:
                x = (
                    "an array of many numbers"
                    if name == "points"
                    else f"x = np.array({xs_of(inputs, name).tolist()})"
                )
                comparison.problems.append(unread(f"for {x}", reading))
        changed = any(r["changed"] for r in calls.values())
        if changed:
            comparison.problems.append(Problem("called with an array", "writes into that array", "no change"))
        whole = not comparison.problems
        forms = {"numbers": numbers, "one by one": main, "arrays": arrays, "tables": table}
        if self.by_form:
            alone = _right(numbers) and _right(main)
            comparison.criteria = [
                Criterion("single numbers", 1.0, float(alone)),
                Criterion("arrays", 1.0, float(whole and all(map(_right, (main, arrays, table))))),
            ]
        else:
            for branch in self.branches:
                right = [_right(f, branch.name) for f in forms.values()]
                half = right[1] and (right[0] or right[2])  # right, but not for numbers and arrays alike
                share = 1.0 if all(right) and whole else 0.5 * half
                comparison.criteria.append(Criterion(branch.name, 1.0, share))
        if _right(main):
            comparison.remarks = remarks(self, inputs, evidence)
        comparison.picture = picture(main, self.grid, self.y_label, self.symmetric_log)
        return comparison

    def _number(self, x: float, record: dict[str, Any]) -> list[Entry]:
        return self.entries(np.array([x]), {"each": [record]})


_last: tuple[Evidence, Elementwise, Observed] | None = None
"""The evidence looked at last: every misconception of a catalogue asks for the same."""


@lru_cache(maxsize=20_000)
def _exact(formula: Callable[[Number], Number], x: float) -> float:
    return float(formula(number(x)))


def _right(entries: list[Entry], part: str | None = None) -> bool:
    return bool(entries) and all(e.right for e in entries if part in (None, e.part))


def _distinct(entries: list[Entry]) -> list[Entry]:
    """One entry an x, a wrong one before a right one."""
    best: dict[str, Entry] = {}
    for e in entries:
        if e.where not in best or best[e.where].right:
            best[e.where] = e
    return list(best.values())
