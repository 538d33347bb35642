"""Mistakes with a name in exercise ``load-weights``: the numbers that are set."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.load_weights.probe import PROBE
from autograder.kinds.dividing_network import (
    PAIRS,
    below_zero,
    biases_by_ten,
    deaf,
    divides,
    hidden,
    in_the_tail,
    mixed,
    outputs,
    ratios,
    steady,
)
from autograder.kinds.set_weights import CLOSE, Change, Observation, when
from autograder.kinds.set_weights_mistakes import SET_WEIGHTS_FORM, kept, only_raises
from autograder.reference import Weights


def _one_bias(weights: Weights) -> bool:
    """Whether the hidden biases differ, and it would divide with one of them on both neurons."""
    first, second = weights.b1
    return first != second and any(divides(weights._replace(b1=(b, b)), CLOSE) for b in (first, second))


def _with_own_output_weights(weights: Weights) -> bool:
    """Whether output weights of the usual size make it divide, up to a constant factor."""
    sign = 1.0 if weights.W2[0][0] > 0 else -1.0
    return steady(ratios(weights._replace(W2=((sign * LARGE,), (-sign * LARGE,)))), 1e-3)


def _with_own_bias(weights: Weights) -> bool:
    """Whether other hidden biases, −10⁻⁶, make it divide, up to a constant factor."""
    return steady(ratios(weights._replace(b1=(-1e-6, -1e-6))), 1e-3)


def _scaled(k: float) -> Change:
    """Makes the numbers of the first layer k times as large."""
    return lambda w: w._replace(
        W1=tuple(tuple(k * v for v in row) for row in w.W1), b1=tuple(k * v for v in w.b1)
    )


def _other_way(weights: Weights) -> bool:
    a, b = np.array(PAIRS).T
    return bool(np.all(np.abs(outputs(weights) / (b / a / 100) - 1) < 0.01))


def _whole(weights: Weights) -> bool:
    return all(float(v).is_integer() for part in weights for v in np.ravel(np.asarray(part)))


LARGE = 100 / 3
"""The output weights' size in a network that divides."""

POWERS = [10.0**n for n in range(-12, 13) if n]

MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "expects-dropout",
        did="counts on a dropout layer, as the deck's listing does",
        tempting="between the deck's two layers there is a dropout layer, and the listing does not say so",
        shows="With a dropout layer between, the call goes through; without one, there is no layer 2.",
        hint="Which of a model's layers have weights at all? How could you find them without counting?",
        fits=only_raises("without dropout", "index out of range", "to unpack"),
    ),
    *SET_WEIGHTS_FORM,
    Mistake(
        "whole-numbers",
        did="cuts the weights to whole numbers",
        tempting="an array that begins with whole numbers keeps whole numbers only",
        shows="Every number in the model is a whole one: 0.000001 has become 0.",
        hint="Which dtype has the array in which you collect the numbers?",
        fits=when(_whole),
    ),
    Mistake(
        "hidden-weights-zero",
        did="has a hidden neuron whose weights are both 0",
        tempting="an array that begins with whole numbers makes 0 of 0.000001",
        shows="A hidden neuron has two weights of 0: nothing of a or b reaches it.",
        hint="Print W1, and its dtype. Is there still a millionth in it, for each neuron?",
        fits=when(deaf),
    ),
    Mistake(
        "hidden-bias-left-out",
        did="leaves the hidden biases out",
        tempting="−0.000001 looks like nothing",
        shows="The hidden biases are as they were, or 0.",
        hint="A millionth looks small, but how large are the weights beside it?",
        fits=lambda seen: kept(1)(seen) or when(lambda w: not any(w.b1))(seen),
    ),
    Mistake(
        "output-bias-left-out",
        did="leaves the output bias out",
        tempting="the two large weights look like the whole second layer",
        shows="The output bias is as it was, or 0.",
        hint="What has the output neuron to add, for the exponential to give hundredths?",
        fits=lambda seen: kept(3)(seen) or when(lambda w: w.b2[0] == 0)(seen),
    ),
    Mistake(
        "listing-hidden-bias",
        did="takes the second hidden bias as the deck's listing prints it",
        tempting="−0.0000001 and −0.000001 look alike",
        shows="The two hidden biases differ by a factor of ten; with equal ones it would divide.",
        hint="Which of the two biases fits the weights beside it? Count zeros.",
        fits=when(lambda w: biases_by_ten(w) and _one_bias(w)),
    ),
    Mistake(
        "one-hidden-bias",
        did="has one of the two hidden biases wrong",
        tempting="two small numbers with many zeros are hard to tell apart",
        shows="The two hidden biases differ; with one of them for both neurons it would divide.",
        hint="Which of your two hidden biases fits the weights beside it?",
        fits=when(_one_bias),
    ),
    Mistake(
        "hidden-bias-positive",
        did="adds the hidden biases instead of taking them away",
        tempting="a minus sign is quickly lost",
        shows="With the other sign on both hidden biases it would divide.",
        hint="For a = 1 a hidden neuron should receive 0, since ln 1 = 0. What does yours receive?",
        wrong=lambda w: w._replace(b1=(-w.b1[0], -w.b1[1])),
    ),
    Mistake(
        "output-bias-positive",
        did="has the output bias with the other sign",
        tempting="a minus sign is quickly lost",
        shows="With the other sign on the output bias it would divide.",
        hint="For a = b the output neuron should give 0.01. Is that on the left of 0 or on the right?",
        wrong=lambda w: w._replace(b2=(-w.b2[0],)),
    ),
    Mistake(
        "output-weights-alike",
        did="has the same sign on both output weights",
        tempting="the two hidden neurons look alike, so why not their weights",
        shows="With opposite signs on the two output weights it would divide.",
        hint="ln(a/b): is it a sum of the two logarithms, or a difference?",
        wrong=lambda w: w._replace(W2=(w.W2[0], (-w.W2[1][0],))),
    ),
    Mistake(
        "fills-other-way",
        did="divides b by a",
        tempting="two signs, or two neurons, are easily swapped on one side only",
        shows="With these weights the network gives b/a/100.",
        hint="Which of the two logarithms is to be taken away from the other?",
        fits=when(_other_way),
    ),
    Mistake(
        "nearly-divides",
        did="has a number that is nearly right",
        tempting="33.33 looks like 33.3333",
        shows="It nearly divides: everywhere it is off by less than five per cent.",
        hint="Compare your nine numbers with the table's, digit by digit: is one rounded, or mistyped?",
        fits=when(lambda w: divides(w, 0.05)),
    ),
    Mistake(
        "output-scale",
        did="divides, but for a constant factor",
        tempting="the last bias holds two things at once: the hundredth, and the ½ of the exponential branch",
        shows="The network divides, well done. Only the scale is off, by the same factor everywhere.",
        hint="Which of the nine numbers multiplies the output by a constant?",
        fits=when(lambda w: steady(ratios(w), 1e-3)),
    ),
    Mistake(
        "hidden-bias-size",
        did="has hidden biases of another size",
        tempting="the zeros after the point are hard to count",
        shows="With other hidden biases it would divide, but for a factor at most.",
        hint="What must a hidden bias be for 1 000 000·(w·a + b) + 1 to be a multiple of a?",
        fits=when(_with_own_bias),
    ),
    Mistake(
        "first-layer-scale",
        did="has the whole first layer some powers of ten too small or too large",
        tempting="a zero, or the minus sign of an exponent, is quickly lost",
        shows="With all numbers of the first layer some powers of ten larger or smaller it would divide.",
        hint="What are the first layer's numbers multiplied by, inside the activation's logarithm?",
        fits=lambda seen: any(PROBE.computes(_scaled(k))(seen) for k in POWERS),
    ),
    Mistake(
        "output-weights-size",
        did="has other output weights",
        tempting="a decimal point, or a sign, is quickly misplaced",
        shows="With other output weights it would divide, but for a factor at most.",
        hint="A hidden neuron gives 0.03·ln. By which two numbers must it be multiplied, for ln a − ln b?",
        fits=when(_with_own_output_weights),
    ),
    Mistake(
        "hidden-neurons-alike",
        did="lets both hidden neurons receive the same numbers",
        tempting="a matrix is quickly filled with one number",
        shows="Both hidden neurons receive the same, whatever a and b are: their difference says nothing.",
        hint="Which hidden neuron looks after a, which after b, and which weights keep the other number out?",
        fits=when(lambda w: bool(np.all(hidden(w)[:, 0] == hidden(w)[:, 1]))),
    ),
    Mistake(
        "hidden-neurons-mixed",
        did="lets a hidden neuron hear both a and b",
        tempting="four places of a matrix are there to be filled",
        shows="A hidden neuron receives a sum of a and b, and the logarithm of a sum is not what is needed.",
        hint="Of which number is each hidden neuron to take the logarithm? Which weights keep the other out?",
        fits=when(mixed),
    ),
    Mistake(
        "hidden-in-the-tail",
        did="pushes a hidden neuron out of the logarithm",
        tempting="weights of 1 and more look harmless",
        shows="For large inputs a hidden neuron receives more than 15: there its activation is no logarithm.",
        hint="How large may a first weight be, for 19.99 times it to stay below 15?",
        fits=when(in_the_tail),
    ),
    Mistake(
        "hidden-below-zero",
        did="pushes a hidden neuron below 0",
        tempting="a minus sign, or a bias that looks small, is enough",
        shows="For some inputs a hidden neuron receives less than 0: there its activation is an exponential.",
        hint="What goes into the first hidden neuron for a = 1, with your numbers, and what should?",
        fits=when(below_zero),
    ),
)
