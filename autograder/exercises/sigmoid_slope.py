"""Exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.exercise import Exercise, Misconception
from autograder.exercises.catalogue import judge_with
from autograder.exercises.elementwise import Elementwise
from autograder.exercises.forms import difference_quotient, explains, form_mistakes, nearly, rounds
from autograder.exercises.sigmoid import NEGATIVE, POSITIVE, condition, draw

SUBJECT = Elementwise(
    formula=reference.sigmoid_slope,
    condition=condition,
    branches=(NEGATIVE, POSITIVE),
    nice=(-10.0, -5.0, -2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 2.0, 5.0, 10.0),
    examples=(-2.0, 0.0, 1.0),
    far=(-20.0, 20.0, 100.0, 1000.0, -1000.0),
    draw=draw,
    grid=tuple(round(-8 + 0.05 * i, 2) for i in range(321)),
    y_label="σ'(x)",
    by_form=True,
)


def sigma(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


MISCONCEPTIONS = (
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
    Misconception(
        "rounded",
        "rounds its results",
        "four digits look good enough",
        "It is close, but not close enough: its last digits are cut off.",
        "Where do digits get lost?",
        rounds(SUBJECT),
    ),
    Misconception(
        "difference-quotient",
        "measures the slope between two neighbouring points",
        "that is what a slope is, after all",
        "It is nearly right everywhere, as a slope measured over a small step is; exact it is not.",
        "Can you write the slope with σ(x) alone, with no small step?",
        difference_quotient(SUBJECT),
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

SIGMOID_SLOPE = Exercise(
    id="sigmoid-slope",
    unit="01-warm-up",
    title="The slope of the sigmoid",
    answer="sigmoid_slope",
    observer="function",
    probe=SUBJECT.probe,
    judge=judge_with(
        "sigmoid-slope",
        "sigmoid_slope",
        SUBJECT.compare,
        MISCONCEPTIONS,
        praise="Right, for single numbers and for arrays of any shape.",
        thought="Where should the slope be largest, and what should it be there?",
    ),
    misconceptions=MISCONCEPTIONS,
    hints=(
        "The slope can be written with the sigmoid's own value; your function sigmoid may do most of the work.",
        "Where σ is near 0 or near 1 the curve is flat, so the slope must be a product that vanishes at both ends.",
        "Give σ(x) a name of its own first; then only one product is left. At 0, where σ is a half, it must be 0.25.",
    ),
    needs=("sigmoid",),
    domain="−10 ≤ x ≤ 10",
)
