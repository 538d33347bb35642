"""Mistakes with a name in exercise ``sigmoid-slope``."""

from __future__ import annotations

from functools import partial

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.sigmoid_slope.probe import SUBJECT
from autograder.kinds.elementwise_mistakes import (
    difference_quotient,
    explains,
    form_mistakes,
    nearly,
    rounded,
)
from autograder.kinds.legacy import Misconception

SMALLEST, LARGEST = 1e-3, 10.0
"""Steps that a value at 0 tells."""


def sigma(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def chord(x: np.ndarray, *, before: float, after: float) -> np.ndarray:
    return (sigma(x + after) - sigma(x - before)) / (before + after)


def step_at_zero(value: float) -> float:
    """The step h with (σ(h) − σ(0))/h = value, by bisection; (σ(h) − σ(−h))/2h is the same."""
    small, large = SMALLEST, LARGEST
    for _ in range(60):
        h = (small + large) / 2
        small, large = (h, large) if chord(np.zeros(()), before=0, after=h) > value else (small, h)
    return small


def coarse_quotient(inputs: Inputs, evidence: Evidence) -> bool:
    """Fits where the values are a difference quotient's, to one side or both, with the step seen at x = 0."""
    seen = SUBJECT.observed(inputs, evidence)
    at_zero = seen.y[seen.x == 0]
    if not at_zero.size or not chord(np.zeros(()), before=0, after=LARGEST) < at_zero[0] < 0.25:
        return False
    h = step_at_zero(float(at_zero[0]))
    ways = ((h, h), (0.0, h), (h, 0.0))
    chords = (partial(chord, before=before, after=after) for before, after in ways)
    return h > SMALLEST and any(explains(SUBJECT, formula)(inputs, evidence) for formula in chords)


MISTAKES = (
    Misconception(
        "gives-sigmoid",
        "gives the sigmoid itself",
        "value and slope sit side by side",
        "These are the sigmoid's values, not its slopes.",
        "How steep is the curve at 0, and how steep far to the right?",
        explains(SUBJECT, sigma),
    ),
    Misconception(
        "missing-one-minus",
        "multiplies the sigmoid by itself",
        "the 1 − is quickly lost",
        "To the right it rises towards 1; there the curve is nearly flat.",
        "Which two numbers does the slope multiply: σ and what?",
        explains(SUBJECT, lambda x: sigma(x) ** 2),
    ),
    Misconception(
        "plus-for-minus",
        "multiplies σ by 1 + σ",
        "one sign among many",
        "To the right it rises towards 2; there the curve is nearly flat.",
        "What should the second factor become where σ nears 1?",
        explains(SUBJECT, lambda x: sigma(x) * (1 + sigma(x))),
    ),
    Misconception(
        "slope-of-x",
        "computes x·(1 − x)",
        "many listings call the sigmoid's value x",
        "It computes x(1 − x): right only if x had been through the sigmoid already.",
        "What has to happen to x first?",
        explains(SUBJECT, lambda x: x * (1 - x)),
    ),
    Misconception(
        "missing-square",
        "leaves the denominator of e⁻ˣ/(1 + e⁻ˣ)² unsquared",
        "the quotient rule has many pieces",
        "It is 1 − σ: one of the two factors is missing.",
        "What does the denominator become when a fraction is differentiated?",
        explains(SUBJECT, lambda x: 1 - sigma(x)),
    ),
    Misconception(
        "sign",
        "has the sign of the slope turned round",
        "a minus from the exponent is left over",
        "Its size is right, but the sigmoid rises everywhere, so that its slope is never negative.",
        "How many minus signs did the chain rule give you?",
        explains(SUBJECT, lambda x: -sigma(x) * (1 - sigma(x))),
    ),
    Misconception(
        "tanh-slope",
        "computes 1 − σ²",
        "that is how the slope of tanh goes",
        "It is 1 − σ², a rule that belongs to tanh.",
        "Which two factors make the slope of σ?",
        explains(SUBJECT, lambda x: 1 - sigma(x) ** 2),
    ),
    Misconception(
        "slope-twice",
        "puts σ into σ once more",
        "a chain of calls is one call too long",
        "The sigmoid is applied twice.",
        "What goes into your sigmoid: x, or what came out of it already?",
        explains(SUBJECT, lambda x: sigma(sigma(x)) * (1 - sigma(sigma(x)))),
    ),
    rounded(SUBJECT),
    Misconception(
        "difference-quotient",
        "measures the slope between two neighbouring points",
        "that is what a slope is, after all",
        "It is nearly right everywhere, as a slope measured over a small step is; exact it is not.",
        "Can you write the slope with σ(x) alone, with no small step?",
        difference_quotient(SUBJECT),
    ),
    Misconception(
        "coarse-difference-quotient",
        "measures the slope between two points that lie far apart",
        "a hundredth looks small",
        "It is the slope of the straight line between two points of the curve, and the curve bends between.",
        "Make your step ten times smaller: what happens to the gap? And is a slope without any step known?",
        coarse_quotient,
    ),
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
