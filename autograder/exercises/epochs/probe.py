"""What is tried in exercise ``epochs``: how often all training points are gone through, from M·N_batch = N(1
− split)·EPOCHS.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem
from autograder.kinds.several_arguments import Cases, arguments_of, case

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
    """The deck's own numbers, then fresh ones that come out whole: with and without batches and a split.

    The double 0.3 is a little less than three tenths, which shows where it is calculated with exactly.
    """
    asked = [(40_000, 1000, 1, 0.2), (1000, 100, 1, 0.0), (500, 200, 4, 0.0), (300, 400, 8, 0.25)]
    asked.append((102, 680, 28, 0.3))
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
        Criterion("right, and an int", 1.0, float(right and whole(evidence))),
    ]
    return comparison
