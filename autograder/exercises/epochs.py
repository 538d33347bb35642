"""Exercise ``epochs``: how often all training points are gone through, from M·N_batch = N(1 − split)·EPOCHS."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from autograder.exercise import Criterion, Evidence, Exercise, Inputs, Misconception
from autograder.exercises.cases import Cases, arguments_of, case, computes
from autograder.exercises.catalogue import judge_with
from autograder.exercises.comparing import Comparison, Problem
from autograder.exercises.forms import Fits, any_of

SPLITS = (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 0.8)


def exact_epochs(steps: int, points: int, batch_size: int, validation_split: float) -> Fraction:
    """The exact number, with the split as the decimal that it is written as."""
    return Fraction(steps * batch_size) / (points * (1 - Fraction(str(validation_split))))


def fair(steps: int, points: int, batch_size: int, validation_split: float) -> bool:
    """Whether the number is whole and every honest order of the same arithmetic truncates to it.

    Deck S truncates, so that 15000 steps with a split of 0.7 give 49 instead of 50: there nobody is asked.
    """
    s, n, k, q = steps, points, batch_size, validation_split
    wanted = exact_epochs(s, n, k, q)
    if wanted.denominator != 1:
        return False
    kept, order = n * (1 - q), (n - n * q)
    spellings = (
        s * k / kept,
        s * k / order,
        s * k // kept,
        s * k / n / (1 - q),
        s / kept * k,
        s / (kept / k),
    )
    return all(int(t) == wanted for t in spellings)


def exact(**arguments: Any) -> list[np.ndarray]:
    whole = {n: int(a) if n != "validation_split" else a for n, a in arguments.items()}
    return [np.array(float(exact_epochs(**whole)))]


SUBJECT = Cases(parts=("epochs",), exact=exact, condition=lambda **_: 0.0)


def probe(rng: np.random.Generator) -> Inputs:
    """The deck's own numbers, then fresh ones that come out whole: with and without batches and a split."""
    asked = [(40_000, 1000, 1, 0.2), (1000, 100, 1, 0.0), (500, 200, 4, 0.0), (300, 400, 8, 0.25)]
    while len(asked) < 16:
        split, batch = float(rng.choice(SPLITS)), int(rng.integers(2, 33))
        points, wanted = int(rng.integers(2, 60)) * 20, int(rng.integers(3, 120))
        steps = wanted * points * (1 - Fraction(str(split))) / batch
        if steps.denominator == 1 and fair(int(steps), points, batch, split):
            asked.append((int(steps), points, batch, split))
    names: tuple[str, ...] = ("steps", "points", "batch_size", "validation_split")
    calls = [case(f"case {i}", None, **dict(zip(names, a, strict=True))) for i, a in enumerate(asked)]
    return {"calls": calls}


def types(evidence: Evidence) -> list[str]:
    return [str((r["result"] or {}).get("dtype", "")) for r in evidence["calls"].values()]


def whole(evidence: Evidence) -> bool:
    return all("int" in t for t in types(evidence))


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: the number, and that it is an int (which counts once the number is right)."""
    comparison = SUBJECT.compare(inputs, evidence)
    right = all(c.share == 1.0 for c in comparison.criteria)
    if right and not whole(evidence):
        first = inputs["calls"][0]
        arguments = ", ".join(map(repr, arguments_of(first).values()))
        got = evidence["calls"][first["id"]]["result"]
        comparison.problems.append(
            Problem(
                f"for epochs({arguments})", f"gives {float(got['values'][0])!r}, a {got['type']}", "an int"
            )
        )
    comparison.criteria = [
        Criterion("the number", 1.0, float(right)),
        Criterion("an int", 1.0, float(right and whole(evidence))),
    ]
    return comparison


def gives(*texts: str) -> Fits:
    """Fits where one of these expressions in M, N, k (batch size) and q (split), or its truncation, is computed."""

    def variant(text: str, cut: Any) -> Fits:
        code = compile(text, "variant", "eval")

        def value(steps: int, points: int, batch_size: int, validation_split: float) -> list[np.ndarray]:
            names = {"M": steps, "N": points, "k": batch_size, "q": validation_split, "int": int}
            try:
                return [np.array(float(cut(eval(code, names))))]
            except ZeroDivisionError:
                return [np.array(np.nan)]

        return computes(SUBJECT, value)

    return any_of(*(variant(t, cut) for t in texts for cut in (float, int, round)))


MISCONCEPTIONS = (
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
        gives("N * (1 - q) / (M * k)"),
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


EPOCHS = Exercise(
    id="epochs",
    unit="01-warm-up",
    title="Epochs",
    answer="epochs",
    observer="function",
    probe=probe,
    judge=judge_with(
        "epochs",
        "epochs",
        compare,
        MISCONCEPTIONS,
        praise="Right, and a whole number.",
        thought="Count by hand for 1000 points, a split of 0.2 and a batch size of 1: how many steps are one epoch?",
    ),
    misconceptions=MISCONCEPTIONS,
    hints=(
        "Count points. How many does one step use, and how many does one epoch?",
        "Solve M·N_batch = N(1 − split)·EPOCHS for EPOCHS, with a pencil.",
        "A division with / gives a float, and 1 − 0.7 is not quite 0.3 for a computer: int cuts off, round rounds.",
    ),
    domain="numbers for which a whole number comes out",
)
