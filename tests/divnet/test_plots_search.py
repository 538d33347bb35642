"""The pictures of a finished search."""

import numpy as np
import pytest

from divnet.plots import show_importance, show_pairs, show_parallel_coordinates
from divnet.plots.search import Coordinates
from divnet.search import Plan, best
from divnet.search.finished import Trial

RNG = np.random.default_rng(0)
TRIALS = [Trial(seed, c, 10 ** RNG.uniform(-3.5, -0.5), 1.0) for c, seed in Plan().trainings()]


def thick(plot):
    return [line for line in plot.figure.axes[0].lines if line.get_linewidth() > 1.5]


def test_each_trial_is_a_line_and_the_best_are_thick():
    plot = show_parallel_coordinates(TRIALS, highlight=5)
    assert len([line for line in plot.figure.axes[0].lines if len(line.get_xdata()) == 5]) == 280
    assert len(thick(plot)) == 5
    lowest = max(line.get_ydata()[4] for line in thick(plot))
    assert (
        sum(line.get_ydata()[4] <= lowest for line in plot.figure.axes[0].lines if len(line.get_xdata()) == 5)
        == 5
    )
    assert all(str(trial.configuration) in plot.alt for trial in best(TRIALS, 5))


def test_nothing_stands_out_where_nothing_is_asked_for():
    plot = show_parallel_coordinates(TRIALS, highlight=0)
    assert thick(plot) == [] and "best" not in plot.alt


def test_a_line_ends_at_its_error_and_passes_near_its_settings():
    coordinates = Coordinates(TRIALS)
    paths = coordinates.paths(TRIALS)
    assert (coordinates.low, coordinates.high) == (-4, 0)
    np.testing.assert_allclose(paths[:, 4, 1], (np.log10([t.error for t in TRIALS]) + 4) / 4)
    np.testing.assert_allclose(paths[0, :3, 1], 0.0, atol=0.05)  # batch size 1, no dropout, 90 epochs
    assert (coordinates.paths(TRIALS[7:9]) == paths[7:9]).all()  # a selection stands where it stood


def test_importance_is_drawn_and_told_in_order():
    plot = show_importance({"batch_size": 0.25, "optimizer": 0.75})
    assert [bar.get_width() for bar in plot.figure.axes[0].patches] == [0.25, 0.75]
    assert "optimiser 75 %, batch size 25 %" in plot.alt


def test_pairs_count_who_is_better():
    first, second = (
        TRIALS[:3],
        [TRIALS[i]._replace(error=TRIALS[i].error * f) for i, f in enumerate((2, 0.5, 0.1))],
    )
    plot = show_pairs(first, second, ("no dropout", "dropout"))
    assert "3 pairs" in plot.alt and "with dropout the error is smaller in 2 of them" in plot.alt
    assert "with no dropout in 1." in plot.alt


@pytest.mark.parametrize(
    "draw", [lambda: show_parallel_coordinates(TRIALS), lambda: show_importance({"epochs": 1.0})]
)
def test_the_same_picture_has_the_same_bytes(draw):
    assert draw().png() == draw().png()
