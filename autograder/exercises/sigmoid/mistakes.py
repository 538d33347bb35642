"""Mistakes with a name in exercise ``sigmoid``."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.kinds.elementwise_mistakes import elementwise_form

MISTAKES = (
    Mistake(
        "sigmoid-sign",
        did="computes 1/(1 + eˣ)",
        tempting="the minus in the exponent is small",
        shows="It falls where the sigmoid rises: it is the sigmoid's mirror image.",
        hint="What happens to e⁻ˣ when x grows?",
        wrong=lambda x: 1 / (1 + np.exp(x)),
    ),
    Mistake(
        "missing-plus-one",
        did="leaves out the 1 in the denominator",
        tempting="1/e⁻ˣ looks nearly complete",
        shows="It grows without end; the sigmoid stays below 1.",
        hint="What is added to e⁻ˣ before dividing?",
        wrong=np.exp,
    ),
    Mistake(
        "brackets",
        did="gives 1 + e⁻ˣ, without dividing 1 by all of it",
        tempting="the fraction bar holds the denominator together, in code nothing does",
        shows="It gives 1 + e⁻ˣ, which is never below 1; the sigmoid never reaches 1.",
        hint="What is divided by what on the slide, and what in your line? Python reads 1 / 1 + e as "
        "(1 / 1) + e.",
        wrong=lambda x: 1 + np.exp(-x),
    ),
    Mistake(
        "missing-reciprocal",
        did="computes eˣ/(1 + e⁻ˣ) or the like",
        tempting="several forms of the formula get mixed",
        shows="One of the two exponentials has the other's sign.",
        hint="Work out x = 1 with a pencil, once above and once below the fraction bar.",
        wrong=(lambda x: np.exp(x) / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(x))),
    ),
    Mistake(
        "tanh",
        did="gives the hyperbolic tangent",
        tempting="it has the same S-shape",
        shows="It runs from −1 to 1; the sigmoid runs from 0 to 1.",
        hint="What should the value at 0 be?",
        wrong=(np.tanh, lambda x: np.tanh(x / 2)),
    ),
    Mistake(
        "minus-one",
        did="subtracts in the denominator",
        tempting="one sign among many",
        shows="At 0 it divides by 0.",
        hint="What is added to 1 on the slide, and which sign has its exponent?",
        wrong=(lambda x: 1 / (1 - np.exp(-x)), lambda x: 1 / (1 - np.exp(x))),
    ),
    Mistake(
        "rounded-e",
        did="writes e as a short decimal",
        tempting="2.718 is how one remembers it",
        shows="It is close, but not close enough: the gap grows with the size of x.",
        hint="Which function of NumPy knows all the digits of e?",
        wrong=tuple(lambda x, e=e: 1 / (1 + e**-x) for e in (2.7, 2.72, 2.718, 2.7183, 2.71828)),
    ),
    Mistake(
        "exponential-alone",
        did="gives e⁻ˣ alone",
        tempting="it is the first step",
        shows="It gives e⁻ˣ, which is only a part of the formula.",
        hint="What is done with e⁻ˣ on the slide before it is a value of the sigmoid?",
        wrong=lambda x: np.exp(-x),
    ),
    Mistake(
        "steeper",
        did="computes the sigmoid of 2x",
        tempting="tanh, moved and squeezed, looks just like it",
        shows="It is the sigmoid of 2x: it rises twice as fast.",
        hint="What goes into your sigmoid's exponential for x = 1: −1, or −2?",
        wrong=lambda x: 1 / (1 + np.exp(-2 * x)),
    ),
    Mistake(
        "gives-slope",
        did="gives the slope of the sigmoid",
        tempting="value and slope sit side by side",
        shows="These are the sigmoid's slopes, not its values.",
        hint="How high does the sigmoid run, far to the right?",
        wrong=lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2,
    ),
    Mistake(
        "not-shifted",
        did="gives the sigmoid less ½",
        tempting="tanh(x/2)/2 has the right shape",
        shows="It is the sigmoid, ½ too low everywhere: it runs from −½ to ½.",
        hint="By how much must the curve be lifted, for 0 and 1 to be its ends?",
        wrong=lambda x: np.tanh(x / 2) / 2,
    ),
    Mistake(
        "polynomial",
        did="gives the first terms of a series",
        tempting="near 0 the series is the sigmoid to many digits",
        shows="It is a polynomial: good near 0, and without end further out.",
        hint="What does it give for x = 10, and between which numbers does the sigmoid stay?",
        wrong=(
            lambda x: 0.5 + x / 4,
            lambda x: 0.5 + x / 4 - x**3 / 48,
            lambda x: 0.5 + x / 4 - x**3 / 48 + x**5 / 480,
        ),
    ),
    Mistake(
        "step",
        did="gives a step instead of a smooth curve",
        tempting="a neuron that fires or does not is the oldest one",
        shows="It leaps from 0 to 1 in one place; the sigmoid rises smoothly.",
        hint="What does the formula make of x = 0.5?",
        wrong=(lambda x: (x > 0) * 1.0, lambda x: (x >= 0) * 1.0, lambda x: np.heaviside(x, 0.5)),
    ),
    *elementwise_form(mask_hint="Which exponential gets too large there?"),
)
