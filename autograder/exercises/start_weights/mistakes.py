"""Mistakes with a name in exercise ``start-weights``: how the starts look, before any training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.start_weights.probe import FINISHED, MOSTLY, STARTS, different, fresh, starts
from autograder.kinds.comparison import Problem
from autograder.kinds.legacy import Misconception
from autograder.kinds.nine_numbers_mistakes import shape_mistakes
from autograder.kinds.training import BORDER

LARGEST = 19.99
"""The largest input."""


class Looked(NamedTuple):
    """All starts: W1 (n, 2, 2), b1 (n, 2), W2 (n, 2), b2 (n,)."""

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    def hidden(self, a: float, b: float) -> np.ndarray:
        """What the hidden neurons receive for that pair, (n, 2)."""
        return np.array([a, b]) @ self.W1 + self.b1


def mostly(condition: Callable[[Looked], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where the starts are random ones and ``condition`` holds for more than half of them."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        found = starts(inputs, evidence)
        if any(s.numbers is None for s in found) or len(fresh(found)) < STARTS / 2:
            return False
        p = np.array([s.numbers for s in found])
        looked = Looked(p[:, :4].reshape(-1, 2, 2), p[:, 4:6], p[:, 6:8], p[:, 8])
        return bool(np.mean(condition(looked)) > 0.5)

    return fits


def how_many_differ(least: int, most: int) -> Callable[[Inputs, Evidence], bool]:
    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        found = starts(inputs, evidence)
        return all(s.numbers for s in found) and least <= len(different(found)) <= most

    return fits


def finished(inputs: Inputs, evidence: Evidence) -> bool:
    found = starts(inputs, evidence)
    return sum(s.error <= FINISHED for s in found) > STARTS / 2


def problems(inputs: Inputs, evidence: Evidence) -> list[Problem]:
    """What is wrong with the form of the starts, where all have something wrong and none raises."""
    found = [s.problem for s in starts(inputs, evidence)]
    if any(p is None or p.what.startswith("raises") for p in found):
        return []
    return [p for p in found if p is not None]


def raises(inputs: Inputs, evidence: Evidence) -> bool:
    return any(
        s.problem is not None and "raises AttributeError" in s.problem.what and "andom" in s.problem.what
        for s in starts(inputs, evidence)
    )


MISTAKES = (
    *shape_mistakes(problems),
    Misconception(
        "not-a-generator",
        "asks the generator for something that it does not have",
        "np.random.randn and rng.normal have different names",
        "A numpy.random.Generator has other methods than the module np.random.",
        "Which methods does np.random.default_rng() offer? Type rng. and press the Tab key.",
        raises,
    ),
    Misconception(
        "starts-at-the-end",
        "starts where training should end",
        "the hand-set weights with a little noise are random numbers too",
        "Its starts divide already, with an error below 0.001: nothing is left to be learned.",
        "Where would you begin if nobody had ever found weights that divide?",
        finished,
    ),
    Misconception(
        "same-start",
        "gives the same start every time",
        "one good start seems to be enough",
        "It gives the same nine numbers whatever generator it is handed.",
        "What is the argument rng there for?",
        how_many_differ(1, 1),
    ),
    Misconception(
        "few-starts",
        "gives a few starts again and again",
        "a choice among some numbers is random too",
        "Among 200 starts many are the same.",
        "From how many numbers can each of your nine be drawn?",
        how_many_differ(2, MOSTLY - 1),
    ),
    Misconception(
        "silent-first-layer",
        "starts with a first layer of zeros",
        "zero is where biases start, so why not weights",
        "The first layer's weights are all 0: the hidden neurons do not see their inputs.",
        "What do the hidden neurons receive when every weight before them is 0?",
        mostly(lambda k: np.all(k.W1 == 0, axis=(1, 2))),
    ),
    Misconception(
        "silent-second-layer",
        "starts with output weights of zero",
        "zero looks like a neutral start",
        "The output weights are all 0: whatever moves in the first layer, the output does not feel it.",
        "How does the slope travel back through a weight that is 0?",
        mostly(lambda k: np.all(k.W2 == 0, axis=1)),
    ),
    Misconception(
        "twin-neurons",
        "starts both hidden neurons alike",
        "the same start for everybody seems fair",
        "Both hidden neurons have the same numbers: they get the same slopes, and stay twins for ever.",
        "What has to tell the two hidden neurons apart, if one is to look after a and the other after b?",
        mostly(
            lambda k: (
                np.all(k.W1[:, :, 0] == k.W1[:, :, 1], axis=1)
                & (k.b1[:, 0] == k.b1[:, 1])
                & (k.W2[:, 0] == k.W2[:, 1])
            )
        ),
    ),
    Misconception(
        "starts-below-zero",
        "starts with hidden neurons on the wrong side of 0",
        "weights drawn around 0 are the usual start",
        (
            "In most starts a hidden neuron receives less than 0 for some inputs, where the activation is an "
            "exponential; it finds no way across the kink at 0."
        ),
        "Which branch should the hidden neurons be in, and which signs in the first layer keep them there?",
        mostly(
            lambda k: np.any(
                np.min([k.hidden(a, b) for a in (1, LARGEST) for b in (1, LARGEST)], axis=0) < -1e-3, axis=1
            )
        ),
    ),
    Misconception(
        "starts-in-the-tail",
        "starts with a first layer that is too large",
        "weights of about 1 look harmless",
        "For the larger inputs the hidden neurons receive more than 15: they start in the tail.",
        "How large may a first weight be, for 19.99 times it to stay in the logarithm?",
        mostly(lambda k: np.any(k.hidden(LARGEST, LARGEST) > BORDER, axis=1)),
    ),
    Misconception(
        "small-output-weights",
        "starts with output weights that are too small",
        "initialisers draw numbers of about 1",
        "The output weights start at about 1 or less and would have to grow to more than 30 on the way.",
        "How much does a hidden neuron's output change from a = 1 to a = 19.99, and how much should ln a?",
        mostly(lambda k: np.max(np.abs(k.W2), axis=1) < 5),
    ),
    Misconception(
        "large-output-weights",
        "starts with output weights that are far too large",
        "more looks better once small was too small",
        "The output weights start at some hundreds: the output neuron is pushed to the end of its scale.",
        "Which size do the hand-set output weights have? Of that order is enough.",
        mostly(lambda k: np.max(np.abs(k.W2), axis=1) > 150),
    ),
    Misconception(
        "output-bias-too-low",
        "starts with an output bias that is far too low",
        "a low bias keeps the exponential small",
        "The output neuron starts so far below 0 that its exponential is almost 0, and so is its slope.",
        "What is e⁻⁶⁰, and how far does a step along such a slope lead?",
        mostly(lambda k: k.b2 < -25),
    ),
    Misconception(
        "same-signs",
        "starts with output weights of the same sign",
        "positive is a good rule for the first layer, so why not for the second",
        "Both output weights always start with the same sign.",
        "ln a − ln b: which signs do the two logarithms have in it?",
        mostly(lambda k: np.prod(k.W2, axis=1) > 0),
    ),
)
