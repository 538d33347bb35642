"""Mistakes that elementwise answers share: digits, borders, what an answer takes, gives and writes into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.exercise import Mistake
from autograder.kinds import comparison
from autograder.kinds.comparison import alike
from autograder.kinds.elementwise import Formula
from autograder.kinds.elementwise_observation import Observation


def another_branch(
    formulas: Sequence[Formula], *, borders: Sequence[float] = ()
) -> Callable[[Observation], bool]:
    """Fits where every wrong value is another branch's (and at no other x than ``borders``, if given).

    Without ``borders``, one of them at least must not be nearly right besides, as all are in float32.
    """

    def fits(seen: Observation) -> bool:
        wrong = ~seen.right
        if not wrong.any() or wrong.all() or not np.all(np.isfinite(seen.y[wrong])):
            return False
        if borders and not np.all(np.isin(seen.x[wrong], borders)):
            return False
        if not borders and np.all(alike(seen.y, seen.exact, seen.condition)[wrong]):
            return False
        with np.errstate(all="ignore"):
            guesses = [alike(seen.y, formula(seen.x), seen.condition) for formula in formulas]
        return bool(np.all(np.any(guesses, axis=0)[wrong]))

    return fits


def gap_at(seen: Observation, borders: Sequence[float]) -> bool:
    """Fits where it is wrong at some of these x alone, and gives 0 or NaN, or nothing at all, there."""
    wrong = ~seen.right
    empty = ~seen.called | np.isnan(seen.y) | (seen.y == 0)
    return bool(wrong.any() and np.all(np.isin(seen.x[wrong], borders)) and np.all(empty[wrong]))


def difference_quotient(seen: Observation, *, branches: int = 2) -> bool:
    """Fits where the values are nearly right far from the borders, but not quite in that many branches."""
    wrong = ~seen.right
    if len(set(seen.part[wrong])) < branches or not np.all(np.isfinite(seen.y)) or rounded(seen):
        return False
    with np.errstate(all="ignore"):
        error = np.abs(seen.y - seen.exact) / np.abs(seen.exact)
    # Rounding and the step's own error differ from point to point; a wrong formula's does not scatter.
    scattered = np.unique(np.sign(seen.y - seen.exact)[wrong]).size > 1
    return bool(np.median(error[wrong]) < 1e-3 and scattered)


def rounded(seen: Observation) -> bool:
    """Fits where all values are the right ones, rounded to the same few decimals."""
    return comparison.rounded(seen.y, seen.exact, range(1, 9))


def nearly(seen: Observation) -> bool:
    """Fits where every wrong value is within two thousandths of the right one."""
    y, exact = seen.y[~seen.right], seen.exact[~seen.right]
    # Not by equality: the same number may come out of long arrays and short ones an ulp apart.
    if not y.size or np.ptp(y) <= 1e-12 * np.max(np.abs(y)):
        return False
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(y - exact) <= 0.002 * np.abs(exact)))


def ends_flat(seen: Observation) -> bool:
    """Fits where it is right up to some x, to one side or both, and goes on with the value of about there."""
    wrong, size = ~seen.right, np.abs(seen.x)
    for side in (seen.x > 0, seen.x < 0):
        beyond = side & (size >= np.min(size[wrong & side], initial=np.inf))
        y, inside = seen.y[beyond], side & ~beyond
        if not y.size:
            continue
        if not inside.any() or not np.all(np.isfinite(y)) or np.ptp(y) > 1e-9 * np.max(np.abs(y)):
            return False
        edge = sorted(
            (seen.exact[inside][np.argmax(size[inside])], seen.exact[beyond][np.argmin(size[beyond])])
        )
        if not edge[0] - 1e-9 <= y[0] <= edge[1] + 1e-9:
            return False
    return bool(np.unique(seen.x[wrong]).size >= 3 and not wrong[seen.x == 0].any())


def only_nan(seen: Observation) -> bool:
    wrong = ~seen.right
    return bool(wrong.any() and not wrong.all() and np.all(np.isnan(seen.y[wrong]) & seen.called[wrong]))


def sometimes_none(seen: Observation) -> bool:
    problems = [e.shown for e in seen.entries if e.problem]
    return bool(problems) and all("None" in shown for shown in problems)


def takes(numbers: bool, row: bool, table: bool | None = None) -> Callable[[Observation], bool]:
    """Fits where all values are right, and just these forms of x give the right shape (None: whichever)."""

    def fits(seen: Observation) -> bool:
        values_right = seen.right.size > 0 and bool(seen.right.all()) and not other_shape(seen)
        return values_right and seen.forms[:2] == (numbers, row) and table in (None, seen.forms[2])

    return fits


def other_shape(seen: Observation) -> bool:
    """Fits where all values are right, and a call gives another shape than x has; none does worse."""
    calls = [*seen.numbers, seen.calls["array"], seen.calls["table"]]
    problems = [call.reading.problem for call in calls if call.reading.problem]
    misshapen = all(p.startswith("gives shape") and p != "gives shape ()" for p in problems)
    return seen.right.size > 0 and bool(seen.right.all()) and bool(problems) and misshapen


def ignores_x(seen: Observation) -> bool:
    """Fits where all calls give one and the same number, or one and the same array."""
    results = [call.result for call in (*seen.numbers, seen.calls["array"], seen.calls["table"])]
    if results[0] and results[0].get("values") and all(r == results[0] for r in results):
        return True
    y = seen.y
    return bool(y.size and seen.called.all() and np.all(np.isfinite(y)) and np.unique(y).size == 1)


def elementwise_form(
    *,
    constant_hint: str = "Is there a constant with few digits in it?",
    mask_hint: str = "Choosing is safer than multiplying by 0 or 1: which NumPy function chooses?",
) -> tuple[Mistake[Observation], ...]:
    """The mistakes that every elementwise exercise shares; they stand last in its catalogue."""
    return (
        Mistake(
            "ignores-argument",
            did="gives the same, whatever x is",
            tempting="a name from another cell is at hand, or a bracket is missing and all cancels",
            shows="It gives the same for every x.",
            hint="Follow two different x through your lines: where does what makes them differ get lost?",
            fits=ignores_x,
        ),
        Mistake(
            "ends-flat",
            did="gives one and the same number beyond some x",
            tempting="the picture ends there, too",
            shows="Beyond some x it gives one and the same number; the formula does not.",
            hint="Is x, or the result, cut to a range somewhere? How far do the exercise's x reach?",
            fits=ends_flat,
        ),
        Mistake(
            "rounded",
            did="rounds its results",
            tempting="four digits look good enough",
            shows="Its values are the right ones, rounded or cut off after a few decimals.",
            hint="Where do digits get lost?",
            fits=rounded,
        ),
        Mistake(
            "rounded-constant",
            did="is slightly off, as with a constant that lacks digits or has a wrong one",
            tempting="four digits look good enough",
            shows="It is close, but not close enough.",
            hint=constant_hint,
            fits=nearly,
        ),
        Mistake(
            "mutates-input",
            did="writes its result into the array it was given",
            tempting="x[x <= 0] = … reads like mathematics and saves an array",
            shows="It writes into the array that it was given: whoever called it loses the x.",
            hint="Could the results go into an array of their own?",
            fits=lambda seen: seen.changed,
        ),
        Mistake(
            "other-shape",
            did="gives its results in another shape than x has",
            tempting="brackets around a result, or a ravel, are quickly left over",
            shows="Its values are right, well done. But the result has another shape than x.",
            hint="Print the shape of x and that of your result: where does an axis come in, or get lost?",
            fits=other_shape,
        ),
        Mistake(
            "nan-in-unused-branch",
            did="computes every branch everywhere and multiplies by a mask",
            tempting="(x > 0)·f(x) looks like switching a branch off",
            shows="Where it is wrong it gives NaN: a branch that is not wanted there was computed too, and "
            "0 · ∞ is NaN.",
            hint=mask_hint,
            fits=only_nan,
        ),
        Mistake(
            "missing-branch",
            did="returns nothing for some x",
            tempting="the other cases seem enough",
            shows="For some x it gives nothing back (None): no branch of yours was meant for them.",
            hint="Which x reach the end of the function without a return?",
            fits=sometimes_none,
        ),
        Mistake(
            "one-for-all",
            did="gives one number for a whole array",
            tempting="a return inside a loop ends it in its first round; a sum or a mean leaves one number",
            shows="Number by number your values are right, well done. For a whole array one number comes "
            "back.",
            hint="Is there a return inside a loop, or a step that throws all x together?",
            fits=lambda seen: (
                takes(numbers=True, row=False)(seen)
                and seen.calls["array"].reading.problem == "gives shape ()"
            ),
        ),
        Mistake(
            "scalar-only",
            did="works for one number at a time",
            tempting="an if, or a function of math, asks for one number",
            shows="Number by number your values are right, well done. But it does not take a whole array "
            "yet.",
            hint="An if, or a function of math, looks at one number. Which functions of NumPy look at each "
            "one of an array?",
            fits=takes(numbers=True, row=False),
        ),
        Mistake(
            "array-only",
            did="works for arrays but not for a plain number",
            tempting="indexing with a mask needs an array",
            shows="For arrays your values are right, well done. But it does not take a plain number yet.",
            hint="What turns whatever comes in into an array, at the top of the function?",
            fits=takes(numbers=False, row=True, table=True),
        ),
        Mistake(
            "one-dimension-only",
            did="loops over one axis",
            tempting="a list of results is an array when x is one row",
            shows="For a row of numbers your values are right, well done. But it does not take a table "
            "(two axes) yet.",
            hint="NumPy's own functions do not ask how many axes there are: can the loop go?",
            fits=takes(numbers=True, row=True, table=False),
        ),
        Mistake(
            "rows-only",
            did="loops over x",
            tempting="for t in x looks at each number, where x is one row",
            shows="For a row of numbers your values are right, well done. But it does not take a plain "
            "number or a table (two axes) yet.",
            hint="NumPy's own functions take a number, a row and a table alike: can the loop go?",
            fits=takes(numbers=False, row=True, table=False),
        ),
        Mistake(
            "whole-numbers",
            did="keeps its results in an array of whole numbers",
            tempting="np.zeros_like(x) has the right shape",
            shows="Your values are right, well done; but where x holds whole numbers, the results lose their "
            "decimals.",
            hint="Which type do the numbers have in the array that you make for the results?",
            fits=lambda seen: seen.cut,
        ),
    )
