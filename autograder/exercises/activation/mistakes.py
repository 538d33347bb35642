"""Mistakes with a name in exercise ``activation``."""

from __future__ import annotations

import math

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation.probe import BORDER, LEFT, MIDDLE, PROBE, TAIL
from autograder.kinds.elementwise_mistakes import another_branch, elementwise_form, gap_at
from autograder.kinds.elementwise_observation import Observation


def left_branch(x: np.ndarray) -> np.ndarray:
    return 1.359140915 * math.e ** (x - 1)


def middle_branch(x: np.ndarray) -> np.ndarray:
    return 0.03 * np.log(1e6 * x + 1) + 0.5


def tail_branch(x: np.ndarray) -> np.ndarray:
    return 1 - 1 / (109.0858178 * x - 1403.359435)


def no_tail(seen: Observation) -> bool:
    """Fits where the logarithm goes on at every x beyond the border."""
    return PROBE.computes({TAIL: middle_branch})(seen) and not seen.right[seen.x > BORDER + 1].any()


MISTAKES = (
    Mistake(
        "gap-at-border",
        did="leaves out x = 0 or x = 15 itself",
        tempting="< and > look like all there is",
        shows="Only where one branch hands over to the next it is wrong: x itself belongs to none of yours.",
        hint="Which of your conditions is true for x = 0, and which for x = 15?",
        fits=lambda seen: gap_at(seen, (0.0, BORDER)),
    ),
    Mistake(
        "ten-million",
        did="has 10 000 000 inside the logarithm",
        tempting="the deck's own listings print it",
        shows="The gap is 0.03·ln 10 nearly everywhere between 0 and 15, and at 15 the curve no longer holds "
        "together.",
        hint="Is there a zero too many inside the logarithm?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e7 * x + 1) + 0.5},
    ),
    Mistake(
        "hundred-thousand",
        did="has 100 000 inside the logarithm",
        tempting="zeros are hard to count",
        shows="The gap is −0.03·ln 10 nearly everywhere between 0 and 15.",
        hint="Is there a zero too few inside the logarithm?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e5 * x + 1) + 0.5},
    ),
    Mistake(
        "factor-ten",
        did="has 0.3 or 0.003 before the logarithm",
        tempting="zeros are hard to count",
        shows="Between 0 and 15 its rise above 0.5 is ten times too large, or ten times too small.",
        hint="How many zeros has the factor before the logarithm?",
        wrong=(
            {MIDDLE: lambda x: 0.3 * np.log(1e6 * x + 1) + 0.5},
            {MIDDLE: lambda x: 0.003 * np.log(1e6 * x + 1) + 0.5},
        ),
    ),
    Mistake(
        "offset-in-brackets",
        did="multiplies the 0.5 by 0.03, too",
        tempting="a pair of brackets in the wrong place",
        shows="Between 0 and 15 it is too low by 0.485 everywhere, and 0.485 is 0.5 − 0.03·0.5.",
        hint="What exactly is multiplied by 0.03 on the slide?",
        wrong={MIDDLE: lambda x: 0.03 * (np.log(1e6 * x + 1) + 0.5)},
    ),
    Mistake(
        "minus-outside-exponent",
        did="subtracts the 1 outside the exponent",
        tempting="written small and high on the slide, x − 1 loses its place in code",
        shows="For x ≤ 0 it falls below 0, and an exponential never does: the 1 is not taken from x.",
        hint="What does e carry as its exponent: x, or all of x − 1?",
        wrong=(
            {LEFT: lambda x: 1.359140915 * (np.exp(x) - 1)},
            {LEFT: lambda x: 1.359140915 * np.exp(x) - 1},
        ),
    ),
    Mistake(
        "branch-over-branch",
        did="sends the first branch's results through the logarithm, too",
        tempting="a mask that is taken from the results looks like one taken from x",
        shows="For x ≤ 0 the exponential's value, which is above 0, has gone through the logarithm as well.",
        hint="Which numbers do your conditions look at when the second branch begins: x, or what is in it by "
        "then?",
        wrong={LEFT: lambda x: middle_branch(left_branch(x))},
    ),
    Mistake(
        "no-tail",
        did="goes on with the logarithm beyond 15",
        tempting="two branches look like all",
        shows="For x > 15 it gives the logarithm's values: the third branch is not there, or never reached.",
        hint="What does your function do with x = 20, line by line?",
        fits=no_tail,
    ),
    Mistake(
        "log10",
        did="takes the logarithm to base 10",
        tempting="log means base 10 on many calculators",
        shows="Between 0 and 15 its rise above 0.5 is 0.434 times the right one, and 0.434 is 1/ln 10.",
        hint="Which base does ln stand for, and which function of NumPy has it?",
        wrong={MIDDLE: lambda x: 0.03 * np.log10(1e6 * x + 1) + 0.5},
    ),
    Mistake(
        "log2",
        did="takes the logarithm to base 2",
        tempting="np.log2 stands beside np.log",
        shows="Between 0 and 15 its rise above 0.5 is 1.443 times the right one, and 1.443 is 1/ln 2.",
        hint="Which number has a logarithm of exactly 1 in your code, and which should?",
        wrong={MIDDLE: lambda x: 0.03 * np.log2(1e6 * x + 1) + 0.5},
    ),
    Mistake(
        "missing-plus-one",
        did="takes the logarithm of 1 000 000x alone",
        tempting="beside a million, 1 looks like nothing",
        shows="The gap is small for most x > 0 and grows without end as x nears 0, where the logarithm falls "
        "to −∞.",
        hint="What does the slide add to 1 000 000x before it takes the logarithm?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e6 * x) + 0.5},
    ),
    Mistake(
        "plus-one-inside",
        did="adds 1 to x before multiplying by a million",
        tempting="a pair of brackets in the wrong place",
        shows="Just right of 0 the curve should start from 0.5; yours starts from 0.914.",
        hint="What is multiplied by 1 000 000 on the slide: x, or x + 1?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e6 * (x + 1)) + 0.5},
    ),
    Mistake(
        "missing-offset",
        did="leaves out the + 0.5 after the logarithm",
        tempting="the logarithm looks like the whole branch",
        shows="Between 0 and 15 it is too low by 0.5 everywhere.",
        hint="What stands behind the logarithm on the slide?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e6 * x + 1)},
    ),
    Mistake(
        "offset-inside",
        did="adds the 0.5 inside the logarithm",
        tempting="a pair of brackets in the wrong place",
        shows="The 0.5 stands inside the logarithm: between 0 and 15 it is too low, by nearly 0.5 at most x.",
        hint="Where does the logarithm's bracket close on the slide: before the 0.5, or after it?",
        wrong={MIDDLE: lambda x: 0.03 * np.log(1e6 * x + 1 + 0.5)},
    ),
    Mistake(
        "plus-one-outside",
        did="adds the 1 after the logarithm",
        tempting="a pair of brackets in the wrong place",
        shows="The 1 is added to the logarithm, not inside it.",
        hint="Of what does the slide take the logarithm: of 1 000 000x, or of 1 000 000x + 1?",
        wrong=(
            {MIDDLE: lambda x: 0.03 * (np.log(1e6 * x) + 1) + 0.5},
            {MIDDLE: lambda x: 0.03 * np.log(1e6 * x) + 1 + 0.5},
        ),
    ),
    Mistake(
        "missing-half",
        did="computes eˣ",
        tempting="the factor looks like decoration",
        shows="For x ≤ 0 it is twice the right value.",
        hint="What should the first branch give at 0, for the curve to hold together there?",
        wrong={LEFT: lambda x: np.exp(x)},
    ),
    Mistake(
        "missing-shift",
        did="multiplies by 1.359140915 but takes e to the power of x, not x − 1",
        tempting="the exponent is easily read as x alone",
        shows="For x ≤ 0 it is 2.718… = e times the right value.",
        hint="Look closely at the exponent: is it x?",
        wrong={LEFT: lambda x: 1.359140915 * np.exp(x)},
    ),
    Mistake(
        "missing-factor",
        did="leaves out the factor 1.359140915",
        tempting="the exponential looks like the whole branch",
        shows="For x ≤ 0 it is 0.7358 times the right value.",
        hint="What stands before the e on the slide?",
        wrong={LEFT: lambda x: np.exp(x - 1)},
    ),
    Mistake(
        "tail-sign",
        did="adds the fraction in the tail",
        tempting="one sign among many",
        shows="For x > 15 it lies above 1, by as much as it should lie below.",
        hint="From which side should the tail approach 1?",
        wrong={TAIL: lambda x: 1 + 1 / (109.0858178 * x - 1403.359435)},
    ),
    Mistake(
        "missing-one-minus",
        did="gives the tail's fraction alone",
        tempting="the fraction looks like the whole branch",
        shows="For x > 15 it falls towards 0, and the curve should rise towards 1.",
        hint="What is the fraction taken from?",
        wrong={TAIL: lambda x: 1 / (109.0858178 * x - 1403.359435)},
    ),
    Mistake(
        "flat-tail",
        did="gives 1 in the tail",
        tempting="the tail creeps up to 1, and looks flat in the picture",
        shows="For x > 15 it gives 1, and the curve only comes nearer to 1.",
        hint="What is taken from 1, and how large is that for x = 20?",
        wrong={TAIL: lambda x: 1 + 0 * x},
    ),
    Mistake(
        "tail-shift-sign",
        did="adds 1403.359435 in the tail",
        tempting="one sign among many",
        shows="For x > 15 it lies between the right value and 1; just right of 15 the gap is largest.",
        hint="Check the sign inside the tail's denominator.",
        wrong={TAIL: lambda x: 1 - 1 / (109.0858178 * x + 1403.359435)},
    ),
    Mistake(
        "tail-brackets",
        did="divides by 109.0858178 alone",
        tempting="on the slide a fraction bar holds the denominator together, in code nothing does",
        shows="For x > 15 it is far below 0: only part of the denominator is divided by.",
        hint="What does Python divide by in 1 / a * x - b?",
        wrong=(
            {TAIL: lambda x: 1 - 1 / 109.0858178 * x - 1403.359435},
            {TAIL: lambda x: 1 - (1 / 109.0858178 * x - 1403.359435)},
            {TAIL: lambda x: 1 - 1 / (109.0858178 * x) - 1403.359435},
        ),
    ),
    Mistake(
        "wrong-border",
        did="changes from one branch to the next at another x",
        tempting="the three conditions are quickly mixed up",
        shows="Each value you give belongs to one of the three branches, but in places to the wrong one.",
        hint="At which x does one branch hand over to the next?",
        fits=another_branch((left_branch, middle_branch, tail_branch)),
    ),
    *elementwise_form(constant_hint="Which of your constants has fewer digits than the slide's?"),
)
