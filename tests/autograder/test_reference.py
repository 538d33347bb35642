"""The 50-digit formulas give the decks' numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from mpmath import mpf

from autograder import reference
from autograder.tolerance import FLOOR, relative_error, tolerance, ulps

DIVIDE_20_5 = 0.03999994478806479
"""What divisionHard(20, 5) prints in deck D."""


def step(at: str) -> float:
    """The value just right of ``at`` minus the value at it."""
    tiny = reference.number("1e-45")
    return float(reference.activation(reference.number(at) + tiny) - reference.activation(at))


def test_dividing_20_by_5_gives_the_number_in_the_deck():
    value = float(reference.network(20, 5))
    # The deck computes in doubles: 33.3333 magnifies the hidden neurons' roundings, a few ulps of 1, by 33.
    assert relative_error(DIVIDE_20_5, value) < 33.3333 * 8 * np.finfo(float).eps
    assert ulps(DIVIDE_20_5, value) < 100


def test_with_ten_million_the_network_gives_the_listings_number(monkeypatch):
    monkeypatch.setattr(reference, "LOG_SCALE", reference.number(10_000_000))
    assert float(reference.network(20, 5)) == pytest.approx(0.046585, abs=5e-7)
    assert float(reference.activation(15)) == pytest.approx(1.0648, abs=5e-5)


def test_ten_million_and_both_biases_a_tenth_divide_as_well(monkeypatch):
    monkeypatch.setattr(reference, "LOG_SCALE", reference.number(10_000_000))
    small = reference.number("-0.0000001")
    weights = reference.DECK_WEIGHTS._replace(W1=[[-small, 0], [0, -small]], b1=[small, small])
    assert relative_error(0.039999944788065074, float(reference.network(20, 5, weights))) < 1e-13


def test_the_listings_hidden_bias_makes_an_error_of_0_0033():
    weights = reference.DECK_WEIGHTS._replace(b1=[reference.number("-1e-6"), reference.number("-1e-7")])
    pairs = np.random.default_rng(0).uniform(1.0, 19.99, (2000, 2))
    errors = [abs(float(reference.network(a, b, weights)) - a / b / 100) for a, b in pairs]
    # A sample of the fact's own grid: its mean has a standard error of 3 %.
    assert np.mean(errors) == pytest.approx(0.0033, rel=0.12)


def test_the_activation_steps_down_by_its_constants_rounding():
    assert step("0") == pytest.approx(-2.8e-10, rel=0.02)
    assert step("15") == pytest.approx(-7.5e-12, rel=0.02)


def test_the_activation_stays_between_0_and_1_and_rises_between_its_steps():
    xs = [*np.linspace(-30, -1e-9, 50), *np.linspace(1e-9, 15, 50), *np.linspace(15.01, 1000, 50)]
    values = reference.floats(reference.activation, xs)
    assert np.all((values > 0) & (values < 1))
    assert np.all(np.diff(values) > 0)


@pytest.mark.parametrize(
    ("x", "slope"), [("0", 0.5), ("1e-40", 30000), ("15", 0.0020000), ("15.0000000000001", 0.0020106)]
)
def test_the_slope_at_the_borders(x, slope):
    assert float(reference.activation_slope(x)) == pytest.approx(slope, rel=5e-5)


def test_the_fractions_of_the_deck_are_its_decimals():
    assert relative_error(float(reference.EXACT_TAIL_SCALE), float(Fraction(501379254, 4596191))) == 0
    assert float(reference.EXACT_TAIL_SCALE) == pytest.approx(109.0858178, abs=5e-8)
    assert float(reference.EXACT_TAIL_SHIFT) == 1403.359435
    assert float(reference.EXACT_EXP_FACTOR) == pytest.approx(1.359140915, abs=1e-9)


def test_the_tail_has_its_pole_inside_the_middle_branch():
    assert float(reference.TAIL_SHIFT / reference.TAIL_SCALE) == pytest.approx(12.8647, abs=5e-5)


@pytest.mark.parametrize("formula", ["activation", "activation_slope"])
def test_the_deck_s_decimals_and_the_exact_constants_are_within_the_tolerance_of_each_other(
    formula, monkeypatch
):
    xs = [-20.0, -1.0, 0.0, 0.5, 15.0, 15.001, 20.0, 1000.0]
    rounded = reference.floats(getattr(reference, formula), xs)
    for name in ("EXP_FACTOR", "TAIL_SCALE", "TAIL_SHIFT"):
        monkeypatch.setattr(reference, name, getattr(reference, f"EXACT_{name}"))
    exact = reference.floats(getattr(reference, formula), xs)
    assert np.all(np.abs(rounded - exact) < FLOOR * np.abs(exact))


@pytest.mark.parametrize(
    ("value", "slope"),
    [(reference.activation, reference.activation_slope), (reference.sigmoid, reference.sigmoid_slope)],
)
def test_a_slope_is_the_slope_of_its_value(value, slope):
    h = reference.number("1e-20")
    for x in (-3, "-0.5", "0.1", 2, 14, 16):
        x = reference.number(x)
        measured = (value(x + h) - value(x - h)) / (2 * h)
        # The difference quotient itself is exact to h², and 50 digits leave 30 of them after dividing by h.
        assert abs(measured / slope(x) - 1) < mpf("1e-20")


def test_the_gradient_is_the_slope_of_the_loss():
    x, y = reference.number("1.5"), reference.number(-2)
    theta = [[0.5, -1.25, 0.75], [0.25, 0.5, -1.0], [2.0, -0.5, 1.5]]
    gradient = reference.loss_gradient(x, y, *theta)
    h = reference.number("1e-20")

    def loss(which: int, k: int, by: reference.Number) -> reference.Number:
        moved = [list(map(reference.number, part)) for part in theta]
        moved[which][k] += by
        return (reference.approximator(x, *moved) - y) ** 2

    for which, part in enumerate(gradient):
        for k, slope in enumerate(part):
            measured = (loss(which, k, h) - loss(which, k, -h)) / (2 * h)
            assert abs(measured / slope - 1) < mpf("1e-20")


def test_an_sgd_step_goes_against_the_gradient():
    arguments = (1.5, -2.0, [0.5], [0.25], [2.0])
    dw, db, dv = reference.loss_gradient(*arguments)
    new = reference.sgd_step(*arguments, 0.1)
    moved = [(t[0] - old) / reference.number(0.1) for t, old in zip(new, (0.5, 0.25, 2.0), strict=True)]
    assert [float(m) for m in moved] == pytest.approx([-float(d[0]) for d in (dw, db, dv)], rel=1e-15)


def test_the_floats_are_rounded_once_to_the_nearest_double():
    assert reference.floats(reference.sigmoid, [0.0, 800.0, -800.0]).tolist() == [0.5, 1.0, 0.0]


def test_the_tolerance_never_falls_below_its_floor_and_grows_with_the_condition():
    assert tolerance("float64") == FLOOR == 2e-9
    assert tolerance("float64", 100.0) == FLOOR
    assert tolerance("float32", 0.0) == pytest.approx(8 * 2**-23)
    assert tolerance("float32", 9.0) == pytest.approx(10 * tolerance("float32", 0.0))
    assert tolerance("float16") == tolerance("float32")
    assert tolerance("int64") == FLOOR


def test_errors_are_counted_relatively_and_in_ulps():
    assert relative_error(1.1, 1.0) == pytest.approx(0.1)
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(1.0, 0.0) == float("inf")
    assert relative_error(float("nan"), 1.0) == float("inf")
    assert ulps(np.nextafter(1.0, 2.0), 1.0) == 1.0
