"""How mistakes show in a measured slope: what the predicates of ``numeric-slope`` are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.numeric_slope.probe import HIGH, MANY, WHOLE, Seen, at, seen
from autograder.kinds.elementwise_mistakes import Fits
from autograder.tolerance import working_dtype

Guess = Callable[[Seen], np.ndarray]

STEPS = [a * 10.0**-k for k in range(8) for a in (1, 2, 3, 5)] + [2.0**-k for k in range(1, 24)]
"""Steps that people choose and that are not small to begin with."""


def _answered(inputs: Inputs, evidence: Evidence) -> list[Seen]:
    """The calls that gave numbers, but for the drawn ones: a name must not depend on what was drawn."""
    found = seen(inputs, evidence)
    return [s for s in found if s.reading.numbers is not None and not s.name.startswith("drawn")]


def gives(*guesses: Guess) -> Fits:
    """Fits where, in every call that went wrong, the answer gives what one of these gives."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        wrong = [s for s in _answered(inputs, evidence) if not s.right.all()]
        return bool(wrong) and any(all(_same(s, guess) for s in wrong) for guess in guesses)

    return fits


def _same(s: Seen, guess: Guess) -> bool:
    assert s.reading.numbers is not None
    with np.errstate(all="ignore"):
        wanted = guess(s)
        near = np.abs(s.reading.numbers - wanted) <= 1e-6 * np.maximum(1e-3, np.abs(wanted))
    return bool(np.all(near))


def forward(h: float) -> Guess:
    return lambda s: (at(s.terms, s.x + h) - s.f) / h


def backward(h: float) -> Guess:
    return lambda s: (s.f - at(s.terms, s.x - h)) / h


def central(h: float) -> Guess:
    return lambda s: (at(s.terms, s.x + h) - at(s.terms, s.x - h)) / (2 * h)


def second_difference(s: Seen) -> np.ndarray:
    h = 1e-4
    return (at(s.terms, s.x + h) - 2 * s.f + at(s.terms, s.x - h)) / h**2


def neighbours(s: Seen) -> np.ndarray:
    return np.gradient(s.f, s.x) if s.x.ndim == 1 and s.x.size > 2 else s.expected


def _together(inputs: Inputs, evidence: Evidence) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, what came back and the slopes, of all calls in a row."""
    found = _answered(inputs, evidence)
    if not found:
        return np.zeros(0), np.zeros(0), np.zeros(0)
    rows = [(s.x.ravel(), s.reading.numbers.ravel(), s.expected.ravel()) for s in found]  # type: ignore[union-attr]
    x, y, exact = (np.concatenate(column) for column in zip(*rows, strict=True))
    return x, y, exact


def multiple(low: float, high: float) -> Fits:
    """Fits where the answer is the same multiple of the slope everywhere, between low and high."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        _, y, exact = _together(inputs, evidence)
        steep = np.abs(exact) > 0.3
        if not steep.any() or not np.isfinite(y).all():
            return False
        ratio = y[steep] / exact[steep]
        middle = float(np.median(ratio))
        return low <= middle <= high and bool(np.abs(ratio - middle).max() <= 0.02 * abs(middle))

    return fits


def difference_undivided(inputs: Inputs, evidence: Evidence) -> bool:
    """f(x + h) − f(x − h)/(2h) and the like: a large multiple of the value, and never of the slope."""
    rows = [(s.reading.numbers.ravel(), s.f.ravel()) for s in _answered(inputs, evidence)]  # type: ignore[union-attr]
    if not rows:
        return False
    y, f = (np.concatenate(column) for column in zip(*rows, strict=True))
    large = np.abs(f) > 0.1
    with np.errstate(all="ignore"):
        ratio = y[large] / f[large]
    middle = np.median(ratio)
    return bool(abs(middle) > 3 and np.isfinite(y).all() and np.abs(ratio / middle - 1).max() < 0.5)


def scattered(inputs: Inputs, evidence: Evidence) -> bool:
    """Whether the gap jumps up and down from one of many neighbouring x to the next."""
    row = next(s for s in seen(inputs, evidence) if s.terms == HIGH)
    if row.reading.numbers is None or not np.isfinite(row.reading.numbers).all():
        return False
    gap = (row.reading.numbers - row.expected)[-len(MANY) :]
    turns = np.count_nonzero(np.diff(np.sign(np.diff(gap))))
    return bool(turns > len(MANY) / 10 and np.abs(gap).max() < 30)


def single_precision(inputs: Inputs, evidence: Evidence) -> bool:
    found = [s for s in _answered(inputs, evidence) if s.name.startswith("fixed")]
    return bool(found) and all(
        working_dtype(s.reading.dtype, s.reading.numbers) == "float32"  # type: ignore[arg-type]
        for s in found
    )


def nothing_at_zero(inputs: Inputs, evidence: Evidence) -> bool:
    x, y, _ = _together(inputs, evidence)
    bad = ~np.isfinite(y)
    return bool(bad.any() and (x[bad] == 0).all())


def no_step(inputs: Inputs, evidence: Evidence) -> bool:
    x, y, _ = _together(inputs, evidence)
    large = np.abs(x) > 1
    return bool(large.any() and np.all((y[large] == 0) | ~np.isfinite(y[large])))


def whole_numbers(inputs: Inputs, evidence: Evidence) -> bool:
    found = {s.name: s for s in seen(inputs, evidence)}
    whole = found.pop(WHOLE)
    return all(s.right.all() for s in found.values()) and not whole.right.all()


def rounds(inputs: Inputs, evidence: Evidence) -> bool:
    _, y, exact = _together(inputs, evidence)
    if y.size == 0 or not np.isfinite(y).all():
        return False
    return any(
        np.array_equal(np.round(y, k), y) and np.all(np.abs(y - exact) <= 10.0**-k) for k in range(1, 7)
    )


def scalar_only(inputs: Inputs, evidence: Evidence) -> bool:
    numbers = [s for s in seen(inputs, evidence) if s.x.ndim == 0]
    arrays = [s for s in seen(inputs, evidence) if s.x.ndim]
    raised = [evidence["calls"][s.name]["error"] for s in arrays]
    return all(s.right.all() for s in numbers) and all(raised)


def array_only(inputs: Inputs, evidence: Evidence) -> bool:
    numbers = [s for s in seen(inputs, evidence) if s.x.ndim == 0]
    arrays = [s for s in seen(inputs, evidence) if s.x.ndim]
    return all(s.right.all() for s in arrays) and all(s.reading.numbers is None for s in numbers)


def one_for_all(inputs: Inputs, evidence: Evidence) -> bool:
    arrays = [evidence["calls"][s.name] for s in seen(inputs, evidence) if s.x.ndim]
    results = [r["result"] for r in arrays]
    return all(r is not None and r["kind"] == "numbers" and r["shape"] == [] for r in results)


def second_slope(inputs: Inputs, evidence: Evidence) -> bool:
    found = [s for s in _answered(inputs, evidence) if s.name.startswith("fixed")]
    return bool(found) and all(np.abs(s.reading.numbers - second_difference(s)).max() < 0.02 for s in found)
