"""Mistakes in the slopes of exercise ``custom-gradient``, branch by branch."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation_slope.mistakes import MISTAKES, denominator
from autograder.exercises.custom_gradient.probe import PROBE
from autograder.exercises.tf_activation.mistakes import unguarded
from autograder.kinds.tensor_mistakes import Slopes, another_branch
from autograder.kinds.tensor_observation import GRADIENT, Observation

LEFT, MIDDLE, TAIL = PROBE.branches
KNOWN: dict[str, Mistake[Any]] = {m.id: m for m in MISTAKES}


def found_again(name: str) -> tuple[Slopes, ...]:
    """The plain slope's wrong formulas, found again in a tensor's gradient."""
    wrong = KNOWN[name].wrong
    return tuple(map(Slopes, wrong if isinstance(wrong, tuple) else (wrong,)))


SLOPES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "missing-division",
        did="multiplies in the tail's slope where it should divide",
        tempting="the deck prints 501379254(4596191*(…)**2), without a division sign",
        shows="For x > 15 it grows without end where it should fall.",
        hint="On the slide a number stands right before a bracket. Which sign got lost between them?",
        wrong=(
            Slopes({TAIL: lambda x: 501379254 * (4596191 * denominator(x) ** 2)}),
            Slopes({TAIL: lambda x: 501379254 / 4596191 * denominator(x) ** 2}),
        ),
    ),
    Mistake(
        "ten-million-slope",
        did="has 10 000 000 in the logarithm's slope",
        tempting="the deck's own listings print it in the logarithm",
        shows="The values have 1 000 000 inside the logarithm, the slope between 0 and 15 has ten times "
        "that.",
        hint="Do value and slope belong to the same curve? Count the zeros in both.",
        wrong=found_again("ten-million"),
    ),
    Mistake(
        "factor-ten-slope",
        did="has 300 000 or 3000 in the logarithm's slope",
        tempting="zeros are hard to count",
        shows="Between 0 and 15 the gradient is ten times too large, or ten times too small.",
        hint="What is 0.03 times 1 000 000?",
        wrong=(
            Slopes({MIDDLE: lambda x: 300000 / (1e6 * x + 1)}),
            Slopes({MIDDLE: lambda x: 3000 / (1e6 * x + 1)}),
        ),
    ),
    Mistake(
        "flat-tail",
        did="gives 0 as the tail's slope",
        tempting="the tail looks flat in the picture",
        shows="For x > 15 the gradient is 0, and the tail still rises.",
        hint="What is the slope of −1/u by u?",
        wrong=Slopes({TAIL: lambda x: 0 * x}),
    ),
    Mistake(
        "missing-factor-slope",
        did="leaves out the factor 1.359140915 in the exponential's slope",
        tempting="the exponential is its own slope",
        shows="For x ≤ 0 the gradient is 0.7358 times the right one.",
        hint="Which number stands before the exponential, and is it still there after differentiating?",
        wrong=Slopes({LEFT: lambda x: np.exp(x - 1)}),
    ),
    Mistake(
        "forgot-chain-factor",
        did="forgets the slope of what stands inside the logarithm or the fraction",
        tempting="the outer function is differentiated, and that feels like all",
        shows="In that branch the factor before x is missing: a million, or 109.0858178.",
        hint="The chain rule has two factors: what is the slope of the inner expression?",
        wrong=found_again("forgot-chain-factor"),
    ),
    Mistake(
        "missing-factor-log",
        did="forgets the factor 0.03 in the slope",
        tempting="the slope of the logarithm looks like all",
        shows="Between 0 and 15 the gradient is 33 times too large.",
        hint="What becomes of a constant factor when one differentiates?",
        wrong=found_again("missing-factor-log"),
    ),
    Mistake(
        "missing-plus-one-slope",
        did="leaves out the + 1 in the logarithm's slope",
        tempting="beside a million, 1 looks like nothing",
        shows="Between 0 and 15 the gradient is nearly right, and far too large as x nears 0.",
        hint="Beside which x is the 1 in the denominator not small at all?",
        wrong=found_again("missing-plus-one"),
    ),
    Mistake(
        "tail-slope-sign",
        did="has the sign of the tail's slope turned round",
        tempting="there are two minus signs to keep track of",
        shows="For x > 15 the gradient's size is right, its sign is not: the tail rises.",
        hint="The tail rises towards 1: which sign has a rising curve's slope?",
        wrong=found_again("tail-sign"),
    ),
    Mistake(
        "tail-not-squared",
        did="leaves the denominator of the tail's slope unsquared",
        tempting="the fraction looks the same afterwards",
        shows="For x > 15 the denominator is not squared.",
        hint="What is the slope of 1/u?",
        wrong=found_again("tail-not-squared"),
    ),
    Mistake(
        "power-rule",
        did="differentiates the exponential like a power",
        tempting="n·xⁿ⁻¹ is the rule one learns first",
        shows="For x ≤ 0 the exponential is treated like a power of x.",
        hint="The exponential is the one function that is its own slope: what does that leave to do?",
        wrong=found_again("power-rule"),
    ),
    Mistake(
        "missing-half-slope",
        did="gives eˣ as the slope for x ≤ 0",
        tempting="an exponential is its own slope",
        shows="For x ≤ 0 the gradient is twice the right one.",
        hint="The slope of c·eˣ is c·eˣ again: what is c here?",
        wrong=found_again("missing-half"),
    ),
    Mistake(
        "slope-of-other-branch",
        did="takes the slope of another branch",
        tempting="the conditions stand twice, once for the values and once for the slopes",
        shows="Where it is wrong, the gradient is that of a branch that does not live there.",
        hint="Are the conditions for the slopes the same as those for the values, border by border?",
        fits=another_branch(GRADIENT, PROBE.slopes),
    ),
    Mistake(
        "nan-in-unused-branch",
        did="lets branches that are not taken spoil the gradient",
        tempting="slope times 0 or 1 looks like switching a branch off, and autodiff does the same",
        shows="The values are right; the gradient is NaN where a slope that is not wanted is infinite: 0 · "
        "∞.",
        hint="Choosing is safer than multiplying by 0 or 1: which function chooses, and between what?",
        fits=unguarded,
    ),
)
