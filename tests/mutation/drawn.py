"""Whether a function draws divisions as it should: by direct calls, not by the judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def draws_divisions(answer: Callable[..., Any]) -> bool:
    """Shapes, hundredths, both ends, evenness, independence, targets, and chance from the generator alone."""
    if not all(_sound(*_draw(answer, size, 7), size) for size in (1, 4, 9)):
        return False
    before = str(np.random.get_state())
    one, equal, other = (np.hstack(_draw(answer, 9, seed)) for seed in (1, 1, 2))
    rng = np.random.default_rng(1)
    first, second = (np.asarray(answer(9, rng)[0]) for _ in range(2))
    if not np.array_equal(one, equal) or np.array_equal(one, other) or np.array_equal(first, second):
        return False
    x, y = _draw(answer, 50_000, 3)
    if not _sound(x, y, 50_000) or str(np.random.get_state()) != before:
        return False
    k = np.rint(100 * x)
    means = k.mean(axis=0), (k**2).mean(axis=0)  # of 100 … 1999; their standard errors are 2.5 and 5300
    even = np.all(np.abs(means[0] - 1049.5) < 20) and np.all(np.abs(means[1] - 1_402_283) < 42_000)
    independent = abs(np.corrcoef(k.T)[0, 1]) < 0.04
    return bool(k.min() == 100 and k.max() == 1999 and np.unique(k).size > 1880 and even and independent)


def _draw(answer: Callable[..., Any], size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    x, y = answer(size, np.random.default_rng(seed))
    return np.asarray(x, dtype=float), np.asarray(y, dtype=float)


def _sound(x: np.ndarray, y: np.ndarray, size: int) -> bool:
    """Hundredths in the range, and each row's target; six digits, since float32 is right as well."""
    if x.shape != (size, 2) or y.shape != (size, 1):
        return False
    h = 100 * x
    return bool(
        np.allclose(h, np.rint(h), rtol=1e-6, atol=0)
        and np.all((h > 99.9) & (h < 1999.1))
        and np.allclose(y, x[:, :1] / x[:, 1:] / 100, rtol=1e-6, atol=0)
    )
