"""Mistakes with a name in exercise ``mean-absolute-error``: t are the true numbers, p the predicted ones."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.mean_absolute_error.probe import PROBE, not_crossed
from autograder.kinds.calls import Observation
from autograder.kinds.several_arguments import (
    IGNORES_ARGUMENTS,
    ROUNDED,
    SeveralArguments,
    writes_into_arguments,
)

Shape = tuple[int, ...]


def shapes(seen: Observation) -> list[tuple[Shape, Shape]]:
    """For each call with arrays: the shape of those, and the shape of the result."""
    return [(c.arguments["y_true"].shape, c.shape) for c in seen.of("arrays").cases if c.shape is not None]


def not_averaged(seen: Observation) -> bool:
    """There is a number for each pair."""
    found = shapes(seen)
    return bool(found) and all(given == got for given, got in found)


def one_axis(seen: Observation) -> bool:
    """A row gives its mean, a table several numbers."""
    found = shapes(seen)
    rows = [got for given, got in found if len(given) == 1]
    tables = [got for given, got in found if len(given) > 1 and min(given) > 1]
    right = all(c.right for c in seen.of("arrays").cases if c.arguments["y_true"].ndim == 1)
    return bool(rows and tables) and right and all(t and 0 < len(t) < 3 for t in tables)


def broadcasts(seen: Observation) -> bool:
    """A row against a column gives the mean over all n² pairs."""
    crossed = seen.of("crossed")
    all_pairs = SeveralArguments.computes(PROBE, lambda t, p: np.mean(np.abs(t - p)))
    return not all(map(not_crossed, crossed.cases)) and all_pairs(crossed)


def array_only(seen: Observation) -> bool:
    """Arrays are right, lists raise."""
    raised = any(c.error is not None for c in seen.of("lists").cases)
    return raised and seen.of("arrays").right


def one_pair(index: int, mean: bool, t: np.ndarray, p: np.ndarray) -> Any:
    """The error of one pair of a row, over their number or not; of a table it says nothing."""
    return np.abs(t - p)[index] / (len(t) if mean else 1) if t.ndim == 1 else np.nan


def but_one(kept: slice, mean: bool, t: np.ndarray, p: np.ndarray) -> Any:
    """The errors of these pairs, over their number or that of all; of a table it says nothing."""
    gaps = np.abs(t - p)[kept]
    return np.sum(gaps) / (len(gaps) if mean else len(t)) if t.ndim == 1 else np.nan


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "not-averaged",
        did="gives one error for each pair",
        tempting="np.abs gives an array",
        shows="There are as many numbers as pairs came in.",
        hint="One number was asked for. What is left to do with all those errors?",
        fits=not_averaged,
    ),
    Mistake(
        "one-axis",
        did="averages along one axis only",
        tempting="for a row of numbers one axis is all there is",
        shows="A row gives one number, a table gives several.",
        hint="Is there a mean that does not ask how many axes there are?",
        fits=one_axis,
    ),
    Mistake(
        "squared-error",
        did="squares the differences",
        tempting="the warm-up's loss was the mean squared error",
        shows="It is the mean of the squared differences.",
        hint="Which of the two takes the sign away here: a square, or something that keeps the size?",
        wrong=lambda t, p: np.mean((t - p) ** 2),
    ),
    Mistake(
        "root-mean-square",
        did="takes the root of the mean square",
        tempting="the root makes up for the square, it seems",
        shows="It is the root of the mean square: large errors weigh more than small ones.",
        hint=(
            "For errors of 0 and 2, what is the mean of their sizes, and what is the root of their mean "
            "square?"
        ),
        wrong=lambda t, p: np.sqrt(np.mean((t - p) ** 2)),
    ),
    Mistake(
        "no-absolute-value",
        did="averages the differences with their signs",
        tempting="a difference looks like an error",
        shows="Errors in opposite directions cancel, and the result may be below 0.",
        hint="Once 1 too much, once 1 too little: how large is the error on average?",
        wrong=(lambda t, p: np.mean(t - p), lambda t, p: np.mean(p - t)),
    ),
    Mistake(
        "absolute-value-too-late",
        did="averages first and takes the absolute value after that",
        tempting="mean, absolute, error: the words in the order of the name",
        shows="Errors in opposite directions cancel before their sign is taken away.",
        hint="In which order: the sign goes first, or the mean is taken first?",
        wrong=lambda t, p: np.abs(np.mean(t - p)),
    ),
    Mistake(
        "absolute-value-too-early",
        did="takes the absolute values of the numbers, not of their difference",
        tempting="an absolute value each looks thorough",
        shows="For −3 and 2 it finds a difference of 1.",
        hint="How far apart are −3 and 2 on the number line?",
        wrong=(
            lambda t, p: np.mean(np.abs(t) - np.abs(p)),
            lambda t, p: np.mean(np.abs(p) - np.abs(t)),
            lambda t, p: np.mean(np.abs(np.abs(t) - np.abs(p))),
        ),
    ),
    Mistake(
        "adds-instead",
        did="adds the two arrays",
        tempting="a plus for a minus is quickly typed",
        shows="It grows with the numbers themselves, also where both arrays are alike.",
        hint="What should come out where y_true and y_pred are the same?",
        wrong=lambda t, p: np.mean(np.abs(t + p)),
    ),
    Mistake(
        "sum-not-mean",
        did="adds the errors up and does not divide",
        tempting="a sum is the longer part of a mean",
        shows="It is the sum of all errors.",
        hint="Should the number double when every point is there twice?",
        wrong=lambda t, p: np.sum(np.abs(t - p)),
    ),
    Mistake(
        "times-hundred",
        did="multiplies the mean by 100",
        tempting="errors are often told in per cent",
        shows="It is a hundred times the mean.",
        hint="In which unit are the errors of y_true and y_pred, and in which is your number?",
        wrong=lambda t, p: 100 * np.mean(np.abs(t - p)),
    ),
    Mistake(
        "sorts",
        did="sorts both before it compares them",
        tempting="sorted numbers look tidier",
        shows="Both are sorted first: numbers meet that do not belong together.",
        hint="Which prediction belongs to which true number, after sorting?",
        wrong=(
            lambda t, p: np.mean(np.abs(np.sort(t.ravel()) - np.sort(p.ravel()))),
            lambda t, p: np.mean(np.abs(np.sort(t) - np.sort(p))),
            lambda t, p: np.mean(np.abs(np.sort(t, axis=0) - np.sort(p, axis=0))),
        ),
    ),
    Mistake(
        "whole-numbers",
        did="cuts the decimals off before it takes the mean",
        tempting="int makes a number of whatever comes in",
        shows="Decimals are cut off, or rounded away, before the mean is taken.",
        hint="Which dtype have your arrays, and your differences?",
        wrong=(
            lambda t, p: np.mean(np.abs(np.trunc(t) - np.trunc(p))),
            lambda t, p: np.mean(np.trunc(np.abs(t - p))),
            lambda t, p: np.mean(np.abs(np.round(t) - np.round(p))),
        ),
    ),
    Mistake(
        "first-column",
        did="takes the first column of a table alone",
        tempting="y[:, 0] makes a row of a column",
        shows="Of a table only the first column counts.",
        hint="Which of the differences does y[:, 0] leave out, of a table with three columns?",
        wrong=lambda t, p: np.mean(np.abs(t - p)) if t.ndim == 1 else np.mean(np.abs(t - p)[:, 0]),
    ),
    Mistake(
        "one-of-two-flattened",
        did="makes a row of one of the two, and leaves the other as it is",
        tempting="a row against a column is mended on one side only",
        shows="Only one of the two becomes a row: a column minus a row is a table of n² differences.",
        hint="Which shapes have the two just before they are subtracted, when both come in as columns?",
        wrong=(
            lambda t, p: np.mean(np.abs(t - p.ravel())) if t.ndim < 2 or len(t) == t.size else np.nan,
            lambda t, p: np.mean(np.abs(t.ravel() - p)) if t.ndim < 2 or len(t) == t.size else np.nan,
        ),
    ),
    Mistake(
        "one-pair",
        did="takes the first or the last pair alone",
        tempting="a return inside the loop ends it in its first round; = in a loop keeps only the last",
        shows="Only one of the pairs counts, the first or the last.",
        hint="What happens to the other pairs' errors in your loop?",
        wrong=tuple(partial(one_pair, i, mean) for i in (0, -1) for mean in (False, True)),
    ),
    Mistake(
        "pair-left-out",
        did="leaves out the first or the last pair",
        tempting="a range ends one before its end, and a count begins at 0",
        shows="All pairs count but one, the first or the last.",
        hint="Which values does your loop's index run through?",
        wrong=tuple(partial(but_one, i, mean) for i in (slice(1, None), slice(-1)) for mean in (False, True)),
    ),
    Mistake(
        "divides-by-rows",
        did="divides by the number of rows",
        tempting="len gives the number of rows, and a row or a column has no more elements than those",
        shows="Where a row holds several numbers it is too large.",
        hint="How many differences are there in a table of two rows and three columns?",
        wrong=(
            lambda t, p: np.sum(np.abs(t - p)) / len(t),
            lambda t, p: np.mean(np.sum(np.abs(t - p), axis=-1)) if t.ndim > 1 else np.mean(np.abs(t - p)),
        ),
    ),
    Mistake(
        "n-minus-one",
        did="divides by one less than the number of points",
        tempting="a variance is divided by n − 1",
        shows="It is slightly too large, the more so the fewer points there are.",
        hint="Is anything estimated here that would cost one of the points?",
        wrong=lambda t, p: np.sum(np.abs(t - p)) / (t.size - 1),
    ),
    Mistake(
        "median",
        did="takes the median",
        tempting="a median is an average, too",
        shows="It is the error in the middle: a single large error does not move it.",
        hint="Of the errors 0, 0 and 3: what is in the middle, and what is the mean?",
        wrong=lambda t, p: np.median(np.abs(t - p)),
    ),
    Mistake(
        "largest-error",
        did="gives the largest error",
        tempting="the worst case is what one worries about",
        shows="It is the largest error of all.",
        hint="Do all points have a say in your number?",
        wrong=lambda t, p: np.max(np.abs(t - p)),
    ),
    Mistake(
        "relative-error",
        did="divides each error by the number itself",
        tempting="errors are often told in per cent",
        shows="An error of 1 counts more where the right number is small.",
        hint="Absolute or relative: which one is in the name?",
        wrong=(
            lambda t, p: np.mean(np.abs(t - p) / np.abs(t)),
            lambda t, p: 100 * np.mean(np.abs(t - p) / np.abs(t)),
            lambda t, p: np.mean(np.abs((t - p) / p)),
            lambda t, p: np.mean(np.abs(t - p) / t),
        ),
    ),
    Mistake(
        "counts-wrong-ones",
        did="counts how many are wrong",
        tempting="that is how one minus the accuracy works",
        shows="It is the share of numbers that are not exactly right.",
        hint="Does it matter to your number how far off a prediction is?",
        wrong=(lambda t, p: np.mean(t != p), lambda t, p: np.sum(t != p)),
    ),
    Mistake(
        "mutates-input",
        did="writes the differences into y_true or y_pred",
        tempting="y_pred -= y_true is short",
        shows="The numbers are right. But it writes into the arrays that it was given.",
        hint="Which of your lines changes an array instead of making a new one?",
        fits=writes_into_arguments,
    ),
    Mistake(
        "broadcasts",
        did="compares every number with every other where a row meets a column",
        tempting="NumPy subtracts (n,) from (n, 1) without a word",
        shows="For arrays of one shape it is right. But a row minus a column is a table of n² differences.",
        hint="What shape has y_true - y_pred here? Which shape would you like, or should it be refused?",
        fits=broadcasts,
    ),
    Mistake(
        "array-only",
        did="works for arrays, not for lists",
        tempting="y_true - y_pred reads like mathematics",
        shows="For arrays it is right. But a list does not do what an array does.",
        hint="What turns a list into an array, and leaves an array as it is?",
        fits=array_only,
    ),
    IGNORES_ARGUMENTS,
    ROUNDED,
)
