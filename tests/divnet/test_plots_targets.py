"""How answers are spread, and errors as distances: what the pictures and their words say."""

import numpy as np
import pytest

from divnet.data import division_data
from divnet.plots import Plot, show_distances, show_targets

Y = division_data(2000, np.random.default_rng(0))[1]
PLOTS = {"targets": lambda: show_targets(Y), "distances": lambda: show_distances([1, 2], [[1.5], [0]])}


@pytest.fixture(params=list(PLOTS))
def plot(request: pytest.FixtureRequest) -> Plot:
    return PLOTS[request.param]()


def test_both_axes_are_labelled_and_the_picture_is_the_same_every_time(
    request: pytest.FixtureRequest, plot: Plot
) -> None:
    ax = plot.figure.axes[0]
    assert ax.get_xlabel()
    assert ax.get_ylabel()
    assert PLOTS[request.node.callspec.params["plot"]]().png() == plot.png()


def test_every_answer_is_counted_once() -> None:
    ax = show_targets(Y).figure.axes[0]
    assert sum(bar.get_height() for bar in ax.patches) == 2000


def test_the_words_give_median_and_mean_and_the_share_of_large_answers() -> None:
    y = np.array([0.001, 0.01, 0.01, 0.15])
    words = show_targets(y).alt
    assert "How 4 answers are spread, from 0.001 to 0.15: median 0.01, mean 0.0427; 25 %" in words


def test_equal_answers_can_be_drawn() -> None:
    assert show_targets([0.01, 0.01]).png()


def test_distances_are_taken_pair_by_pair_whatever_the_shapes() -> None:
    words = show_distances([1, 2], [[1.5], [0]]).alt
    assert "1 and 1.5, apart by 0.5, 2 and 0, apart by 2. The mean of the distances is 1.25." in words


@pytest.mark.parametrize("draw", [lambda: show_targets([]), lambda: show_targets([np.nan])])
def test_targets_that_cannot_be_drawn_are_refused(draw) -> None:
    with pytest.raises(ValueError, match="show_targets"):
        draw()


def test_unequal_numbers_of_points_are_refused() -> None:
    with pytest.raises(ValueError, match="3 and 2 numbers"):
        show_distances([1, 2, 3], [1, 2])
