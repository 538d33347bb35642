"""Functions that draw pairs and targets: arrays, their distribution, and the source of chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Problem, Reading, problem_of, read_result
from autograder.observers.encoding import decode
from autograder.tolerance import close, tolerance, working_dtype

LARGE = (8000, 8000, 8000)
"""Rows of the draws whose seeds are fixed (0, 1, 2), so that chance never decides twice differently.

48 000 numbers: that an honest answer misses an end of its range, or twenty of the 1900 values, has a
probability below 10⁻¹⁰; so have the two bounds below together.
"""

UNIFORM = 90.9
"""χ² of 19 equal bins (18 degrees of freedom) that chance exceeds once in 10¹¹ times."""

INDEPENDENT = 84.6
"""χ² of 4 × 4 equal bins (15 degrees of freedom) that chance exceeds once in 10¹¹ times."""

REPEATED = ("equal", "other")
"""Calls whose problems are those of "hundred", told once."""

FIRST, LAST = 100, 1999
"""The range in hundredths."""


Formula = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""The target of a pair."""

Pair = tuple[np.ndarray, np.ndarray]
"""Inputs (n, 2) and targets, flat, (n,)."""


@dataclass
class Observation:
    """What all calls gave: by id the records, the arrays x and y as they came, the rows asked for.

    ``hundredths`` are the inputs of the large draws times 100, shape (rows, 2); ``whole`` says which of them
    are on the hundredths. Both are empty where the inputs do not have their shape. ``target`` is the formula.
    """

    target: Formula
    asked: list[dict[str, Any]]
    calls: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    x: dict[str, Reading] = field(default_factory=dict)
    y: dict[str, Reading] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    hundredths: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))
    whole: np.ndarray = field(default_factory=lambda: np.empty((0, 2), dtype=bool))

    @property
    def complete(self) -> bool:
        """Whether all calls were made."""
        return len(self.calls) == len(self.asked)

    @property
    def pairs(self) -> list[Pair]:
        """Inputs and targets of every call that gave as many as asked for."""
        found = []
        for name, x in self.x.items():
            y, size = self.y[name], self.sizes[name]
            if x.numbers is None or y.numbers is None:
                continue
            if x.numbers.shape == (size, 2) and y.numbers.size == size:
                found.append((x.numbers, y.numbers.ravel()))
        return found

    @property
    def targets_right(self) -> bool:
        """Whether all targets are, of whatever inputs."""
        return all(bool(np.all(near(y, self.target(*x.T), (x, y)))) for x, y in self.pairs)

    @property
    def drew(self) -> bool:
        """Whether all calls gave two arrays of numbers."""
        results = [record["result"] for record in self.calls.values()]
        groups = [r["items"] for r in results if r is not None and r["kind"] == "group"]
        return len(groups) == len(results) and all(i["kind"] == "numbers" for items in groups for i in items)

    def same(self, one: str, other: str) -> bool:
        """Whether two calls gave the same numbers."""
        second = self.calls[one]["again"] if other == "again" else self.calls[other]
        return bool(self.calls[one]["result"] == second["result"])

    @property
    def reproducible(self) -> bool:
        """Whether equal generators give equal data (what gives no numbers gives no other ones)."""
        return not self.drew or self.same("hundred", "equal")

    @property
    def shared_sources(self) -> list[str]:
        """The global random states that were drawn from; in the first call an import may have done that."""
        later = [record for name, record in self.calls.items() if name != "one"]
        return sorted({name for record in later for name in record["global_random"]})


def look(target: Formula, inputs: Inputs, evidence: Evidence) -> Observation:
    """The evidence, decoded."""
    seen = Observation(target, inputs["calls"], evidence["calls"])
    for wanted in seen.asked:
        name, size = wanted["id"], wanted["size"]
        record = seen.calls.get(name)
        if record is None or (name in REPEATED and record["error"]):
            continue
        where, result = written(wanted), record["result"]
        if record["error"] is not None or result["kind"] != "group":
            what = read_problem(record)
            seen.problems.append(Problem(where, what, f"x {(size, 2)} and y {(size, 1)}"))
            continue
        seen.sizes[name] = size
        for part, kept, item, shape in zip(
            ("x", "y"), (seen.x, seen.y), result["items"], ((size, 2), (size, 1)), strict=True
        ):
            kept[name] = reading = _as_it_is(item)
            if name in REPEATED:
                continue
            if reading.numbers is None or shape_of(reading) != shape:
                got = reading.problem or f"gives {part} of shape {shape_of(reading)}"
                seen.problems.append(Problem(where, got, f"{part} of shape {shape}"))
    large = [seen.x.get(f"large {i}") for i in range(len(LARGE))]
    if all(r is not None and shape_of(r) == (n, 2) for r, n in zip(large, LARGE, strict=True)):
        x = np.concatenate([r.numbers for r in large if r is not None and r.numbers is not None])
        seen.hundredths = 100 * x
        allowed = tolerance(working_dtype(large[0].dtype, x)) if large[0] else 0.0
        seen.whole = close(seen.hundredths, np.rint(seen.hundredths), allowed)
    return seen


def _as_it_is(item: dict[str, Any]) -> Reading:
    if item["kind"] == "numbers":
        return Reading(decode(item), item["dtype"], None)
    return read_result(item, ())


def read_problem(record: dict[str, Any]) -> str:
    """What a call gave instead of two arrays."""
    result = record["result"]
    if record["error"] is not None:
        return problem_of(record["error"])
    if result["kind"] == "numbers":
        return f"gives one result of shape {tuple(result['shape'])}"
    kind, _, size = str(result.get("type", "")).partition(" of ")
    if kind in ("tuple", "list") and size.isdigit():
        return f"gives {size} {'result' if size == '1' else 'results'}"
    return f"gives one result of type {kind}" if kind else "gives nothing back (None)"


def shape_of(reading: Reading) -> tuple[int, ...] | None:
    return None if reading.numbers is None else reading.numbers.shape


def written(wanted: dict[str, Any]) -> str:
    return f"for size = {wanted['size']}, rng = np.random.default_rng({wanted['seed']})"


def near(values: np.ndarray, expected: np.ndarray, pair: Pair) -> np.ndarray:
    """Where targets are ``expected``, within what the coarser dtype allows; a/0 has a target, too."""
    dtypes = [working_dtype("float64", a) for a in pair]
    same = close(values, expected, tolerance("float32" if "float32" in dtypes else "float64"))
    return np.asarray(same | (values == expected) | (np.isnan(values) & np.isnan(expected)))


def chance_problems(seen: Observation) -> list[Problem]:
    """What is wrong with where the data come from."""
    found = []
    if seen.drew:
        if not seen.same("hundred", "equal"):
            found.append(("gives other data for a generator with the same seed", "the same data"))
        if seen.same("hundred", "other"):
            found.append(("gives the same data for a generator with another seed", "other data"))
        if seen.same("hundred", "again"):
            found.append(("gives the same data once more for the generator it had used", "new data"))
    problems = [Problem("called twice", *texts) for texts in found]
    if shared := seen.shared_sources:
        what = f"draws from {' and '.join(shared)}, which everyone shares"
        problems.append(Problem("when called", what, "numbers from rng"))
    return problems


def chi_square(counts: np.ndarray) -> float:
    """How far counts are from being all alike."""
    expected = counts.sum() / counts.size
    return float(np.sum((counts - expected) ** 2) / expected)


def range_problems(seen: Observation) -> list[tuple[str, str]]:
    """What is wrong with the inputs of the large draws, and what was expected; the plainest only."""
    if not seen.hundredths.size:
        return []
    h, fixed = seen.hundredths, seen.reproducible
    if not np.all(seen.whole):
        such = f", such as {h[~seen.whole][0] / 100:.6g}" if fixed else ""
        return [(f"gives inputs that are not on the hundredths{such}", "1.00, 1.01, … 19.99")]
    k = np.rint(h)
    if k.min() < FIRST or k.max() > LAST:
        such = f", such as {(k.min() if k.min() < FIRST else k.max()) / 100:.2f}" if fixed else ""
        return [(f"gives inputs outside the range{such}", "1.00 to 19.99")]
    if seen.same("large 0", "large 1"):
        return []  # one draw alone is too small to tell
    if k.min() > FIRST or k.max() < LAST:
        ends = (
            f"only inputs from {k.min() / 100:.2f} to {k.max() / 100:.2f}" if fixed else "too short a range"
        )
        return [(f"gives {ends}", "1.00 to 19.99, both ends possible")]
    if np.unique(k).size < LAST - FIRST + 1 - 20:
        return [("leaves many hundredths out", "all 1900 hundredths")]
    if uneven(k):
        return [("gives some inputs far more often than others", "each equally often")]
    coarse = ((k - FIRST) // 475).astype(int)
    if chi_square(np.bincount(4 * coarse[:, 0] + coarse[:, 1], minlength=16)) > INDEPENDENT:
        return [("gives pairs in which one number depends on the other", "independent numbers")]
    if rounded_at_the_ends(k):
        return [("gives 1.00 and 19.99 half as often as the numbers between", "each equally often")]
    return []


def uneven(k: np.ndarray) -> bool:
    """Whether some of these hundredths in the range come up far more often than others."""
    bins = ((k - FIRST) // 100).astype(int)
    return any(chi_square(np.bincount(column, minlength=19)) > UNIFORM for column in bins.T)


def rounded_at_the_ends(k: np.ndarray) -> bool:
    """Whether these hundredths are the generators' even numbers between the two ends, rounded.

    So few rows do not tell by how often the ends come up. But what each generator draws is known.
    """
    start = 0
    for seed, rows in enumerate(LARGE):
        even = np.rint(FIRST + (LAST - FIRST) * np.random.default_rng(seed).random(2 * rows))
        pairs = even.reshape(rows, 2), even.reshape(2, rows).T, even.reshape(2, rows)[::-1].T
        if not any(np.mean(k[start : start + rows] == drawn) > 0.999 for drawn in pairs):
            return False
        start += rows
    return True
