"""Mistakes with a name in exercise ``damped-step``; r residuals, J their Jacobian, t θ, k the damping."""

# ruff: noqa: ARG005

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.damped_step.probe import step
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, MUTATES_INPUT, ROUNDED, Formula

Array = np.ndarray


def equations(table: Callable[[Array, float], Array]) -> Formula:
    """The step with another table in the place of JᵀJ + λD."""

    def formula(r: Array, J: Array, t: Array, k: float) -> Array | float:
        try:
            return np.asarray(t + np.linalg.solve(table(J.T @ J, k), -J.T @ r))
        except np.linalg.LinAlgError:
            return np.full(t.shape, np.nan)

    return formula


def times(factor: Callable[[Array, float], float]) -> Formula:
    """A step that is longer or shorter by a factor."""
    return lambda r, J, t, k: t + factor(r, k) * step(r, J, k)


def downhill(length: Callable[[Array, float], float]) -> Formula:
    """A step along the gradient Jᵀr."""
    return lambda r, J, t, k: t - length(r, k) * J.T @ r


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "no-damping",
        did="leaves the damping out",
        tempting="the first equation of the text has none",
        shows="With a damping of 0 it is right; with any other it gives the same step.",
        hint="In which line does the damping come in?",
        wrong=lambda r, J, t, k: t + step(r, J, 0.0),
    ),
    Mistake(
        "uphill",
        did="goes the other way",
        tempting="there is a minus on the right-hand side, and a plus before the step",
        shows="The step has the right length, in the opposite direction: the residuals grow.",
        hint="Solve with one number and a residual above 0: does your step make it smaller?",
        wrong=lambda r, J, t, k: t - step(r, J, k),
    ),
    Mistake(
        "gives-step",
        did="gives the step, not where it leads",
        tempting="the step is what has to be worked out",
        shows="It gives δ alone.",
        hint="Where do you stand before the step, and where after it?",
        wrong=(lambda r, J, t, k: step(r, J, k), lambda r, J, t, k: -step(r, J, k)),
    ),
    Mistake(
        "same-damping-for-all",
        did="adds the damping itself to the diagonal, the same for every number",
        tempting="this is how Levenberg did it; the D is Marquardt's",
        shows="It adds λ to each number of the diagonal; the text adds λ times that number.",
        hint="What is D, and what does λ·D have on its diagonal?",
        wrong=equations(lambda S, k: S + k * np.eye(len(S))),
    ),
    Mistake(
        "damps-all-entries",
        did="multiplies all of JᵀJ by 1 + damping, not its diagonal alone",
        tempting="np.diag is easily left out",
        shows="The step is the undamped one, shorter by the factor 1 + λ.",
        hint="Which entries of JᵀJ should the damping leave alone?",
        wrong=lambda r, J, t, k: t + step(r, J, 0.0) / (1 + k),
    ),
    Mistake(
        "diagonal-in-every-row",
        did="adds the diagonal to every row, as a row of numbers",
        tempting="np.diag of a table is a row of numbers, and NumPy adds a row to each row",
        shows="For one number it is right; for several, λ times the diagonal stands in every row.",
        hint="What does np.diag give for a table, and what for a row of numbers?",
        wrong=(
            equations(lambda S, k: S + k * np.diag(S)),
            equations(lambda S, k: S + k * np.diag(S)[:, None]),
        ),
    ),
    Mistake(
        "diagonal-only",
        did="keeps nothing of JᵀJ but its diagonal",
        tempting="the diagonal is what the damping is about",
        shows="For one number it is right; of several, each moves as if the others stood still.",
        hint="What do the entries beside the diagonal of JᵀJ tell, and where are they in your table?",
        wrong=equations(lambda S, k: (1 + k) * np.diag(np.diag(S))),
    ),
    Mistake(
        "damping-alone",
        did="solves with λD alone",
        tempting="the sum in the brackets is easily cut",
        shows="The table of its equations is λ·D: JᵀJ itself is missing.",
        hint="What is left of your table when the damping is 0?",
        wrong=(equations(lambda S, k: k * np.diag(np.diag(S))), equations(lambda S, k: k * np.eye(len(S)))),
    ),
    Mistake(
        "damping-squared",
        did="damps with λ² in the place of λ",
        tempting="rows that are added to J get squared in JᵀJ",
        shows="It is right for a damping of 0 or 1; else it damps with the square.",
        hint="If you add rows to J: what becomes of them in JᵀJ?",
        wrong=equations(lambda S, k: S + k * k * np.diag(np.diag(S))),
    ),
    Mistake(
        "divides-by-damping",
        did="divides by the damping where it should multiply",
        tempting="more damping sounds like less of something",
        shows="More damping makes its steps longer.",
        hint="With a very large damping: should the step be long or short?",
        wrong=(
            equations(lambda S, k: S + np.diag(np.diag(S)) / k if k else np.full(S.shape, np.nan)),
            equations(lambda S, k: S + np.eye(len(S)) / k if k else np.full(S.shape, np.nan)),
        ),
    ),
    Mistake(
        "less-on-the-diagonal",
        did="takes the damping off the diagonal",
        tempting="one sign among many",
        shows="It has JᵀJ − λD in the place of JᵀJ + λD.",
        hint="Should damping make the table larger or smaller?",
        wrong=equations(lambda S, k: S - k * np.diag(np.diag(S))),
    ),
    Mistake(
        "gradient-step",
        did="walks along the gradient and solves no equations",
        tempting="in gradient descent that was the step",
        shows="It moves along −Jᵀr. The table JᵀJ has no part in it.",
        hint="Which equations does δ solve?",
        wrong=(
            *(downhill(length) for length in (lambda r, k: 1.0, lambda r, k: k, lambda r, k: 2.0)),
            *(downhill(length) for length in (lambda r, k: 2 * k, lambda r, k: 1 / len(r))),
            *(downhill(length) for length in (lambda r, k: 2 / len(r), lambda r, k: k / len(r))),
            downhill(lambda r, k: 2 * k / len(r)),
        ),
    ),
    Mistake(
        "mean-on-one-side",
        did="divides by the number of residuals on one side of the equations only",
        tempting="the error is a mean, and so was its gradient",
        shows="Its step is the right one, divided by the number of residuals, or by half of it.",
        hint="If you divide Jᵀr by the number of residuals: what has to happen to JᵀJ?",
        wrong=(times(lambda r, k: 1 / len(r)), times(lambda r, k: 2 / len(r))),
    ),
    Mistake(
        "factor-two",
        did="has a 2 on one side of the equations only",
        tempting="the slope of a square brings a 2",
        shows="Its step is twice the right one, or half of it.",
        hint="The slope of r² has a 2, that is true. Has the other side of your equations one, too?",
        wrong=(times(lambda r, k: 2.0), times(lambda r, k: 0.5)),
    ),
    Mistake(
        "stays",
        did="stays where it was",
        tempting="a step that is computed has still to be taken",
        shows="It gives θ as it came.",
        hint="In which line is the step added?",
        wrong=lambda r, J, t, k: t,
    ),
    ROUNDED,
    MUTATES_INPUT,
    IGNORES_ARGUMENTS,
)
