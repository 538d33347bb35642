"""Mistakes with a name in exercise ``division-data``: the targets, the inputs and how often they come up."""

# ruff: noqa: ARG005

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.kinds.random_data import Observation, range_problems, rounded_at_the_ends, shape_of, uneven
from autograder.kinds.random_data_mistakes import RANDOM_DATA_FORM


def hundredths(condition: Callable[[np.ndarray], Any]) -> Callable[[Observation], bool]:
    """Fits where the inputs of the large draws have a problem, and ``condition`` holds for their hundredths.

    Those come rounded, (rows, 2), where all inputs are on the hundredths, and as they are where one is not.
    """

    def fits(seen: Observation) -> bool:
        if not range_problems(seen):
            return False
        on = bool(np.all(seen.whole))
        return bool(condition(np.rint(seen.hundredths) if on else seen.hundredths))

    return fits


def rounded_targets(seen: Observation) -> bool:
    """Every target has a few decimals only, and is right to those."""
    pairs = seen.pairs
    if len(pairs) < 4 or seen.targets_right:
        return False
    x, y = (np.concatenate(part) for part in zip(*pairs, strict=True))
    exact = x[:, 0] / x[:, 1] / 100
    return any(np.all(np.abs(y - exact) < 0.501 * 10.0**-k) and _has(y, k) for k in range(2, 8))


def _has(values: np.ndarray, decimals: int) -> bool:
    return bool(np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-12))


def flat(seen: Observation) -> bool:
    """The targets are as many as they should be, in another shape."""
    few = seen.y.get("few")
    return (
        len(seen.pairs) >= 4
        and seen.targets_right
        and few is not None
        and shape_of(few) != (seen.sizes["few"], 1)
    )


def same_in_all_rows(seen: Observation) -> bool:
    """A column of every draw holds one number only."""
    draws = [x for x, y in seen.pairs if len(y) > 1]
    return len(draws) >= 4 and all(np.any(np.ptp(x, axis=0) == 0) for x in draws)


def of_other_rows(seen: Observation) -> bool:
    """The targets are right, in another order, or of pairs that were laid in rows another way."""
    pairs = seen.pairs
    finite = all(np.all(np.isfinite(y)) for _, y in pairs)
    if len(pairs) < 4 or seen.targets_right or not finite:
        return False
    mixed = [np.divide(*np.split(x.ravel(), 2)) / 100 for x, _ in pairs]
    ordered = [(np.sort(y), np.sort(x[:, 0] / x[:, 1] / 100)) for x, y in pairs]
    laid = [(y, m) for (_, y), m in zip(pairs, mixed, strict=True)]
    return any(all(np.allclose(y, right, rtol=2e-6, atol=0) for y, right in way) for way in (laid, ordered))


MISTAKES: tuple[Mistake[Observation], ...] = (
    *RANDOM_DATA_FORM,
    Mistake(
        "not-divided-by-100",
        did="gives the quotient itself",
        tempting="the task is a division, after all",
        shows="The targets are a hundred times too large: they are the quotients themselves.",
        hint="The network's output lies between 0 and 1. Do quotients such as 19.99?",
        wrong=lambda a, b: a / b,
    ),
    Mistake(
        "multiplied-by-100",
        did="multiplies by 100 instead of dividing",
        tempting="the scale is easily turned round",
        shows="The targets are ten thousand times too large: quotients times 100.",
        hint="Between which two numbers lies the network's output, and where should 20/5 be?",
        wrong=lambda a, b: 100 * a / b,
    ),
    Mistake(
        "divided-twice",
        did="divides by 100 once too often",
        tempting="the hundredths and the target both bring a 100 along",
        shows="The targets are a hundred times too small.",
        hint="One 100 makes hundredths of the inputs, another belongs to the target. Is there a third?",
        wrong=lambda a, b: a / b / 10_000,
    ),
    Mistake(
        "upside-down",
        did="divides the second number by the first",
        tempting="x[1] / x[0] is quickly written",
        shows="It is the second number divided by the first.",
        hint="For the pair 20 and 5, should 20/5 or 5/20 be learnt?",
        wrong=(lambda a, b: b / a / 100, lambda a, b: b / a),
    ),
    Mistake(
        "multiplies",
        did="multiplies",
        tempting="it is what the unit before did last",
        shows="It is the product of the two numbers, scaled.",
        hint="What should this network learn to do with its two numbers?",
        wrong=(lambda a, b: a * b, lambda a, b: a * b / 100, lambda a, b: a * b / 1000),
    ),
    Mistake(
        "adds-or-subtracts",
        did="adds or subtracts",
        tempting="a sign is quickly mistyped",
        shows="The targets are sums or differences of the two numbers.",
        hint="What is asked for of a and b: their sum, their difference, or something else?",
        wrong=(
            lambda a, b: (a - b) / 100,
            lambda a, b: (a + b) / 100,
            lambda a, b: a - b,
            lambda a, b: a + b,
        ),
    ),
    Mistake(
        "whole-quotient",
        did="gives whole quotients",
        tempting="// divides, too",
        shows="Its quotients have lost their decimals.",
        hint="What does 7 // 2 give, and what does 7 / 2?",
        wrong=(lambda a, b: a // b / 100, lambda a, b: a // b),
    ),
    Mistake(
        "one-input-only",
        did="leaves one of the two numbers out",
        tempting="indices are quickly mixed up",
        shows="Its targets leave out at least one of the two numbers.",
        hint="Which column holds the dividend, and which the divisor?",
        wrong=(lambda a, b: a / 100, lambda a, b: b / 100, lambda a, b: a / a / 100),
    ),
    Mistake(
        "other-rows",
        did="has targets that belong to other rows",
        tempting="reshape and shuffle change rows without a word",
        shows="The targets are right, but for other pairs than those in their rows.",
        hint="Print x before and after your last step, and y: to which pair does the first target belong?",
        fits=of_other_rows,
    ),
    Mistake(
        "rounded-targets",
        did="rounds the targets",
        tempting="the inputs have two decimals, after all",
        shows="The targets are right to a few decimals, and cut off there.",
        hint="How large is 1.00/19.99/100? How much of it is left after your rounding?",
        fits=rounded_targets,
    ),
    Mistake(
        "flat-targets",
        did="gives the targets as a row",
        tempting="x[:, 0] / x[:, 1] has one axis",
        shows=(
            "The targets are right, well done. But they lie in a row: a network with one output gives a "
            "column."
        ),
        hint="What is the shape of x[:, :1], and what of x[:, 0]?",
        fits=flat,
    ),
    Mistake(
        "same-number-twice",
        did="uses one number for both columns",
        tempting="one draw looks like enough",
        shows="Both numbers of a pair are the same: every quotient is 1.",
        hint="How often must be drawn for each row?",
        fits=hundredths(lambda h: np.all(h[:, 0] == h[:, 1])),
    ),
    Mistake(
        "same-in-all-rows",
        did="has the same number in all rows of a column",
        tempting="a draw without a size gives one number, and NumPy spreads it over all rows",
        shows="In one call a column holds one number only, from the first row to the last.",
        hint="How many numbers does your draw give in one call, and how many rows are to be filled?",
        fits=same_in_all_rows,
    ),
    Mistake(
        "hundredths-as-numbers",
        did="leaves the hundredths undivided",
        tempting="whole numbers are what rng.integers gives",
        shows="The inputs are a hundred times too large: they count hundredths and were not turned back.",
        hint="Your numbers count hundredths. Which number are 250 hundredths?",
        fits=hundredths(lambda h: h.min() >= 9_900 and h.max() >= 150_000 and np.all(h % 100 == 0)),
    ),
    Mistake(
        "unit-interval",
        did="draws between 0 and 1",
        tempting="rng.random() needs no arguments",
        shows="All inputs lie between 0 and 1.",
        hint="How is a range from 0 to 1 stretched and moved to another one?",
        fits=hundredths(lambda h: h.max() <= 100),
    ),
    Mistake(
        "whole-numbers",
        did="draws whole numbers",
        tempting="rng.integers(1, 20) reads like the task",
        shows="All inputs are whole numbers.",
        hint="How many hundredths are there between 1.00 and 1.99?",
        fits=hundredths(lambda h: np.all(h % 100 == 0)),
    ),
    Mistake(
        "tenths",
        did="draws tenths",
        tempting="one decimal looks fine enough",
        shows="All inputs have one decimal.",
        hint="What is the smallest step from 1.00 to the next number?",
        fits=hundredths(lambda h: np.all(h % 10 == 0)),
    ),
    Mistake(
        "off-hundredths",
        did="draws numbers between the hundredths",
        tempting="rng.uniform gives numbers in a range",
        shows="Its inputs are spread over the right range, and not on the hundredths.",
        hint="How many different numbers are there from 1.00 to 19.99? Could you draw one of those?",
        fits=hundredths(lambda h: h.min() > 99 and h.max() < 2001 and np.any(h != np.rint(h))),
    ),
    Mistake(
        "starts-below-one",
        did="starts below 1",
        tempting="0 or 0.01 looks like the beginning",
        shows="Some inputs are below 1.00.",
        hint="What is the largest target, if the smallest divisor is 0.01?",
        fits=hundredths(lambda h: h.min() < 99.5 and h.max() > 100),
    ),
    Mistake(
        "past-the-end",
        did="goes beyond the last number",
        tempting="20.00 is so close to 19.99",
        shows="Its largest inputs lie above the range.",
        hint="Is the upper end that you hand to the generator drawn, or not?",
        fits=hundredths(lambda h: h.min() >= 99.5 and 1999 < h.max() < 3000),
    ),
    Mistake(
        "end-excluded",
        did="never draws an end of the range",
        tempting="rng.integers and np.arange leave the upper end out",
        shows="At least one end of the range never comes up.",
        hint="Read the documentation of what you draw with: is its upper end included?",
        fits=hundredths(lambda h: (h.min(), h.max()) in ((101, 1999), (100, 1998), (101, 1998))),
    ),
    Mistake(
        "short-range",
        did="draws from a part of the range only",
        tempting="the deck's search took numbers up to 9.99",
        shows="A part of the range never comes up.",
        hint="From where to where should the numbers go in this exercise?",
        fits=hundredths(lambda h: h.min() >= 100 and h.max() <= 1999 and np.ptp(h) < 1890),
    ),
    Mistake(
        "larger-first",
        did="puts the larger number first",
        tempting="quotients above 1 look more natural",
        shows="One of the two numbers is never the smaller one.",
        hint="Should the network learn 2/8 as well?",
        fits=hundredths(lambda h: np.all(h[:, 0] >= h[:, 1]) or np.all(h[:, 0] <= h[:, 1])),
    ),
    Mistake(
        "coarse-steps",
        did="draws numbers in steps that are larger than a hundredth",
        tempting="a few numbers look like enough",
        shows="All its inputs lie in steps of more than a hundredth.",
        hint="How many numbers lie between 1.00 and 1.10, and how many of them can yours be?",
        fits=hundredths(
            lambda h: np.all(h == np.rint(h)) and math.gcd(*(h - h.min()).astype(int).ravel().tolist()) > 1
        ),
    ),
    Mistake(
        "not-uniform",
        did="draws some numbers far more often than others",
        tempting="a bell curve looks like chance",
        shows="The right numbers come up, but not equally often.",
        hint="How often should a number below 2 come up, compared with one above 19?",
        fits=hundredths(lambda h: h.min() >= 100 and h.max() <= 1999 and uneven(h)),
    ),
    Mistake(
        "gaps",
        did="leaves hundredths out",
        tempting="a step of 0.02, or fewer points between the ends, goes unnoticed",
        shows="Both ends come up, but many of the hundredths between them never do.",
        hint="How many different numbers can your draw give, and how many hundredths are there?",
        fits=hundredths(lambda h: (h.min(), h.max()) == (100, 1999) and np.unique(h).size < 1880),
    ),
    Mistake(
        "ends-half",
        did="rounds numbers that are spread evenly from 1 to 19.99",
        tempting="round to two decimals gives hundredths, and the two ends look right",
        shows="1.00 and 19.99 come up half as often as all others.",
        hint="From where to where are numbers rounded to 1.01, and from where to where to 1.00?",
        fits=hundredths(rounded_at_the_ends),
    ),
    Mistake(
        "dependent-numbers",
        did="draws pairs in which one number depends on the other",
        tempting="one draw can be used for two numbers",
        shows="Each of the two numbers comes up as it should, but one tells something about the other.",
        hint="Has each of the two numbers a draw of its own?",
        fits=hundredths(lambda h: (h.min(), h.max()) == (100, 1999) and not uneven(h)),
    ),
)
