"""What is tried in exercise ``training-steps``: steps of a whole training, the last partial batch counted."""

from __future__ import annotations

import numpy as np

from autograder.kinds.calls import Call, case
from autograder.kinds.several_arguments import SeveralArguments

FIXED = (
    (10, 4, 3),
    (8, 4, 3),
    (9, 4, 2),
    (24_000, 32, 90),
    (12_000, 64, 240),
    (1000, 1, 1),
    (5, 8, 2),
    (100, 32, 7),
    (12, 4, 3),
    (100_001, 50_000, 2),
)
"""The last two: an odd number of full batches, where halves round another way, and a rest of one point."""


def exact(points: int, batch_size: int, epochs: int) -> int:
    """The batches of one epoch, the last partial one among them, as often as there are epochs."""
    full, rest = divmod(points, batch_size)
    return (full + (rest > 0)) * epochs


def calls(rng: np.random.Generator) -> list[Call]:
    """Small ones first, then the deck's own, a batch of one, fewer points than a batch, and fresh ones."""
    asked = list(FIXED)
    while len(asked) < 19:
        points, batch, epochs = (int(rng.integers(a, b)) for a, b in ((20, 30_000), (2, 100), (2, 300)))
        if points % batch:
            asked.append((points, batch, epochs))
    return [case(f"case {i}", points=n, batch_size=k, epochs=e) for i, (n, k, e) in enumerate(asked)]


PROBE = SeveralArguments(parts=("training_steps",), exact=exact, calls=calls, whole=True)
