"""The fast network agrees with the exact one, and training it does what the course says of it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import reference
from autograder.kinds.training import (
    ACCURATE,
    ROUGH,
    activation,
    learns,
    mean_error,
    outputs,
    parameters,
    rough_error,
    slope,
)
from tests.answers.start_weights import recipe

X = np.array([-30.0, -1.0, -1e-6, 0.0, 1e-9, 1e-6, 0.5, 12.86, 15.0, np.nextafter(15, 16), 20.0, 1000.0])
DECK = parameters(reference.DECK_WEIGHTS)


def test_value_and_slope_are_the_formulas_in_all_branches_at_once_and_alone():
    # The tail subtracts numbers of about 1500 and may lose four digits of sixteen; with its slope, twice.
    np.testing.assert_allclose(activation(X), reference.floats(reference.activation, X), rtol=1e-12)
    np.testing.assert_allclose(slope(X), reference.floats(reference.activation_slope, X), rtol=1e-12)
    for i, x in enumerate(X):
        assert activation(np.array([x]))[0] == activation(X)[i]


def test_outputs_are_the_reference_networks():
    rng = np.random.default_rng(0)
    a, b = rng.uniform(1, 19.99, (2, 20))
    for weights in (reference.DECK_WEIGHTS, reference.EXACT_WEIGHTS):
        exact = [float(reference.network(p, q, weights)) for p, q in zip(a, b, strict=True)]
        # 33.3(h₁ − h₂) turns roundings of h ≈ 0.5 into 33 times as much of the output.
        np.testing.assert_allclose(outputs(parameters(weights), a, b), exact, rtol=200 * 2.2e-16)


def test_the_hand_set_weights_have_the_error_that_the_course_names():
    assert mean_error(DECK) == pytest.approx(1.9e-8, rel=0.02)
    assert mean_error(parameters(reference.EXACT_WEIGHTS)) < 1e-11
    listing = (*DECK[:5], -1e-7, *DECK[6:])
    assert mean_error(listing) == pytest.approx(0.0033, rel=0.02)
    assert mean_error((0.0,) * 8 + (-100.0,)) == pytest.approx(0.0164, rel=0.02)  # measured on a sample


def test_the_rough_error_is_near_the_whole_ones():
    assert rough_error(DECK) == pytest.approx(mean_error(DECK), rel=0.5)


def test_training_from_near_the_end_ends_there_and_the_same_start_always_ends_alike():
    starts = [(0.05, 0.001, 0.001, 0.05, 0.0, 0.0, 30.0, -30.0, -4.0), DECK, (0.0,) * 9]
    for _ in range(2):
        assert learns(starts).tolist() == [True, True, False]
    assert [learns([start]).item() for start in starts] == [True, True, False]


def test_training_side_by_side_succeeds_from_the_starts_from_which_scipys_succeeds():
    from scipy.optimize import least_squares

    starts = np.array([np.concatenate([*map(np.ravel, recipe(np.random.default_rng(s)))]) for s in range(60)])
    a, b = (v.ravel() for v in np.meshgrid(ROUGH, ROUGH))
    with np.errstate(all="ignore"):
        ends = [
            least_squares(lambda p: outputs(p, a, b) - a / b / 100, start, x_scale="jac", max_nfev=100).x
            for start in starts
        ]
    theirs = rough_error(ends) <= ACCURATE
    assert np.count_nonzero(theirs) >= 5
    # Roundings grow on the way: a training in a hundred ends elsewhere.
    assert np.count_nonzero(learns(starts) != theirs) <= 3


def test_a_start_without_slopes_leads_nowhere():
    assert not learns([(0.05, 0.0, 0.0, 0.05, 0.0, 0.0, 30.0, -30.0, -60.0), (1e308,) * 9]).any()
