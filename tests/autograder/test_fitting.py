"""The fast network agrees with the exact one, and training it does what the course says of it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import reference
from autograder.kinds.training import (
    activation,
    learns,
    mean_error,
    outputs,
    parameters,
    rough_error,
    slope,
    trained,
)

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
    start = (0.05, 0.001, 0.001, 0.05, 0.0, 0.0, 30.0, -30.0, -4.0)
    assert learns(start)
    end = trained(start)
    trained.cache_clear()
    assert trained(start) == end


def test_a_start_without_slopes_leads_nowhere():
    assert not learns((0.05, 0.0, 0.0, 0.05, 0.0, 0.0, 30.0, -30.0, -60.0))
    assert not learns((1e308,) * 9)
