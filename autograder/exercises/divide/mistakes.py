"""Mistakes with a name in exercise ``divide``."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.activation import mistakes as deck
from autograder.exercises.divide.probe import SUBJECT, compare
from autograder.kinds.legacy import Misconception
from autograder.kinds.several_arguments import Parts, changed, computes
from autograder.observers.arguments import activation_from


def deck_activation(x: Any) -> np.ndarray:
    x = np.asarray(x, dtype=float)
    inner = np.where(x <= 15, deck.middle_branch(x), deck.tail_branch(x))
    return np.where(x <= 0, deck.left_branch(x), inner)


def forward(
    a: Any,
    b: Any,
    activation: dict[str, float],
    *,
    own: Callable[[Any], Any] | None = None,
    bent: tuple[bool, bool] = (True, True),
    small: tuple[float, float] = (1e-6, 1e-6),
    biases: tuple[float, float] = (-1e-6, -1e-6),
    large: tuple[float, float] = (33.3333, -33.3333),
    offset: float = -3.912023,
) -> Parts:
    """The network in doubles with one piece exchanged: what a mistake would compute."""
    f = own or activation_from(**activation)
    hidden, output = (f if bend else (lambda x: x) for bend in bent)
    h1, h2 = hidden(small[0] * np.asarray(a) + biases[0]), hidden(small[1] * np.asarray(b) + biases[1])
    return [output(large[0] * h1 + large[1] * h2 + offset)]


SPELLINGS = (1.0, 100 / 3 / 33.3333), (1.0, math.log(50) / 3.912023)
"""The slide's output weights and last bias, or the numbers that they round: a mistake may keep either."""


def fits(
    *,
    large: tuple[float, float] = (33.3333, -33.3333),
    offset: float = -3.912023,
    scale: float = 1.0,
    swap: bool = False,
    **wrong: Any,
) -> Callable[[Inputs, Evidence], bool]:
    def variant(weight: float, bias: float) -> Callable[[Inputs, Evidence], bool]:
        numbers: dict[str, Any] = {"large": (weight * large[0], weight * large[1]), "offset": bias * offset}

        def output(a: Any, b: Any, activation: dict[str, float]) -> Parts:
            first, second = (b, a) if swap else (a, b)
            return [scale * forward(first, second, activation, **numbers, **wrong)[0]]

        return computes(SUBJECT, output)

    return either(*(variant(*spelling) for spelling in product(*SPELLINGS)))


def quotient(factor: float) -> Callable[[Inputs, Evidence], bool]:
    return computes(SUBJECT, lambda a, b, activation: [factor * np.asarray(a) / np.asarray(b)])  # noqa: ARG005


def either(*found: Callable[[Inputs, Evidence], bool]) -> Callable[[Inputs, Evidence], bool]:
    return lambda i, e: any(f(i, e) for f in found)


def only_numbers(inputs: Inputs, evidence: Evidence) -> bool:
    shares = {c.name: c.share for c in compare(inputs, evidence).criteria}
    return shares["single numbers"] == 1.0 and not changed(inputs, evidence)


MISTAKES = (
    Misconception(
        "plain-division",
        "divides with /",
        "that is what the network is for, after all",
        (
            "This is the quotient itself, whatever the activation. Asked for is what the network makes of "
            "a and b."
        ),
        "Where in your function does the activation that was handed in come into play?",
        either(quotient(1.0), quotient(0.01)),
    ),
    Misconception(
        "ignores-activation",
        "uses an activation of its own",
        "with the deck's activation nobody notices",
        "It gives what the deck's own activation would give, whichever activation is handed in.",
        "Which of the three arguments does your function never use?",
        either(fits(own=deck_activation), quotient(100.0)),
    ),
    Misconception(
        "forgot-output-bias",
        "leaves out the last bias",
        "two weights already look like a whole layer",
        "It is what the network gives with a last bias of 0.",
        "Nine numbers make this network: which have you used?",
        fits(offset=0.0),
    ),
    Misconception(
        "forgot-hidden-bias",
        "leaves out the hidden neurons' biases",
        "0.000001 looks like nothing",
        "It is what the network gives with hidden biases of 0.",
        "What comes out of a hidden neuron for a = 1, and is it exactly ln 1 · 0.03 + 0.5?",
        fits(biases=(0.0, 0.0)),
    ),
    Misconception(
        "listing-hidden-bias",
        "takes the second hidden bias as the deck's listing prints it",
        "−0.0000001 and −0.000001 look alike",
        "It is what the network gives with −0.0000001 as its second hidden bias, as printed in one listing.",
        "Should the two hidden neurons not treat a and b alike? Count the zeros.",
        either(fits(biases=(-1e-6, -1e-7)), fits(biases=(-1e-7, -1e-7)), fits(biases=(-1e-7, -1e-6))),
    ),
    Misconception(
        "hidden-bias-sign",
        "adds 0.000001 in the hidden neurons",
        "a minus is quickly lost",
        "It is what the network gives with positive hidden biases.",
        "Which sign have the first two biases?",
        fits(biases=(1e-6, 1e-6)),
    ),
    Misconception(
        "output-bias-sign",
        "adds 3.912023",
        "a minus is quickly lost",
        "It is what the network gives with a positive last bias.",
        "Which sign has the last bias?",
        fits(offset=3.912023),
    ),
    Misconception(
        "forgot-output-activation",
        "leaves out the activation of the output neuron",
        "the last sum looks like a result",
        "What it gives is what goes into the last neuron, before the activation.",
        "The sum is a logarithm of the quotient: who turns it back into the quotient?",
        fits(bent=(True, False)),
    ),
    Misconception(
        "forgot-hidden-activation",
        "leaves out the activation of the hidden neurons",
        "one activation looks like enough",
        "The hidden neurons hand on their sums without bending them.",
        "A quotient becomes a difference of logarithms: which neurons take the logarithms?",
        fits(bent=(False, True)),
    ),
    Misconception(
        "no-activation",
        "uses no activation at all",
        "the weighted sums are most of the work",
        "Nothing bends: it is a straight-line function of a and b.",
        "How many neurons bend in this network?",
        fits(bent=(False, False)),
    ),
    Misconception(
        "swapped-inputs",
        "divides b by a",
        "a and b are easily mixed up",
        "It gives the right values with a and b exchanged.",
        "Which of the two goes with +33.3333?",
        either(fits(swap=True), fits(large=(-33.3333, 33.3333))),
    ),
    Misconception(
        "output-weight-sign",
        "adds both hidden neurons",
        "a minus is quickly lost",
        "It is what the network gives with two positive output weights.",
        "ln(a/b) is a difference of logarithms: which sign belongs to b?",
        fits(large=(33.3333, 33.3333)),
    ),
    Misconception(
        "times-hundred",
        "multiplies the output by 100",
        "one would like to see the quotient itself",
        "It is the network's output times 100. Asked for is the output as it is.",
        "What does the last neuron give, before anyone scales it?",
        fits(scale=100.0),
    ),
    Misconception(
        "input-weights",
        "has other input weights than 0.000001",
        "zeros are hard to count",
        "The input weights are ten times too large or too small.",
        "Count the zeros of the input weights.",
        either(
            fits(small=(1e-7, 1e-7)),
            fits(small=(1e-5, 1e-5)),
            fits(small=(1e-7, 1e-7), biases=(-1e-7, -1e-7)),
            fits(small=(1e-5, 1e-5), biases=(-1e-5, -1e-5)),
        ),
    ),
    Misconception(
        "mutates-input",
        "writes into an array it was given",
        "a *= … saves an array",
        "It writes into an array that it was given: whoever called it loses a or b.",
        "Could the result go into an array of its own?",
        changed,
    ),
    Misconception(
        "scalar-only",
        "works for one pair at a time, or for some shapes of arrays only",
        "np.array([a, b]) makes one row of two numbers",
        "For single numbers your values are right, well done. With arrays it does not yet work elementwise.",
        (
            "Both hidden neurons can be worked out from a and b alone, without a matrix: what would that "
            "look like?"
        ),
        only_numbers,
    ),
)
