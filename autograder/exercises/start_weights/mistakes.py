"""Mistakes with a name in exercise ``start-weights``: how the starts look, before any training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.start_weights.probe import MOSTLY, Observation, mostly
from autograder.kinds.nine_numbers_mistakes import NINE_NUMBERS_FORM
from autograder.kinds.training import BORDER

CORNERS = (1.0, 19.99)
"""The smallest and the largest input."""


def how_many_differ(least: int, most: int) -> Callable[[Observation], bool]:
    return lambda seen: not seen.problems and least <= len(seen.different) <= most


def asks_in_vain(seen: Observation) -> bool:
    """It looks for something random where there is none."""
    return any("raises AttributeError" in p.what and "andom" in p.what for p in seen.problems)


MISTAKES = (
    *NINE_NUMBERS_FORM,
    Mistake(
        "not-a-generator",
        did="asks the generator for something that it does not have",
        tempting="np.random.randn and rng.normal have different names",
        shows="A numpy.random.Generator has other methods than the module np.random.",
        hint="Which methods does np.random.default_rng() offer? Type rng. and press the Tab key.",
        fits=asks_in_vain,
    ),
    Mistake(
        "starts-at-the-end",
        did="starts where training should end",
        tempting="the hand-set weights with a little noise are random numbers too",
        shows="Most of its starts have an error below 0.001 already: nothing is left to be learned.",
        hint="Where would you begin if nobody had ever found weights that divide?",
        fits=lambda seen: seen.finished,
    ),
    Mistake(
        "same-start",
        did="gives the same start every time",
        tempting="one good start seems to be enough",
        shows="Whatever generator it is handed, it gives the same nine numbers, to six digits at least.",
        hint="What is the argument rng there for?",
        fits=how_many_differ(1, 1),
    ),
    Mistake(
        "few-starts",
        did="gives a few starts again and again",
        tempting="a choice among some numbers is random too",
        shows="Of 200 starts at least 190 must differ in the first six digits of one number or more.",
        hint="From how many numbers can each of your nine be drawn?",
        fits=how_many_differ(2, MOSTLY - 1),
    ),
    Mistake(
        "silent-first-layer",
        did="starts with a first layer of zeros",
        tempting="zero is where biases start, so why not weights",
        shows="The first layer's weights are all 0: the hidden neurons do not see their inputs.",
        hint="What do the hidden neurons receive when every weight before them is 0?",
        fits=mostly(lambda k: np.all(k.W1 == 0, axis=(1, 2))),
    ),
    Mistake(
        "silent-second-layer",
        did="starts with output weights of zero",
        tempting="zero looks like a neutral start",
        shows="The output weights are all 0: whatever moves in the first layer, the output does not feel it.",
        hint="How does the slope travel back through a weight that is 0?",
        wrong=lambda k: k._replace(W2=0 * k.W2),
    ),
    Mistake(
        "twin-neurons",
        did="starts both hidden neurons alike",
        tempting="the same start for everybody seems fair",
        shows="Both hidden neurons have the same numbers: they get the same slopes, and stay twins for ever.",
        hint=(
            "What has to tell the two hidden neurons apart, if one is to look after a and the other after b?"
        ),
        wrong=lambda k: k._replace(W1=k.W1[..., [0, 0]], b1=k.b1[..., [0, 0]], W2=k.W2[..., [0, 0]]),
    ),
    Mistake(
        "starts-below-zero",
        did="starts with hidden neurons on the wrong side of 0",
        tempting="weights drawn around 0 are the usual start",
        shows=(
            "In most starts a hidden neuron receives less than 0 for some inputs, where the activation is an "
            "exponential; it finds no way across the kink at 0."
        ),
        hint=(
            "Which branch should the hidden neurons be in, and which signs in the first layer keep them "
            "there?"
        ),
        fits=mostly(
            lambda k: np.any(
                np.min([k.hidden(a, b) for a in CORNERS for b in CORNERS], axis=0) < -1e-3, axis=1
            )
        ),
    ),
    Mistake(
        "starts-in-the-tail",
        did="starts with a first layer that is too large",
        tempting="weights of about 1 look harmless",
        shows="For the larger inputs the hidden neurons receive more than 15: they start in the tail.",
        hint="How large may a first weight be, for 19.99 times it to stay in the logarithm?",
        fits=mostly(lambda k: np.any(k.hidden(CORNERS[1], CORNERS[1]) > BORDER, axis=1)),
    ),
    Mistake(
        "small-output-weights",
        did="starts with output weights that are too small",
        tempting="initialisers draw numbers of about 1",
        shows="The output weights start below 5, and would have to grow to more than 30 on the way.",
        hint=(
            "How much does a hidden neuron's output change from a = 1 to a = 19.99, and how much should ln a?"
        ),
        fits=mostly(lambda k: np.max(np.abs(k.W2), axis=1) < 5),
    ),
    Mistake(
        "large-output-weights",
        did="starts with output weights that are far too large",
        tempting="more looks better once small was too small",
        shows="In most starts an output weight is above 150, or below −150.",
        hint="Which size do the hand-set output weights have? Of that order is enough.",
        fits=mostly(lambda k: np.max(np.abs(k.W2), axis=1) > 150),
    ),
    Mistake(
        "output-bias-too-low",
        did="starts with an output bias that is far too low",
        tempting="a low bias keeps the exponential small",
        shows=(
            "The output neuron starts so far below 0 that its exponential is almost 0, and so is its slope."
        ),
        hint="What is e⁻⁶⁰, and how far does a step along such a slope lead?",
        fits=mostly(lambda k: np.max([k.output(a, b) for a in CORNERS for b in CORNERS], axis=0) < -20),
    ),
    Mistake(
        "same-signs",
        did="starts with output weights of the same sign",
        tempting="positive is a good rule for the first layer, so why not for the second",
        shows="In most starts both output weights have the same sign.",
        hint="ln a − ln b: which signs do the two logarithms have in it?",
        fits=mostly(lambda k: np.prod(k.W2, axis=1) > 0),
    ),
    Mistake(
        "output-above-zero",
        did="starts with the output neuron outside its exponential",
        tempting="0 is the usual start of a bias",
        shows="In most starts the output neuron receives more than 0 for all inputs: no exponential there.",
        hint="In which branch must the output neuron begin, and which of the nine numbers takes it there?",
        fits=mostly(lambda k: np.min([k.output(a, b) for a in CORNERS for b in CORNERS], axis=0) > 0),
    ),
)
