"""Mistakes with a name in exercise ``activation-slope``."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.activation import mistakes as deck
from autograder.exercises.activation import probe as asked
from autograder.exercises.activation_slope.probe import SUBJECT
from autograder.kinds.elementwise import Branch
from autograder.kinds.elementwise_mistakes import (
    Fits,
    any_of,
    difference_quotient,
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
    return 30000 / (1e6 * x + 1)


def tail_branch(x: np.ndarray) -> np.ndarray:
    return 109.0858178 / denominator(x) ** 2


def denominator(x: np.ndarray) -> np.ndarray:
    return 109.0858178 * x - 1403.359435


def activation(x: np.ndarray) -> np.ndarray:
    inner = np.where(x <= 15, deck.middle_branch(x), deck.tail_branch(x))
    return np.where(x <= 0, deck.left_branch(x), inner)


def _in(branch: Branch, *formulas: object) -> Fits:
    return any_of(*(explains(SUBJECT, f, branch.name) for f in formulas))  # type: ignore[arg-type]


def called_a_number(_inputs: Inputs, evidence: Evidence) -> bool:
    """Whether every call ends at a number before a bracket, which Python takes for a function's name."""
    errors = [record["error"] for record in evidence["calls"].values()]
    return all(e and "not callable" in e["message"] and e["message"][1:4] in ("int", "flo") for e in errors)


def listing(x: np.ndarray) -> np.ndarray:
    """Erratum 3 of deck D, with a sign of multiplication where one of division is missing."""
    return 501379254 * (4596191 * (501379254 * x / 4596191 - 280671887 / 200000) ** 2)


BRANCHES = (left_branch, middle_branch, tail_branch)


MISTAKES = (
    Misconception(
        "gives-activation",
        "gives the activation itself",
        "value and slope sit side by side",
        "These are the activation's values, not its slopes.",
        "How steep is the curve just right of 0, and how steep far to the right?",
        explains(SUBJECT, activation),
    ),
    Misconception(
        "forgot-chain-factor",
        "forgets the slope of what stands inside the logarithm or the fraction",
        "the outer function is differentiated, and that feels like all",
        (
            "In that branch it is too small by the factor before x: a million for the logarithm, "
            "109.0858178 for the tail."
        ),
        "The chain rule has two factors: what is the slope of the inner expression?",
        any_of(
            _in(asked.MIDDLE, lambda x: 0.03 / (1e6 * x + 1)),
            _in(asked.TAIL, lambda x: 1 / denominator(x) ** 2),
        ),
    ),
    Misconception(
        "ten-million",
        "has 10 000 000 inside the logarithm",
        "the deck's own listings print it",
        (
            "Just right of 0 it is up to ten times too large, and further on nearly right, as if x were "
            "ten times larger."
        ),
        "Is there a zero too many inside the logarithm?",
        _in(asked.MIDDLE, lambda x: 300000 / (1e7 * x + 1), lambda x: 30000 / (1e7 * x + 1)),
    ),
    Misconception(
        "log10",
        "differentiates a logarithm to base 10",
        "log means base 10 on many calculators",
        "Between 0 and 15 it is 0.434 times the right slope, and 0.434 is 1/ln 10.",
        "Which base does ln stand for?",
        _in(asked.MIDDLE, lambda x: 30000 / (1e6 * x + 1) / np.log(10)),
    ),
    Misconception(
        "missing-plus-one",
        "leaves out the + 1",
        "beside a million, 1 looks like nothing",
        "It is nearly right for most x > 0, and far too large as x nears 0.",
        "What does the slope at 0.000001 come to, by hand?",
        _in(asked.MIDDLE, lambda x: 0.03 / x),
    ),
    Misconception(
        "missing-factor-log",
        "forgets the factor 0.03",
        "the slope of the logarithm looks like all",
        "Between 0 and 15 it is 33 times too large.",
        "What becomes of a constant factor when one differentiates?",
        _in(asked.MIDDLE, lambda x: 1e6 / (1e6 * x + 1)),
    ),
    Misconception(
        "tail-sign",
        "has the sign of the tail's slope turned round",
        "there are two minus signs to keep track of",
        "For x > 15 its size is right, its sign is not: the tail rises.",
        "How many minus signs do 1 − 1/u and the slope of 1/u have together?",
        _in(asked.TAIL, lambda x: -109.0858178 / denominator(x) ** 2),
    ),
    Misconception(
        "tail-not-squared",
        "leaves the tail's denominator unsquared",
        "the fraction looks the same afterwards",
        "For x > 15 the denominator is not squared.",
        "What is the slope of 1/u?",
        _in(asked.TAIL, lambda x: 109.0858178 / denominator(x), lambda x: 1 / denominator(x)),
    ),
    Misconception(
        "missing-division",
        "multiplies in the tail where it should divide",
        "the deck's own listing prints 501379254(4596191*(…)**2): the division sign is missing",
        "What stands under the slide's fraction bar is not divided by: a number stands before a bracket.",
        "Read the listing's last line aloud: what stands between the number and the bracket?",
        any_of(
            called_a_number,
            _in(asked.TAIL, lambda x: 109.0858178 * denominator(x) ** 2, listing),
        ),
    ),
    Misconception(
        "missing-half",
        "gives eˣ for x ≤ 0",
        "an exponential is its own slope",
        "For x ≤ 0 it is twice the right slope.",
        "Which constant stands before the exponential, and what becomes of it?",
        _in(asked.LEFT, np.exp),
    ),
    Misconception(
        "missing-shift",
        "takes e to the power of x, not x − 1",
        "the exponent is easily read as x alone",
        "For x ≤ 0 it is e = 2.718… times the right slope.",
        "Look closely at the exponent: is it x?",
        _in(asked.LEFT, lambda x: 1.359140915 * np.exp(x)),
    ),
    Misconception(
        "power-rule",
        "differentiates the exponential like a power",
        "n·xⁿ⁻¹ is the rule one learns first",
        "For x ≤ 0 the exponential is treated like a power of x.",
        "The exponential is the one function that is its own slope: what does that leave to do?",
        _in(
            asked.LEFT,
            lambda x: 1.359140915 * (x - 1) * np.exp(x - 2),
            lambda x: 1.359140915 * (x - 1) * np.exp(x - 1),
            lambda x: 1.359140915 * x * np.exp(x - 1),
        ),
    ),
    Misconception(
        "border-side",
        "gives a border to the wrong branch",
        "< and ≤ look alike",
        "It is wrong only exactly at a border: the value there belongs to the branch on the other side.",
        "To which branch do 0 and 15 themselves belong?",
        wrong_branch(SUBJECT, BRANCHES, borders=(0.0, 15.0)),
    ),
    Misconception(
        "wrong-border",
        "changes from one branch to the next at another x",
        "the three conditions are quickly mixed up",
        "Each value you give belongs to one of the three branches, but in places to the wrong one.",
        "At which x does one branch hand over to the next?",
        wrong_branch(SUBJECT, BRANCHES),
    ),
    rounded(SUBJECT),
    Misconception(
        "difference-quotient",
        "measures the slope between two neighbouring points",
        "that is what a slope is, after all",
        "It is nearly right far from 0 and 15, as a slope measured over a small step is; exact it is not.",
        "Can you differentiate each branch with a pencil, with no small step?",
        difference_quotient(SUBJECT),
    ),
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
