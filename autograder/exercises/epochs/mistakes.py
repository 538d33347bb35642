"""Mistakes with a name in exercise ``epochs``: M steps, N points, k of them in a batch, q the split."""

# ruff: noqa: ARG005

from __future__ import annotations

from fractions import Fraction

from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import float_not_int

MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "ignores-split",
        did="divides by all points",
        tempting="N is the number of points, after all",
        shows="The points that are kept back are counted as if one trained on them.",
        hint="How many of the points does one train on?",
        wrong=lambda M, N, k, q: M * k / N,
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
        tempting="// gives whole numbers",
        shows="It is right where every step of the calculation comes out whole, and too small elsewhere.",
        hint="At which point of the calculation should the decimals go?",
        wrong=(
            lambda M, N, k, q: M // (N * (1 - q)) * k,
            lambda M, N, k, q: M // N * k / (1 - q),
            lambda M, N, k, q: M * k // N / (1 - q),
            lambda M, N, k, q: M * k // N // (1 - q),
            lambda M, N, k, q: int(M / N / (1 - q)) * k,
            lambda M, N, k, q: M // (N * (1 - q) // k),
            lambda M, N, k, q: M // N * k // (1 - q),
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
)
