"""Mistakes with a name in exercise ``training-steps``."""

# ruff: noqa: ARG005

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.epochs.probe import types
from autograder.exercises.training_steps.probe import SUBJECT
from autograder.kinds.elementwise_mistakes import Fits, any_of
from autograder.kinds.legacy import Misconception
from autograder.kinds.several_arguments import computes

Formula = Callable[[int, int, int], float]


def gives(*formulas: Formula) -> Fits:
    """Fits where one of these formulas of points, batch size and epochs is computed."""

    def variant(formula: Formula) -> Fits:
        def value(points: int, batch_size: int, epochs: int) -> list[np.ndarray]:
            return [np.array(float(formula(points, batch_size, epochs)))]

        return computes(SUBJECT, value)

    return any_of(*map(variant, formulas))


def float_not_int(inputs: Inputs, evidence: Evidence) -> bool:
    """The numbers are right, and none of them is a whole number's type."""
    right = all(s.right[0].all() for s in SUBJECT.seen(inputs, evidence))
    return right and any("float" in t for t in types(evidence))


MISTAKES = (
    Misconception(
        "drops-last-batch",
        "leaves out the last, smaller batch",
        "// cuts off what does not fill a batch",
        "It is right where the batch size divides the number of points, and too small elsewhere.",
        "Ten points in batches of four: how many batches until the tenth point has had its turn?",
        gives(lambda n, k, e: n // k * e),
    ),
    Misconception(
        "parts-of-steps",
        "counts parts of a step",
        "a division with / looks like the whole story",
        "Where a batch is left over, it counts a part of a step for it.",
        "A batch that is only half full: is it half a step, or a whole one?",
        gives(lambda n, k, e: n * e / k),
    ),
    Misconception(
        "across-epochs",
        "rounds once, at the end, as if a batch could reach from one epoch into the next",
        "points times epochs are all the points that pass by",
        "With one epoch it is right or nearly so; over many epochs the partial batches get lost.",
        "How does an epoch end: with a batch of its own, or in the middle of one?",
        gives(lambda n, k, e: -(-n * e // k), lambda n, k, e: n * e // k, lambda n, k, e: round(n * e / k)),
    ),
    Misconception(
        "last-batch-once",
        "counts the last, smaller batch once in the whole training",
        "there seems to be one rest only",
        "It is too small by one step for every epoch but one.",
        "In how many of the epochs does the smaller batch come up?",
        gives(lambda n, k, e: n // k * e + (n % k > 0), lambda n, k, e: n // k * e + 1),
    ),
    Misconception(
        "always-one-more",
        "adds a batch also where nothing is left over",
        "// and then one more looks like rounding up",
        "It is right where a batch is left over, and one batch an epoch too large elsewhere.",
        "Eight points in batches of four: which points would be in the third batch?",
        gives(lambda n, k, e: (n // k + 1) * e),
    ),
    Misconception(
        "rounds-to-nearest",
        "rounds to the nearest whole number",
        "round is the function one knows",
        "It is right where more than half of a batch is left over, and too small where it is less.",
        "A single point is left over. Is it trained on?",
        gives(lambda n, k, e: round(n / k) * e, lambda n, k, e: math.floor(n / k + 0.5) * e),
    ),
    Misconception(
        "forgot-epochs",
        "gives the steps of one epoch",
        "that number is what Keras shows beside its progress bar",
        "It does not change with the number of epochs.",
        "These are the steps of one epoch. How often are all points gone through?",
        gives(lambda n, k, e: -(-n // k), lambda n, k, e: n // k, lambda n, k, e: n / k),
    ),
    Misconception(
        "forgot-batch-size",
        "counts a step for every point",
        "in the warm-up a step used one point",
        "With a batch size of 1 it is right; otherwise every point counts as a step.",
        "How many points does one step use?",
        gives(lambda n, k, e: n * e),
    ),
    Misconception(
        "multiplies-by-batch-size",
        "multiplies by the batch size",
        "larger batches sound like more work",
        "Larger batches give more steps here, where they should give fewer.",
        "Twice as many points in a step: does it take more steps to see them all, or fewer?",
        gives(lambda n, k, e: n * k * e, lambda n, k, e: n * k),
    ),
    Misconception(
        "forgot-points",
        "leaves out the number of points",
        "batch size and epochs are what one sets in fit",
        "It does not change with the number of points.",
        "If there were twice as many points, should your number change?",
        gives(lambda n, k, e: k * e, lambda n, k, e: e),
    ),
    Misconception(
        "upside-down",
        "divides the batch size by the points",
        "the fraction is quickly upside down",
        "It grows with the batch size and falls with the number of points.",
        "In 1000 points, how many batches of ten are there? Which number did you divide by which?",
        gives(lambda n, k, e: k / n * e, lambda n, k, e: -(-k // n) * e, lambda n, k, e: k // n * e),
    ),
    Misconception(
        "divides-by-epochs",
        "divides by the epochs",
        "more epochs sound like smaller portions",
        "More epochs give fewer steps here.",
        "Going through all points twice: twice as many steps, or half as many?",
        gives(
            lambda n, k, e: -(-n // k) / e,
            lambda n, k, e: -(-n // (k * e)),
            lambda n, k, e: n / (k * e),
            lambda n, k, e: n // (k * e),
        ),
    ),
    Misconception(
        "adds-epochs",
        "adds the epochs",
        "each epoch seems to bring one step more",
        "One epoch more gives a single step more.",
        "How many steps does each further epoch bring?",
        gives(lambda n, k, e: -(-n // k) + e, lambda n, k, e: n // k + e),
    ),
    Misconception(
        "keeps-points-back",
        "keeps a fifth of the points back",
        "in the warm-up a fifth was kept for the generalisation error",
        "It counts with four fifths of the points.",
        "Which points does the function get: those that one trains on, or more?",
        gives(
            lambda n, k, e: math.ceil(n * 4 / 5 / k) * e,
            lambda n, k, e: n * 4 // 5 // k * e,
            lambda n, k, e: math.ceil(int(0.8 * n) / k) * e,
            lambda n, k, e: 0.8 * n / k * e,
        ),
    ),
    Misconception(
        "float-not-int",
        "gives a decimal number",
        "np.ceil gives one, and so does /",
        "The numbers are right, well done. Their type is not: steps are counted with whole numbers.",
        "What turns 67500.0 into 67500?",
        float_not_int,
    ),
)
