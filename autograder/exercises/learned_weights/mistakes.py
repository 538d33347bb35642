"""Mistakes with a name in exercise ``learned-weights``."""

from __future__ import annotations

from math import log

import numpy as np

from autograder import reference
from autograder.exercise import Mistake
from autograder.exercises.learned_weights.probe import (
    LARGE,
    SHAKEN,
    SMALL,
    THIRD,
    copied,
    crossed,
    error_of,
    inaccurate,
    straight,
)
from autograder.kinds.dividing_network import biases_by_ten, steady
from autograder.kinds.nine_numbers import deck_with
from autograder.kinds.nine_numbers_mistakes import NINE_NUMBERS_FORM

MEDIAN = 0.0110
"""The mean absolute error of always answering the targets' median."""

STUCK = 5e-4
"""Trainings that are stuck have a larger error."""

SAME = 2e-7
"""How far a number may be from the one it was copied from: float32 keeps seven digits."""


def own_size(weights: reference.Weights) -> bool:
    """Whether W1 has the deck's 10⁻⁶, as far as a little shaking goes."""
    return bool(np.all(np.abs(np.diag(straight(weights)[0]) / SMALL - 1) < 0.01))


def own_large(weights: reference.Weights) -> bool:
    """Whether W2 has the deck's 33.3333, as far as a little shaking goes."""
    large = np.abs(straight(weights)[2])
    return bool(np.all(np.abs(large - LARGE) < SHAKEN) and np.any(np.abs(large - 100 / 3) > 5e-6))


def exactly_the_decks(weights: reference.Weights) -> bool:
    W1, b1, W2, b2 = straight(weights)
    ratio = [W1[0, 0] / SMALL, W1[1, 1] / SMALL, *(b1 / -SMALL), *np.abs(W2).ravel() / LARGE]
    b2_ratio = b2[0] / float(reference.DECK_WEIGHTS.b2[0])
    return bool(np.all(np.abs(np.array([*ratio, b2_ratio]) - 1) <= SAME))


MISTAKES = (
    *NINE_NUMBERS_FORM,
    Mistake(
        "deck-weights",
        did="is the deck's hand-set weights",
        tempting="they divide, after all",
        shows="They divide; but they are the deck's, set by hand.",
        hint="What does your own training end with?",
        fits=copied(lambda w: own_large(w) and own_size(w) and exactly_the_decks(w) and not crossed(w)),
    ),
    Mistake(
        "deck-swapped",
        did="is the deck's hand-set weights with the hidden neurons swapped",
        tempting="the numbers stand in other places",
        shows="They are the deck's, with the two hidden neurons in the other order.",
        hint="Is a network another one when its hidden neurons change places?",
        fits=copied(lambda w: own_large(w) and own_size(w) and crossed(w)),
    ),
    Mistake(
        "deck-shaken",
        did="is the deck's hand-set weights with a little noise",
        tempting="noise makes all the numbers different",
        shows="Every number is the deck's but for a little noise.",
        hint="Training starts far from the goal. Where did yours start?",
        fits=copied(lambda w: own_large(w) and own_size(w)),
    ),
    Mistake(
        "deck-rescaled",
        did="is the deck's hand-set weights in another scale",
        tempting="the logarithm turns any factor in the first layer into a summand",
        shows="The first layer has another scale; the output weights are the deck's, up to their rounded "
        "33.3333.",
        hint="To how many digits does training find the number that the deck rounds to 33.3333?",
        fits=copied(own_large),
    ),
    Mistake(
        "computed-by-hand",
        did="has round or exact numbers, as no training ends with",
        tempting="100/3 and ln 0.02 are known exactly",
        shows="It divides with numbers that are rounder, or more exact, than training makes them.",
        hint="Does chance, at the start of training, choose zeros and powers of ten?",
        fits=copied(lambda w: not own_large(w)),
    ),
    Mistake(
        "listing-hidden-bias",
        did="takes a hidden bias as the deck's listing prints it",
        tempting="−0.0000001 and −0.000001 look alike",
        shows=(
            "It would divide if its two hidden biases were alike, as in the deck's drawing, not in its "
            "listing."
        ),
        hint="Why should the two hidden neurons have different biases? Count the zeros.",
        fits=inaccurate(lambda n: biases_by_ten(n.weights) and n.right_with_equal_biases(1e-4)),
    ),
    Mistake(
        "divides-other-way",
        did="divides b by a",
        tempting="the inputs were stacked in the other order while training",
        shows="This network gives b/a/100.",
        hint="In which order do a and b come in, where you train and where you use the network?",
        wrong=deck_with(-THIRD, THIRD, log(0.02)),
    ),
    Mistake(
        "learned-product",
        did="multiplies",
        tempting="the targets of an earlier exercise were still there",
        shows="This network gives a·b/1000.",
        hint="Which targets was it trained on?",
        wrong=deck_with(THIRD, THIRD, log(0.002) - THIRD),
    ),
    Mistake(
        "other-scale",
        did="divides, but for a constant factor",
        tempting="the target is quotient/100, and it is easily scaled another way",
        shows="It is off by the same factor everywhere.",
        hint="By what is the quotient divided, to become the target?",
        fits=inaccurate(lambda n: steady(n.ratios, 0.01) and not abs(np.median(n.ratios) - 1) < 0.01),
    ),
    Mistake(
        "rounded-weights",
        did="nearly divides",
        tempting="eight decimals look like enough",
        shows="It nearly divides: everywhere it is off by less than two per cent.",
        hint="Were digits lost on the way: by rounding, by printing and copying, or by stopping too early?",
        fits=inaccurate(lambda n: n.computes(n.target, 0.02)),
    ),
    Mistake(
        "constant-output",
        did="gives the same output for all inputs",
        tempting="a training that is stuck ends there first",
        shows="Its output hardly changes with a or b.",
        hint="In which branch are your hidden neurons, and how steep is the activation there?",
        fits=inaccurate(lambda n: np.ptp(n.outputs) <= 1e-3 * np.max(np.abs(n.outputs))),
    ),
    Mistake(
        "deaf-to-one-input",
        did="listens to one input only",
        tempting="one of the hidden neurons has died while training",
        shows="The output depends on one of the two inputs only.",
        hint="Follow the other input through the network: where does it get lost?",
        fits=inaccurate(lambda n: n.listens_to(0) != n.listens_to(1)),
    ),
    Mistake(
        "not-trained",
        did="is worse than always answering the median",
        tempting="random weights have the right shapes",
        shows="Always answering the median of the targets gives a mean error of 0.0110; this is worse.",
        hint="Did training really change these weights? Print their error before and after.",
        fits=inaccurate(lambda n: not error_of(n) <= MEDIAN),
    ),
    Mistake(
        "not-arrived",
        did="lies between the errors with which trainings end",
        tempting="a small error looks like a small enough one",
        shows="That is more than nearly 0, and less than the 0.001 or so of a training that is stuck.",
        hint="Was the training stopped too early, or was a number rounded or changed afterwards?",
        fits=inaccurate(lambda n: error_of(n) < STUCK),
    ),
    Mistake(
        "plateau",
        did="has the error of a training that is stuck",
        tempting="more steps sound like the remedy",
        shows="Many trainings get stuck with an error like this one: more steps from there rarely help.",
        hint="Where one ends depends on where one starts. How many different starts have you tried?",
        fits=inaccurate(lambda _: True),
    ),
)
