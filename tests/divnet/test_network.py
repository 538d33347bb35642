"""The hand-set weights divide, deck D's misprints do not, and the NumPy and Keras forms agree."""

import numpy as np
import pytest

from divnet.activation import LISTING, activation
from divnet.data import division_grid, mean_absolute_error, parabola_grid
from divnet.network import (
    DECK_WEIGHTS,
    LISTING_WEIGHTS,
    approximator,
    approximator_model,
    divide,
    forward,
    sigmoid,
)


def listing(x):
    return activation(x, LISTING)


@pytest.fixture(scope="module")
def square():
    """Every pair of 1.00 … 19.99 in hundredths, and its quotient / 100."""
    a, b = np.meshgrid(division_grid(), division_grid(), indexing="ij")
    return a, b, a / b / 100


def test_20_divided_by_5_is_the_number_that_the_deck_prints():
    assert divide(20, 5) == 0.03999994478806479


def test_on_the_whole_grid_the_error_is_1_9e_8(square):
    a, b, quotient = square
    assert mean_absolute_error(divide(a, b), quotient) == pytest.approx(1.9e-8, abs=0.05e-8)


def test_ten_million_in_the_logarithm_gives_0_046585():
    assert divide(20, 5, activation=listing) == pytest.approx(0.046585, abs=5e-7)


def test_the_listed_second_bias_costs_five_orders_of_magnitude(square):
    a, b, quotient = square
    assert mean_absolute_error(divide(a, b, LISTING_WEIGHTS), quotient) == pytest.approx(0.0033, abs=5e-5)


def test_ten_million_and_a_tenth_of_the_bias_would_work_together():
    weights = DECK_WEIGHTS._replace(b1=np.array([-1e-7, -1e-7]))
    # 33.3333 multiplies the rounding of the two logarithms (a few 1e-16): 1e-14 relative.
    assert divide(20, 5, weights, listing) == pytest.approx(0.039999944788065074, rel=1e-14)


def test_a_trace_keeps_every_value_on_the_way():
    trace = forward([20.0, 5.0])
    np.testing.assert_allclose(trace.hidden_in, [19e-6, 4e-6], rtol=1e-14)
    np.testing.assert_allclose(trace.hidden, 0.03 * np.log([20, 5]) + 0.5, rtol=1e-14)
    # ln(20/5) − 3.912023, up to 33.3333 · 0.03 = 0.999999.
    np.testing.assert_allclose(trace.output_in, [np.log(4) - 3.912023], rtol=1e-6)
    assert trace.output[0] == divide(20, 5)


def test_division_is_elementwise_and_broadcasts():
    quotients = divide([[2.0], [3.0]], [1.0, 2.0, 4.0])
    assert quotients.shape == (2, 3)
    assert quotients[1, 2] == divide(3.0, 4.0)
    assert isinstance(divide(2.0, 1.0), float)


def test_the_shared_weights_cannot_be_overwritten():
    with pytest.raises(ValueError, match="read-only"):
        DECK_WEIGHTS.W1[0, 0] = 1.0


def test_sigmoid_is_exact_at_both_ends_and_keeps_shapes():
    assert sigmoid(0) == 0.5
    np.testing.assert_allclose(
        sigmoid([-700.0, -2.0, 2.0, 700.0]), 1 / (1 + np.exp([700.0, 2.0, -2.0, -700.0]))
    )
    assert sigmoid(-1e5) == 0.0 and sigmoid(1e5) == 1.0  # and no overflow warning: it would be an error here
    assert sigmoid(np.zeros((2, 0, 3))).shape == (2, 0, 3)


def test_the_approximator_is_its_sum():
    x, w, b, v = (
        np.array([-1.0, 0.5, 2.0]),
        np.array([1.0, -2.0]),
        np.array([0.5, 0.0]),
        np.array([3.0, -1.0]),
    )
    expected = [sum(v[k] * sigmoid(w[k] * point + b[k]) for k in range(2)) for point in x]
    np.testing.assert_allclose(approximator(x, w, b, v), expected, rtol=1e-14)


def test_the_keras_approximator_computes_the_same_sum():
    model = approximator_model(neurons=7, init_scale=1.0, seed=3)
    w, b, v = model.get_weights()
    assert w.shape == (1, 7) and b.shape == (7,) and v.shape == (7, 1)  # θ ∈ R^{7×3}: no output bias
    x = parabola_grid()
    predicted = model.predict(x[:, np.newaxis], verbose=0)[:, 0]
    # float32: a sum of 7 terms of size 1.
    np.testing.assert_allclose(predicted, approximator(x, w[0], b, v[:, 0]), atol=2e-6)


def test_the_approximator_starts_as_deck_s_says():
    weights = [approximator_model(neurons=500, seed=seed).get_weights() for seed in range(2)]
    for w, b, v in weights:
        assert (b == 0).all()
        # The spread of 500 normal numbers is known to 1/√1000 = 3 %; 4 standard errors.
        assert np.std(w) == pytest.approx(0.05, rel=0.13) and np.std(v) == pytest.approx(0.05, rel=0.13)
        assert not np.isclose(w.ravel(), v.ravel()).any()  # one seed, yet not the same numbers twice


def test_a_seed_fixes_the_start():
    first, again, other = (approximator_model(seed=seed).get_weights() for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not (first[0] == other[0]).any()
    assert not (approximator_model().get_weights()[0] == approximator_model().get_weights()[0]).any()
