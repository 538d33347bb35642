"""What is tried in exercise ``mean-absolute-error``: arrays of every shape, lists, a row against a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.kinds.calls import Call, Case, Observation, case
from autograder.kinds.comparison import Comparison
from autograder.kinds.several_arguments import Formula, SeveralArguments
from autograder.verdict import Criterion

TRUE, PREDICTED = np.array([1.0, 2.0, -3.0, 4.0]), np.array([1.5, 2.0, -2.0, 2.0])
"""The first example, small enough for a pencil: the mean is 3.5/4."""

COLUMN, TABLE = np.array([[3.0], [-1.0], [2.0]]), np.array([[1.0, 2.0, 5.0], [-2.0, 4.0, 3.0]])


def exact(y_true: np.ndarray, y_pred: np.ndarray) -> Any:
    return np.mean(np.abs(y_true.ravel() - y_pred.ravel()))


def condition(y_true: np.ndarray, y_pred: np.ndarray) -> float:
    """How much the differences cancel, and how many are added up."""
    gaps = np.abs(y_true.ravel() - y_pred.ravel())
    largest = np.max(np.abs(y_true)) + np.max(np.abs(y_pred))
    return float(largest / np.mean(gaps)) if np.any(gaps) else 0.0


def calls(rng: np.random.Generator) -> list[Call]:
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
    found = []
    for form, pairs in (("arrays", arrays), ("lists", lists), ("crossed", crossed)):
        for i, (y_true, y_pred) in enumerate(pairs):
            call = case(f"{form} {i}", y_true=y_true, y_pred=y_pred)
            arguments = [a | {"listed": form == "lists"} for a in call["arguments"]]
            found.append(call | {"arguments": arguments})
    return found


def not_crossed(case: Case) -> bool:
    """Of a row and a column: raising is as right as the mean over pairs that belong together."""
    return case.right or case.error is not None


class MeanOfPairs(SeveralArguments):
    """Arrays of one shape decide; lists, and a row against a column, count beside them."""

    def compare(self, seen: Observation) -> Comparison:
        comparison, lists = super().compare(seen.of("arrays")), super().compare(seen.of("lists"))
        crossed = seen.of("crossed").cases
        mean, listed = comparison.criteria[0].share, lists.criteria[0].share
        comparison.problems += [p._replace(where=f"{p.where} (lists)") for p in lists.problems]
        comparison.entries += [e for e in lists.entries if mean and not e.right]
        for e in (e for c in crossed if not not_crossed(c) for e in self.entries(c, 0)):
            comparison.entries.append(replace(e, part="(n,) against (n, 1)", tier=len(e.where)))
        # Only what computes the mean at all is credited for what it does with lists and shapes.
        comparison.criteria = [
            Criterion("the mean", 2.0, mean),
            Criterion("lists", 1.0, mean * listed),
            Criterion("(n,) against (n, 1)", 1.0, mean * all(map(not_crossed, crossed))),
        ]
        return comparison

    def computes(self, wrong: Formula | tuple[Formula, ...]) -> Callable[[Observation], bool]:
        fits = super().computes(wrong)
        return lambda seen: fits(seen.of("arrays"))


PROBE = MeanOfPairs(parts=("the mean",), exact=exact, calls=calls, condition=condition)
