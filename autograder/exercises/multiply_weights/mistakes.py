"""Mistakes with a name in exercise ``multiply-weights``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Inputs
from autograder.exercises.multiply_weights.probe import (
    ALLOWED,
    CORNERS,
    outputs,
    structure,
    targets,
    weights_of,
)
from autograder.kinds.legacy import Misconception
from autograder.kinds.nine_numbers_mistakes import shape_mistakes


class Looked(NamedTuple):
    """The answer's weights, what they compute and what they should."""

    inputs: Inputs
    weights: reference.Weights
    ratio: np.ndarray
    pairs: np.ndarray


def when(condition: Callable[[Looked], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where the answer is four good arrays for which ``condition`` holds."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        weights = weights_of(evidence)
        if weights is None:
            return False
        # On the grid alone, which every probe has: with the fresh points, chance would have a say.
        grid: Inputs = {"pairs": inputs["pairs"][: len(CORNERS) ** 2]}
        ratio = outputs(grid, weights) / targets(grid)
        return bool(condition(Looked(grid, weights, ratio, np.array(grid["pairs"]))))

    return fits


def computes(formula: Callable[[np.ndarray, np.ndarray], np.ndarray], within: float = 0.01) -> Any:
    """Holds where the network gives ``formula`` of a and b, to one per cent."""

    def holds(looked: Looked) -> bool:
        a, b = looked.pairs.T
        return bool(np.all(np.abs(looked.ratio * a * b / 1000 - formula(a, b)) <= within * formula(a, b)))

    return when(holds)


def shifted(looked: Looked, offset: float) -> np.ndarray:
    """The ratio to a·b/1000 after moving the last bias by ``offset``."""
    moved = looked.weights._replace(b2=(looked.weights.b2[0] + offset,))
    return outputs(looked.inputs, moved) / targets(looked.inputs)


def forgot_offset(looked: Looked) -> bool:
    """Right but for the 0.5 that each hidden neuron adds to its logarithm."""
    if np.any(looked.ratio * targets(looked.inputs) < 0.5):
        return False  # the output neuron does get less than 0 somewhere
    ratio = shifted(looked, -0.5 * (looked.weights.W2[0][0] + looked.weights.W2[1][0]))
    # The scale may be off as well: by the ½, or because the deck's −3.912023 was kept.
    below = _in_exponential_branch(looked, ratio)
    return below.size > 0 and _steady(below, 0.02) and bool(0.2 < np.median(below) < 20)


def constant(looked: Looked) -> bool:
    """The same factor everywhere, as far as the exponential branch reaches.

    The same to the thousandth that the exercise allows; where the factor is far from 1, to a hundredth of how
    far: there the scale is what to mend first.
    """
    below = _in_exponential_branch(looked, looked.ratio)
    return below.size > 0 and _steady(below, max(ALLOWED, abs(float(np.median(below)) - 1) / 100))


def _in_exponential_branch(looked: Looked, ratio: np.ndarray) -> np.ndarray:
    """The ratios where the output neuron is in its exponential branch; none if those are too few to tell."""
    inside = ratio * targets(looked.inputs) < 0.5
    return ratio[inside] if np.mean(inside) >= 1 / 3 else ratio[:0]


def _steady(values: np.ndarray, within: float = 0.05) -> bool:
    middle = np.median(values)
    return bool(middle > 0 and np.all(np.abs(values / middle - 1) < within))


def _depends_on(looked: Looked, i: int) -> bool:
    """Whether the output changes with input i while the other stays."""
    y = looked.ratio * targets(looked.inputs)
    fixed = looked.pairs[:, 1 - i] == 2.0
    return bool(np.ptp(y[fixed]) > 1e-9 * np.max(np.abs(y)))


def _one_hidden_bias_off(looked: Looked) -> bool:
    """Right as soon as both hidden neurons have the same bias."""
    b1 = list(looked.weights.b1)
    if b1[0] == b1[1]:
        return False
    for bias in b1:
        ratio = outputs(looked.inputs, looked.weights._replace(b1=(bias, bias))) / targets(looked.inputs)
        if np.all(np.abs(ratio - 1) < ALLOWED):
            return True
    return False


MISTAKES = (
    *shape_mistakes(lambda _, e: structure(e)),
    Misconception(
        "divides-still",
        "still divides",
        "the deck's weights are a natural start",
        "This network gives a/b/100: it still divides.",
        "ln(a/b) = ln a − ln b. What is ln(a·b)?",
        computes(lambda a, b: a / b / 100),
    ),
    Misconception(
        "divides-other-way",
        "divides b by a",
        "the sign was changed on both sides",
        "This network divides b by a.",
        "ln(b/a) = ln b − ln a. What is ln(a·b)?",
        when(lambda k: _steady(k.ratio * k.pairs[:, 0] ** 2)),
    ),
    Misconception(
        "forgot-offset",
        "forgets that each hidden neuron adds 0.5 to its logarithm",
        "when dividing, the two 0.5 cancel",
        "The two logarithms add up as they should; but so do the two 0.5 that come with them.",
        (
            "What does the output neuron receive beyond ln a + ln b, and which of the nine numbers can "
            "take it away?"
        ),
        when(forgot_offset),
    ),
    Misconception(
        "reciprocal",
        "gives 1/(a·b)",
        "the sign was changed on the wrong side",
        "It falls where a or b grows: the network gives something like 1/(a·b).",
        "Which sign should both output weights have, for the output to grow with a and with b?",
        when(lambda k: _steady(k.ratio * np.prod(k.pairs, axis=1) ** 2)),
    ),
    Misconception(
        "wrong-scale",
        "multiplies, but by another constant",
        "the last bias is a logarithm of two things at once: the scale, and the ½ of the exponential branch",
        "The network multiplies, well done. Only the scale is off, by the same factor everywhere.",
        "The last bias decides the scale. Does your b2 take the ½ in front of the exponential into account?",
        when(constant),
    ),
    Misconception(
        "one-input",
        "listens to one input only",
        "one weight is 0, or the hidden neurons see the same input",
        "The output depends on one of the two inputs only.",
        "Which hidden neuron belongs to a, and which to b?",
        when(lambda k: any(_depends_on(k, i) and not _depends_on(k, 1 - i) for i in (0, 1))),
    ),
    Misconception(
        "listing-hidden-bias",
        "takes a hidden bias as the deck's listing prints it",
        "−0.0000001 and −0.000001 look alike",
        "The two hidden biases differ by a factor of ten, as in one of the deck's listings.",
        "Should the two hidden neurons not treat a and b alike? Count the zeros.",
        when(_one_hidden_bias_off),
    ),
    Misconception(
        "wrong-side",
        "pushes the output neuron out of its exponential branch",
        "the hidden neurons' outputs add up to more than expected",
        "The last neuron receives more than 0: it works with its logarithm, where its exponential is needed.",
        "What must the last bias be, for the sum to stay below 0 even for 19.99 · 19.99?",
        when(lambda k: bool(np.all(k.ratio * targets(k.inputs) > 0.5))),
    ),
    Misconception(
        "too-coarse",
        "multiplies, but not exactly enough",
        "33 looks like 33.3333",
        (
            "The network multiplies, well done. But its error is larger than a thousandth somewhere in the "
            "square."
        ),
        "Which of your numbers was rounded, and what would it be exactly?",
        when(lambda k: bool(np.all(k.ratio > 0) and np.max(k.ratio) < 1.5 * np.min(k.ratio))),
    ),
)
