"""Mistakes with a name in exercise ``multiply-weights``."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.exercise import Mistake
from autograder.exercises.multiply_weights.probe import ALLOWED
from autograder.kinds.dividing_network import steady
from autograder.kinds.nine_numbers import A, B, Network, when
from autograder.kinds.nine_numbers_mistakes import NINE_NUMBERS_FORM


def forgot_offset(network: Network) -> bool:
    """Right but for the 0.5 that each hidden neuron adds to its logarithm."""
    if np.any(network.outputs < 0.5):
        return False  # the output neuron does get less than 0 somewhere
    (first,), (second,) = network.weights.W2
    moved = network.with_weights(b2=(network.weights.b2[0] - 0.5 * (first + second),))
    # The scale may be off as well: by the ½, or because the deck's −3.912023 was kept.
    below = in_exponential_branch(moved)
    return below.size > 0 and steady(below, 0.02) and bool(0.2 < np.median(below) < 20)


def constant(network: Network) -> bool:
    """The same factor everywhere, as far as the exponential branch reaches.

    The same to the thousandth that the exercise allows; where the factor is far from 1, to a hundredth of how
    far: there the scale is what to mend first.
    """
    below = in_exponential_branch(network)
    return below.size > 0 and steady(below, max(ALLOWED, abs(float(np.median(below)) - 1) / 100))


def in_exponential_branch(network: Network) -> np.ndarray:
    """The ratios where the output neuron is in its exponential branch; none if those are too few to tell."""
    inside = network.outputs < 0.5
    return network.ratios[inside] if np.mean(inside) >= 1 / 3 else network.ratios[:0]


MISTAKES = (
    *NINE_NUMBERS_FORM,
    Mistake(
        "divides-still",
        did="still divides",
        tempting="the deck's weights are a natural start",
        shows="This network gives a/b/100: it still divides.",
        hint="ln(a/b) = ln a − ln b. What is ln(a·b)?",
        wrong=reference.DECK_WEIGHTS,
    ),
    Mistake(
        "divides-other-way",
        did="divides b by a",
        tempting="the sign was changed on both sides",
        shows="This network divides b by a.",
        hint="ln(b/a) = ln b − ln a. What is ln(a·b)?",
        fits=when(lambda k: steady(k.ratios * A**2, 0.05)),
    ),
    Mistake(
        "forgot-offset",
        did="forgets that each hidden neuron adds 0.5 to its logarithm",
        tempting="when dividing, the two 0.5 cancel",
        shows="The two logarithms add up as they should; but so do the two 0.5 that come with them.",
        hint=(
            "What does the output neuron receive beyond ln a + ln b, and which of the nine numbers can "
            "take it away?"
        ),
        fits=when(forgot_offset),
    ),
    Mistake(
        "reciprocal",
        did="gives 1/(a·b)",
        tempting="the sign was changed on the wrong side",
        shows="It falls where a or b grows: the network gives something like 1/(a·b).",
        hint="Which sign should both output weights have, for the output to grow with a and with b?",
        fits=when(lambda k: steady(k.ratios * (A * B) ** 2, 0.05)),
    ),
    Mistake(
        "wrong-scale",
        did="multiplies, but by another constant",
        tempting=(
            "the last bias is a logarithm of two things at once: the scale, and the ½ of the exponential "
            "branch"
        ),
        shows="The network multiplies, well done. Only the scale is off, by the same factor everywhere.",
        hint=(
            "The last bias decides the scale. Does your b2 take the ½ in front of the exponential into "
            "account?"
        ),
        fits=when(constant),
    ),
    Mistake(
        "one-input",
        did="listens to one input only",
        tempting="one weight is 0, or the hidden neurons see the same input",
        shows="The output depends on one of the two inputs only.",
        hint="Which hidden neuron belongs to a, and which to b?",
        fits=when(lambda k: k.listens_to(0) != k.listens_to(1)),
    ),
    Mistake(
        "listing-hidden-bias",
        did="takes a hidden bias as the deck's listing prints it",
        tempting="−0.0000001 and −0.000001 look alike",
        shows="The two hidden biases differ by a factor of ten, as in one of the deck's listings.",
        hint="Should the two hidden neurons not treat a and b alike? Count the zeros.",
        fits=when(lambda k: k.right_with_equal_biases(ALLOWED)),
    ),
    Mistake(
        "wrong-side",
        did="pushes the output neuron out of its exponential branch",
        tempting="the hidden neurons' outputs add up to more than expected",
        shows=(
            "The last neuron receives more than 0: it works with its logarithm, where its exponential is "
            "needed."
        ),
        hint="What must the last bias be, for the sum to stay below 0 even for 19.99 · 19.99?",
        fits=when(lambda k: np.all(k.outputs > 0.5)),
    ),
    Mistake(
        "too-coarse",
        did="multiplies, but not exactly enough",
        tempting="33 looks like 33.3333",
        shows=(
            "The network multiplies, well done. But its error is larger than a thousandth somewhere in the "
            "square."
        ),
        hint="Which of your numbers was rounded, and what would it be exactly?",
        fits=when(lambda k: np.all(k.ratios > 0) and np.max(k.ratios) < 1.5 * np.min(k.ratios)),
    ),
)
