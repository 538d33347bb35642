"""Mistakes with a name in exercise ``activation``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercises.activation.probe import LEFT, MIDDLE, SUBJECT, TAIL
from autograder.kinds.elementwise import Branch
from autograder.kinds.elementwise_mistakes import (
    Fits,
    any_of,
    explains,
    form_mistakes,
    nearly,
    rounded,
    wrong_branch,
)
from autograder.kinds.legacy import Misconception


def left_branch(x: np.ndarray) -> np.ndarray:
    return 1.359140915 * np.exp(x - 1)


def middle_branch(x: np.ndarray) -> np.ndarray:
    return 0.03 * np.log(1e6 * x + 1) + 0.5


def tail_branch(x: np.ndarray) -> np.ndarray:
    return 1 - 1 / (109.0858178 * x - 1403.359435)


def _in(branch: Branch) -> Callable[..., Fits]:
    return lambda *formulas: any_of(*(explains(SUBJECT, f, branch.name) for f in formulas))


_left, _middle, _tail = _in(LEFT), _in(MIDDLE), _in(TAIL)


MISTAKES = (
    Misconception(
        "ten-million",
        "has 10 000 000 inside the logarithm",
        "the deck's own listings print it",
        (
            "The gap is 0.03·ln 10 nearly everywhere between 0 and 15, and at 15 the curve no longer holds "
            "together."
        ),
        "Is there a zero too many inside the logarithm?",
        _middle(lambda x: 0.03 * np.log(1e7 * x + 1) + 0.5),
    ),
    Misconception(
        "hundred-thousand",
        "has 100 000 inside the logarithm",
        "zeros are hard to count",
        "The gap is −0.03·ln 10 nearly everywhere between 0 and 15.",
        "Is there a zero too few inside the logarithm?",
        _middle(lambda x: 0.03 * np.log(1e5 * x + 1) + 0.5),
    ),
    Misconception(
        "log10",
        "takes the logarithm to base 10",
        "log means base 10 on many calculators",
        "Between 0 and 15 its rise above 0.5 is 0.434 times the right one, and 0.434 is 1/ln 10.",
        "Which base does ln stand for, and which function of NumPy has it?",
        _middle(lambda x: 0.03 * np.log10(1e6 * x + 1) + 0.5),
    ),
    Misconception(
        "log2",
        "takes the logarithm to base 2",
        "np.log2 stands beside np.log",
        "Between 0 and 15 its rise above 0.5 is 1.443 times the right one, and 1.443 is 1/ln 2.",
        "Which number has a logarithm of exactly 1 in your code, and which should?",
        _middle(lambda x: 0.03 * np.log2(1e6 * x + 1) + 0.5),
    ),
    Misconception(
        "missing-plus-one",
        "takes the logarithm of 1 000 000x alone",
        "beside a million, 1 looks like nothing",
        (
            "The gap is small for most x > 0 and grows without end as x nears 0, where the logarithm falls "
            "to −∞."
        ),
        "What does the slide add to 1 000 000x before it takes the logarithm?",
        _middle(lambda x: 0.03 * np.log(1e6 * x) + 0.5),
    ),
    Misconception(
        "plus-one-inside",
        "adds 1 to x before multiplying by a million",
        "a pair of brackets in the wrong place",
        "Just right of 0 the curve should start from 0.5; yours starts from 0.914.",
        "What is multiplied by 1 000 000 on the slide: x, or x + 1?",
        _middle(lambda x: 0.03 * np.log(1e6 * (x + 1)) + 0.5),
    ),
    Misconception(
        "missing-offset",
        "leaves out the + 0.5 after the logarithm",
        "the logarithm looks like the whole branch",
        "Between 0 and 15 it is too low by 0.5 everywhere, so that it leaps at 0.",
        "What has to be added to the logarithm for the curve to go on where the exponential ends?",
        _middle(lambda x: 0.03 * np.log(1e6 * x + 1)),
    ),
    Misconception(
        "missing-half",
        "computes eˣ",
        "the factor looks like decoration",
        "For x ≤ 0 it is twice the right value.",
        "What should the first branch give at 0, for the curve to hold together there?",
        _left(lambda x: np.exp(x)),
    ),
    Misconception(
        "missing-shift",
        "multiplies by 1.359140915 but takes e to the power of x, not x − 1",
        "the exponent is easily read as x alone",
        "For x ≤ 0 it is 2.718… = e times the right value.",
        "Look closely at the exponent: is it x?",
        _left(lambda x: 1.359140915 * np.exp(x)),
    ),
    Misconception(
        "missing-factor",
        "leaves out the factor 1.359140915",
        "the exponential looks like the whole branch",
        "For x ≤ 0 it is 0.7358 times the right value.",
        "What stands before the e on the slide?",
        _left(lambda x: np.exp(x - 1)),
    ),
    Misconception(
        "tail-sign",
        "adds the fraction in the tail",
        "one sign among many",
        "For x > 15 it lies above 1, by as much as it should lie below.",
        "From which side should the tail approach 1?",
        _tail(lambda x: 1 + 1 / (109.0858178 * x - 1403.359435)),
    ),
    Misconception(
        "missing-one-minus",
        "gives the tail's fraction alone",
        "the fraction looks like the whole branch",
        "For x > 15 it falls towards 0, and the curve should rise towards 1.",
        "What is the fraction taken from?",
        _tail(lambda x: 1 / (109.0858178 * x - 1403.359435)),
    ),
    Misconception(
        "tail-shift-sign",
        "adds 1403.359435 in the tail",
        "one sign among many",
        "For x > 15 it lies between the right value and 1; just right of 15 the gap is largest.",
        "Check the sign inside the tail's denominator.",
        _tail(lambda x: 1 - 1 / (109.0858178 * x + 1403.359435)),
    ),
    Misconception(
        "tail-brackets",
        "divides by 109.0858178 alone",
        "on the slide a fraction bar holds the denominator together, in code nothing does",
        "For x > 15 it is far below 0: only part of the denominator is divided by.",
        "What does Python divide by in 1 / a * x - b?",
        _tail(
            lambda x: 1 - 1 / 109.0858178 * x - 1403.359435,
            lambda x: 1 - (1 / 109.0858178 * x - 1403.359435),
            lambda x: 1 - 1 / (109.0858178 * x) - 1403.359435,
        ),
    ),
    Misconception(
        "wrong-border",
        "changes from one branch to the next at another x",
        "the three conditions are quickly mixed up",
        "Each value you give belongs to one of the three branches, but in places to the wrong one.",
        "At which x does one branch hand over to the next?",
        wrong_branch(SUBJECT, (left_branch, middle_branch, tail_branch)),
    ),
    rounded(SUBJECT),
    Misconception(
        "rounded-constant",
        "writes a constant with too few digits",
        "four digits look good enough",
        "It is close, but not close enough.",
        "Which of your constants has fewer digits than the slide's?",
        nearly(SUBJECT),
    ),
    *form_mistakes(
        SUBJECT,
        nan_hint="Choosing is safer than multiplying by 0 or 1: which NumPy function chooses?",
    ),
)
