"""The three branches, their slope, and the jump that tells a right constant from a wrong one (deck D)."""

import math
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from divnet.activation import DECK, LISTING, Constants, activation, activation_slope, step

POLE = 1403.359435 / 109.0858178
# Double arithmetic: each branch is a handful of operations, each exact to half an ulp of values below 1.1;
# the logarithm's and exponential's arguments add as much again. 16 ulps of 1 leave room for libm.
EXACT = 16 * np.finfo(float).eps


def exactly(x: float, log_scale: str = "1000000") -> tuple[float, float]:
    """The formula of deck D and its derivative in 50-digit arithmetic, at one point."""
    with mpmath.workdps(50):
        x = mpmath.mpf(x)
        if x <= 0:
            value = mpmath.mpf("1.359140915") * mpmath.exp(x - 1)
            return float(value), float(value)
        if x <= 15:
            inside = mpmath.mpf(log_scale) * x + 1
            return (
                float(mpmath.mpf("0.03") * mpmath.log(inside) + mpmath.mpf("0.5")),
                float(mpmath.mpf("0.03") * mpmath.mpf(log_scale) / inside),
            )
        below = mpmath.mpf("109.0858178") * x - mpmath.mpf("1403.359435")
        return float(1 - 1 / below), float(mpmath.mpf("109.0858178") / below**2)


@given(st.floats(-700, 1e12) | st.floats(-3, 30) | st.floats(0, 1e-5))
def test_value_and_slope_are_the_formula_in_high_precision(x):
    value, slope = exactly(x)
    # e^(x−1) turns an absolute rounding of x − 1 (|x| ulps) into a relative error of the result.
    assert activation(x) == pytest.approx(value, rel=EXACT * max(1, abs(min(x, 0))), abs=0)
    # Just right of 15 the tail's denominator loses 10³ of its digits' size to cancellation: 1403 of 233.
    assert activation_slope(x) == pytest.approx(slope, rel=4 * EXACT * max(1, abs(min(x, 0))), abs=0)


@given(st.floats(-5, -1e-3) | st.floats(1e-3, 14.9) | st.floats(15.1, 100))
def test_slope_is_what_the_curve_does(x):
    h = 1e-5 * min(abs(x), 1.0)
    difference = (activation(x + h) - activation(x - h)) / (2 * h)
    # A central difference is off by h²f‴/6 (below h²/x² ≈ 1e-10 of the slope) and by rounding, 1e-16/h.
    assert activation_slope(x) == pytest.approx(difference, rel=1e-8, abs=4e-16 / h)


def test_its_slope_at_the_borders():
    assert activation_slope(0.0) == pytest.approx(0.5, rel=1e-9)
    assert activation_slope(np.nextafter(0.0, 1.0)) == 30_000.0
    assert activation_slope(15.0) == pytest.approx(0.0020000, abs=5e-8)
    assert activation_slope(np.nextafter(15.0, 16.0)) == pytest.approx(0.0020106, abs=5e-8)


def test_with_the_deck_constants_it_steps_down_by_almost_nothing():
    assert step(0.0) == pytest.approx(-2.8e-10, abs=0.05e-10)
    assert step(15.0) == pytest.approx(-7.5e-12, abs=0.05e-12)


def test_the_listing_jumps_at_15_from_1_0648_to_0_9957():
    assert activation(15.0, LISTING) == pytest.approx(1.0648, abs=5e-5)
    assert activation(np.nextafter(15.0, 16.0), LISTING) == pytest.approx(0.9957, abs=5e-5)
    assert step(15.0, LISTING) == pytest.approx(0.9957 - 1.0648, abs=1e-4)


def test_the_listing_is_too_high_by_0_03_ln_10_between_the_borders():
    x = np.linspace(1e-3, 15, 100)
    # ln(10⁷x + 1) − ln(10⁶x + 1) misses ln 10 by 9/(10⁷x), at most 9e-4.
    np.testing.assert_allclose(
        activation(x, LISTING) - activation(x), 0.03 * math.log(10), atol=0.03 * 9.1e-4
    )


def test_step_follows_a_border_of_ones_own():
    constants = Constants(border=20.0)
    assert step(20.0, constants) == pytest.approx(
        activation(np.nextafter(20.0, 21.0), constants) - activation(20.0, constants), rel=1e-12
    )


def test_step_names_the_borders_when_asked_elsewhere():
    with pytest.raises(ValueError, match=r"at = 3 is no border; expected 0.0 or 15.0"):
        step(3)


def test_its_values_lie_between_0_and_1_and_rise():
    x = np.concatenate([-np.geomspace(700, 1e-9, 5000), np.geomspace(1e-12, 1e9, 20_000)])
    y = activation(x)
    assert (y > 0).all() and (y < 1).all()
    rises = np.diff(y) > 0
    crosses = np.searchsorted(x, [0.0, 15.0]) - 1  # the two known steps down
    assert rises[np.setdiff1d(np.arange(rises.size), crosses)].mean() == 1.0


def test_the_constants_are_the_deck_fractions_to_the_printed_digits():
    assert float(Fraction(501379254, 4596191)) == pytest.approx(DECK.tail_scale, abs=5e-8)
    assert float(Fraction(280671887, 200000)) == pytest.approx(DECK.tail_shift, abs=5e-7)
    # The ninth decimal is rounded up (e/2 = 1.35914091423): a whole unit of it, not half.
    assert math.e / 2 == pytest.approx(DECK.exp_factor, abs=1e-9)


@pytest.mark.parametrize("function", [activation, activation_slope])
def test_no_warning_where_a_branch_not_taken_would_overflow(function):
    at = np.array([-1e308, -745.0, -1e-6, 0.0, 1e-300, POLE, 12.864728, 15.0, 100.0, 1e30, 1e150])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(function(at)).all()
        assert np.isnan(function(np.nan))


@pytest.mark.parametrize("function", [activation, activation_slope])
@pytest.mark.parametrize("shape", [(), (0,), (5,), (2, 3), (2, 0, 3)])
def test_any_shape_comes_back_in_float64(function, shape):
    result = function(np.ones(shape, dtype=np.float32))
    assert np.shape(result) == shape and result.dtype == np.float64


@pytest.mark.parametrize("function", [activation, activation_slope])
def test_the_argument_is_untouched(function):
    x = np.array([-1.0, 0.0, 3.0, 15.0, 20.0])
    before = x.copy()
    function(x)
    np.testing.assert_array_equal(x, before)


def test_a_python_list_of_integers_will_do():
    np.testing.assert_array_equal(activation([-1, 0, 1, 16]), activation(np.array([-1.0, 0.0, 1.0, 16.0])))


def test_constants_that_put_the_pole_in_the_tail_do_not_warn():
    constants = Constants(border=1403.359435 / 109.0858178)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        activation(np.linspace(-20, 20, 999), constants)
        step(constants.border, constants)
