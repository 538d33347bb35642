"""How mistakes show in the values and gradients of tensors: what predicates are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.kinds.elementwise import Branch
from autograder.kinds.tensor_observation import GRADIENT, OUTPUTS, SMALL, VALUE, Call, Observation, Points

Formula = Callable[[np.ndarray], np.ndarray]
Pieces = Mapping[Branch, Formula]
Fits = Callable[[Observation], bool]


@dataclass(frozen=True)
class Slopes:
    """Right values, and wrong slopes in some branches."""

    pieces: Pieces


@dataclass(frozen=True)
class Backward:
    """Right values, and in every branch a gradient that is made wrongly of x and the upstream gradient."""

    formula: Callable[[np.ndarray, np.ndarray], np.ndarray]


Way = Formula | Pieces | Slopes | Backward
"""A wrong way to compute: a formula of the values, some branches' formulas, or right values with wrong
gradients. Formulas are written in operators, np.exp, np.log, np.log10 and np.where."""


def shows(way: Way, seen: Observation) -> bool:
    """Whether the answer computes that, the same everywhere (in those branches)."""
    if isinstance(way, Backward):
        formula, points = way.formula, seen.points
        several = len(set(points.part[~points.right[GRADIENT]])) > 1
        return several and seen.values_right() and _gives(seen, GRADIENT, lambda c: formula(c.x, c.upstream))
    if isinstance(way, Slopes):
        slopes, parts = way.pieces, _names(way.pieces)
        return seen.values_right() and _gives(
            seen, GRADIENT, lambda c: _piecewise(slopes, c) * c.upstream, parts
        )
    if isinstance(way, Mapping):
        values = way
        return _gives(seen, VALUE, lambda c: _piecewise(values, c), _names(values))
    return _gives(seen, VALUE, lambda c: way(c.x))


def _names(pieces: Pieces) -> list[str]:
    return [branch.name for branch in pieces]


def _piecewise(pieces: Pieces, call: Call) -> np.ndarray:
    here = [call.part == branch.name for branch in pieces]
    return np.select(here, [formula(call.x) for formula in pieces.values()], np.nan)


def _gives(
    seen: Observation,
    output: int,
    guess: Callable[[Call], np.ndarray],
    parts: Collection[str] | None = None,
) -> bool:
    """Whether the answer gives that guess at every ordinary point (in those branches), and is wrong there.

    Where the guess has no value, a right one may stand.
    """
    p = seen.points
    asked = p.called[output] & p.ordinary
    if parts is not None:
        asked &= np.isin(p.part, list(parts))
    wrong = asked & ~p.right[output]
    if np.count_nonzero(wrong) < 2:
        return False
    with np.errstate(all="ignore"):
        guesses = seen.row(guess)
        told = wrong | (asked & np.isfinite(guesses))
        return bool(_alike(output, p.given[output], guesses, p.single)[told].all())


def _alike(output: int, given: np.ndarray, guess: np.ndarray, single: np.ndarray) -> np.ndarray:
    """Equal to the digits that the dtype keeps in an honest answer, or neither of them finite there.

    Values are of size 1, and what is lost beside a 1 is lost.
    """
    largest = np.where(single, float(np.finfo(np.float32).max), float(np.finfo(np.float64).max))
    smallest = np.where(single, float(np.finfo(np.float32).tiny), float(np.finfo(np.float64).tiny))
    with np.errstate(all="ignore"):
        allowed = np.where(single, 3e-5, 1e-6) * np.abs(guess) + SMALL[output] * smallest
        allowed += np.where(single, 3e-6, 1e-12) if output == VALUE else 0.0
        near: np.ndarray = np.abs(given - guess) <= allowed
    near |= ~np.isfinite(given) & ~(np.abs(guess) <= largest)
    return near


def another_branch(output: int, pieces: Pieces) -> Fits:
    """Fits where each wrong number is some branch's, and not all are nearly right besides."""

    def fits(seen: Observation) -> bool:
        p = seen.points
        given = p.given[output]
        asked = ~p.right[output] & p.called[output] & p.ordinary
        if not asked.any() or asked.sum() == p.ordinary.sum() or not np.isfinite(given[asked]).all():
            return False
        factor = seen.row(lambda call: call.upstream) if output == GRADIENT else 1.0
        with np.errstate(all="ignore"):
            guesses = [formula(p.x) * factor for formula in pieces.values()]
            same = np.any([_alike(output, given, guess, p.single) for guess in guesses], axis=0)
            near = _alike(output, given, p.exact[output], p.single)
        return bool(same[asked].all() and not near[asked].all())

    return fits


def wrong_only(where: Callable[[np.ndarray], np.ndarray], also: Callable[[Points, np.ndarray], bool]) -> Fits:
    """Fits where values are right and gradients are wrong only at some x of ``where``, and ``also`` holds."""

    def fits(seen: Observation) -> bool:
        p = seen.points
        wrong = ~p.right[GRADIENT] & p.called[GRADIENT]
        return bool(wrong.any() and where(p.x)[wrong].all()) and seen.values_right() and also(p, wrong)

    return fits


def not_finite(p: Points, wrong: np.ndarray) -> bool:
    return not np.isfinite(p.given[GRADIENT][wrong]).any()


def finite(p: Points, wrong: np.ndarray) -> bool:
    return bool(np.isfinite(p.given[GRADIENT][wrong]).all())


def zero(p: Points, wrong: np.ndarray) -> bool:
    return not p.given[GRADIENT][wrong].any()


def dtype_changed(output: int) -> Fits:
    """Fits where a tensor comes back that is of another dtype than x."""

    def fits(seen: Observation) -> bool:
        given = [(call.readings[output], call.dtype) for call in seen.calls.values() if call.tensor]
        return any(reading.numbers is not None and reading.dtype != dtype for reading, dtype in given)

    return fits


def nearly(seen: Observation, allowed: float = 0.02) -> bool:
    """Fits where all that is wrong at ordinary points is off by at most ``allowed`` of its size."""
    p = seen.points
    wrong = [~p.right[output] & p.ordinary for output in OUTPUTS]
    with np.errstate(all="ignore"):
        near = [np.abs(p.given[o] - p.exact[o]) <= allowed * np.abs(p.exact[o]) for o in OUTPUTS]
    return any(w.any() for w in wrong) and all(n[w].all() for n, w in zip(near, wrong, strict=True))


def single_precision(seen: Observation) -> bool:
    """Fits where float32 is right, and of float64 only the first digits are, at most of its points."""
    p = seen.points
    wrong = ~(p.right[VALUE] & p.right[GRADIENT]) & p.ordinary
    mostly = np.count_nonzero(wrong) > np.count_nonzero(p.ordinary & ~p.single) / 2
    return bool(mostly and not p.single[wrong].any()) and nearly(seen, 0.01)
