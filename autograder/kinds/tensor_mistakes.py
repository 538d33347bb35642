"""How mistakes show in the values and gradients of tensors: what misconceptions' predicates are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.tensors import FLOATS, GRADIENT, SMALL, VALUE, Points, Seen, Tensors

Formula = Callable[[np.ndarray], np.ndarray]
Where = Callable[[np.ndarray], np.ndarray]


def alike(kind: int, given: np.ndarray, guess: np.ndarray, single: np.ndarray) -> np.ndarray:
    """Equal to the digits that the dtype keeps in an honest answer, or neither of them finite there.

    Values are of size 1, and what is lost beside a 1 is lost.
    """
    largest = np.where(single, float(np.finfo(np.float32).max), float(np.finfo(np.float64).max))
    smallest = np.where(single, float(np.finfo(np.float32).tiny), float(np.finfo(np.float64).tiny))
    with np.errstate(all="ignore"):
        allowed = np.where(single, 3e-5, 1e-6) * np.abs(guess) + SMALL[kind] * smallest
        allowed += np.where(single, 3e-6, 1e-12) if kind == VALUE else 0.0
        near = np.abs(given - guess) <= allowed
    return near | (~np.isfinite(given) & ~(np.abs(guess) <= largest))


def computes(subject: Tensors, kind: int, guess: Callable[[Points], np.ndarray], part: str | None) -> Fits:
    """Fits where the answer gives ``guess`` at every ordinary point where it is wrong (in that branch)."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        asked = ~p.right[kind] & p.called[kind] & subject.ordinary(p.x) & (part is None or p.part == part)
        with np.errstate(all="ignore"):
            same = alike(kind, p.given[kind], np.broadcast_to(guess(p), p.x.shape), p.single)
        return bool(np.count_nonzero(asked) >= 2 and same[asked].all())

    return fits


def values(subject: Tensors, formula: Formula, part: str | None = None) -> Fits:
    """Fits where the values are ``formula``'s wherever they are wrong."""
    return computes(subject, VALUE, lambda p: formula(p.x), part)


def gradients(subject: Tensors, guess: Callable[[Points], np.ndarray], part: str | None = None) -> Fits:
    """Fits where the values are right and the gradients are ``guess`` wherever they are wrong."""
    same = computes(subject, GRADIENT, guess, part)

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        return values_right(subject, inputs, evidence) and same(inputs, evidence)

    return fits


def one_of(kind: int, subject: Tensors, guesses: Callable[[Points], list[np.ndarray]]) -> Fits:
    """Fits where each wrong number is one of ``guesses`` (other branches' values, say)."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        asked = ~p.right[kind] & p.called[kind] & subject.ordinary(p.x)
        if not asked.any() or asked.sum() == subject.ordinary(p.x).sum():
            return False
        with np.errstate(all="ignore"):
            same = np.any([alike(kind, p.given[kind], g, p.single) for g in guesses(p)], axis=0)
            near = alike(kind, p.given[kind], subject.exact(kind, p.x, p.upstream), p.single)
        finite = np.isfinite(p.given[kind])
        return bool((same & finite)[asked].all() and not near[asked].all())

    return fits


def nearly_all_right(subject: Tensors, inputs: Inputs, evidence: Evidence) -> bool:
    """Whether there are values, and those at ordinary points are right."""
    p = subject.points(inputs, evidence)
    asked = p.called[VALUE] & subject.ordinary(p.x)
    return bool(asked.any() and p.right[VALUE][asked].all())


def values_right(subject: Tensors, inputs: Inputs, evidence: Evidence) -> bool:
    """Whether there are values, and all of them are right."""
    p = subject.points(inputs, evidence)
    return bool(p.called[VALUE].any() and p.right[VALUE][p.called[VALUE]].all())


def wrong_only(subject: Tensors, where: Where, also: Callable[[Points, np.ndarray], bool]) -> Fits:
    """Fits where values are right and gradients are wrong only at some x of ``where``, and ``also`` holds."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        wrong = ~p.right[GRADIENT] & p.called[GRADIENT]
        if not values_right(subject, inputs, evidence) or not wrong.any():
            return False
        return bool(where(p.x)[wrong].all()) and also(p, wrong)

    return fits


def not_finite(p: Points, wrong: np.ndarray) -> bool:
    return not np.isfinite(p.given[GRADIENT][wrong]).any()


def finite(p: Points, wrong: np.ndarray) -> bool:
    return bool(np.isfinite(p.given[GRADIENT][wrong]).all())


def zero(p: Points, wrong: np.ndarray) -> bool:
    return not p.given[GRADIENT][wrong].any()


def raises(evidence: Evidence, text: str) -> bool:
    """Whether some call raised an error with that text in it."""
    errors = [r["error"] for r in evidence["calls"].values() if r["error"]]
    return any(text in f"{e['type']}: {e['message']}" for e in errors)


def ok(seen: Seen | None) -> bool:
    """Whether that call gave numbers, all of them right."""
    return seen is not None and all(map(bool, (r.all() for r in seen.right))) and not failed(seen)


def failed(seen: Seen | None) -> bool:
    return seen is not None and seen.readings[VALUE].numbers is None


def one_dtype(subject: Tensors) -> Fits:
    """Fits where one of the two dtypes goes well and the other gives no numbers."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        single, double = (subject.seen(inputs, evidence)[dtype] for dtype in FLOATS)
        return failed(single) != failed(double)

    return fits


def dtype_changed(subject: Tensors, kind: int) -> Fits:
    """Fits where a tensor comes back that is of another dtype than x."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.seen(inputs, evidence)
        tensors = [s for n, s in seen.items() if evidence["calls"][n]["tensor"]]
        return any(
            s.readings[kind].numbers is not None and s.readings[kind].dtype != s.dtype for s in tensors
        )

    return fits


def nearly(subject: Tensors, allowed: float) -> Fits:
    """Fits where all that is wrong at ordinary points is off by at most ``allowed`` of its size."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        common = subject.ordinary(p.x)
        off = False
        for kind in (VALUE, GRADIENT):
            wrong = ~p.right[kind] & common
            exact = subject.exact(kind, p.x, p.upstream)
            with np.errstate(all="ignore"):
                near = np.abs(p.given[kind] - exact) <= allowed * np.abs(exact)
            if not near[wrong].all():
                return False
            off = off or bool(wrong.any())
        return off

    return fits


def single_precision(subject: Tensors) -> Fits:
    """Fits where float32 is right, and of float64 only the first digits are, at most of its points."""
    near = nearly(subject, 0.01)

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        common = subject.ordinary(p.x)
        wrong = ~(p.right[VALUE] & p.right[GRADIENT]) & common
        double = common & ~p.single
        mostly = np.count_nonzero(wrong) > np.count_nonzero(double) / 2
        return bool(mostly and not p.single[wrong].any() and near(inputs, evidence))

    return fits
