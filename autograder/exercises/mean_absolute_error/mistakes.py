"""Mistakes with a name in exercise ``mean-absolute-error``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.mean_absolute_error.probe import ARRAYS, CROSSED, crossed_right, only
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception
from autograder.kinds.several_arguments import changed, computes

Formula = Callable[[np.ndarray, np.ndarray], Any]


def gives(*formulas: Formula) -> Fits:
    """Fits where one of these formulas of the two arrays is computed, for all arrays of one shape."""
    variants = [computes(ARRAYS, _one(f)) for f in formulas]
    return lambda inputs, evidence: any(v(only(inputs, "arrays"), evidence) for v in variants)


def _one(formula: Formula) -> Callable[..., list[np.ndarray]]:
    return lambda y_true, y_pred: [np.asarray(formula(y_true, y_pred), dtype=float)]


def shapes(inputs: Inputs, evidence: Evidence) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """For each call with arrays: the shape of those, and the shape of the result."""
    found = []
    for wanted in only(inputs, "arrays")["calls"]:
        result = evidence["calls"][wanted["id"]]["result"]
        if result is not None and result["kind"] == "numbers":
            found.append((tuple(wanted["arguments"][0]["array"]["shape"]), tuple(result["shape"])))
    return found


def not_averaged(inputs: Inputs, evidence: Evidence) -> bool:
    """There is a number for each pair."""
    found = shapes(inputs, evidence)
    return bool(found) and all(given == got for given, got in found)


def one_axis(inputs: Inputs, evidence: Evidence) -> bool:
    """A row gives one number, a table several."""
    found = shapes(inputs, evidence)
    rows = [got for given, got in found if len(given) == 1]
    tables = [got for given, got in found if len(given) > 1 and min(given) > 1]
    return bool(rows and tables) and not any(rows) and all(t and 0 < len(t) < 3 for t in tables)


def broadcasts(inputs: Inputs, evidence: Evidence) -> bool:
    """A row against a column gives the mean over all n² pairs."""

    def all_pairs(y_true: np.ndarray, y_pred: np.ndarray) -> list[np.ndarray]:
        return [np.mean(np.abs(y_true - y_pred))]

    calls = only(inputs, "crossed")
    return not all(crossed_right(inputs, evidence)) and computes(CROSSED, all_pairs)(calls, evidence)


def array_only(inputs: Inputs, evidence: Evidence) -> bool:
    """Arrays are right, lists raise."""
    right = all(s.right[0].all() for s in ARRAYS.seen(only(inputs, "arrays"), evidence))
    calls = only(inputs, "lists")["calls"]
    return right and any(evidence["calls"][c["id"]]["error"] is not None for c in calls)


MISTAKES = (
    Misconception(
        "not-averaged",
        "gives one error for each pair",
        "np.abs gives an array",
        "There are as many numbers as pairs came in.",
        "One number was asked for. What is left to do with all those errors?",
        not_averaged,
    ),
    Misconception(
        "one-axis",
        "averages along one axis only",
        "for a row of numbers one axis is all there is",
        "A row gives one number, a table gives several.",
        "Is there a mean that does not ask how many axes there are?",
        one_axis,
    ),
    Misconception(
        "squared-error",
        "squares the differences",
        "the warm-up's loss was the mean squared error",
        "It is the mean of the squared differences.",
        "Which of the two takes the sign away here: a square, or something that keeps the size?",
        gives(lambda t, p: np.mean((t - p) ** 2)),
    ),
    Misconception(
        "root-mean-square",
        "takes the root of the mean square",
        "the root makes up for the square, it seems",
        "It is the root of the mean square: large errors weigh more than small ones.",
        "For errors of 0 and 2, what is the mean of their sizes, and what is the root of their mean square?",
        gives(lambda t, p: np.sqrt(np.mean((t - p) ** 2))),
    ),
    Misconception(
        "no-absolute-value",
        "averages the differences with their signs",
        "a difference looks like an error",
        "Errors in opposite directions cancel, and the result may be below 0.",
        "Once 1 too much, once 1 too little: how large is the error on average?",
        gives(lambda t, p: np.mean(t - p), lambda t, p: np.mean(p - t)),
    ),
    Misconception(
        "absolute-value-too-late",
        "averages first and takes the absolute value after that",
        "mean, absolute, error: the words in the order of the name",
        "Errors in opposite directions cancel before their sign is taken away.",
        "In which order: the sign goes first, or the mean is taken first?",
        gives(lambda t, p: np.abs(np.mean(t - p))),
    ),
    Misconception(
        "absolute-value-too-early",
        "takes the absolute values of the numbers, not of their difference",
        "an absolute value each looks thorough",
        "For −3 and 2 it finds a difference of 1.",
        "How far apart are −3 and 2 on the number line?",
        gives(
            lambda t, p: np.mean(np.abs(t) - np.abs(p)),
            lambda t, p: np.mean(np.abs(p) - np.abs(t)),
            lambda t, p: np.mean(np.abs(np.abs(t) - np.abs(p))),
        ),
    ),
    Misconception(
        "adds-instead",
        "adds the two arrays",
        "a plus for a minus is quickly typed",
        "It grows with the numbers themselves, also where both arrays are alike.",
        "What should come out where y_true and y_pred are the same?",
        gives(lambda t, p: np.mean(np.abs(t + p))),
    ),
    Misconception(
        "sum-not-mean",
        "adds the errors up and does not divide",
        "a sum is the longer part of a mean",
        "It is the sum of all errors.",
        "Should the number double when every point is there twice?",
        gives(lambda t, p: np.sum(np.abs(t - p))),
    ),
    Misconception(
        "divides-by-rows",
        "divides by the number of rows",
        "len gives the number of rows, and a row or a column has no more elements than those",
        "Where a row holds several numbers it is too large.",
        "How many differences are there in a table of two rows and three columns?",
        gives(
            lambda t, p: np.sum(np.abs(t - p)) / len(t),
            lambda t, p: np.mean(np.sum(np.abs(t - p), axis=-1)) if t.ndim > 1 else np.mean(np.abs(t - p)),
        ),
    ),
    Misconception(
        "n-minus-one",
        "divides by one less than the number of points",
        "a variance is divided by n − 1",
        "It is slightly too large, the more so the fewer points there are.",
        "Is anything estimated here that would cost one of the points?",
        gives(lambda t, p: np.sum(np.abs(t - p)) / (t.size - 1)),
    ),
    Misconception(
        "median",
        "takes the median",
        "a median is an average, too",
        "It is the error in the middle: a single large error does not move it.",
        "Of the errors 0, 0 and 3: what is in the middle, and what is the mean?",
        gives(lambda t, p: np.median(np.abs(t - p))),
    ),
    Misconception(
        "largest-error",
        "gives the largest error",
        "the worst case is what one worries about",
        "It is the largest error of all.",
        "Do all points have a say in your number?",
        gives(lambda t, p: np.max(np.abs(t - p))),
    ),
    Misconception(
        "relative-error",
        "divides each error by the number itself",
        "errors are often told in per cent",
        "An error of 1 counts more where the right number is small.",
        "Absolute or relative: which one is in the name?",
        gives(
            lambda t, p: np.mean(np.abs(t - p) / np.abs(t)),
            lambda t, p: 100 * np.mean(np.abs(t - p) / np.abs(t)),
            lambda t, p: np.mean(np.abs((t - p) / p)),
            lambda t, p: np.mean(np.abs(t - p) / t),
        ),
    ),
    Misconception(
        "counts-wrong-ones",
        "counts how many are wrong",
        "that is how one minus the accuracy works",
        "It is the share of numbers that are not exactly right.",
        "Does it matter to your number how far off a prediction is?",
        gives(lambda t, p: np.mean(t != p), lambda t, p: np.sum(t != p)),
    ),
    Misconception(
        "mutates-input",
        "writes the differences into y_true or y_pred",
        "y_pred -= y_true is short",
        "The numbers are right. But it writes into the arrays that it was given.",
        "Which of your lines changes an array instead of making a new one?",
        changed,
    ),
    Misconception(
        "broadcasts",
        "compares every number with every other where a row meets a column",
        "NumPy subtracts (n,) from (n, 1) without a word",
        "For arrays of one shape it is right. But a row minus a column is a table of n² differences.",
        "What shape has y_true - y_pred here? Which shape would you like, or should it be refused?",
        broadcasts,
    ),
    Misconception(
        "array-only",
        "works for arrays, not for lists",
        "y_true - y_pred reads like mathematics",
        "For arrays it is right. But lists cannot be subtracted from one another.",
        "What turns a list into an array, and leaves an array as it is?",
        array_only,
    ),
)
