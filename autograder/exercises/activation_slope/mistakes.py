"""Mistakes with a name in exercise ``activation-slope``."""

from __future__ import annotations

import math

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation import mistakes as deck
from autograder.exercises.activation_slope.probe import LEFT, MIDDLE, PROBE, TAIL
from autograder.kinds.elementwise_mistakes import (
    another_branch,
    difference_quotient,
    elementwise_form,
    ignores_x,
)


def left_branch(x: np.ndarray) -> np.ndarray:
    return 1.359140915 * math.e ** (x - 1)


def middle_branch(x: np.ndarray) -> np.ndarray:
    return 30000 / (1e6 * x + 1)


def tail_branch(x: np.ndarray) -> np.ndarray:
    return 109.0858178 / denominator(x) ** 2


def denominator(x: np.ndarray) -> np.ndarray:
    return 109.0858178 * x - 1403.359435


def activation(x: np.ndarray) -> np.ndarray:
    inner = np.where(x <= 15, deck.middle_branch(x), deck.tail_branch(x))
    return np.where(x <= 0, deck.left_branch(x), inner)


def listing(x: np.ndarray) -> np.ndarray:
    """Erratum 3 of deck D, with a sign of multiplication where one of division is missing."""
    return 501379254 * (4596191 * (501379254 * x / 4596191 - 280671887 / 200000) ** 2)


flat_tail = PROBE.computes({TAIL: lambda x: 0 * x})

BRANCHES = (left_branch, middle_branch, tail_branch)

MISTAKES = (
    Mistake(
        "gives-activation",
        did="gives the activation itself",
        tempting="value and slope sit side by side",
        shows="These are the activation's values, not its slopes.",
        hint="How steep is the curve just right of 0, and how steep far to the right?",
        wrong=activation,
    ),
    Mistake(
        "forgot-chain-factor",
        did="forgets the slope of what stands inside the logarithm or the fraction",
        tempting="the outer function is differentiated, and that feels like all",
        shows="In that branch it is too small by the factor before x: a million for the logarithm, "
        "109.0858178 for the tail.",
        hint="The chain rule has two factors: what is the slope of the inner expression?",
        wrong=({MIDDLE: lambda x: 0.03 / (1e6 * x + 1)}, {TAIL: lambda x: 1 / denominator(x) ** 2}),
    ),
    Mistake(
        "ten-million",
        did="has 10 000 000 inside the logarithm",
        tempting="the deck's own listings print it",
        shows="Just right of 0 it is up to ten times too large, and further on nearly right, as if x were "
        "ten times larger.",
        hint="Is there a zero too many inside the logarithm?",
        wrong=({MIDDLE: lambda x: 300000 / (1e7 * x + 1)}, {MIDDLE: lambda x: 30000 / (1e7 * x + 1)}),
    ),
    Mistake(
        "log10",
        did="differentiates a logarithm to base 10",
        tempting="log means base 10 on many calculators",
        shows="Between 0 and 15 it is 0.434 times the right slope, and 0.434 is 1/ln 10.",
        hint="Which base does ln stand for?",
        wrong={MIDDLE: lambda x: 30000 / (1e6 * x + 1) / np.log(10)},
    ),
    Mistake(
        "missing-plus-one",
        did="leaves out the + 1",
        tempting="beside a million, 1 looks like nothing",
        shows="It is nearly right for most x > 0, and far too large as x nears 0.",
        hint="What does the slope at 0.000001 come to, by hand?",
        wrong={MIDDLE: lambda x: 0.03 / x},
    ),
    Mistake(
        "missing-factor-log",
        did="forgets the factor 0.03",
        tempting="the slope of the logarithm looks like all",
        shows="Between 0 and 15 it is 33 times too large.",
        hint="What becomes of a constant factor when one differentiates?",
        wrong={MIDDLE: lambda x: 1e6 / (1e6 * x + 1)},
    ),
    Mistake(
        "tail-sign",
        did="has the sign of the tail's slope turned round",
        tempting="there are two minus signs to keep track of",
        shows="For x > 15 its size is right, its sign is not: the tail rises.",
        hint="How many minus signs do 1 − 1/u and the slope of 1/u have together?",
        wrong={TAIL: lambda x: -109.0858178 / denominator(x) ** 2},
    ),
    Mistake(
        "tail-not-squared",
        did="leaves the tail's denominator unsquared",
        tempting="the fraction looks the same afterwards",
        shows="For x > 15 the denominator is not squared.",
        hint="What is the slope of 1/u?",
        wrong=({TAIL: lambda x: 109.0858178 / denominator(x)}, {TAIL: lambda x: 1 / denominator(x)}),
    ),
    Mistake(
        "missing-division",
        did="multiplies in the tail where it should divide",
        tempting="the deck's own listing prints 501379254(4596191*(…)**2): the division sign is missing",
        shows="For x > 15 it grows without end: what stands under the slide's fraction bar is multiplied.",
        hint="Read the listing's last line aloud: what stands between the number and the bracket?",
        wrong=({TAIL: lambda x: 109.0858178 * denominator(x) ** 2}, {TAIL: listing}),
    ),
    Mistake(
        "missing-half",
        did="gives eˣ for x ≤ 0",
        tempting="an exponential is its own slope",
        shows="For x ≤ 0 it is twice the right slope.",
        hint="Which constant stands before the exponential, and what becomes of it?",
        wrong={LEFT: np.exp},
    ),
    Mistake(
        "missing-shift",
        did="takes e to the power of x, not x − 1",
        tempting="the exponent is easily read as x alone",
        shows="For x ≤ 0 it is e = 2.718… times the right slope.",
        hint="Look closely at the exponent: is it x?",
        wrong={LEFT: lambda x: 1.359140915 * np.exp(x)},
    ),
    Mistake(
        "power-rule",
        did="differentiates the exponential like a power",
        tempting="n·xⁿ⁻¹ is the rule one learns first",
        shows="For x ≤ 0 the exponential is treated like a power of x.",
        hint="The exponential is the one function that is its own slope: what does that leave to do?",
        wrong=(
            {LEFT: lambda x: 1.359140915 * (x - 1) * np.exp(x - 2)},
            {LEFT: lambda x: 1.359140915 * (x - 1) * np.exp(x - 1)},
            {LEFT: lambda x: 1.359140915 * x * np.exp(x - 1)},
        ),
    ),
    Mistake(
        "constant-kept",
        did="keeps a constant that is added",
        tempting="the 0.5, or the 1, stands there in the formula",
        shows="A constant that the formula adds still stands in the slope.",
        hint="How steep is a constant?",
        wrong=(
            {MIDDLE: lambda x: middle_branch(x) + 0.5},
            {TAIL: lambda x: 1 - tail_branch(x)},
            {TAIL: lambda x: 1 + tail_branch(x)},
        ),
    ),
    Mistake(
        "flat-tail",
        did="gives 0 as the tail's slope",
        tempting="the tail looks flat in the picture",
        shows="For x > 15 it gives 0, and the tail still rises.",
        hint="What is the slope of −1/u by u?",
        fits=lambda seen: flat_tail(seen) and not ignores_x(seen),
    ),
    Mistake(
        "missing-factor",
        did="leaves out the factor 1.359140915 in the exponential's slope",
        tempting="the exponential is its own slope",
        shows="For x ≤ 0 it is 0.7358 times the right slope.",
        hint="What does the slide have before the exponential, and does it stay when one differentiates?",
        wrong={LEFT: lambda x: np.exp(x - 1)},
    ),
    Mistake(
        "cancelled",
        did="cancels the million of the numerator from a part of the denominator",
        tempting="a million above and a million below look as if they cancelled",
        shows="Between 0 and 15 it is 0.03/(x + 1): the 1 was not divided by the million that is gone.",
        hint="1 000 000/(1 000 000·x + 1): divide both terms below by a million. What becomes of the 1?",
        wrong={MIDDLE: lambda x: 0.03 / (x + 1)},
    ),
    Mistake(
        "square-of-x",
        did="squares x alone in the tail's denominator",
        tempting="a bracket is quickly lost",
        shows="For x > 15 only x is squared, not all of the denominator.",
        hint="Which brackets hold the denominator together before it is squared?",
        wrong=(
            {TAIL: lambda x: 109.0858178 / (109.0858178 * x**2 - 1403.359435)},
            {TAIL: lambda x: 109.0858178 / ((109.0858178 * x) ** 2 - 1403.359435)},
        ),
    ),
    Mistake(
        "border-side",
        did="gives a border to the wrong branch",
        tempting="< and ≤ look alike",
        shows="It is wrong only exactly at a border: the value there belongs to the branch on the other "
        "side.",
        hint="To which branch do 0 and 15 themselves belong?",
        fits=another_branch(BRANCHES, borders=(0.0, 15.0)),
    ),
    Mistake(
        "wrong-border",
        did="changes from one branch to the next at another x",
        tempting="the three conditions are quickly mixed up",
        shows="Each value you give belongs to one of the three branches, but in places to the wrong one.",
        hint="At which x does one branch hand over to the next?",
        fits=another_branch(BRANCHES),
    ),
    Mistake(
        "difference-quotient",
        did="measures the slope between two neighbouring points",
        tempting="that is what a slope is, after all",
        shows="It is nearly right far from 0 and 15, as a slope measured over a small step is; exact it "
        "is not.",
        hint="Can you differentiate each branch with a pencil, with no small step?",
        fits=difference_quotient,
    ),
    *elementwise_form(constant_hint="Which of your constants has fewer digits than the slide's?"),
)
