"""Mistakes with a name in exercise ``multiply-weights``."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.multiply_weights.probe import ALLOWED
from autograder.kinds.dividing_network import below_zero, biases_by_ten, deaf, in_the_tail, mixed, steady
from autograder.kinds.nine_numbers import Network, when
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
        shows="This network still divides: its output grows with a and falls with b.",
        hint="ln(a/b) = ln a − ln b. What is ln(a·b)?",
        fits=when(lambda k: k.almost(lambda a, b: a / b)),
    ),
    Mistake(
        "divides-other-way",
        did="divides b by a",
        tempting="the sign was changed on both sides",
        shows="This network divides b by a.",
        hint="ln(b/a) = ln b − ln a. What is ln(a·b)?",
        fits=when(lambda k: k.almost(lambda a, b: b / a)),
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
        fits=when(lambda k: k.almost(lambda a, b: 1 / (a * b))),
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
        "hidden-bias-size",
        did="has hidden biases of another size",
        tempting="a bias of 0, or of another small number, looks harmless",
        shows="With other hidden biases it would multiply, but for a factor at most.",
        hint="What must a hidden bias be for 1 000 000·(w·a + b) + 1 to be a multiple of a?",
        fits=when(lambda k: not biases_by_ten(k.weights) and constant(k.with_weights(b1=(-1e-6, -1e-6)))),
    ),
    Mistake(
        "hidden-weights-zero",
        did="has a hidden neuron whose weights are both 0",
        tempting="an array that begins with whole numbers makes 0 of 0.000001",
        shows="A hidden neuron has two weights of 0: nothing of a or b reaches it.",
        hint="Print W1, and its dtype. Is there still a number in it for each neuron?",
        fits=when(lambda k: deaf(k.weights)),
    ),
    Mistake(
        "hidden-in-the-tail",
        did="pushes a hidden neuron out of its logarithm",
        tempting="10⁶ and 10⁻⁶ differ by one sign",
        shows="For large inputs a hidden neuron receives more than 15: there its activation is no logarithm.",
        hint="How large may a first weight be, for 19.99 times it to stay below 15?",
        fits=when(lambda k: in_the_tail(k.weights)),
    ),
    Mistake(
        "hidden-below-zero",
        did="pushes a hidden neuron below 0",
        tempting="a minus sign, or a bias that looks small, is enough",
        shows="For some inputs a hidden neuron receives less than 0: there its activation is an exponential.",
        hint="What does each hidden neuron receive for a = b = 1?",
        fits=when(lambda k: below_zero(k.weights)),
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
        fits=when(lambda k: biases_by_ten(k.weights) and k.right_with_equal_biases(ALLOWED)),
    ),
    Mistake(
        "hidden-neurons-mixed",
        did="lets a hidden neuron hear both a and b",
        tempting="four places of a matrix are there to be filled",
        shows="A hidden neuron receives a sum of a and b, and the logarithm of a sum is not what is needed.",
        hint="Of which number is each hidden neuron to take the logarithm? Which weights keep the other out?",
        fits=when(lambda k: mixed(k.weights)),
    ),
    Mistake(
        "output-weights-size",
        did="has output weights of another size",
        tempting="a decimal point is quickly misplaced, and 1 looks like no change",
        shows="Its output weights do not turn 0.03·ln into ln.",
        hint="By which number must 0.03·ln be multiplied, for ln itself to come out?",
        fits=when(lambda k: np.any(np.abs(np.abs(k.weights.W2) * 0.03 - 1) > 0.02)),
    ),
    Mistake(
        "wrong-side",
        did="pushes the output neuron out of its exponential branch",
        tempting="the hidden neurons' outputs add up to more than expected",
        shows="The last neuron receives more than 0: it is not in its exponential, which is needed here.",
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
        hint="Which of your numbers was rounded, or mistyped, and what would it be exactly?",
        fits=when(lambda k: np.all(k.ratios > 0) and np.max(k.ratios) < 1.5 * np.min(k.ratios)),
    ),
)
