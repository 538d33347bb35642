"""What must hold of the formulas at every x, tried with hypothesis at 50 digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import reference
from autograder.reference import MP, number
from autograder.tolerance import FLOOR, close, relative_error, tolerance, ulps, working_dtype

BORDERS = (0.0, 15.0)

everywhere = st.floats(-50, 1000) | st.floats(-1e-6, 1e-6) | st.floats(14.9, 15.1)
moderate = st.floats(-30, 30)
small_step = st.floats(1e-30, 1e-20).map(number)


def same_branch(x, y):
    return not any(min(x, y) <= border < max(x, y) for border in BORDERS)


@given(everywhere, small_step)
def test_the_activation_is_continuous_within_each_branch(x, h):
    assume(same_branch(number(x), number(x) + h))
    # A mean value theorem: it cannot change by more than its steepest slope, 30 000, times h.
    change = reference.activation(number(x) + h) - reference.activation(x)
    assert 0 <= change <= 30_000 * h + number("1e-48")


@pytest.mark.parametrize(("border", "most"), [("0", "2.9e-10"), ("15", "7.6e-12")])
@given(h=small_step)
def test_at_a_border_it_steps_down_by_its_constants_rounding_and_no_more(border, most, h):
    # 30 000·10⁻²⁰ at the most is what the slope itself adds.
    change = reference.activation(number(border) + h) - reference.activation(border)
    assert -number(most) <= change <= 0


@given(everywhere, everywhere)
def test_the_activation_rises_but_for_its_two_tiny_steps(x, y):
    low, high = sorted((x, y))
    assume(high - low > 1e-40)  # 50 digits do not tell 0.5 + 10⁻⁷¹ from 0.5
    rise = reference.activation(high) - reference.activation(low)
    assert rise > 0 if same_branch(low, high) else rise > -number("2.9e-10")


@given(everywhere)
def test_the_values_lie_between_0_and_1_and_the_slope_above_0(x):
    assert 0 < reference.activation(x) < 1
    assert 0 < reference.activation_slope(x) <= 30_000


@given(everywhere)
def test_the_activation_s_slope_is_its_difference_quotient(x):
    assume(all(abs(x - border) > 1e-9 for border in BORDERS))
    # The middle branch bends over distances of 10⁻⁶: h is far below, and 50 digits leave 25 of them.
    h, x = number("1e-22"), number(x)
    quotient = (reference.activation(x + h) - reference.activation(x - h)) / (2 * h)
    assert abs(quotient - reference.activation_slope(x)) <= number("1e-15") * reference.activation_slope(
        x
    ) + number("1e-26")


@given(moderate)
def test_the_sigmoid_s_slope_is_its_difference_quotient(x):
    h, x = number("1e-20"), number(x)
    quotient = (reference.sigmoid(x + h) - reference.sigmoid(x - h)) / (2 * h)
    assert abs(quotient - reference.sigmoid_slope(x)) <= number("1e-28")


@given(st.floats(-100, 100))
def test_the_sigmoid_is_symmetric_about_one_half(x):
    # Rounded at the 50th digit.
    assert abs(reference.sigmoid(x) + reference.sigmoid(-x) - 1) < number("1e-48")
    assert reference.sigmoid_slope(x) == reference.sigmoid_slope(-x)
    assert abs(reference.sigmoid_slope(x) - reference.sigmoid(x) * reference.sigmoid(-x)) < number("1e-48")


@given(moderate, moderate)
def test_the_sigmoid_rises_between_0_and_1(x, y):
    low, high = sorted((x, y))
    assume(high - low > 1e-9)
    assert 0 < reference.sigmoid(low) < reference.sigmoid(high) < 1


@settings(max_examples=50)
@given(st.integers(101, 1999), st.integers(101, 1999))
def test_the_exact_weights_divide_every_pair_of_hundredths(a, b):
    a, b = number(a) / 100, number(b) / 100
    output = reference.network(a, b, reference.EXACT_WEIGHTS)
    # Only the output's rounded constant, e/2 to ten digits, is left (at 1.00 a hidden neuron has it as well).
    assert abs(output / (a / b / 100) - 1) < FLOOR


kinds = st.sampled_from(["float16", "float32", "float64", "int64"])
conditions = st.floats(0, 1e12)


@given(kinds, conditions, conditions)
def test_the_tolerance_has_a_floor_and_never_shrinks_when_the_condition_grows(dtype, one, other):
    low, high = sorted((one, other))
    assert FLOOR <= tolerance(dtype, low) <= tolerance(dtype, high)
    assert tolerance("float64", low) <= tolerance(dtype, low)


@given(conditions)
def test_coarser_types_than_float32_count_as_float32_and_integers_as_float64(condition):
    assert tolerance("float16", condition) == tolerance("float32", condition)
    assert tolerance("int64", condition) == tolerance("float64", condition)


@given(st.floats(-50, 1000).filter(lambda x: x == 0 or abs(x) > 1e-300))
def test_an_answer_computed_in_doubles_and_rounded_once_is_always_close(x):
    value = float(reference.activation(x))
    for honest in (value, np.nextafter(value, 2.0), np.nextafter(value, -1.0)):
        assert close(np.array(honest), np.array(value), tolerance("float64"))
        assert ulps(float(honest), value) <= 2  # below a power of two the neighbours are nearer


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=1e-300, max_value=1e300))
def test_what_is_off_by_more_than_the_tolerance_is_not_close(value):
    wrong = value * (1 + 3 * tolerance("float64"))
    assert not close(np.array(wrong), np.array(value), tolerance("float64"))
    assert relative_error(wrong, value) > tolerance("float64")
    assert not close(np.array(np.nan), np.array(value), 1.0)


@given(st.lists(st.floats(width=32, allow_nan=False), min_size=1))
def test_float32_numbers_kept_as_float64_are_known_by_their_digits(values):
    numbers = np.array(values, dtype=np.float64)
    with np.errstate(over="ignore"):
        half = numbers.astype(np.float16).astype(float)
    round_ = np.array_equal(half, numbers)
    assert working_dtype("float32", numbers) == "float32"
    if not round_ and np.all(np.abs(numbers) < 6e4):
        assert working_dtype("float64", numbers) == "float32"


def test_the_arithmetic_has_fifty_digits():
    assert MP.dps == 50
