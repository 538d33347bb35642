"""The picture of an answer in one x: its curve over the formula's, wrong stretches shaded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.kinds.comparison import Entry
from autograder.verdict import Picture


def picture(
    entries: Sequence[Entry], grid: tuple[float, ...], y_label: str, symmetric_log: bool
) -> Picture | None:
    """The picture on ``grid``, whose entries stand last; None where the answer gave nothing there."""
    drawn = entries[-len(grid) :]
    if len(drawn) < len(grid):
        return None
    return Picture(
        x=grid,
        yours=tuple(e.yours if np.isfinite(e.yours) else None for e in drawn),
        expected=tuple(e.expected for e in drawn),
        x_label="x",
        y_label=y_label,
        wrong=stretches(grid, [e.right for e in drawn]),
        symmetric_log=symmetric_log,
    )


def stretches(grid: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """The intervals of neighbouring grid points that are not right."""
    found: list[tuple[float, float]] = []
    before = True
    for x, ok in zip(grid, right, strict=True):
        if not ok:
            start = x if before else found.pop()[0]
            found.append((start, x))
        before = ok
    return tuple(found)
