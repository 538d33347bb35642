"""What is tried in exercise ``training-steps``: steps of a whole training, the last partial batch counted."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.exercises.epochs.probe import whole
from autograder.kinds.comparison import Comparison, Problem
from autograder.kinds.several_arguments import Cases, arguments_of, case


def exact_steps(points: int, batch_size: int, epochs: int) -> int:
    """The batches of one epoch, the last partial one among them, as often as there are epochs."""
    full, rest = divmod(points, batch_size)
    return (full + (rest > 0)) * epochs


def exact(points: int, batch_size: int, epochs: int) -> list[np.ndarray]:
    return [np.array(float(exact_steps(int(points), int(batch_size), int(epochs))))]


SUBJECT = Cases(parts=("steps",), exact=exact, condition=lambda **_: 0.0)

NAMES = ("points", "batch_size", "epochs")

FIXED = (
    (10, 4, 3),
    (8, 4, 3),
    (9, 4, 2),
    (24_000, 32, 90),
    (12_000, 64, 240),
    (1000, 1, 1),
    (5, 8, 2),
    (100, 32, 7),
)


def probe(rng: np.random.Generator) -> Inputs:
    """Small ones first, then the deck's own, a batch of one, fewer points than a batch, and fresh ones."""
    asked = list(FIXED)
    while len(asked) < 17:
        points, batch, epochs = (int(rng.integers(a, b)) for a, b in ((20, 30_000), (2, 100), (2, 300)))
        if points % batch:
            asked.append((points, batch, epochs))
    calls = [case(f"case {i}", None, **dict(zip(NAMES, a, strict=True))) for i, a in enumerate(asked)]
    return {"calls": calls}


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: the number, and that it is an int (which counts once the number is right)."""
    comparison = SUBJECT.compare(inputs, evidence)
    right = all(c.share == 1.0 for c in comparison.criteria)
    if right and not whole(evidence):
        first = next(c for c in inputs["calls"] if "int" not in evidence["calls"][c["id"]]["result"]["dtype"])
        arguments = ", ".join(map(repr, arguments_of(first).values()))
        got = evidence["calls"][first["id"]]["result"]
        what = f"gives {float(got['values'][0])!r}, a {got['type']}"
        comparison.problems.append(Problem(f"for training_steps({arguments})", what, "an int"))
    comparison.criteria = [
        Criterion("the number", 1.0, float(right)),
        Criterion("right, and an int", 1.0, float(right and whole(evidence))),
    ]
    return comparison
