"""An answer that is a function of one x, applied elementwise: what is tried, observed and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import (
    Comparison,
    Entry,
    Problem,
    Reading,
    agree,
    alike,
    read,
    show,
    unread,
)
from autograder.kinds.elementwise_observation import Call, Observation, remarks
from autograder.kinds.picture import picture
from autograder.observers.encoding import array_of, decode
from autograder.reference import Number, number
from autograder.verdict import Criterion

Formula = Callable[[np.ndarray], np.ndarray]

ONE_BY_ONE = ("points", "picture", "far")
"""Calls whose x are handed over one after the other where the answer does not take the array."""


@dataclass(frozen=True)
class Branch:
    """One piece of the formula: its name as a criterion, its condition in words and as a function."""

    name: str
    label: str
    contains: Callable[[float], bool]


Pieces = Mapping[Branch, Formula]
Wrong = Formula | Pieces | tuple[Formula | Pieces, ...]
"""A wrong formula, the wrong ones of some branches, or several of these of which any will do."""


@dataclass(frozen=True)
class Elementwise:
    """The data of such an exercise.

    ``formula`` is the reference, in 50 digits. ``edge_points`` are tried with every answer: borders from both
    sides, the ends of the domain; ``fresh_points`` draws others. ``examples`` has one plain number from each
    branch. ``condition`` is the formula's condition number by x. Points are earned for single numbers and for
    arrays, or ``by_branch``. ``far`` lies beyond the domain and is only remarked upon. ``grid`` is the x of
    the report's picture.
    """

    formula: Callable[[Number], Number]
    examples: tuple[float, ...]
    edge_points: tuple[float, ...]
    fresh_points: Callable[[np.random.Generator], list[float]]
    condition: Callable[[np.ndarray], np.ndarray] = np.ones_like
    branches: tuple[Branch, ...] = (Branch("values", "all x", lambda _: True),)
    by_branch: bool = False
    far: tuple[float, ...] = ()
    grid: tuple[float, ...] = tuple(round(-8 + 0.05 * i, 2) for i in range(321))
    y_label: str = "y"
    symmetric_log: bool = False
    observer: str = "function"

    def __post_init__(self) -> None:
        for name in ("examples", "edge_points"):
            if not isinstance(given := getattr(self, name), tuple):
                raise TypeError(f"{name} is {given!r}; expected several numbers, as in {name}=(-2.0, 3.0)")
        if not self.examples:
            raise ValueError(
                "examples is empty; expected one plain number from each branch, as in (-2.0, 3.0)"
            )

    def draw(self, rng: np.random.Generator) -> Inputs:
        e = self.examples
        # The first one is fixed: np.vectorize takes its result's type for that of all the others.
        if not isinstance(fresh := self.fresh_points(rng), list | np.ndarray):
            raise TypeError(f"fresh_points gives {fresh!r}; expected a list of numbers")
        points = [e[0], *rng.permutation([*self.edge_points, *fresh])]
        table = [[*e, e[0]], [*e[::-1], e[-1]]]
        arrays = {"points": points, "array": e, "table": table, "picture": self.grid}
        extra = {"empty": (), "whole numbers": (1, 2, 20), "far": self.far}
        numbers = [{"id": f"number {i}", "arguments": [{"name": "x", "number": x}]} for i, x in enumerate(e)]
        return {"calls": [*_with_arrays(arrays), *numbers, *_with_arrays(extra)]}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        calls = {
            wanted["id"]: self._call(wanted, evidence["calls"][wanted["id"]]) for wanted in inputs["calls"]
        }
        entries = [*calls["points"].entries, *calls["picture"].entries]
        x = np.array([e.x for e in entries], dtype=float)
        return Observation(
            calls,
            entries,
            x,
            y=np.array([e.yours for e in entries]),
            exact=np.array([e.expected for e in entries]),
            condition=self.condition(x),
            right=np.array([e.right for e in entries], dtype=bool),
            part=np.array([e.part for e in entries], dtype=str),
            called=np.array([not e.problem for e in entries], dtype=bool),
            tensors=evidence["tensors"] is not None,
        )

    def _call(self, wanted: dict[str, Any], record: dict[str, Any]) -> Call:
        argument = wanted["arguments"][0]
        x = decode(argument["array"]) if "array" in argument else np.array(argument["number"])
        reading = read(record, x.shape)
        results = [(x, reading)]
        if "each" in record:
            results = [(np.array(v), read(r, ())) for v, r in zip(x.ravel(), record["each"], strict=True)]
        entries = [entry for result in results for entry in self._entries(*result)]
        return Call(
            x,
            reading,
            entries,
            record["error"],
            record["warnings"],
            bool(record["changed"]),
            record["result"],
        )

    def _entries(self, x: np.ndarray, reading: Reading) -> list[Entry]:
        """One for each number; an array that gave none has none, a single x one that says what happened."""
        if reading.numbers is None:
            return [] if x.ndim else [self._entry(float(x), np.nan, reading.problem or "", problem=True)]
        right = np.ravel(agree(reading, self.exact(x), self.condition(x))).tolist()
        found = zip(x.ravel().tolist(), reading.numbers.ravel().tolist(), right, strict=True)
        return [self._entry(v, y, show(y, reading.dtype), ok) for v, y, ok in found]

    def _entry(self, x: float, y: float, shown: str, right: bool = False, *, problem: bool = False) -> Entry:
        branch = next((b for b in self.branches if b.contains(x)), None)
        if branch is None:
            raise ValueError(f"x = {x!r} is tried and lies in no branch")
        tier = 0 if x in self.examples else 1 if x in self.edge_points else 2
        return Entry(branch.name, f"x = {x!r}", shown, y, _exact(self.formula, x), right, x, problem, tier)

    def exact(self, x: np.ndarray) -> np.ndarray:
        """The formula's values, rounded once."""
        return np.array([_exact(self.formula, v) for v in x.ravel().tolist()]).reshape(x.shape)

    def compare(self, seen: Observation) -> Comparison:
        comparison = Comparison(branches={b.name: b.label for b in self.branches})
        numbers = [entry for call in seen.numbers for entry in call.entries]
        arrays, table = seen.calls["array"].entries, seen.calls["table"].entries
        comparison.entries = _distinct([*seen.entries, *numbers, *arrays, *table])
        for name in ("array", "points", "table"):
            x, reading = seen.calls[name][:2]
            if reading.problem:
                shown = "an array of many numbers" if name == "points" else f"x = np.array({x.tolist()})"
                comparison.problems.append(unread(f"for {shown}", reading))
        if seen.changed:
            comparison.problems.append(Problem("called with an array", "writes into that array", "no change"))
        if seen.cut:
            given = seen.calls["whole numbers"]
            cut = [float(e.yours) for e in given.entries]
            where = f"for whole numbers, x = np.array({given.x.astype(int).tolist()}),"
            comparison.problems.append(Problem(where, f"gives {cut}", "decimals, too"))
        whole = not comparison.problems
        forms = (numbers, seen.entries, arrays, table)
        if self.by_branch:
            shares = {b.name: _share([_right(f, b.name) for f in forms], whole) for b in self.branches}
        else:
            shares = {
                "single numbers": float(_right(numbers) and _right(seen.entries)),
                "arrays": float(whole and all(map(_right, forms[1:]))),
            }
        comparison.criteria = [Criterion(name, 1.0, share) for name, share in shares.items()]
        if _right(seen.entries):
            comparison.remarks = remarks(seen)
        comparison.picture = picture(seen.entries, self.grid, self.y_label, self.symmetric_log)
        return comparison

    def computes(self, wrong: Wrong) -> Callable[[Observation], bool]:
        """Whether an answer computes a wrong formula, the same everywhere (in the branches that it is of)."""
        return lambda seen: any(_computes(pieces, seen) for pieces in self._ways(wrong))

    def answers(self, wrong: Wrong) -> list[Formula]:
        """An answer for each wrong formula, which gives the reference's values in all other branches."""
        return [partial(self._gives, pieces) for pieces in self._ways(wrong)]

    def _ways(self, wrong: Wrong) -> list[Pieces]:
        ways = wrong if isinstance(wrong, tuple) else (wrong,)
        return [dict.fromkeys(self.branches, way) if callable(way) else way for way in ways]

    def _gives(self, pieces: Pieces, x: np.ndarray) -> np.ndarray:
        x = np.asarray(x, dtype=float)
        y = self.exact(x)
        for branch, formula in pieces.items():
            here = np.vectorize(branch.contains, otypes=[bool])(x)
            y[here] = formula(x[here])
        return y


def _computes(pieces: Pieces, seen: Observation) -> bool:
    guess, asked = np.full(seen.x.shape, np.nan), np.zeros(seen.x.shape, dtype=bool)
    with np.errstate(all="ignore"):
        for branch, formula in pieces.items():
            here = seen.part == branch.name
            guess[here] = formula(seen.x[here])
            asked |= here
    others = [seen.right[seen.part == name] for name in np.unique(seen.part[~asked])]
    if others and not any(right.all() for right in others):
        return False  # where no other branch is right, it is another function altogether
    same = alike(seen.y, guess, seen.condition)
    wrong = asked & ~seen.right
    told = wrong | (asked & np.isfinite(guess))  # where the formula has no value, a right one may stand
    return bool(np.unique(seen.x[wrong & seen.called]).size >= 2 and np.all(same[told]))


def _with_arrays(arrays: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": name, "arguments": [{"name": "x", "array": array_of(x)}], "each": name in ONE_BY_ONE}
        for name, x in arrays.items()
    ]


@lru_cache(maxsize=20_000)
def _exact(formula: Callable[[Number], Number], x: float) -> float:
    return float(formula(number(x)))


def _right(entries: list[Entry], part: str | None = None) -> bool:
    return bool(entries) and all(e.right for e in entries if part in (None, e.part))


def _share(right: list[bool], whole: bool) -> float:
    """Of a branch that is right for numbers, one by one, in arrays, in tables: half where not in all."""
    half = right[1] and (right[0] or right[2])
    return 1.0 if all(right) and whole else 0.5 * half


def _distinct(entries: list[Entry]) -> list[Entry]:
    """One entry an x, a wrong one before a right one."""
    best: dict[str, Entry] = {}
    for e in entries:
        if e.where not in best or best[e.where].right:
            best[e.where] = e
    return list(best.values())
