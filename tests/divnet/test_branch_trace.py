"""The numbers of autodiff's way, branch by branch, are those that the gradient is made of."""

import numpy as np
import pytest

from divnet.activation import activation, activation_slope
from divnet.branch_trace import trace_branches
from divnet.tensorflow_activation import deck_guards, own_intervals, unguarded

X = np.array([-1.0, -1e-6, 0.5, 12.864728, 20.0, 100.0], dtype="float32")
EXPONENTIAL, LOGARITHM, TAIL = range(3)


@pytest.mark.parametrize("guards", [unguarded, deck_guards, own_intervals])
def test_value_and_gradient_are_the_activation_s_or_nan(guards):
    trace = trace_branches(X, guards)
    np.testing.assert_allclose(trace.y, activation(X), rtol=1e-6)
    fine = np.isfinite(trace.gradient)
    np.testing.assert_allclose(trace.gradient[fine], activation_slope(X[fine]), rtol=1e-5)
    np.testing.assert_array_equal(trace.gradient, trace.parts.sum(axis=0))


@pytest.mark.parametrize("guards", [unguarded, deck_guards, own_intervals])
def test_upstream_is_1_for_the_branch_that_was_chosen_and_0_for_the_others(guards):
    chosen = [EXPONENTIAL, EXPONENTIAL, LOGARITHM, LOGARITHM, TAIL, TAIL]
    upstream = trace_branches(X, guards).upstream
    assert upstream.tolist() == (np.arange(3)[:, np.newaxis] == chosen).astype(float).tolist()


def test_without_guards_0_times_infinity_is_nan():
    trace = trace_branches(X)
    assert np.isnan(trace.gradient).tolist() == [False, True, False, True, False, True]
    for place, branch in ((1, LOGARITHM), (3, TAIL), (5, EXPONENTIAL)):
        at = trace.at(place)
        assert at.upstream[branch] == 0 and np.isinf(at.slopes[branch]) and np.isnan(at.parts[branch])
        assert np.isfinite(np.delete(at.parts, branch)).all()


def test_the_decks_guards_leave_the_tails_pole():
    trace = trace_branches(X, deck_guards)
    assert np.isnan(trace.parts).tolist() == [[False] * 6, [False] * 6, [i == 3 for i in range(6)]]


def test_a_guard_that_puts_in_another_number_has_slope_0():
    at = trace_branches(X, own_intervals).at(2)
    assert at.arguments.tolist() == [0, 0.5, 15] and at.guard_slopes.tolist() == [0, 1, 0]
    assert np.isfinite(at.slopes).all()


def test_the_dtype_is_the_arithmetic_s():
    assert trace_branches([100.0], dtype="float64").gradient.dtype == np.float64
    assert np.isfinite(trace_branches([100.0], dtype="float64").gradient).all()  # e^99 fits there
