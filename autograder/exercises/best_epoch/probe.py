"""What is tried in exercise ``best-epoch``: the lowest error's epoch, until ``patience`` bring no better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.kinds.calls import Call, case
from autograder.kinds.several_arguments import SeveralArguments

FIXED: tuple[tuple[list[float], int], ...] = (
    ([5.0, 3.0, 4.0, 6.0, 7.0, 1.0], 2),  # a better one comes too late
    ([5.0, 3.0, 4.0, 2.0, 4.0, 6.0], 2),  # waiting begins anew
    ([4.0, 6.0, 5.0, 3.0, 7.0, 8.0, 2.0], 3),  # falls, but not below the best
    ([4.0, 2.0, 2.0, 2.0, 1.0], 2),  # the same again is no better
    ([3.0, 5.0, 2.0, 6.0, 1.0], 1),
    ([9.0, 8.0, 7.0, 6.0], 2),  # ends before waiting does
    ([2.0, 3.0, 4.0, 1.0, 5.0], 9),
    ([7.0], 3),
)


def exact(validation_errors: Sequence[float], patience: int) -> int:
    """The first of the lowest errors among those that early stopping gets to see, counted from 0."""
    best = 0
    for epoch, error in enumerate(validation_errors):
        if error < validation_errors[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best


def curve(rng: np.random.Generator) -> np.ndarray:
    """Errors that fall, dip twice and rise again, with noise: a lower one comes after a long wait."""
    epochs = np.arange(int(rng.integers(18, 30)))
    low, later = rng.integers(4, 7), rng.integers(13, 17)
    falling = 0.3 + 0.05 * np.abs(epochs - low) - 0.06 * np.maximum(0, epochs - low - 3)
    dip = -0.3 * np.exp(-((epochs - later) ** 2) / 2)
    return np.asarray((falling + dip + rng.uniform(0, 0.04, epochs.size)).round(3))


def calls(rng: np.random.Generator) -> list[Call]:
    asked: list[tuple[list[float] | np.ndarray, int]] = list(FIXED)
    asked += [(curve(rng), patience) for patience in (1, 2, 3, 5, 8, 20)]
    return [case(f"case {i}", validation_errors=e, patience=p) for i, (e, p) in enumerate(asked)]


PROBE = SeveralArguments(parts=("best_epoch",), exact=exact, calls=calls, whole=True)
