"""Mistakes with a name in exercise ``training-steps``; n points, k of them in a batch, e epochs."""

# ruff: noqa: ARG005

from __future__ import annotations

import math

from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, float_not_int

MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "drops-last-batch",
        did="leaves out the last, smaller batch",
        tempting="// cuts off what does not fill a batch",
        shows="A smaller batch after the full ones is not counted.",
        hint="Ten points in batches of four: how many batches until the tenth point has had its turn?",
        wrong=(lambda n, k, e: n // k * e, lambda n, k, e: max(n // k, 1) * e),
    ),
    Mistake(
        "parts-of-steps",
        did="counts parts of a step",
        tempting="a division with / looks like the whole story",
        shows="Where a batch is left over, it counts a part of a step for it.",
        hint="A batch that is only half full: is it half a step, or a whole one?",
        wrong=lambda n, k, e: n * e / k,
    ),
    Mistake(
        "across-epochs",
        did="rounds once, at the end, as if a batch could reach from one epoch into the next",
        tempting="points times epochs are all the points that pass by",
        shows="With one epoch it is right or nearly so; over many epochs the partial batches get lost.",
        hint="How does an epoch end: with a batch of its own, or in the middle of one?",
        wrong=(lambda n, k, e: -(-n * e // k), lambda n, k, e: n * e // k, lambda n, k, e: round(n * e / k)),
    ),
    Mistake(
        "last-batch-once",
        did="counts the last, smaller batch once in the whole training",
        tempting="there seems to be one rest only",
        shows="It is too small by one step for every epoch but one.",
        hint="In how many of the epochs does the smaller batch come up?",
        wrong=(lambda n, k, e: n // k * e + (n % k > 0), lambda n, k, e: n // k * e + 1),
    ),
    Mistake(
        "always-one-more",
        did="adds a batch also where nothing is left over",
        tempting="// and then one more looks like rounding up",
        shows="It is right where a batch is left over, and one batch an epoch too large elsewhere.",
        hint="Eight points in batches of four: which points would be in the third batch?",
        wrong=lambda n, k, e: (n // k + 1) * e,
    ),
    Mistake(
        "rounds-to-nearest",
        did="rounds to the nearest whole number",
        tempting="round is the function one knows",
        shows="It is right where more than half of a batch is left over, and too small where it is less.",
        hint="A single point is left over. Is it trained on?",
        wrong=(lambda n, k, e: round(n / k) * e, lambda n, k, e: math.floor(n / k + 0.5) * e),
    ),
    Mistake(
        "forgot-epochs",
        did="gives the steps of one epoch",
        tempting="that number is what Keras shows beside its progress bar",
        shows="It does not change with the number of epochs.",
        hint="These are the steps of one epoch. How often are all points gone through?",
        wrong=(lambda n, k, e: -(-n // k), lambda n, k, e: n // k, lambda n, k, e: n / k),
    ),
    Mistake(
        "forgot-batch-size",
        did="counts a step for every point",
        tempting="in the warm-up a step used one point",
        shows="With a batch size of 1 it is right; otherwise every point counts as a step.",
        hint="How many points does one step use?",
        wrong=lambda n, k, e: n * e,
    ),
    Mistake(
        "multiplies-by-batch-size",
        did="multiplies by the batch size",
        tempting="larger batches sound like more work",
        shows="Larger batches give more steps here, where they should give fewer.",
        hint="Twice as many points in a step: does it take more steps to see them all, or fewer?",
        wrong=(lambda n, k, e: n * k * e, lambda n, k, e: n * k),
    ),
    Mistake(
        "forgot-points",
        did="leaves out the number of points",
        tempting="batch size and epochs are what one sets in fit",
        shows="It does not change with the number of points.",
        hint="If there were twice as many points, should your number change?",
        wrong=(lambda n, k, e: k * e, lambda n, k, e: e),
    ),
    Mistake(
        "upside-down",
        did="divides the batch size by the points",
        tempting="the fraction is quickly upside down",
        shows="It grows with the batch size and falls with the number of points.",
        hint="In 1000 points, how many batches of ten are there? Which number did you divide by which?",
        wrong=(lambda n, k, e: k / n * e, lambda n, k, e: -(-k // n) * e, lambda n, k, e: k // n * e),
    ),
    Mistake(
        "divides-by-epochs",
        did="divides by the epochs",
        tempting="more epochs sound like smaller portions",
        shows="More epochs give fewer steps here.",
        hint="Going through all points twice: twice as many steps, or half as many?",
        wrong=(
            lambda n, k, e: -(-n // k) / e,
            lambda n, k, e: -(-n // (k * e)),
            lambda n, k, e: n / (k * e),
            lambda n, k, e: n // (k * e),
        ),
    ),
    Mistake(
        "one-epoch-less",
        did="counts one epoch less",
        tempting="a range ends one before its end",
        shows="It is the number of steps of one epoch less.",
        hint="How many epochs does your formula go through for epochs = 1?",
        wrong=lambda n, k, e: -(-n // k) * (e - 1),
    ),
    Mistake(
        "adds-rest",
        did="adds the points that are left over, as if each were a step",
        tempting="n % k is what is left over",
        shows="It is right where the batch size divides the number of points; elsewhere each point that is "
        "left over counts as a step.",
        hint="Three points are left over: how many batches do they make?",
        wrong=(lambda n, k, e: n // k * e + n % k, lambda n, k, e: (n // k + n % k) * e),
    ),
    Mistake(
        "adds-epochs",
        did="adds the epochs",
        tempting="each epoch seems to bring one step more",
        shows="One epoch more gives a single step more.",
        hint="How many steps does each further epoch bring?",
        wrong=(lambda n, k, e: -(-n // k) + e, lambda n, k, e: n // k + e),
    ),
    Mistake(
        "keeps-points-back",
        did="keeps a fifth of the points back",
        tempting="in the warm-up a fifth was kept for the generalisation error",
        shows="It counts with four fifths of the points.",
        hint="Which points does the function get: those that one trains on, or more?",
        wrong=(
            lambda n, k, e: math.ceil(n * 4 / 5 / k) * e,
            lambda n, k, e: n * 4 // 5 // k * e,
            lambda n, k, e: math.ceil(int(0.8 * n) / k) * e,
            lambda n, k, e: 0.8 * n / k * e,
        ),
    ),
    Mistake(
        "float-not-int",
        did="gives a decimal number",
        tempting="np.ceil gives one, and so does /",
        shows="The numbers are right, well done. Their type is not: steps are counted with whole numbers.",
        hint="What turns 67500.0 into 67500?",
        fits=float_not_int,
    ),
    IGNORES_ARGUMENTS,
)
