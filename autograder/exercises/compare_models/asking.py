"""Mistakes with a name in exercise ``compare-models``: how the models are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Evidence, Inputs
from autograder.exercises.compare_models.probe import FAILURES, KERAS, compared
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception


def took(condition: Callable[[dict[str, Any]], bool]) -> Fits:
    """Fits where what the plain functions were called with shows something, each time."""

    def fits(_inputs: Inputs, evidence: Evidence) -> bool:
        taken = [x for r in evidence["calls"].values() for xs in r["taken"].values() for x in xs]
        return bool(taken) and all(map(condition, taken))

    return fits


def _never_called(_inputs: Inputs, evidence: Evidence) -> bool:
    return not any(xs for r in evidence["calls"].values() for xs in r["taken"].values())


def _raises(evidence: Evidence, *words: str) -> bool:
    errors = [r["error"]["message"] for r in evidence["calls"].values() if r["error"]]
    return any(word in message for message in errors for word in words)


def only_right(kind: str, inputs: Inputs, evidence: Evidence) -> bool:
    """Whether models of that kind are right, and none of the other kind that works is."""
    found = [m for m in compared(inputs, evidence) if m.kind != FAILURES]
    ours, others = [m for m in found if m.kind == kind], [m for m in found if m.kind != kind]
    ours = [m for m in ours if m.call != "mixed"]  # there another model may have stopped the whole call
    return all(m.right for m in ours) and not any(m.right for m in others)


ASKING = (
    Misconception(
        "two-arguments",
        "hands a and b to the models one by one",
        "divide(a, b) takes them like that",
        "The models take one argument, an array with a row for each pair; they were given two.",
        "How many arguments has a model, and which shape has it?",
        lambda i, e: _never_called(i, e) and _raises(e, "positional"),
    ),
    Misconception(
        "predicts-with-functions",
        "treats plain functions as Keras models",
        "Keras models have the method predict",
        "Keras models are compared rightly; plain functions are not even called.",
        "What can one do with a Keras model and with a function alike?",
        lambda i, e: _never_called(i, e) and (only_right(KERAS, i, e) or _raises(e, "predict")),
    ),
    Misconception(
        "row-without-table",
        "hands over the pair as one row without a table around it",
        "[a, b] looks like a row already",
        "The models were called with an array of shape (2,), expected (1, 2).",
        "Which shape has an array of n pairs, for n = 1?",
        took(
            lambda x: x.get("shape") == [2] and x["kind"] == "numbers" and x["type"] not in ("list", "tuple")
        ),
    ),
    Misconception(
        "column-of-inputs",
        "stacks a and b on top of each other",
        "column_stack, stack and reshape are easily confused",
        "The models were called with an array of shape (2, 1), expected (1, 2).",
        "What stands in a row of the models' input, and what in a column?",
        took(lambda x: x.get("shape") == [2, 1]),
    ),
    Misconception(
        "list-of-lists",
        "hands over lists instead of an array",
        "[[a, b]] has the shape (1, 2) for the eye",
        "The models were called with a list; they may do things with it that only an array can do.",
        "Which function of NumPy makes an array of it?",
        took(lambda x: x.get("type") in ("list", "tuple")),
    ),
)
