"""Adam from many starts at once is Adam from each of them."""

import numpy as np
import pytest

from divnet.backward import jacobian
from divnet.data import division_data
from divnet.network import divide, forward
from divnet.training import as_nine, as_weights, glorot_start, informed_start, train_restarts

X, Y = division_data(640, np.random.default_rng(0))


def adam_in_numpy(start, order, learning_rate):
    """Keras's Adam on the mean absolute error, one start, in float64."""
    nine, mean, square = as_nine(start), np.zeros(9), np.zeros(9)
    for t, row in enumerate(order, start=1):
        weights = as_weights(nine)
        sign = np.sign(forward(X[row], weights).output - Y[row])
        g = np.mean(sign * jacobian(X[row], weights), axis=0)
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        rate = learning_rate * np.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        nine = nine - rate * mean / (np.sqrt(square) + 1e-7)
    return nine


def starts(count, draw=informed_start):
    rng = np.random.default_rng(0)
    return [draw(rng) for _ in range(count)]


def test_every_start_is_trained_as_if_it_were_alone() -> None:
    from divnet.training.restarts import _order

    found = train_restarts(starts(3), X, Y, steps=60, records=3, learning_rate=1e-5, seed=5)
    for number, start in enumerate(starts(3)):
        alone = adam_in_numpy(start, _order(len(X), 60, 32, seed=5), 1e-5)
        way = as_nine(start) - alone
        assert np.all(np.abs(way) > 1e-5)
        # Of a way of up to 60 · 10⁻⁵; float32 holds weights of 30 to 2·10⁻⁶.
        np.testing.assert_allclose(as_nine(start) - found.path[-1, number], way, rtol=0.01, atol=1e-4)


def test_the_way_is_recorded_from_the_start_on() -> None:
    found = train_restarts(starts(3), X, Y, steps=60, records=3, learning_rate=1e-3)
    assert found.path.shape == (4, 3, 9)
    assert found.errors.shape == (4, 3)
    assert found.steps.tolist() == [0, 20, 40, 60]
    np.testing.assert_array_equal(found.path[0], [as_nine(start) for start in starts(3)])
    expected = np.mean(np.abs(divide(*X.T, as_weights(found.path[2, 1])) - Y[:, 0]))
    assert found.errors[2, 1] == pytest.approx(expected, rel=1e-6)  # x and y in float32
    best = as_weights(found.path[-1, found.errors[-1].argmin()])
    np.testing.assert_array_equal(as_nine(found.best), as_nine(best))


def test_the_same_seed_gives_the_same_numbers_and_another_one_others() -> None:
    once, again, other = (
        train_restarts(starts(3), X, Y, steps=60, records=3, seed=seed).path for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(once, again)
    assert not np.array_equal(once, other)


def test_none_of_64_of_keras_s_starts_divides() -> None:
    """A short training; 300 000 steps at other rates end above 9.8·10⁻⁴ as well."""
    found = train_restarts(
        starts(64, glorot_start), *division_data(24_000, np.random.default_rng(0)), steps=2000
    )
    assert np.all(np.isfinite(found.errors))
    assert found.errors[-1].min() > 9.8e-4
    assert np.median(found.errors[-1]) < np.median(found.errors[0])


@pytest.mark.parametrize("wrong", [{"steps": 50, "records": 7}, {"batch_size": 641}, {"batch_size": 0}])
def test_what_it_cannot_take_is_said_in_one_sentence(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="train_restarts: steps"):
        train_restarts(starts(2), X, Y, **wrong)
