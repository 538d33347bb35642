"""Points, divisions and the baselines that every trained network has to beat."""

import numpy as np
import pytest

from divnet.data import (
    division_data,
    division_grid,
    mean_absolute_error,
    parabola,
    parabola_grid,
    parabola_points,
)


def test_the_parabola_touches_zero_at_a_half():
    np.testing.assert_array_equal(parabola([-4, 0.5, 4]), [20.25, 0.0, 12.25])


def test_points_are_the_ones_deck_s_draws():
    x, y = parabola_points()
    np.random.seed(123)  # as the deck writes it
    np.testing.assert_array_equal(x, np.random.uniform(-4, 4, 1000))
    np.testing.assert_array_equal(y, (x - 0.5) ** 2)


def test_the_picture_has_300_points_and_both_ends():
    grid = parabola_grid()
    assert grid.shape == (300,) and grid[0] == -4 and grid[-1] == 4


def test_divisions_are_hundredths_from_1_to_19_99():
    x, y = division_data(24_000, np.random.default_rng(0))
    assert x.shape == (24_000, 2) and y.shape == (24_000, 1)
    assert (
        x.min() == 1.00 and x.max() == 19.99
    )  # each end is missed with probability (1899/1900)^48000 = 1e-11
    np.testing.assert_array_equal(x, np.round(x, 2))
    np.testing.assert_array_equal(y[:, 0], x[:, 0] / x[:, 1] / 100)


def test_the_search_of_deck_d_stops_at_9_99():
    x, _ = division_data(12_000, np.random.default_rng(0), top=9.99)
    assert x.min() == 1.00 and x.max() == 9.99


def test_baselines_always_zero_and_always_the_median():
    _, y = division_data(200_000, np.random.default_rng(1))
    # 0.0164 and 0.0110 were measured on one drawn set of some thousands. Over the whole square the mean of
    # a/b/100 is 0.01657 and its standard deviation 0.021, so sets of 6000 scatter by 0.0003.
    assert mean_absolute_error(np.zeros_like(y), y) == pytest.approx(0.0164, abs=0.0003)
    assert mean_absolute_error(np.full_like(y, np.median(y)), y) == pytest.approx(0.0110, abs=0.0003)


def test_the_grid_has_1900_values():
    grid = division_grid()
    assert grid.size == 1900 and grid[0] == 1.00 and grid[-1] == 19.99
    assert division_grid(0.1).size == 190
    with pytest.raises(ValueError, match="whole number of hundredths"):
        division_grid(0.005)


def test_the_mean_absolute_error_refuses_to_broadcast():
    assert mean_absolute_error([1.0, 2.0], [2.0, 4.0]) == 1.5
    with pytest.raises(ValueError, match=r"shapes \(3,\) and \(3, 1\) differ"):
        mean_absolute_error(np.zeros(3), np.zeros((3, 1)))
