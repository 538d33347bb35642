"""Mistakes with a name in exercise ``epochs``."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from types import CodeType

from autograder.exercise import Evidence, Inputs
from autograder.exercises.epochs.probe import SUBJECT, types
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception

ROUNDINGS = (Fraction(0), Fraction(1, 10**12), Fraction(-1, 10**12))
"""How far 1 − split, or the number before it is cut, may be off in doubles: the order of operations decides
there what is cut, not the mistake."""


def gives(*texts: str, cut: bool = True) -> Fits:
    """Fits where an expression in M, N, k (batch size), q (split; Q as a double has it) is computed in every
    case, or (with ``cut``) what is left of it after truncating or rounding.
    """
    codes = [compile(text, "variant", "eval") for text in texts]

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        seen = SUBJECT.seen(inputs, evidence)
        if all(s.right[0].all() for s in seen):
            return False
        numbers = [None if s.readings[0].numbers is None else float(s.readings[0].numbers) for s in seen]
        return any(
            all(
                any(_is(y, _value(code, off, **s.arguments), cut) for off in ROUNDINGS)
                for y, s in zip(numbers, seen, strict=True)
            )
            for code in codes
        )

    return fits


def _value(
    code: CodeType, off: Fraction, steps: int, points: int, batch_size: int, validation_split: float
) -> Fraction | None:
    split = Fraction(str(validation_split))
    if split:
        split += off
    as_stored = Fraction(float(validation_split))
    names = {"M": int(steps), "N": int(points), "k": int(batch_size), "q": split, "Q": as_stored, "int": int}
    try:
        return Fraction(eval(code, names))
    except ZeroDivisionError:
        return None


def _is(y: float | None, value: Fraction | None, cut: bool) -> bool:
    """Whether y is that value, whole or cut; where the mistake has no value, anything may stand."""
    if value is None:
        return True
    if y is None or not isfinite(y):
        return False
    whole = {round(value), *(int(value * (1 + off)) for off in ROUNDINGS)}
    return abs(y - float(value)) <= 1e-6 * abs(float(value)) or (cut and y in whole)


MISTAKES = (
    Misconception(
        "ignores-split",
        "divides by all points",
        "N is the number of points, after all",
        "The points that are kept back are counted as if one trained on them.",
        "How many of the points does one train on?",
        gives("M * k / N"),
    ),
    Misconception(
        "split-instead-of-rest",
        "divides by the points that are kept back",
        "the split is the number at hand",
        "It counts the points that are kept back, not those that one trains on.",
        "A split of 0.2: does one train on 20 % of the points, or keep 20 % back?",
        gives("M * k / (N * q)"),
    ),
    Misconception(
        "forgot-batch-size",
        "ignores the batch size",
        "in the deck it is 1, and there nobody notices",
        "With a batch size of 1 it is right, otherwise too small by that factor.",
        "How many points does one step use?",
        gives("M / (N * (1 - q))"),
    ),
    Misconception(
        "divides-by-batch-size",
        "divides by the batch size",
        "larger batches sound like less work",
        "With a batch size of 1 it is right; otherwise the batch size is on the wrong side of the fraction.",
        "Twice as many points a step: are all points gone through sooner or later?",
        gives("M / (N * (1 - q) * k)"),
    ),
    Misconception(
        "multiplies-by-rest",
        "multiplies by 1 − split",
        "a product stands on the slide",
        "With a split of 0 it is right; otherwise 1 − split is on the wrong side of the fraction.",
        "Fewer points to go through with the same number of steps: more epochs, or fewer?",
        gives("M * k / N * (1 - q)"),
    ),
    Misconception(
        "upside-down",
        "has the fraction upside down",
        "solving for EPOCHS goes quickly wrong",
        "It is one divided by the right number.",
        "In M·N_batch = N(1 − split)·EPOCHS: what must both sides be divided by?",
        gives("N * (1 - q) / (M * k)", cut=False),
    ),
    Misconception(
        "fraction-of-a-double",
        "calculates exactly with the double that stands for the split, and cuts",
        "Fraction(0.3) and Decimal(0.3) look like three tenths",
        "It is one too small where the double lies a little beside the decimal that was typed.",
        "Print Fraction(0.3). What does Fraction('0.3') give?",
        gives("int(M * k / (N * (1 - Q)))", cut=False),
    ),
    Misconception(
        "truncates-too-early",
        "cuts decimals off in the middle of the calculation",
        "// gives whole numbers",
        "It is right where every step of the calculation comes out whole, and too small elsewhere.",
        "At which point of the calculation should the decimals go?",
        gives(
            "M // (N * (1 - q)) * k",
            "M // N * k / (1 - q)",
            "M * k // N / (1 - q)",
            "M * k // N // (1 - q)",
            "int(M / N / (1 - q)) * k",
            "M // (N * (1 - q) // k)",
            "M // N * k // (1 - q)",
        ),
    ),
    Misconception(
        "gives-steps",
        "gives the number of points gone through",
        "steps times batch size looks like an answer",
        "It is the number of points that all steps use together.",
        "How many of those make one epoch?",
        gives("M * k", "M"),
    ),
    Misconception(
        "float-not-int",
        "gives a decimal number",
        "a division with / gives one",
        "The number is right, well done. Its type is not: half epochs do not exist.",
        "What makes an int of 50.0, and what would it make of 49.999999999999996?",
        lambda i, e: (
            all("float" in t for t in types(e)) and all(s.right[0].all() for s in SUBJECT.seen(i, e))
        ),
    ),
)
