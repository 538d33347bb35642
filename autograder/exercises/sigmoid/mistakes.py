"""Mistakes with a name in exercise ``sigmoid``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercises.sigmoid.probe import SUBJECT
from autograder.kinds.elementwise_mistakes import any_of, explains, form_mistakes, nearly, rounded
from autograder.kinds.legacy import Misconception


def _with_e(e: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: 1 / (1 + e**-x)


MISTAKES = (
    Misconception(
        "sigmoid-sign",
        "computes 1/(1 + eˣ)",
        "the minus in the exponent is small",
        "It falls where the sigmoid rises: it is the sigmoid's mirror image.",
        "What happens to e⁻ˣ when x grows?",
        explains(SUBJECT, lambda x: 1 / (1 + np.exp(x))),
    ),
    Misconception(
        "missing-plus-one",
        "leaves out the 1 in the denominator",
        "1/e⁻ˣ looks nearly complete",
        "It grows without end; the sigmoid stays below 1.",
        "What is added to e⁻ˣ before dividing?",
        explains(SUBJECT, np.exp),
    ),
    Misconception(
        "brackets",
        "divides 1 by 1 and adds e⁻ˣ",
        "the fraction bar holds the denominator together, in code nothing does",
        "It is never below 1; the sigmoid never reaches 1.",
        "What does Python divide by in 1 / 1 + e?",
        explains(SUBJECT, lambda x: 1 + np.exp(-x)),
    ),
    Misconception(
        "missing-reciprocal",
        "computes eˣ/(1 + e⁻ˣ) or the like",
        "several forms of the formula get mixed",
        "One of the two exponentials has the other's sign.",
        "Work out x = 1 with a pencil, once above and once below the fraction bar.",
        any_of(
            explains(SUBJECT, lambda x: np.exp(x) / (1 + np.exp(-x))),
            explains(SUBJECT, lambda x: np.exp(-x) / (1 + np.exp(x))),
        ),
    ),
    Misconception(
        "tanh",
        "gives the hyperbolic tangent",
        "it has the same S-shape",
        "It runs from −1 to 1; the sigmoid runs from 0 to 1.",
        "What should the value at 0 be?",
        any_of(explains(SUBJECT, np.tanh), explains(SUBJECT, lambda x: np.tanh(x / 2))),
    ),
    Misconception(
        "minus-one",
        "subtracts in the denominator",
        "one sign among many",
        "At 0 it divides by 0.",
        "Is e⁻ˣ added to 1, or taken from it?",
        explains(SUBJECT, lambda x: 1 / (1 - np.exp(-x))),
    ),
    Misconception(
        "rounded-e",
        "writes e as a short decimal",
        "2.718 is how one remembers it",
        "It is close, but not close enough: the gap grows with the size of x.",
        "Which function of NumPy knows all the digits of e?",
        any_of(*(explains(SUBJECT, _with_e(e)) for e in (2.7, 2.72, 2.718, 2.7183, 2.71828))),
    ),
    rounded(SUBJECT),
    Misconception(
        "rounded-constant",
        "writes a constant with few digits",
        "a few digits look good enough",
        "It is close, but not close enough.",
        "Is there a constant with few digits in it?",
        nearly(SUBJECT),
    ),
    *form_mistakes(SUBJECT, nan_hint="Which exponential gets too large there?"),
)
