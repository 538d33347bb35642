"""A race's words hold even where another machine's rounding moves every dot a little."""

import numpy as np

from divnet.plots.race import show_race
from divnet.plots.seeds import show_seed_spread

RUNS = {"sigmoid": [0.00124, 0.00131, 0.00372], "custom": [0.0031, 0.0037, 0.0053]}


def test_the_words_name_each_network_and_its_middle_roughly():
    alt = show_race(RUNS, baselines={"always 0": 0.0167}).alt
    assert "sigmoid: 3 seeds, the middle one near 0.001." in alt
    assert "custom: 3 seeds, the middle one near 0.004." in alt
    assert "always 0: 0.017." in alt


def test_dots_that_move_by_a_twentieth_leave_the_words_as_they_are():
    moved = {name: np.array(values) * [1.05, 0.95, 1.05] for name, values in RUNS.items()}
    assert show_race(moved).alt == show_race(RUNS).alt


def test_the_picture_is_that_of_the_spread():
    assert show_race(RUNS).png() == show_seed_spread(RUNS).png()
