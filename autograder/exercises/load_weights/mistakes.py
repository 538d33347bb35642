"""Mistakes with a name in exercise ``load-weights``: the numbers that are filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Inputs
from autograder.exercises.load_weights.probe import filled
from autograder.exercises.load_weights.set_weights import FILLING, kept
from autograder.kinds import dividing_network as dividing
from autograder.kinds.dividing_network import PAIRS, outputs, ratios, steady
from autograder.kinds.legacy import Misconception

CLOSE = 1e-4
"""The relative error up to which a mended network counts as dividing."""


def when(condition: Callable[[reference.Weights], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where a model got nine new numbers, and ``condition`` holds for those of each that did."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        changed = [f.weights for f in filled(inputs, evidence) if f.weights and not any(f.kept)]
        return bool(changed) and all(bool(condition(w)) for w in changed)

    return fits


def mended(change: Callable[[reference.Weights], reference.Weights]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where the network divides as soon as one thing is changed."""
    return when(lambda w: dividing.divides(change(w), CLOSE))


def _one_bias(weights: reference.Weights) -> bool:
    first, second = weights.b1
    return first != second and any(
        dividing.divides(weights._replace(b1=(b, b)), CLOSE) for b in (first, second)
    )


def _with_own_bias(weights: reference.Weights) -> bool:
    """Whether other hidden biases, −10⁻⁶, make it divide, up to a constant factor."""
    return steady(ratios(weights._replace(b1=(-1e-6, -1e-6))), 1e-3)


def _scaled(weights: reference.Weights, factor: float) -> reference.Weights:
    W1, b1 = np.array(weights.W1) * factor, np.array(weights.b1) * factor
    return weights._replace(W1=tuple(map(tuple, W1.tolist())), b1=tuple(b1.tolist()))


def _other_way(weights: reference.Weights) -> bool:
    a, b = np.array(PAIRS).T
    return bool(np.all(np.abs(outputs(weights) / (b / a / 100) - 1) < 0.01))


def _whole(weights: reference.Weights) -> bool:
    return all(float(v).is_integer() for part in weights for v in np.ravel(np.asarray(part)))


MISTAKES = (
    *FILLING,
    Misconception(
        "hidden-bias-left-out",
        "leaves the hidden biases out",
        "−0.000001 looks like nothing",
        "The hidden biases are as they were, or 0.",
        "A millionth looks small, but how large are the weights beside it?",
        lambda i, e: kept(1)(i, e) or when(lambda w: not any(w.b1) and _with_own_bias(w))(i, e),
    ),
    Misconception(
        "output-bias-left-out",
        "leaves the output bias out",
        "the two large weights look like the whole second layer",
        "The output bias is as it was, or 0.",
        "What has the output neuron to add, for the exponential to give hundredths?",
        lambda i, e: kept(3)(i, e) or when(lambda w: w.b2[0] == 0)(i, e),
    ),
    Misconception(
        "whole-numbers",
        "cuts the weights to whole numbers",
        "an array that begins with whole numbers keeps whole numbers only",
        "Every number in the model is a whole one: 0.000001 has become 0.",
        "Which dtype has the array in which you collect the numbers?",
        when(_whole),
    ),
    Misconception(
        "listing-hidden-bias",
        "takes the second hidden bias as the deck's listing prints it",
        "−0.0000001 and −0.000001 look alike",
        "The two hidden biases differ by a factor of ten; with equal ones it would divide.",
        "Which of the two biases fits the weights beside it? Count zeros.",
        when(_one_bias),
    ),
    Misconception(
        "hidden-bias-positive",
        "adds the hidden biases instead of taking them away",
        "a minus sign is quickly lost",
        "With the other sign on both hidden biases it would divide.",
        "For a = 1 a hidden neuron should receive 0, since ln 1 = 0. What does yours receive?",
        mended(lambda w: w._replace(b1=(-w.b1[0], -w.b1[1]))),
    ),
    Misconception(
        "output-bias-positive",
        "has the output bias with the other sign",
        "a minus sign is quickly lost",
        "With the other sign on the output bias it would divide.",
        "For a = b the output neuron should give 0.01. Is that on the left of 0 or on the right?",
        mended(lambda w: w._replace(b2=(-w.b2[0],))),
    ),
    Misconception(
        "output-weights-alike",
        "has the same sign on both output weights",
        "the two hidden neurons look alike, so why not their weights",
        "With opposite signs on the two output weights it would divide.",
        "ln(a/b): is it a sum of the two logarithms, or a difference?",
        mended(lambda w: w._replace(W2=(w.W2[0], (-w.W2[1][0],)))),
    ),
    Misconception(
        "fills-other-way",
        "divides b by a",
        "two signs, or two neurons, are easily swapped on one side only",
        "With these weights the network gives b/a/100.",
        "Which of the two logarithms is to be taken away from the other?",
        when(_other_way),
    ),
    Misconception(
        "too-few-digits",
        "fills in numbers with too few digits",
        "33.33 looks like 33.3333",
        "It nearly divides: less than five per cent are missing everywhere.",
        "Which of your numbers has fewer digits than the slide's?",
        when(lambda w: dividing.divides(w, 0.05)),
    ),
    Misconception(
        "output-scale",
        "divides, but for a constant factor",
        "the last bias holds two things at once: the hundredth, and the ½ of the exponential branch",
        "The network divides, well done. Only the scale is off, by the same factor everywhere.",
        "Which of the nine numbers multiplies the output by a constant?",
        when(lambda w: steady(ratios(w), 1e-3)),
    ),
    Misconception(
        "hidden-bias-size",
        "has hidden biases of another size",
        "the zeros after the point are hard to count",
        "With other hidden biases it would divide, but for a factor at most.",
        "What must a hidden bias be for 1 000 000·(w·a + b) + 1 to be a multiple of a?",
        when(_with_own_bias),
    ),
    Misconception(
        "first-layer-scale",
        "has the whole first layer a power of ten too small or too large",
        "one of the deck's listings prints ten million inside the activation, and with that it would fit",
        "With ten times larger or smaller numbers in the first layer it would divide.",
        "What are the first layer's numbers multiplied by, inside the activation's logarithm?",
        when(lambda w: any(dividing.divides(_scaled(w, k), CLOSE) for k in (0.01, 0.1, 10.0, 100.0))),
    ),
)
