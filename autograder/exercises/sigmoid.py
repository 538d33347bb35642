"""Exercise ``sigmoid``: σ(x) = 1/(1 + e⁻ˣ)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder import reference
from autograder.exercise import Exercise, Misconception
from autograder.exercises.catalogue import judge_with
from autograder.exercises.elementwise import Branch, Elementwise
from autograder.exercises.forms import any_of, explains, form_mistakes, nearly, rounds

NEGATIVE = Branch("x < 0", "x < 0", lambda x: x < 0)
POSITIVE = Branch("x ≥ 0", "x ≥ 0", lambda x: x >= 0)


def draw(rng: np.random.Generator) -> list[float]:
    """Fresh points on both sides of 0, four digits each so that a table can show them."""
    points = np.concatenate(
        [rng.uniform(-10, 10, 16), 10.0 ** rng.uniform(-6, 1, 8), -(10.0 ** rng.uniform(-6, 1, 8))]
    )
    return [float(f"{x:.4g}") for x in points]


def condition(x: np.ndarray) -> np.ndarray:
    """(1 + tanh(x/2))/2 is a right answer too, and loses as many digits as σ is smaller than 1; so does 1 − σ."""
    return 1 + np.exp(np.abs(x))


SUBJECT = Elementwise(
    formula=reference.sigmoid,
    condition=condition,
    branches=(NEGATIVE, POSITIVE),
    nice=(-10.0, -5.0, -2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 2.0, 5.0, 10.0),
    examples=(-2.0, 0.0, 1.0),
    far=(-30.0, 30.0, 100.0, 1000.0, -1000.0),
    draw=draw,
    grid=tuple(round(-8 + 0.05 * i, 2) for i in range(321)),
    y_label="σ(x)",
    by_form=True,
)


def _with_e(e: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: 1 / (1 + e**-x)


MISCONCEPTIONS = (
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
    Misconception(
        "rounded",
        "rounds its results",
        "four digits look good enough",
        "It is close, but not close enough: its last digits are cut off.",
        "Where do digits get lost?",
        rounds(SUBJECT),
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

SIGMOID = Exercise(
    id="sigmoid",
    unit="01-warm-up",
    title="The sigmoid",
    answer="sigmoid",
    observer="function",
    probe=SUBJECT.probe,
    judge=judge_with(
        "sigmoid",
        "sigmoid",
        SUBJECT.compare,
        MISCONCEPTIONS,
        praise="Right, for single numbers and for arrays of any shape.",
        thought="Work out x = 0 with a pencil: what is e⁰, and what does the formula make of it?",
    ),
    misconceptions=MISCONCEPTIONS,
    hints=(
        "Work from the inside out: first e to the power of −x, then the denominator, then the fraction.",
        "math.exp takes one number, np.exp takes an array as well. And a fraction bar is a pair of brackets.",
        "Three values to test yours: 0.5 at x = 0, nearly 1 at x = 10, nearly 0 at x = −10. In which of the three "
        "does yours fail, and which piece of the formula decides there?",
    ),
    domain="−10 ≤ x ≤ 10",
)
