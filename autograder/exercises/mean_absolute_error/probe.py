"""What is tried in exercise ``mean-absolute-error``: arrays of every shape, lists, a row against a column."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, show
from autograder.kinds.several_arguments import Cases, Seen, case, written

TRUE, PREDICTED = np.array([1.0, 2.0, -3.0, 4.0]), np.array([1.5, 2.0, -2.0, 2.0])
"""The first example, small enough for a pencil: the mean is 3.5/4."""

COLUMN, TABLE = np.array([[3.0], [-1.0], [2.0]]), np.array([[1.0, 2.0, 5.0], [-2.0, 4.0, 3.0]])


def exact(y_true: np.ndarray, y_pred: np.ndarray) -> list[np.ndarray]:
    return [np.mean(np.abs(y_true.ravel() - y_pred.ravel()))]


def condition(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """How much the differences cancel, and how many are added up."""
    gaps = np.abs(y_true.ravel() - y_pred.ravel())
    largest = np.max(np.abs(y_true)) + np.max(np.abs(y_pred))
    return float(largest / np.mean(gaps)) if np.any(gaps) else 0.0


ARRAYS, LISTS, CROSSED = (Cases(("the mean",), exact, condition) for _ in range(3))
"""The same formula for arrays of one shape, for lists, and for a row against a column."""


def probe(rng: np.random.Generator) -> Inputs:
    """The small example, fixed columns and tables, fresh ones; then lists; then (n,) against (n, 1)."""

    def like(shape: tuple[int, ...]) -> np.ndarray:
        return np.round(8 * rng.normal(0, 3, shape)) / 8  # float32 numbers, whatever lists are turned into

    length = int(rng.integers(5, 9))
    arrays: list[tuple[Any, Any]] = [
        (TRUE, PREDICTED),
        (COLUMN, COLUMN[::-1] + 0.25),
        (TABLE, TABLE[::-1] / 2),
        (np.array([2, 7, 1]), np.array([4, 3, 1])),
        (COLUMN, COLUMN),
        *((like(shape), like(shape)) for shape in ((length,), (length, 1), (4, 3), (2, 3, 2))),
    ]
    lists = [(TRUE, PREDICTED), (TABLE, TABLE[::-1] / 2), (like((5, 1)), like((5, 1)))]
    row, fresh = TRUE, like((6,))
    crossed = [(row, PREDICTED[:, None]), (row[:, None], PREDICTED), (fresh[:, None], like((6,)))]
    calls = []
    for group, pairs in (("arrays", arrays), ("lists", lists), ("crossed", crossed)):
        for i, (y_true, y_pred) in enumerate(pairs):
            wanted = case(f"{group} {i}", None, y_true=y_true, y_pred=y_pred)
            arguments = [a | {"listed": group == "lists"} for a in wanted["arguments"]]
            calls.append(wanted | {"group": group, "arguments": arguments})
    return {"calls": calls}


def only(inputs: Inputs, group: str) -> Inputs:
    """The calls of one group."""
    return {"calls": [c for c in inputs["calls"] if c["group"] == group]}


def crossed_right(inputs: Inputs, evidence: Evidence) -> list[bool]:
    """By call with a row and a column; raising is as right as the mean over pairs that belong together."""
    calls = only(inputs, "crossed")
    raised = [evidence["calls"][c["id"]]["error"] is not None for c in calls["calls"]]
    return [bool(s.right[0].all()) or r for s, r in zip(CROSSED.seen(calls, evidence), raised, strict=True)]


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Three criteria: the mean counts twice; lists; and no n² differences of a row and a column."""
    comparison = ARRAYS.compare(only(inputs, "arrays"), evidence)
    mean = comparison.criteria[0].share
    lists = LISTS.compare(only(inputs, "lists"), evidence)
    comparison.problems += lists.problems
    comparison.entries += [e for e in lists.entries if mean and not e.right]
    crossed = crossed_right(inputs, evidence)
    seen = CROSSED.seen(only(inputs, "crossed"), evidence)
    for right, one in zip(crossed, seen, strict=True):
        if not right and one.readings[0].numbers is not None:
            comparison.entries.append(_entry(one))
    # Only what computes the mean at all is credited for what it does with lists and shapes.
    comparison.criteria = [
        Criterion("the mean", 2.0, mean),
        Criterion("lists", 1.0, mean * lists.criteria[0].share),
        Criterion("(n,) against (n, 1)", 1.0, mean * float(all(crossed))),
    ]
    return comparison


def _entry(seen: Seen) -> Entry:
    reading = seen.readings[0]
    assert reading.numbers is not None
    value = float(reading.numbers)
    where = written(seen.arguments)
    return Entry(
        "(n,) against (n, 1)",
        where,
        show(value, reading.dtype),
        value,
        float(seen.expected[0]),
        False,
        tier=len(where),
    )
