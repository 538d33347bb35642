"""Reads the nine numbers of a 2-2-1 network out of an answer that is, or gives, (W1, b1, W2, b2)."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import reference
from autograder.kinds.comparison import Problem, read_result, unread

NAMES = ("W1", "b1", "W2", "b2")

SHAPES = ((2, 2), (2,), (2, 1), (1,))


def weights_in(result: dict[str, Any] | None) -> reference.Weights | None:
    """The four arrays of a result, or None where they are not four arrays of the right shapes."""
    if result is None or result["kind"] != "group":
        return None
    arrays = [read_result(item, shape).numbers for item, shape in zip(result["items"], SHAPES, strict=True)]
    if any(a is None or not np.all(np.isfinite(a)) for a in arrays):
        return None
    W1, b1, W2, b2 = (a for a in arrays if a is not None)
    return reference.Weights(_rows(W1), tuple(b1.tolist()), _rows(W2), tuple(b2.tolist()))


def _rows(matrix: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


def flaws(result: dict[str, Any] | None) -> list[Problem]:
    """What keeps a result from being four arrays of the right shapes."""
    wanted = ", ".join(f"{n} {s}" for n, s in zip(NAMES, SHAPES, strict=True))
    if result is None:
        return [Problem("as a tuple", "cannot be read", wanted)]
    if result["kind"] != "group":
        what = result.get("type", result["kind"])
        return [Problem("as a tuple (W1, b1, W2, b2)", f"cannot be read (type {what})", wanted)]
    found = []
    for name, item, shape in zip(NAMES, result["items"], SHAPES, strict=True):
        reading = read_result(item, shape)
        if reading.problem:
            found.append(
                unread(f"for {name}", reading._replace(problem=reading.problem.replace("gives", "has")))
            )
        elif reading.numbers is not None and not np.all(np.isfinite(reading.numbers)):
            found.append(Problem(f"for {name}", "has numbers that are not finite", "finite numbers"))
    return found
