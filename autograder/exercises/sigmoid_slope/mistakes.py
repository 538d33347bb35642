"""Mistakes with a name in exercise ``sigmoid-slope``."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.sigmoid_slope.probe import PROBE
from autograder.kinds.elementwise_mistakes import difference_quotient, elementwise_form
from autograder.kinds.elementwise_observation import Observation

SMALLEST, LARGEST = 1e-3, 10.0
"""Steps that a value at 0 tells."""


def sigma(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + math.e**-x)


def chord(x: np.ndarray, *, before: float, after: float) -> np.ndarray:
    rise: np.ndarray = sigma(x + after) - sigma(x - before)
    return rise / (before + after)


def step_at_zero(value: float) -> float:
    """The step h with (σ(h) − σ(0))/h = value, by bisection; (σ(h) − σ(−h))/2h is the same."""
    small, large = SMALLEST, LARGEST
    for _ in range(60):
        h = (small + large) / 2
        small, large = (h, large) if chord(np.zeros(()), before=0, after=h) > value else (small, h)
    return small


def coarse_quotient(seen: Observation) -> bool:
    """Fits where the values are a difference quotient's, to one side or both, with the step seen at x = 0."""
    at_zero = seen.y[seen.x == 0]
    if not at_zero.size or not chord(np.zeros(()), before=0, after=LARGEST) < at_zero[0] < 0.25:
        return False
    h = step_at_zero(float(at_zero[0]))
    chords = tuple(partial(chord, before=before, after=after) for before, after in ((h, h), (0, h), (h, 0)))
    return h > SMALLEST and PROBE.computes(chords)(seen)


def rise(seen: Observation) -> bool:
    """Fits where the values are the slope times a power of ten, but not quite: a rise over that step."""
    near = np.abs(seen.x) < 3
    ratio = seen.y[near] / seen.exact[near]
    middle = float(np.median(ratio)) if ratio.size and np.all(np.isfinite(ratio)) else 0.0
    if not 0 < middle < 0.2 or np.ptp(ratio) <= 1e-9 * middle:
        return False
    step = 10.0 ** round(math.log10(middle))
    return bool(np.all(np.abs(ratio / step - 1) < 2 * max(step, 1e-6)))


MISTAKES = (
    Mistake(
        "gives-sigmoid",
        did="gives the sigmoid itself",
        tempting="value and slope sit side by side",
        shows="These are the sigmoid's values, not its slopes.",
        hint="How steep is the curve at 0, and how steep far to the right?",
        wrong=sigma,
    ),
    Mistake(
        "missing-one-minus",
        did="multiplies the sigmoid by itself",
        tempting="the 1 − is quickly lost",
        shows="To the right it rises towards 1; there the curve is nearly flat.",
        hint="Which two numbers does the slope multiply: σ and what?",
        wrong=lambda x: sigma(x) ** 2,
    ),
    Mistake(
        "plus-for-minus",
        did="multiplies σ by 1 + σ",
        tempting="one sign among many",
        shows="To the right it rises towards 2; there the curve is nearly flat.",
        hint="What should the second factor become where σ nears 1?",
        wrong=lambda x: sigma(x) * (1 + sigma(x)),
    ),
    Mistake(
        "slope-of-x",
        did="computes x·(1 − x)",
        tempting="many listings call the sigmoid's value x",
        shows="It computes x(1 − x): right only if x had been through the sigmoid already.",
        hint="What has to happen to x first?",
        wrong=lambda x: x * (1 - x),
    ),
    Mistake(
        "missing-square",
        did="leaves the denominator of e⁻ˣ/(1 + e⁻ˣ)² unsquared",
        tempting="the quotient rule has many pieces",
        shows="It is 1 − σ: one of the two factors is missing.",
        hint="What does the denominator become when a fraction is differentiated?",
        wrong=lambda x: 1 - sigma(x),
    ),
    Mistake(
        "sign",
        did="has the sign of the slope turned round",
        tempting="a minus from the exponent is left over",
        shows="Its size is right, but the sigmoid rises everywhere, so that its slope is never negative.",
        hint="How many minus signs did the chain rule give you?",
        wrong=lambda x: -sigma(x) * (1 - sigma(x)),
    ),
    Mistake(
        "tanh-slope",
        did="takes a square from 1",
        tempting="that is how the slope of tanh goes",
        shows="It is one minus a square, a rule that belongs to tanh.",
        hint="Which two factors make the slope of σ?",
        wrong=(lambda x: 1 - sigma(x) ** 2, lambda x: 1 - x**2),
    ),
    Mistake(
        "slope-twice",
        did="puts σ into σ once more",
        tempting="a chain of calls is one call too long",
        shows="The sigmoid is applied twice.",
        hint="What goes into your sigmoid: x, or what came out of it already?",
        wrong=lambda x: sigma(sigma(x)) * (1 - sigma(sigma(x))),
    ),
    Mistake(
        "one-minus-x",
        did="has 1 − x, or a product with it, where 1 − σ(x) belongs",
        tempting="σ(1 − σ) is read as if the brackets held x",
        shows="It has 1 − x where 1 − σ(x) belongs.",
        hint="Write the slope with s = σ(x) alone. Where does x itself still stand in your line?",
        wrong=(lambda x: sigma(x) * (1 - x), lambda x: sigma(x * (1 - x))),
    ),
    Mistake(
        "square-of-one-factor",
        did="squares 1 − σ",
        tempting="the denominator is squared, after all",
        shows="It is (1 − σ)²: the factor σ itself is missing.",
        hint="Which two factors make the slope of σ? Are they the same?",
        wrong=lambda x: (1 - sigma(x)) ** 2,
    ),
    Mistake(
        "twice",
        did="gives twice the slope",
        tempting="from x − h to x + h is two steps, and h is at hand",
        shows="It is twice the right slope everywhere.",
        hint="Where does the 2 come from? If you measure: how far apart are your two points?",
        wrong=lambda x: 2 * sigma(x) * (1 - sigma(x)),
    ),
    Mistake(
        "difference-without-brackets",
        did="divides only the second of two values by the step",
        tempting="on paper the fraction bar holds the difference together",
        shows="It is σ − σ/h: only one of the two values is divided by the step.",
        hint="What does Python compute first in a - b / c?",
        wrong=tuple(
            lambda x, h=10.0**-k, back=back: sigma(x + h) - sigma(x - back * h) / h
            for k in range(1, 11)
            for back in (0, 1)
        ),
    ),
    Mistake(
        "difference-quotient",
        did="measures the slope between two neighbouring points",
        tempting="that is what a slope is, after all",
        shows="It is nearly right everywhere, as a slope measured over a small step is; exact it is not.",
        hint="Can you write the slope with σ(x) alone, with no small step?",
        fits=partial(difference_quotient, branches=1),
    ),
    Mistake(
        "coarse-difference-quotient",
        did="measures the slope between two points that lie far apart",
        tempting="a hundredth looks small",
        shows="It is the slope of the straight line between two points of the curve, and the curve "
        "bends between.",
        hint="Make your step ten times smaller: what happens to the gap? And is a slope without any "
        "step known?",
        fits=coarse_quotient,
    ),
    Mistake(
        "rise-not-divided",
        did="gives the rise over a small step, not divided by the step",
        tempting="the difference of two values looks like the slope",
        shows="It is the right slope times a small number, as a rise over a small step is.",
        hint="A slope is a rise divided by what?",
        fits=rise,
    ),
    *elementwise_form(mask_hint="Which exponential gets too large there?"),
)
