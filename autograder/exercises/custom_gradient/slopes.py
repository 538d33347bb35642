"""Mistakes in the slopes of exercise ``custom-gradient``, branch by branch."""

from __future__ import annotations

from functools import partial

import numpy as np

from autograder.exercises.activation_slope import mistakes as deck
from autograder.exercises.custom_gradient.probe import SUBJECT
from autograder.exercises.tf_activation.mistakes import several
from autograder.kinds.elementwise_mistakes import Fits, any_of
from autograder.kinds.legacy import Misconception
from autograder.kinds.tensor_mistakes import (
    Formula,
    gradients,
    one_of,
    raises,
)
from autograder.kinds.tensors import GRADIENT, Points

LEFT, MIDDLE, TAIL = (b.name for b in SUBJECT.branches)


def _in(part: str, *slopes: Formula) -> Fits:
    """Fits where the slope in that branch is one of these, times the upstream gradient."""
    return any_of(*(gradients(SUBJECT, partial(_chained, f), part) for f in slopes))


def _chained(formula: Formula, p: Points) -> np.ndarray:
    return formula(p.x) * p.upstream


SLOPES = (
    Misconception(
        "missing-division",
        "multiplies in the tail's slope where it should divide",
        "the deck prints 501379254(4596191*(…)**2), without a division sign",
        "For x > 15 it grows without end where it should fall, or Python takes a number for a function.",
        "On the slide a number stands right before a bracket. Which sign got lost between them?",
        any_of(
            _in(
                TAIL,
                lambda x: 501379254 * (4596191 * deck.denominator(x) ** 2),
                lambda x: 501379254 / 4596191 * deck.denominator(x) ** 2,
            ),
            lambda _, e: raises(e, "'int' object is not callable"),
            lambda _, e: raises(e, "'float' object is not callable"),
        ),
    ),
    Misconception(
        "ten-million-slope",
        "has 10 000 000 in the logarithm's slope",
        "the deck's own listings print it in the logarithm",
        "The values have 1 000 000 inside the logarithm, the slope between 0 and 15 has ten times that.",
        "Do value and slope belong to the same curve? Count the zeros in both.",
        _in(MIDDLE, lambda x: 300000 / (1e7 * x + 1), lambda x: 30000 / (1e7 * x + 1)),
    ),
    Misconception(
        "forgot-chain-factor",
        "forgets the slope of what stands inside the logarithm or the fraction",
        "the outer function is differentiated, and that feels like all",
        "In that branch the factor before x is missing: a million, or 109.0858178.",
        "The chain rule has two factors: what is the slope of the inner expression?",
        any_of(
            _in(MIDDLE, lambda x: 0.03 / (1e6 * x + 1)),
            _in(TAIL, lambda x: 1 / deck.denominator(x) ** 2),
        ),
    ),
    Misconception(
        "missing-factor-log",
        "forgets the factor 0.03 in the slope",
        "the slope of the logarithm looks like all",
        "Between 0 and 15 the gradient is 33 times too large.",
        "What becomes of a constant factor when one differentiates?",
        _in(MIDDLE, lambda x: 1e6 / (1e6 * x + 1)),
    ),
    Misconception(
        "missing-plus-one-slope",
        "leaves out the + 1 in the logarithm's slope",
        "beside a million, 1 looks like nothing",
        "Between 0 and 15 the gradient is nearly right, and far too large as x nears 0.",
        "Beside which x is the 1 in the denominator not small at all?",
        _in(MIDDLE, lambda x: 0.03 / x),
    ),
    Misconception(
        "tail-slope-sign",
        "has the sign of the tail's slope turned round",
        "there are two minus signs to keep track of",
        "For x > 15 the gradient's size is right, its sign is not: the tail rises.",
        "The tail rises towards 1: which sign has a rising curve's slope?",
        _in(TAIL, lambda x: -deck.tail_branch(x)),
    ),
    Misconception(
        "tail-not-squared",
        "leaves the denominator of the tail's slope unsquared",
        "the fraction looks the same afterwards",
        "For x > 15 the denominator is not squared.",
        "What is the slope of 1/u?",
        _in(TAIL, lambda x: 109.0858178 / deck.denominator(x)),
    ),
    Misconception(
        "power-rule",
        "differentiates the exponential like a power",
        "n·xⁿ⁻¹ is the rule one learns first",
        "For x ≤ 0 the exponential is treated like a power of x.",
        "The exponential is the one function that is its own slope: what does that leave to do?",
        _in(
            LEFT,
            lambda x: 1.359140915 * (x - 1) * np.exp(x - 2),
            lambda x: 1.359140915 * (x - 1) * np.exp(x - 1),
        ),
    ),
    Misconception(
        "missing-half-slope",
        "gives eˣ as the slope for x ≤ 0",
        "an exponential is its own slope",
        "For x ≤ 0 the gradient is twice the right one.",
        "The slope of c·eˣ is c·eˣ again: what is c here?",
        _in(LEFT, np.exp),
    ),
    Misconception(
        "slope-of-other-branch",
        "takes the slope of another branch",
        "the conditions stand twice, once for the values and once for the slopes",
        "Where it is wrong, the gradient is that of a branch that does not live there.",
        "Are the conditions for the slopes the same as those for the values, border by border?",
        one_of(GRADIENT, SUBJECT, lambda p: [f(p.x) * p.upstream for f in deck.BRANCHES]),
    ),
    Misconception(
        "nan-in-unused-branch",
        "lets branches that are not taken spoil the gradient",
        "slope times 0 or 1 looks like switching a branch off, and autodiff does the same",
        "The values are right; the gradient is NaN where a slope that is not wanted is infinite: 0 · ∞.",
        "Choosing is safer than multiplying by 0 or 1: which function chooses, and between what?",
        several(SUBJECT),
    ),
)
