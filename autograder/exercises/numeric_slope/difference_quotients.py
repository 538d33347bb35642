"""How mistakes show in a measured slope: what the predicates of ``numeric-slope`` are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercises.numeric_slope.probe import HIGH, MANY, WHOLE, answered
from autograder.kinds.calls import Case, Observation
from autograder.kinds.comparison import rounded
from autograder.kinds.several_arguments import Formula, is_cut
from autograder.tolerance import working_dtype

Fits = Callable[[Observation], bool]

STEPS = [a * 10.0**-k for k in range(8) for a in (1, 2, 3, 5)] + [2.0**-k for k in range(1, 24)]
"""Steps that people choose and that are not small to begin with."""


def forward(h: float) -> Formula:
    return lambda function, x: (function(x + h) - function(x)) / h


def backward(h: float) -> Formula:
    return lambda function, x: (function(x) - function(x - h)) / h


def central(h: float) -> Formula:
    return lambda function, x: (function(x + h) - function(x - h)) / (2 * h)


def neighbours(function: Any, x: Any) -> Any:
    return np.gradient(function(x), x) if np.ndim(x) == 1 and x.size > 2 else central(1e-5)(function, x)


def neighbours_of_one(function: Any, x: Any) -> Any:
    """As if neighbouring x were 1 apart."""
    return np.gradient(function(x)) if np.ndim(x) == 1 and x.size > 2 else central(1e-5)(function, x)


def values(case: Case) -> np.ndarray:
    """f(x), as the answer itself gets it."""
    return np.asarray(case.given["function"](case.arguments["x"]))


def _in_a_row(cases: list[Case], column: Callable[[Case], Any]) -> np.ndarray:
    return np.concatenate([np.zeros(0), *(np.ravel(column(c)) for c in cases)])


def _gaps(seen: Observation) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, what came back and the slopes, of all calls in a row."""
    found = answered(seen)
    x = _in_a_row(found, lambda c: c.arguments["x"])
    return x, _in_a_row(found, lambda c: c.numbers), _in_a_row(found, lambda c: c.expected[0])


def multiple(low: float, high: float, *, either_sign: bool = False) -> Fits:
    """Fits where the answer is the same multiple of the slope everywhere, between low and high."""

    def fits(seen: Observation) -> bool:
        _, y, exact = _gaps(seen)
        steep = np.abs(exact) > 0.3
        if not steep.any() or not np.isfinite(y).all():
            return False
        ratio = y[steep] / exact[steep]
        middle = float(np.median(ratio))
        inside = low <= (abs(middle) if either_sign else middle) <= high
        return inside and bool(np.abs(ratio - middle).max() <= 0.02 * abs(middle))

    return fits


def difference_undivided(seen: Observation) -> bool:
    """f(x + h) − f(x − h)/(2h) and the like: a large multiple of the value, and never of the slope."""
    y, f = _in_a_row(answered(seen), lambda c: c.numbers), _in_a_row(answered(seen), values)
    large = np.abs(f) > 0.1
    if not large.any():
        return False
    with np.errstate(all="ignore"):
        ratio = y[large] / f[large]
    middle = np.median(ratio)
    return bool(abs(middle) > 3 and np.isfinite(y).all() and np.abs(ratio / middle - 1).max() < 0.5)


def scattered(seen: Observation) -> bool:
    """Whether the gap jumps up and down from one of many neighbouring x to the next."""
    row = next(c for c in seen.cases if c.arguments["function"]["terms"] == HIGH)
    gap = (row.numbers - row.expected[0])[-len(MANY) :]
    turns = np.count_nonzero(np.diff(np.sign(np.diff(gap))))
    finite = bool(np.isfinite(row.numbers).all()) and not row.right
    return finite and bool(turns > len(MANY) / 10 and np.abs(gap).max() < 30)


def single_precision(seen: Observation) -> bool:
    found = [c for c in answered(seen) if c.form == "fixed"]
    return bool(found) and all(working_dtype(c.readings[0].dtype, c.numbers) == "float32" for c in found)


def nothing_at_zero(seen: Observation) -> bool:
    x, y, exact = _gaps(seen)
    bad, steep = ~np.isfinite(y), np.abs(exact) > 0.1
    if not bad.any() or (x[bad] != 0).any():
        return False
    return bool(np.median(np.abs(y / exact - 1)[steep & ~bad]) < 0.05)


def divided_by_x(seen: Observation) -> bool:
    """A rise, or the value itself, over x: the same multiple of slope or value over x everywhere."""
    x, y, exact = _gaps(seen)
    some = (np.abs(x) > 0.1) & (np.abs(exact) > 0.1)
    if (y[x == 0] == exact[x == 0]).any() or not some.any() or not np.isfinite(y[some]).all():
        return False
    f = _in_a_row(answered(seen), values)
    ratios = (y[some] * x[some] / exact[some], y[some] * x[some] / f[some])
    return any(np.ptp(r) <= 0.02 * abs(float(np.median(r))) for r in ratios)


def ignores_function(seen: Observation) -> bool:
    """At the same x it gives the same for each of several functions."""
    found = [c for c in seen.cases if c.form == "fixed" and c.readable]
    size = min((c.numbers.size for c in found), default=0)
    first = [c.numbers[:size] for c in found]
    if len(first) < 3 or not all(np.isfinite(y).all() for y in first):
        return False
    near = 1e-6 * max(np.abs(y).max() for y in first)  # of what is measured the last digits differ
    return near > 0 and all(np.abs(y - first[0]).max() <= near for y in first)


def loses_shape(seen: Observation) -> bool:
    """Right wherever the shape is; elsewhere there is one, but another one."""
    bad = [c for c in seen.cases if not c.readable]
    some = [c for c in seen.cases if c.readable]
    misshapen = all(c.shape is not None and c.readings[0].wanted for c in bad)
    return bool(bad) and bool(some) and misshapen and all(c.right for c in some)


def no_step(seen: Observation) -> bool:
    x, y, _ = _gaps(seen)
    large = np.abs(x) > 1
    return bool(large.any() and y.any() and np.all((y[large] == 0) | ~np.isfinite(y[large])))


def whole_numbers(seen: Observation) -> bool:
    bad = [c for c in seen.cases if not c.right]
    return [c.name for c in bad] == [WHOLE] and is_cut(bad[0])


def rounds(seen: Observation) -> bool:
    _, y, exact = _gaps(seen)
    return rounded(y, exact, range(1, 7))


def _forms(seen: Observation) -> tuple[list[Case], list[Case]]:
    """The calls with a plain number, and those with an array."""
    numbers = [c for c in seen.cases if np.ndim(c.arguments["x"]) == 0]
    return numbers, [c for c in seen.cases if np.ndim(c.arguments["x"])]


def scalar_only(seen: Observation) -> bool:
    numbers, arrays = _forms(seen)
    return all(c.right for c in numbers) and all(c.error is not None for c in arrays)


def array_only(seen: Observation) -> bool:
    numbers, arrays = _forms(seen)
    return all(c.right for c in arrays) and not any(c.readable for c in numbers)


def one_for_all(seen: Observation) -> bool:
    return all(c.shape == () for c in _forms(seen)[1])


def one_too_few(seen: Observation) -> bool:
    rows = [c for c in _forms(seen)[1] if np.ndim(c.arguments["x"]) == 1]
    return all(c.shape == (len(c.arguments["x"]) - 1,) for c in rows)


def second_slope(seen: Observation) -> bool:
    def near(case: Case, h: float = 1e-4) -> bool:
        function, x = case.given["function"], case.arguments["x"]
        second = (function(x + h) - 2 * function(x) + function(x - h)) / h**2
        return bool(np.abs(case.numbers - second).max() < 0.02)

    found = [c for c in answered(seen) if c.form == "fixed"]
    return bool(found) and all(map(near, found))
