"""The picture of many seeds: a dot for each, none of them hidden, and the same in words."""

import numpy as np
import pytest

from divnet.plots import Plot, show_seed_spread

SIGMOID = [0.0013, 0.0037, 0.0014, 0.00365]
CUSTOM = [0.0031, np.nan, 0.0036, np.inf]
BASELINES = {"always 0": 0.0166, "always the median": 0.0111}


@pytest.fixture
def plot() -> Plot:
    return show_seed_spread({"sigmoid": SIGMOID, "custom": CUSTOM}, baselines=BASELINES)


def dots(plot: Plot) -> list:
    return [line for line in plot.figure.axes[0].lines if line.get_marker() not in ("None", None, "")]


def test_every_finite_error_is_a_dot_in_its_networks_row(plot: Plot) -> None:
    first, second = dots(plot)
    assert sorted(first.get_xdata()) == sorted(SIGMOID)
    assert sorted(second.get_xdata()) == [0.0031, 0.0036]
    assert all(abs(y - 0) < 0.5 for y in first.get_ydata())
    assert all(abs(y - 1) < 0.5 for y in second.get_ydata())
    assert [text.get_text() for text in plot.figure.axes[0].get_yticklabels()] == ["sigmoid", "custom"]


def test_rows_differ_by_marker_and_baselines_by_dashes_not_by_colour_alone(plot: Plot) -> None:
    assert len({line.get_marker() for line in dots(plot)}) == 2
    named = [line for line in plot.figure.axes[0].lines if not line.get_label().startswith("_")]
    assert [line.get_label() for line in named] == ["always 0: 0.0166", "always the median: 0.0111"]
    assert len({str(line.get_linestyle()) for line in named}) == 2


def test_no_two_dots_stand_in_one_place_however_many_there_are() -> None:
    (line,) = dots(show_seed_spread({"sigmoid": [0.001] * 60}))
    assert len(set(line.get_ydata())) == 60
    assert max(line.get_ydata()) - min(line.get_ydata()) < 1  # in its own row


def test_the_words_say_what_the_picture_shows(plot: Plot) -> None:
    assert "sigmoid: 4 seeds, from 0.0013 to 0.0037, median 0.00252." in plot.alt
    assert "custom: 2 seeds" in plot.alt
    assert "2 without a finite error left out" in plot.alt
    assert "always 0 0.0166, always the median 0.0111" in plot.alt


def test_both_axes_are_labelled_and_the_errors_logarithmic(plot: Plot) -> None:
    ax = plot.figure.axes[0]
    assert ax.get_xscale() == "log"
    assert "logarithmic" in ax.get_xlabel()
    assert ax.get_ylabel() == "network"
    other = show_seed_spread({"adam": SIGMOID}, rows_are="settings")
    assert other.figure.axes[0].get_ylabel() == "settings"
    low, high = ax.get_xlim()
    assert low < 0.0013
    assert high > 0.0166


def test_the_picture_is_the_same_every_time(plot: Plot) -> None:
    again = show_seed_spread({"sigmoid": SIGMOID, "custom": CUSTOM}, baselines=BASELINES)
    assert again.png() == plot.png()


@pytest.mark.parametrize("errors", [{}, {"sigmoid": []}, {"sigmoid": [np.nan]}, {"sigmoid": [0.0]}])
def test_what_cannot_be_drawn_is_said(errors: dict) -> None:
    with pytest.raises(ValueError, match="show_seed_spread"):
        show_seed_spread(errors)
