"""Mistakes with a name in exercise ``divide``."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, MUTATES_INPUT, Formula

SPELLINGS = (1.0, 100 / 3 / 33.3333), (1.0, math.log(50) / 3.912023)
"""The slide's output weights and last bias, or the numbers that they round: a mistake may keep either."""


def deck_activation(x: Any) -> np.ndarray:
    return reference.floats(reference.activation, np.ravel(x)).reshape(np.shape(x))


def network(
    *,
    own: Callable[[Any], Any] | None = None,
    bent: tuple[bool, bool] = (True, True),
    small: float = 1e-6,
    biases: tuple[float, float] = (-1e-6, -1e-6),
    large: tuple[float, float] = (33.3333, -33.3333),
    offset: float = -3.912023,
    scale: float = 1.0,
) -> tuple[Formula, ...]:
    """The network with one piece exchanged, in each of the spellings."""

    def spelled(weight: float, bias: float) -> Formula:
        def output(a: Any, b: Any, activation: Callable[[Any], Any]) -> Any:
            hidden, last = (own or activation if bend else (lambda x: x) for bend in bent)
            h1, h2 = hidden(small * a + biases[0]), hidden(small * b + biases[1])
            return scale * last(weight * (large[0] * h1 + large[1] * h2) + bias * offset)

        return output

    return tuple(spelled(*each) for each in product(*SPELLINGS))


def values_right(seen: Observation) -> bool:
    return seen.of("number").right and not seen.changed


def some_shapes(seen: Observation) -> list[bool]:
    """For each call with arrays that has another shape than asked for: whether that is an axis more."""
    wanted = [(c.shape, c.expected[0].shape) for c in seen.of("array").cases if not c.readable]
    return [given is not None and len(given) == len(shape) + 1 for given, shape in wanted]


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "plain-division",
        did="divides with /",
        tempting="that is what the network is for, after all",
        shows=(
            "This is the quotient itself, whatever the activation. Asked for is what the network makes of "
            "a and b."
        ),
        hint="Where in your function does the activation that was handed in come into play?",
        wrong=(lambda a, b, _: a / b, lambda a, b, _: 0.01 * a / b),
    ),
    Mistake(
        "ignores-activation",
        did="uses an activation of its own",
        tempting="with the deck's activation nobody notices",
        shows="It gives what the deck's own activation would give, whichever activation is handed in.",
        hint="Which of the three arguments does your function never use?",
        # with the exact output weights it would be a plain division, to seven digits
        wrong=(*network(own=deck_activation)[:2], lambda a, b, _: 100 * a / b),
    ),
    Mistake(
        "forgot-output-bias",
        did="leaves out the last bias",
        tempting="two weights already look like a whole layer",
        shows="It is what the network gives with a last bias of 0.",
        hint="Nine numbers make this network: which have you used?",
        wrong=network(offset=0.0),
    ),
    Mistake(
        "forgot-hidden-bias",
        did="leaves out the hidden neurons' biases, or makes next to nothing of them",
        tempting="0.000001 looks like nothing",
        shows="It is what the network gives with hidden biases of 0, or next to 0.",
        hint="What comes out of a hidden neuron for a = 1, and is it exactly ln 1 · 0.03 + 0.5?",
        wrong=network(biases=(0.0, 0.0)),
    ),
    Mistake(
        "listing-hidden-bias",
        did="takes the second hidden bias as the deck's listing prints it",
        tempting="−0.0000001 and −0.000001 look alike",
        shows=(
            "It is what the network gives with −0.0000001 as its second hidden bias, as printed in one "
            "listing."
        ),
        hint="Should the two hidden neurons not treat a and b alike? Count the zeros.",
        wrong=(
            *network(biases=(-1e-6, -1e-7)),
            *network(biases=(-1e-7, -1e-7)),
            *network(biases=(-1e-7, -1e-6)),
        ),
    ),
    Mistake(
        "hidden-bias-sign",
        did="adds 0.000001 in the hidden neurons",
        tempting="a minus is quickly lost",
        shows="It is what the network gives with positive hidden biases.",
        hint="Which sign have the first two biases?",
        wrong=network(biases=(1e-6, 1e-6)),
    ),
    Mistake(
        "output-bias-sign",
        did="adds 3.912023",
        tempting="a minus is quickly lost",
        shows="It is what the network gives with a positive last bias.",
        hint="Which sign has the last bias?",
        wrong=network(offset=3.912023),
    ),
    Mistake(
        "forgot-output-activation",
        did="leaves out the activation of the output neuron",
        tempting="the last sum looks like a result",
        shows="What it gives is what goes into the last neuron, before the activation.",
        hint="The sum is a logarithm of the quotient: who turns it back into the quotient?",
        wrong=network(bent=(True, False)),
    ),
    Mistake(
        "forgot-hidden-activation",
        did="leaves out the activation of the hidden neurons",
        tempting="one activation looks like enough",
        shows="The hidden neurons hand on their sums without bending them.",
        hint="A quotient becomes a difference of logarithms: which neurons take the logarithms?",
        wrong=network(bent=(False, True)),
    ),
    Mistake(
        "no-activation",
        did="uses no activation at all",
        tempting="the weighted sums are most of the work",
        shows="Nothing bends: it is a straight-line function of a and b.",
        hint="How many neurons bend in this network?",
        wrong=network(bent=(False, False)),
    ),
    Mistake(
        "swapped-inputs",
        did="divides b by a",
        tempting="a and b are easily mixed up",
        shows="It gives the right values with a and b exchanged.",
        hint="Which of the two goes with +33.3333?",
        wrong=network(large=(-33.3333, 33.3333)),
    ),
    Mistake(
        "same-input-twice",
        did="gives both hidden neurons the same input",
        tempting="a copied line keeps its a",
        shows="Both hidden neurons get the same of the two inputs: the other one makes no difference.",
        hint="Where does b come into your function, and where a?",
        wrong=tuple(
            formula
            for n in network()
            for formula in (lambda a, b, f, n=n: n(a, a + 0 * b, f), lambda a, b, f, n=n: n(b + 0 * a, b, f))
        ),
    ),
    Mistake(
        "output-weight-sign",
        did="adds both hidden neurons",
        tempting="a minus is quickly lost",
        shows="It is what the network gives with two positive output weights.",
        hint="ln(a/b) is a difference of logarithms: which sign belongs to b?",
        wrong=network(large=(33.3333, 33.3333)),
    ),
    Mistake(
        "times-hundred",
        did="multiplies the output by 100",
        tempting="one would like to see the quotient itself",
        shows="It is the network's output times 100. Asked for is the output as it is.",
        hint="What does the last neuron give, before anyone scales it?",
        wrong=network(scale=100.0),
    ),
    Mistake(
        "input-weights",
        did="has other input weights than 0.000001",
        tempting="zeros are hard to count",
        shows="The input weights are ten times too large or too small.",
        hint="Count the zeros of the input weights.",
        wrong=(
            *network(small=1e-7),
            *network(small=1e-5),
            *network(small=1e-7, biases=(-1e-7, -1e-7)),
            *network(small=1e-5, biases=(-1e-5, -1e-5)),
        ),
    ),
    Mistake(
        "rounded-constant",
        did="writes the output weights or the last bias with fewer digits",
        tempting="33.3 and 3.91 look good enough",
        shows="It is what the network gives with fewer digits in its last three numbers.",
        hint="Which of your numbers is shorter than the slide's?",
        wrong=tuple(
            formula
            for large, offset in product(
                (33.3333, 33.333, 33.33, 33.3, 33), (3.912023, 3.91202, 3.912, 3.91, 3.9)
            )
            if (large, offset) != (33.3333, 3.912023)
            for formula in network(large=(large, -large), offset=-offset)[:1]
        ),
    ),
    replace(
        MUTATES_INPUT,
        tempting="a *= … saves an array",
        shows="It writes into an array that it was given: whoever called it loses a or b.",
    ),
    Mistake(
        "axis-left-over",
        did="gives its results with an axis too many",
        tempting="Keras gives a column for one output",
        shows="For single numbers your values are right, well done. Of arrays the result has one axis more "
        "than they have.",
        hint="Which line of yours makes a column, or a table of every a with every b?",
        fits=lambda seen: values_right(seen) and bool(some_shapes(seen)) and all(some_shapes(seen)),
    ),
    Mistake(
        "array-only",
        did="works for arrays but not for plain numbers",
        tempting="a loop, or an index, needs an array",
        shows="Plain numbers it does not take.",
        hint="Which line of yours needs something with many items? NumPy's own functions do not.",
        fits=lambda seen: (
            all(c.error is not None for c in seen.of("number").cases)
            and any(c.right for c in seen.of("array").cases)
        ),
    ),
    Mistake(
        "scalar-only",
        did="works for one pair at a time, or for some shapes of arrays only",
        tempting="np.array([a, b]) makes one row of two numbers",
        shows=(
            "For single numbers your values are right, well done. With arrays it does not yet work "
            "elementwise."
        ),
        hint=(
            "Both hidden neurons can be worked out from a and b alone, without a matrix: what would that "
            "look like?"
        ),
        fits=lambda seen: values_right(seen),
    ),
    IGNORES_ARGUMENTS,
)
