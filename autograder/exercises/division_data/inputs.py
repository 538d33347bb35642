"""Mistakes with a name in exercise ``division-data``: the inputs and how often they come up."""

from __future__ import annotations

import numpy as np

from autograder.exercises.division_data.draws import hundredths
from autograder.kinds.legacy import Misconception

INPUTS = (
    Misconception(
        "same-number-twice",
        "uses one number for both columns",
        "one draw looks like enough",
        "Both numbers of a pair are the same: every quotient is 1.",
        "How often must be drawn for each row?",
        hundredths(lambda h: np.all(h[:, 0] == h[:, 1])),
    ),
    Misconception(
        "hundredths-as-numbers",
        "leaves the hundredths undivided",
        "whole numbers are what rng.integers gives",
        "The inputs are a hundred times too large: they count hundredths and were not turned back.",
        "Your numbers count hundredths. Which number are 250 hundredths?",
        hundredths(lambda h: h.min() >= 10_000 and h.max() >= 150_000),
    ),
    Misconception(
        "unit-interval",
        "draws between 0 and 1",
        "rng.random() needs no arguments",
        "All inputs lie between 0 and 1.",
        "How is a range from 0 to 1 stretched and moved to another one?",
        hundredths(lambda h: h.max() <= 100),
    ),
    Misconception(
        "whole-numbers",
        "draws whole numbers",
        "rng.integers(1, 20) reads like the task",
        "All inputs are whole numbers: a few hundred different divisions in all.",
        "How many hundredths are there between 1.00 and 1.99?",
        hundredths(lambda h: np.all(h % 100 == 0)),
    ),
    Misconception(
        "tenths",
        "draws tenths",
        "one decimal looks fine enough",
        "All inputs have one decimal.",
        "What is the smallest step from 1.00 to the next number?",
        hundredths(lambda h: np.all(h % 10 == 0)),
    ),
    Misconception(
        "off-hundredths",
        "draws any decimal number",
        "rng.uniform gives numbers in a range",
        "Its inputs are spread over the right range, and not on the hundredths.",
        "How many different numbers are there from 1.00 to 19.99? Could you draw one of those?",
        hundredths(lambda h: h.min() > 99 and h.max() < 2001 and np.any(h != np.rint(h))),
    ),
    Misconception(
        "starts-below-one",
        "starts below 1",
        "0 or 0.01 looks like the beginning",
        "Some divisors are below 1, and the targets outgrow the network's range.",
        "What is the largest target, if the smallest divisor is 0.01?",
        hundredths(lambda h: h.min() < 99.5 and h.max() > 100),
    ),
    Misconception(
        "past-the-end",
        "goes beyond the last number",
        "20.00 is so close to 19.99",
        "Its largest inputs lie above the range.",
        "Is the upper end that you hand to the generator drawn, or not?",
        hundredths(lambda h: h.min() >= 99.5 and 1999 < h.max() < 3000),
    ),
    Misconception(
        "end-excluded",
        "never draws an end of the range",
        "rng.integers and np.arange leave the upper end out",
        "One hundredth at an end of the range never comes up.",
        "Read the documentation of what you draw with: is its upper end included?",
        hundredths(lambda h: (h.min(), h.max()) in ((101, 1999), (100, 1998), (101, 1998))),
    ),
    Misconception(
        "short-range",
        "draws from a part of the range only",
        "the deck's search took numbers up to 9.99",
        "A large part of the range never comes up.",
        "From where to where should the numbers go in this exercise?",
        hundredths(lambda h: h.min() >= 100 and h.max() <= 1999 and np.ptp(h) < 1890),
    ),
    Misconception(
        "larger-first",
        "puts the larger number first",
        "quotients above 1 look more natural",
        "The first number is never the smaller one.",
        "Should the network learn 2/8 as well?",
        hundredths(lambda h: np.all(h[:, 0] >= h[:, 1]) or np.all(h[:, 0] <= h[:, 1])),
    ),
    Misconception(
        "not-uniform",
        "draws some numbers far more often than others",
        "a bell curve looks like chance",
        "The right numbers come up, but not equally often.",
        "How often should a number below 2 come up, compared with one above 19?",
        hundredths(
            lambda h: (
                h.min() >= 100
                and h.max() <= 1999
                and np.unique(h).size > 900
                and np.any(h[:, 0] < h[:, 1])
                and np.any(h[:, 0] > h[:, 1])
            )
        ),
    ),
)
