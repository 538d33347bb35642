"""Levenberg–Marquardt from random starts learns exact division; nothing but the seed decides how."""

import numpy as np
import pytest

from divnet.data import division_grid, mean_absolute_error
from divnet.network import DECK_WEIGHTS, Weights, divide, forward
from divnet.training import (
    TRAINING_PAIRS,
    as_nine,
    as_weights,
    glorot_start,
    grid_error,
    informed_start,
    learn_to_divide,
    train_least_squares,
)


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 45])
def test_exact_division_is_learned_from_random_numbers(seed: int) -> None:
    learned = learn_to_divide(seed)
    # Five thousand times better than 1e-7; 1.7e-11 is where one hidden neuron ends at the tail's edge.
    assert learned.error < 2e-11
    assert learned.error == grid_error(learned.weights)
    assert mean_absolute_error(forward(TRAINING_PAIRS, learned.start).output[:, 0], targets()) > 1e-3
    assert learned.starts_tried >= 1


def test_the_learned_numbers_are_those_of_the_hand_set_family() -> None:
    """W1 keeps two sizes of its own; the other seven numbers are decided by the task."""
    for seed in range(3):
        W1, b1, W2, b2 = learn_to_divide(seed).weights
        a_goes_to = int(np.argmax(np.abs(W1[0])))
        sizes, across = W1[[0, 1], [a_goes_to, 1 - a_goes_to]], W1[[1, 0], [a_goes_to, 1 - a_goes_to]]
        assert np.all(sizes > 1e-3) and np.all(np.abs(across) < 1e-14)
        np.testing.assert_allclose(b1, -1e-6, rtol=1e-6)
        assert W2[a_goes_to] == pytest.approx(100 / 3, rel=1e-13)
        assert W2[1 - a_goes_to] == pytest.approx(-100 / 3, rel=1e-13)
        # e/2 is rounded in the ninth decimal; b2 makes up for it.
        assert b2[0] == pytest.approx(np.log(0.02) - np.log(sizes[0] / sizes[1]), rel=1e-9)


def test_the_same_seed_gives_the_same_weights_and_another_one_others() -> None:
    once, again, other = learn_to_divide(3), learn_to_divide(3), learn_to_divide(4)
    np.testing.assert_array_equal(as_nine(once.weights), as_nine(again.weights))
    assert once.starts_tried == again.starts_tried
    assert not np.allclose(once.weights.W1, other.weights.W1, rtol=1e-3)


def test_no_training_from_keras_s_start_divides() -> None:
    rng = np.random.default_rng(0)
    assert min(train_least_squares(glorot_start(rng)).error for _ in range(60)) > 1e-4


def test_where_no_start_leads_to_a_division_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="none of 3 starts from seed 0"):
        learn_to_divide(0, start=glorot_start, most_starts=3)


def test_an_informed_start_is_random_and_in_the_right_region() -> None:
    rng = np.random.default_rng(0)
    starts = [informed_start(rng) for _ in range(200)]
    nine = np.array([as_nine(start) for start in starts])
    assert len(np.unique(nine[:, 0])) == 200
    assert np.all(nine[:, :4] > 0) and nine[:, [0, 3]].max() < 0.1 * np.sqrt(1.5) + 1e-12
    assert nine[:, [1, 2]].max() < 0.01 * np.sqrt(1.5) + 1e-12
    assert np.abs(nine[:, 6:8]).max() < 24 * np.sqrt(2)
    assert np.all(nine[:, 4:6] == 0) and np.all(nine[:, 8] == -3)
    # Every hidden neuron begins in the logarithm, whatever a and b are.
    corners = np.array([[1.0, 1.0], [1.0, 19.99], [19.99, 1.0], [19.99, 19.99]])
    hidden_in = np.array([forward(corners, start).hidden_in for start in starts])
    assert hidden_in.min() > 0
    assert hidden_in.max() < 15


def test_a_training_keeps_its_whole_way_and_its_best_end() -> None:
    training = train_least_squares(informed_start(np.random.default_rng(0)))
    assert training.path.shape == (len(training.errors), 9)
    assert training.error == training.errors.min()
    at_end = forward(TRAINING_PAIRS, training.weights).output[:, 0]
    assert training.error == mean_absolute_error(at_end, targets())
    assert len(train_least_squares(training.weights, evaluations=5).errors) <= 6


def test_a_start_without_finite_slopes_stays_where_it_is() -> None:
    nowhere = DECK_WEIGHTS._replace(b2=np.array([np.nan]))
    training = train_least_squares(nowhere)
    assert len(training.errors) == 1 and np.isnan(training.error)


def test_grid_error_is_the_error_on_all_pairs() -> None:
    a, b = np.meshgrid(division_grid(), division_grid())
    expected = mean_absolute_error(divide(a, b), a / b / 100)
    assert grid_error(DECK_WEIGHTS) == pytest.approx(expected, rel=1e-12)  # another order of summing


def test_nine_numbers_in_a_row_and_back() -> None:
    weights = informed_start(np.random.default_rng(0))
    for part, same in zip(weights, as_weights(as_nine(weights)), strict=True):
        np.testing.assert_array_equal(part, same)
    assert isinstance(as_weights(np.arange(9.0)), Weights)


def targets() -> np.ndarray:
    return TRAINING_PAIRS[:, 0] / TRAINING_PAIRS[:, 1] / 100
