"""`train_approximator` is deck S's algorithm, step for step, and raises nothing where that diverges."""

import numpy as np
import pytest

from divnet.data import parabola, parabola_grid, parabola_points
from divnet.network import sigmoid
from divnet.training import train_approximator


def by_hand(*, neurons, points, batch_size, steps, learning_rate, seed, init_scale, split):
    """The same experiment in plain NumPy, float64, one step after another."""
    random = np.random.default_rng(seed + 1)
    w, v = random.normal(0.0, init_scale, (2, neurons))
    b = np.zeros(neurons)
    x, y = parabola_points(points, seed)
    kept = int(points * (1 - split))
    training_error, generalisation_error = [], []
    while steps:
        order, squares = random.permutation(kept), []
        for begin in range(0, kept, batch_size):
            if not steps:
                break
            batch = order[begin : begin + batch_size]
            hidden = sigmoid(np.outer(x[batch], w) + b)
            error = hidden @ v - y[batch]
            inside = 2 * error[:, None] * v * hidden * (1 - hidden)
            slopes = (inside.T @ x[batch], inside.sum(0), 2 * error @ hidden)
            w, b, v = (
                old - learning_rate * slope / len(batch) for old, slope in zip((w, b, v), slopes, strict=True)
            )
            squares += list(error**2)
            steps -= 1
        training_error.append(np.mean(squares))
        generalisation_error.append(np.mean((sigmoid(np.outer(x[kept:], w) + b) @ v - y[kept:]) ** 2))
    return w, b, v, np.array(training_error), np.array(generalisation_error)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"batch_size": 8},
        {"batch_size": 7, "steps": 100},  # partial batches, and an epoch that is not finished
        {"batch_size": 1000},  # more than there are points
        {"neurons": 1},
        {"neurons": 12, "points": 33, "split": 0.5},
        {"steps": 1},
        {"init_scale": 1.0, "seed": 7, "learning_rate": 0.02},
    ],
)
def test_it_takes_the_steps_that_numpy_takes(change):
    arguments = {
        "neurons": 10,
        "points": 100,
        "batch_size": 1,
        "steps": 300,
        "learning_rate": 0.008,
        "seed": 123,
        "init_scale": 0.05,
        "split": 0.2,
    } | change
    result = train_approximator(**arguments)
    for name, value, expected in zip(result._fields, result, by_hand(**arguments), strict=True):
        # float32 against float64: 300 steps of a few roundings (6e-8 each) of weights around 1; squares of
        # errors around 4 lose as much again.
        np.testing.assert_allclose(value, expected, rtol=1e-4, atol=1e-4, err_msg=name)


def test_the_defaults_are_the_deck_s_experiment():
    result = train_approximator()
    assert result.training_error.shape == result.generalisation_error.shape == (50,)
    # As with Keras (see test_training_fit): the scatter over 30 seeds is 15.0 to 18.7 and 0.013 to 0.12.
    assert result.training_error[0] == pytest.approx(15.9, abs=4.0)
    assert result.training_error[-1] == pytest.approx(0.024, rel=0.5)
    grid = parabola_grid()
    assert np.mean((result(grid) - parabola(grid)) ** 2) < 0.07


def test_epochs_follow_the_deck_s_formula():
    # EPOCHS = M · N_batch / (N (1 − split))
    assert len(train_approximator(steps=4000, batch_size=4, points=1000).training_error) == 20
    assert len(train_approximator(steps=3999, batch_size=4, points=1000).training_error) == 20
    assert len(train_approximator(steps=4001, batch_size=4, points=1000).training_error) == 21


def test_the_same_seed_gives_the_same_run_and_another_another():
    first, again, other = (train_approximator(steps=100, seed=seed) for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not (first.w == other.w).any()


@pytest.mark.parametrize("learning_rate", [1.0, 1e3, 1e30])
def test_where_training_diverges_the_result_says_so_and_nothing_is_raised(learning_rate):
    result = train_approximator(learning_rate=learning_rate, steps=2000)
    assert not np.isfinite(result.training_error[-1]) or result.training_error[-1] > 1.0
    assert result(parabola_grid()).shape == (300,)


@pytest.mark.parametrize(
    "change", [{"neurons": 0}, {"steps": 0}, {"batch_size": 0}, {"points": 1}, {"split": 0.0}]
)
def test_sizes_that_leave_nothing_are_refused_in_one_sentence(change):
    with pytest.raises(ValueError, match=r"train_approximator: .*expected at least one of each"):
        train_approximator(**change)
