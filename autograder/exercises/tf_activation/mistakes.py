"""Mistakes with a name in exercise ``tf-activation`` (and in its sibling for other frameworks)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.exercises.activation import mistakes as deck
from autograder.exercises.tf_activation.probe import SUBJECT, near_log_pole, near_tail_pole, outside
from autograder.kinds.legacy import Misconception, both
from autograder.kinds.tensor_form import digit_mistakes, form_mistakes
from autograder.kinds.tensor_mistakes import (
    Fits,
    finite,
    not_finite,
    one_of,
    values,
    wrong_only,
    zero,
)
from autograder.kinds.tensors import GRADIENT, VALUE, Tensors

BRANCHES = (deck.left_branch, deck.middle_branch, deck.tail_branch)


def formula_mistakes(subject: Tensors) -> tuple[Mistake[Any], ...]:
    """The plain activation's mistakes, found again in a tensor's values."""
    left, middle, tail = (b.name for b in subject.branches)
    known: dict[str, Mistake[Any]] = {m.id: m for m in deck.MISTAKES}
    found: dict[str, Fits] = {
        "ten-million": values(subject, lambda x: 0.03 * np.log(1e7 * x + 1) + 0.5, middle),
        "hundred-thousand": values(subject, lambda x: 0.03 * np.log(1e5 * x + 1) + 0.5, middle),
        "log10": values(subject, lambda x: 0.03 * np.log10(1e6 * x + 1) + 0.5, middle),
        "missing-plus-one": values(subject, lambda x: 0.03 * np.log(1e6 * x) + 0.5, middle),
        "missing-offset": values(subject, lambda x: 0.03 * np.log(1e6 * x + 1), middle),
        "missing-half": values(subject, np.exp, left),
        "missing-shift": values(subject, lambda x: 1.359140915 * np.exp(x), left),
        "tail-sign": values(subject, lambda x: 1 + 1 / (109.0858178 * x - 1403.359435), tail),
        "missing-one-minus": values(subject, lambda x: 1 / (109.0858178 * x - 1403.359435), tail),
        "wrong-border": one_of(VALUE, subject, lambda p: [f(p.x) for f in BRANCHES]),
    }
    return tuple(replace(known[name], wrong=None, fits=both(fits)) for name, fits in found.items())


def large(x: np.ndarray) -> np.ndarray:
    return x > 80


def far_values(subject: Tensors, *, is_finite: bool) -> Fits:
    """Fits where the answer is wrong only for x far outside, with values that are (not) finite there."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = subject.points(inputs, evidence)
        wrong = ~p.right[VALUE] & p.called[VALUE]
        if is_finite:
            wrong |= ~p.right[GRADIENT] & p.called[GRADIENT]
        values = p.given[VALUE][wrong]
        return bool(
            wrong.any()
            and (large(p.x) | outside(p.x))[wrong].all()
            and (np.isfinite(values).all() if is_finite else not np.isfinite(values).all())
        )

    return fits


def several(subject: Tensors) -> Fits:
    """Fits where the gradient is no finite number at poles of unused branches or where they overflow."""
    return wrong_only(
        subject, lambda x: near_log_pole(x) | near_tail_pole(x) | large(x) | outside(x), not_finite
    )


def autodiff_mistakes(subject: Tensors) -> tuple[Mistake[Any], ...]:
    """Values right, gradients not: what autodiff makes of branches that are not taken."""
    return (
        Misconception(
            "tail-pole",
            "guards the exponential and the logarithm, but not the tail",
            "the deck's own code does so, and 12.8647… is a number one hardly ever meets",
            (
                "Only where the tail's denominator is 0, within the logarithm's stretch, the gradient breaks "
                "down: the tail is not taken there, yet autodiff multiplies its slope by 0."
            ),
            "Which x does the tail's fraction get to see when x lies between 0 and 15?",
            wrong_only(subject, near_tail_pole, not_finite),
        ),
        Misconception(
            "log-pole",
            "guards every branch but the logarithm",
            "a logarithm that is not taken looks harmless",
            "Only at −0.000001, where the logarithm not taken is that of 0, the gradient breaks down.",
            "Which x does the logarithm get to see when x is negative?",
            wrong_only(subject, near_log_pole, not_finite),
        ),
        Misconception(
            "masked-infinity",
            "guards by multiplying x with 0 or 1",
            "x times 0 is 0 for every number one thinks of",
            "Only at infinity, positive or negative, the gradient breaks down: ∞ · 0 is NaN.",
            "What takes the place of ∞ without any multiplication?",
            wrong_only(subject, np.isinf, not_finite),
        ),
        Misconception(
            "exp-overflow",
            "guards every branch but the exponential",
            "e to the power of a large number is not wanted there anyway",
            "Only for large x, where the exponential that is not taken overflows, the gradient breaks down.",
            "Which x does the exponential get to see when x is 1000?",
            wrong_only(subject, large, not_finite),
        ),
        Misconception(
            "naive-where",
            "lets every branch see every x",
            "where takes the right branch's value, so the others seem to be out of the game",
            (
                "The values are right; the gradient is NaN where a branch that is not taken has a pole or "
                "overflows. On the way back autodiff passes through all branches, and 0 · ∞ is NaN."
            ),
            "Can each branch be handed an x that it can bear, whatever x is?",
            several(subject),
        ),
        Misconception(
            "border-slope",
            "loses the slope exactly at a border",
            "at a tie minimum or clip may give the slope to the constant, or half of it",
            "Only exactly at a border the gradient belongs to neither side.",
            "When x equals the limit of a minimum, a maximum or a clip: who gets the slope?",
            wrong_only(subject, lambda x: np.isin(x, subject.borders), finite),
        ),
        Misconception(
            "stopped-branch",
            "lets no gradient through in one of the branches",
            "round, cast, stop_gradient or a clip have slope 0",
            "The values are right, but where the gradient is wrong it is 0: something there has no slope.",
            "Which step of that branch gives the same result for neighbouring x?",
            wrong_only(subject, lambda x: np.full(x.shape, True), zero),
        ),
        Misconception(
            "clips-x",
            "limits x from outside before it computes",
            "inputs are never that large",
            "Only for x far outside it is wrong, and there it goes on with another x.",
            "Up to which x must the formula hold?",
            far_values(subject, is_finite=True),
        ),
        Misconception(
            "overflow",
            "computes ∞/∞ or ∞ − ∞ for a huge x",
            "on paper such a step is harmless, with numbers of limited size it is not",
            "Only for x far outside its values are no finite numbers.",
            "Which step of the formula becomes infinite first, and what does it meet then?",
            far_values(subject, is_finite=False),
        ),
    )


MISTAKES = (
    *form_mistakes(SUBJECT),
    *formula_mistakes(SUBJECT),
    *autodiff_mistakes(SUBJECT),
    *digit_mistakes(SUBJECT),
)
