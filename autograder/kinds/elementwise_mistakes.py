"""Mistakes that have nothing to do with the formula: what an answer takes, gives back and writes into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.comparison import alike, read
from autograder.kinds.elementwise import Elementwise
from autograder.kinds.legacy import Misconception

Fits = Callable[[Inputs, Evidence], bool]


def explains(
    subject: Elementwise, formula: Callable[[np.ndarray], np.ndarray], part: str | None = None
) -> Fits:
    """Fits where the answer computes ``formula`` wherever it is wrong (in branch ``part``, if given)."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        if seen.x.size == 0:
            return False
        asked = ~seen.right & (seen.part == part if part else True)
        with np.errstate(all="ignore"):
            guess = np.broadcast_to(formula(seen.x), seen.x.shape)
        same = alike(seen.y, guess, subject.condition(seen.x))
        return bool(np.count_nonzero(asked & seen.called) >= 2) and bool(np.all(same[asked]))

    return fits


def any_of(*fits: Fits) -> Fits:
    """Fits where one of them does."""
    return lambda inputs, evidence: any(f(inputs, evidence) for f in fits)


def wrong_branch(
    subject: Elementwise,
    formulas: Sequence[Callable[[np.ndarray], np.ndarray]],
    *,
    borders: Sequence[float] = (),
) -> Fits:
    """Fits where every wrong value is another branch's (and at no other x than ``borders``, if given).

    Without ``borders``, one of them at least must not be nearly right besides, as all are in float32.
    """

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        wrong = ~seen.right
        if not wrong.any() or wrong.all() or not np.all(np.isfinite(seen.y[wrong])):
            return False
        if borders and not np.all(np.isin(seen.x[wrong], borders)):
            return False
        with np.errstate(all="ignore"):
            guesses = [alike(seen.y, f(seen.x), subject.condition(seen.x)) for f in formulas]
        if not borders and np.all(alike(seen.y, subject.exact(seen.x), subject.condition(seen.x))[wrong]):
            return False
        return bool(np.all(np.any(guesses, axis=0)[wrong]))

    return fits


def nearly(subject: Elementwise) -> Fits:
    """Fits where every wrong value is within two thousandths of the right one."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        exact, wrong = subject.exact(seen.x), ~seen.right
        # Not by equality: the same number may come out of long arrays and short ones an ulp apart.
        if not wrong.any() or np.ptp(seen.y[wrong]) <= 1e-12 * np.max(np.abs(seen.y[wrong])):
            return False
        with np.errstate(all="ignore"):
            return bool(np.all(np.abs(seen.y - exact)[wrong] <= 0.002 * np.abs(exact)[wrong]))

    return fits


def rounded(subject: Elementwise) -> Mistake[Any]:
    """The mistake of an answer whose values are all the right ones, rounded to the same few decimals."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        if seen.y.size == 0 or not np.all(np.isfinite(seen.y)):
            return False
        exact = subject.exact(seen.x)
        return any(
            np.array_equal(np.round(seen.y, k), seen.y) and np.all(np.abs(seen.y - exact) <= 10.0**-k)
            for k in range(1, 9)
        )

    return Misconception(
        "rounded",
        "rounds its results",
        "four digits look good enough",
        "It is close, but not close enough: its last digits are cut off.",
        "Where do digits get lost?",
        fits,
    )


def difference_quotient(subject: Elementwise) -> Fits:
    """Fits where the values are nearly right far from the borders, in more than one branch, but not quite."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        wrong = ~seen.right
        exact = subject.exact(seen.x)
        with np.errstate(all="ignore"):
            error = np.abs(seen.y - exact) / np.abs(exact)
        parts = set(seen.part[wrong])
        if len(parts) < (1 if subject.by_form else 2) or not np.all(np.isfinite(seen.y)):
            return False
        # Rounding and the step's own error differ from point to point; a wrong formula's does not scatter.
        scattered = np.unique(np.sign(seen.y - exact)[wrong]).size > 1
        return bool(np.median(error) < 1e-3 and scattered)

    return fits


def form_mistakes(subject: Elementwise, *, nan_hint: str) -> tuple[Mistake[Any], ...]:
    """The mistakes of form that every elementwise exercise shares; they stand last in its catalogue."""

    def values_right(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        return seen.right.size > 0 and bool(np.all(seen.right))

    def ok(inputs: Inputs, evidence: Evidence, name: str) -> bool:
        wanted = next(c for c in inputs["calls"] if c["id"] == name)["arguments"][0]
        shape = wanted["array"]["shape"] if "array" in wanted else []
        return read(evidence["calls"][name], shape).problem is None

    def numbers_ok(inputs: Inputs, evidence: Evidence) -> bool:
        return all(ok(inputs, evidence, f"number {i}") for i in range(len(subject.examples)))

    def only_nan(inputs: Inputs, evidence: Evidence) -> bool:
        seen = subject.observed(inputs, evidence)
        wrong = ~seen.right
        return bool(wrong.any() and not wrong.all() and np.all(np.isnan(seen.y[wrong]) & seen.called[wrong]))

    def sometimes_none(inputs: Inputs, evidence: Evidence) -> bool:
        entries = subject.observed(inputs, evidence).entries
        return any(e.problem for e in entries) and all("None" in e.shown for e in entries if e.problem)

    def changed(_inputs: Inputs, evidence: Evidence) -> bool:
        return any(record["changed"] for record in evidence["calls"].values())

    return (
        Misconception(
            "mutates-input",
            "writes its result into the array it was given",
            "x[x <= 0] = … reads like mathematics and saves an array",
            "It writes into the array that it was given: whoever called it loses the x.",
            "Could the results go into an array of their own?",
            changed,
        ),
        Misconception(
            "nan-in-unused-branch",
            "computes every branch everywhere and multiplies by a mask",
            "(x > 0)·f(x) looks like switching a branch off",
            (
                "Where it is wrong it gives NaN: a branch that is not wanted there was computed too, and 0 "
                "· ∞ is NaN."
            ),
            nan_hint,
            only_nan,
        ),
        Misconception(
            "missing-branch",
            "returns nothing for some x",
            "the other cases seem enough",
            "For some x it gives nothing back (None): no branch of yours was meant for them.",
            "Which x reach the end of the function without a return?",
            sometimes_none,
        ),
        Misconception(
            "scalar-only",
            "works for one number at a time",
            "an if, or a function of math, asks for one number",
            "Number by number your values are right, well done. Only a whole array it does not take yet.",
            (
                "An if, or a function of math, looks at one number. Which functions of NumPy look at each "
                "one of an array?"
            ),
            lambda i, e: values_right(i, e) and numbers_ok(i, e) and not ok(i, e, "array"),
        ),
        Misconception(
            "array-only",
            "works for arrays but not for a plain number",
            "indexing with a mask needs an array",
            "For arrays your values are right, well done. Only a plain number it does not take yet.",
            "What turns whatever comes in into an array, at the top of the function?",
            lambda i, e: values_right(i, e) and ok(i, e, "array") and not numbers_ok(i, e),
        ),
        Misconception(
            "one-dimension-only",
            "loops over one axis",
            "a list of results is an array when x is one row",
            (
                "For a row of numbers your values are right, well done. Only a table (two axes) it does "
                "not take yet."
            ),
            "NumPy's own functions do not ask how many axes there are: can the loop go?",
            lambda i, e: values_right(i, e) and ok(i, e, "array") and not ok(i, e, "table"),
        ),
    )
