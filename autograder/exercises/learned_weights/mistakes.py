"""Mistakes with a name in exercise ``learned-weights``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Inputs
from autograder.exercises.learned_weights.probe import (
    LARGE,
    SHAKEN,
    SMALL,
    error_of,
    hand_set,
    straight,
    weights_of,
)
from autograder.kinds.dividing_network import PAIRS, divides, listens_to, outputs, ratios, steady
from autograder.kinds.legacy import Misconception
from autograder.kinds.nine_numbers import flaws
from autograder.kinds.nine_numbers_mistakes import shape_mistakes
from autograder.kinds.training import ACCURATE

MEDIAN = 0.0110
"""The mean absolute error of always answering the targets' median."""

SAME = 2e-7
"""How far a number may be from the one it was copied from: float32 keeps seven digits."""


def when(condition: Callable[[reference.Weights], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where the answer is four good arrays that do not divide, and ``condition`` holds for them."""
    return _fits(lambda w: not error_of(w) <= ACCURATE and condition(w))


def copied(condition: Callable[[reference.Weights], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where the answer divides with hand-set weights for which ``condition`` holds."""
    return _fits(lambda w: error_of(w) <= ACCURATE and hand_set(w) and condition(w))


def _fits(condition: Callable[[reference.Weights], Any]) -> Callable[[Inputs, Evidence], bool]:
    def fits(_inputs: Inputs, evidence: Evidence) -> bool:
        weights = weights_of(evidence)
        return weights is not None and bool(condition(weights))

    return fits


def crossed(weights: reference.Weights) -> bool:
    """Whether the first hidden neuron listens to b."""
    return straight(weights) != reference.Weights(*(np.asarray(p, dtype=float).tolist() for p in weights))


def own_size(weights: reference.Weights) -> bool:
    """Whether W1 has the deck's 10⁻⁶, as far as a little shaking goes."""
    return bool(np.all(np.abs(np.diag(np.asarray(straight(weights).W1)) / SMALL - 1) < 0.01))


def own_large(weights: reference.Weights) -> bool:
    """Whether W2 has the deck's 33.3333, as far as a little shaking goes."""
    large = np.abs(np.asarray(straight(weights).W2, dtype=float))
    return bool(np.all(np.abs(large - LARGE) < SHAKEN) and np.any(np.abs(large - 100 / 3) > 5e-6))


def exactly_the_decks(weights: reference.Weights) -> bool:
    W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in straight(weights))
    ratio = [W1[0, 0] / SMALL, W1[1, 1] / SMALL, *(b1 / -SMALL), *np.abs(W2).ravel() / LARGE]
    b2_ratio = b2[0] / float(reference.DECK_WEIGHTS.b2[0])
    return bool(np.all(np.abs(np.array([*ratio, b2_ratio]) - 1) <= SAME))


def listing(weights: reference.Weights) -> bool:
    """Whether it divides as soon as both hidden neurons have the same bias."""
    first, second = weights.b1
    if first == second:
        return False
    return any(divides(weights._replace(b1=(bias, bias)), 1e-4) for bias in (first, second))


def computes(formula: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Callable[[Inputs, Evidence], bool]:
    a, b = np.array(PAIRS).T
    return when(lambda w: np.all(np.abs(outputs(w) / formula(a, b) - 1) < 0.01))


MISTAKES = (
    *shape_mistakes(lambda _, e: flaws(e["value"]["result"])),
    Misconception(
        "deck-weights",
        "is the deck's hand-set weights",
        "they divide, after all",
        "They divide; but they are the deck's, set by hand.",
        "What does your own training end with?",
        copied(lambda w: own_large(w) and own_size(w) and exactly_the_decks(w) and not crossed(w)),
    ),
    Misconception(
        "deck-swapped",
        "is the deck's hand-set weights with the hidden neurons swapped",
        "the numbers stand in other places",
        "They are the deck's, with the two hidden neurons in the other order.",
        "Is a network another one when its hidden neurons change places?",
        copied(lambda w: own_large(w) and own_size(w) and crossed(w)),
    ),
    Misconception(
        "deck-shaken",
        "is the deck's hand-set weights with a little noise",
        "noise makes all the numbers different",
        "Every number is the deck's but for a little noise.",
        "Training starts far from the goal. Where did yours start?",
        copied(lambda w: own_large(w) and own_size(w)),
    ),
    Misconception(
        "deck-rescaled",
        "is the deck's hand-set weights in another scale",
        "the logarithm turns any factor in the first layer into a summand",
        "The first layer has another scale; the rest is the deck's, up to its rounded 33.3333.",
        "To how many digits does training find the number that the deck rounds to 33.3333?",
        copied(own_large),
    ),
    Misconception(
        "computed-by-hand",
        "is computed with a formula instead of learned",
        "100/3 and ln 0.02 are known exactly",
        "These are the hand-set weights again, with exact numbers in place of rounded ones.",
        "Does chance, at the start of training, choose zeros and powers of ten?",
        copied(lambda w: not own_large(w)),
    ),
    Misconception(
        "listing-hidden-bias",
        "takes a hidden bias as the deck's listing prints it",
        "−0.0000001 and −0.000001 look alike",
        "It would divide if its two hidden biases were alike, as in the deck's drawing, not in its listing.",
        "Why should the two hidden neurons have different biases? Count the zeros.",
        when(listing),
    ),
    Misconception(
        "divides-other-way",
        "divides b by a",
        "the inputs were stacked in the other order while training",
        "This network gives b/a/100: it was trained on pairs in the other order.",
        "In which order do a and b stand in a row of your training data?",
        computes(lambda a, b: b / a / 100),
    ),
    Misconception(
        "learned-product",
        "multiplies",
        "the targets of an earlier exercise were still there",
        "This network gives a·b/1000.",
        "Which targets was it trained on?",
        computes(lambda a, b: a * b / 1000),
    ),
    Misconception(
        "other-scale",
        "divides, but for a constant factor",
        "the target is quotient/100, and it is easily scaled another way",
        "It is off by the same factor everywhere, as far as it reaches.",
        "By what is the quotient divided, to become the target?",
        when(lambda w: steady(ratios(w)) and not abs(np.median(ratios(w)) - 1) < 0.01),
    ),
    Misconception(
        "rounded-weights",
        "was learned well, and then rounded or stopped early",
        "eight decimals look like enough",
        "It nearly divides: less than two per cent are missing everywhere.",
        "Were digits lost on the way: by rounding, by printing and copying, or by stopping too early?",
        when(lambda w: divides(w, 0.02)),
    ),
    Misconception(
        "constant-output",
        "gives the same output for all inputs",
        "a training that is stuck ends there first",
        "Its output hardly changes with a or b.",
        "In which branch are your hidden neurons, and how steep is the activation there?",
        when(lambda w: np.ptp(outputs(w)) <= 1e-3 * np.max(np.abs(outputs(w)))),
    ),
    Misconception(
        "deaf-to-one-input",
        "listens to one input only",
        "one of the hidden neurons has died while training",
        "The output depends on one of the two inputs only.",
        "Follow the other input through the network: where does it get lost?",
        when(lambda w: listens_to(w, 0) != listens_to(w, 1)),
    ),
    Misconception(
        "not-trained",
        "is worse than always answering the median",
        "random weights have the right shapes",
        "Always answering the median of the targets gives a mean error of 0.0110; this is worse.",
        "Did training really change these weights? Print their error before and after.",
        when(lambda w: not error_of(w) <= MEDIAN),
    ),
    Misconception(
        "plateau",
        "got stuck half-way",
        "more steps sound like the remedy",
        "It has learned something and then got stuck: more steps from there rarely help.",
        "Where one ends depends on where one starts. How many different starts have you tried?",
        when(lambda _: True),
    ),
)
