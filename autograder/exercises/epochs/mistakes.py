"""Mistakes with a name in exercise ``epochs``: M steps, N points, k of them in a batch, q the split."""

# ruff: noqa: ARG005

from __future__ import annotations

from fractions import Fraction
from math import ceil

from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, float_not_int


def off_by(gaps: set[float], seen: Observation) -> bool:
    """Whether its numbers are off by just these, and each of them is met."""
    return {round(float(c.numbers - c.expected[0]), 9) for c in seen.cases} == gaps


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "ignores-split",
        did="divides by all points, or nearly all",
        tempting="N is the number of points, after all; and shares are often told in per cent",
        shows="The points that are kept back are counted as if one trained on them, or on nearly all.",
        hint="How many of the 1000 points does one train on where the split is 0.2?",
        wrong=(
            lambda M, N, k, q: M * k / N,
            lambda M, N, k, q: M * k / (N * (1 - q / 100)),
            lambda M, N, k, q: ceil(M * k / N),
            lambda M, N, k, q: M / ceil(N / k),
            lambda M, N, k, q: ceil(M / (N // k)),
        ),
    ),
    Mistake(
        "split-instead-of-rest",
        did="divides by the points that are kept back",
        tempting="the split is the number at hand",
        shows="It counts the points that are kept back, not those that one trains on.",
        hint="A split of 0.2: does one train on 20 % of the points, or keep 20 % back?",
        wrong=lambda M, N, k, q: M * k / (N * q),
    ),
    Mistake(
        "forgot-steps",
        did="leaves out the number of steps",
        tempting="batch size and points are what one sees in the data",
        shows="It does not change with the number of steps.",
        hint="Twice as many steps: are the points gone through more often?",
        wrong=lambda M, N, k, q: k / (N * (1 - q)),
    ),
    Mistake(
        "forgot-batch-size",
        did="ignores the batch size",
        tempting="in the deck it is 1, and there nobody notices",
        shows="With a batch size of 1 it is right, otherwise too small by that factor.",
        hint="How many points does one step use?",
        wrong=lambda M, N, k, q: M / (N * (1 - q)),
    ),
    Mistake(
        "divides-by-batch-size",
        did="divides by the batch size",
        tempting="larger batches sound like less work",
        shows=(
            "With a batch size of 1 it is right; otherwise the batch size is on the wrong side of the "
            "fraction."
        ),
        hint="Twice as many points a step: are all points gone through sooner or later?",
        wrong=lambda M, N, k, q: M / (N * (1 - q) * k),
    ),
    Mistake(
        "multiplies-by-rest",
        did="multiplies by 1 − split",
        tempting="a product stands on the slide",
        shows="With a split of 0 it is right; otherwise 1 − split is on the wrong side of the fraction.",
        hint="Fewer points to go through with the same number of steps: more epochs, or fewer?",
        wrong=lambda M, N, k, q: M * k / N * (1 - q),
    ),
    Mistake(
        "adds-split",
        did="divides by 1 + split",
        tempting="one sign among many",
        shows="It counts more points than there are: 1 + split in place of 1 − split.",
        hint="With a split of 0.2, which share of the points remains to train on?",
        wrong=lambda M, N, k, q: M * k / (N * (1 + q)),
    ),
    Mistake(
        "split-as-ratio",
        did="trains on N/(1 + split) of the points",
        tempting="a split of 0.2 sounds like 0.2 to 1",
        shows="It counts N/(1 + split) points to train on: as if the split were the points kept back over "
        "those trained on.",
        hint="Of 1000 points a fifth is kept back. How many are left to train on?",
        wrong=lambda M, N, k, q: M * k * (1 + q) / N,
    ),
    Mistake(
        "split-of-its-own",
        did="has the split of the example written in",
        tempting="with the numbers of the example nobody notices",
        shows="It counts four fifths of the points, whatever the split is.",
        hint="In which line does validation_split come in?",
        wrong=lambda M, N, k, q: M * k / (N * Fraction(4, 5)),
    ),
    Mistake(
        "one-too-many",
        did="adds one",
        tempting="a range ends one before its end",
        shows="It is one too large every time.",
        hint="Count by hand: 10 points, one a step, 20 steps. How many epochs?",
        fits=lambda seen: off_by({1.0}, seen),
    ),
    Mistake(
        "rounds-up",
        did="rounds up",
        tempting="ceil makes a whole number, too",
        shows="It is one too large where the double lies a hair above the whole number, and right elsewhere.",
        hint="Print the quotient before it is rounded: which whole number is nearest?",
        fits=lambda seen: off_by({0.0, 1.0}, seen),
    ),
    Mistake(
        "cuts-off",
        did="cuts decimals off, of a double that lies a hair below the whole number",
        tempting="int() makes a whole number",
        shows="The numbers are right, well done, but for those whose double lies a hair below: there it is "
        "one too small, as in Trap two of the lesson.",
        hint="What does int() make of 49.99999999999999, and which function makes 50 of it?",
        fits=lambda seen: seen.of("case").right and off_by({0.0, -1.0}, seen),
    ),
    Mistake(
        "always-zero",
        did="gives 0 every time",
        tempting="a fraction that is upside down is below 1",
        shows="It gives 0 every time.",
        hint="Print the number before it is made whole: is the fraction upside down?",
        fits=lambda seen: all(c.readable and c.numbers == 0 for c in seen.cases),
    ),
    Mistake(
        "upside-down",
        did="has the fraction upside down",
        tempting="solving for EPOCHS goes quickly wrong",
        shows="It is one divided by the right number.",
        hint="In M·N_batch = N(1 − split)·EPOCHS: what must both sides be divided by?",
        wrong=lambda M, N, k, q: N * (1 - q) / (M * k),
    ),
    Mistake(
        "fraction-of-a-double",
        did="calculates exactly with the double that stands for the split, and cuts",
        tempting="Fraction(0.3) and Decimal(0.3) look like three tenths",
        shows="It is one too small where the double lies a little beside the decimal that was typed.",
        hint="Print Fraction(0.3). What does Fraction('0.3') give?",
        # q again as the double that was given: it is tried with roundings added
        wrong=lambda M, N, k, q: int(M * k / (N * (1 - Fraction(round(float(q), 9))))),
    ),
    Mistake(
        "truncates-too-early",
        did="cuts decimals off in the middle of the calculation",
        tempting="// and int give whole numbers",
        shows="Decimals are cut off before the end of the calculation: what follows goes on without them.",
        hint="Print each number on the way, with all its digits. At which point should the decimals go?",
        wrong=(
            lambda M, N, k, q: M // (N * (1 - q)) * k,
            lambda M, N, k, q: M // N * k / (1 - q),
            lambda M, N, k, q: M * k // N / (1 - q),
            lambda M, N, k, q: M * k // N // (1 - q),
            lambda M, N, k, q: int(M / N / (1 - q)) * k,
            lambda M, N, k, q: M // (N * (1 - q) // k),
            lambda M, N, k, q: M // N * k // (1 - q),
            lambda M, N, k, q: M * k / int(N * (1 - q)),
        ),
    ),
    Mistake(
        "gives-steps",
        did="gives the number of points gone through",
        tempting="steps times batch size looks like an answer",
        shows="It is the number of points that all steps use together.",
        hint="How many of those make one epoch?",
        wrong=(lambda M, N, k, q: M * k, lambda M, N, k, q: M),
    ),
    Mistake(
        "float-not-int",
        did="gives a decimal number",
        tempting="a division with / gives one",
        shows="The number is right, well done. Its type is not: half epochs do not exist.",
        hint="What makes an int of 50.0, and what would it make of 49.999999999999996?",
        fits=float_not_int,
    ),
    IGNORES_ARGUMENTS,
)
