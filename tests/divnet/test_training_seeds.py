"""`train_over_seeds`: the numbers of `fit` for each seed on its own, with a loop that is compiled once."""

import keras
import numpy as np
import pytest

from divnet.data import division_data
from divnet.division_models import division_model
from divnet.training import fit, train_over_seeds
from divnet.training.seeds import Trainer

X, Y = division_data(200, np.random.default_rng(0))
TEST = division_data(50, np.random.default_rng(1))
SETTINGS = {"batch_size": 32, "epochs": 3, "progress": False}


def sigmoid(seed):
    return division_model(seed=seed)


def with_dropout(seed):
    return division_model(dropout=0.3, optimizer="nadam", seed=seed)


def other_layers(seed):
    return division_model(dropout=0.1 if seed == 2 else None, seed=seed)


def not_compiled(_seed):
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])


@pytest.fixture(scope="module")
def runs():
    return train_over_seeds(sigmoid, [7, 3, 7], X, Y, test=TEST, **SETTINGS)


@pytest.mark.parametrize("build", [sigmoid, with_dropout])
def test_each_seed_ends_as_fit_alone_would_end_it(build):
    runs = train_over_seeds(build, [5, 6], X, Y, **SETTINGS)
    for seed, weights, losses in zip(runs.seeds, runs.weights, runs.losses, strict=True):
        model = build(seed)
        history = fit(model, X, Y, seed=seed, **SETTINGS)
        # The same compiled operations in the same order; XLA may still fuse two compilations differently.
        np.testing.assert_allclose(losses, history.history["loss"], rtol=1e-5)
        for ours, alone in zip(weights, model.get_weights(), strict=True):
            np.testing.assert_allclose(ours, alone, rtol=1e-5, atol=1e-6)


def test_a_seed_gives_the_same_numbers_whatever_came_before_it(runs):
    for first, third in zip(runs.weights[0], runs.weights[2], strict=True):
        np.testing.assert_array_equal(first, third)
    assert runs.errors[0] == runs.errors[2]
    assert runs.errors[0] != runs.errors[1]


def test_the_errors_are_mean_absolute_errors_on_the_test_points(runs):
    model = sigmoid(0)
    for weights, error in zip(runs.weights, runs.errors, strict=True):
        model.set_weights(weights)
        output = np.asarray(model(TEST[0]), dtype=np.float64)
        assert output.shape == TEST[1].shape
        assert error == np.mean(np.abs(output - TEST[1]))
    assert runs.losses.shape == (3, 3)
    assert runs.seeds == (7, 3, 7)


def test_without_test_points_the_errors_are_those_on_the_training_points():
    runs = train_over_seeds(sigmoid, [1], X, Y, **SETTINGS)
    model = sigmoid(0)
    model.set_weights(runs.weights[0])
    assert runs.errors[0] == np.mean(np.abs(np.asarray(model(X), dtype=np.float64) - Y))


def test_the_loop_is_compiled_for_the_first_seed_only():
    trainer = Trainer(sigmoid)
    for seed in (1, 2, 3):
        model, _ = trainer.train(seed, X, Y, **SETTINGS)
    assert model._divnet_loop.function.traces == 1
    assert int(model.optimizer.iterations) == 3 * 7  # 200 points in batches of 32, from a blank optimiser


def test_fewer_epochs_are_the_beginning_of_more():
    trainer = Trainer(sigmoid)
    few = trainer.train(4, X, Y, **{**SETTINGS, "epochs": 2})[1].history["loss"]
    many = trainer.train(4, X, Y, **{**SETTINGS, "epochs": 5})[1].history["loss"]
    assert many[:2] == few


def test_progress_counts_the_epochs_of_all_seeds():
    seen = []
    progress = {"progress": lambda done, epochs: seen.append((done, epochs))}
    train_over_seeds(sigmoid, [1, 2], X, Y, **{**SETTINGS, **progress})
    assert seen == sorted(seen)
    assert seen[-1] == (6, 6)
    assert (3, 6) in seen


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"seeds": []}, "one seed at least"),
        ({"seeds": [1, 2], "build": other_layers}, "build(2) gives other layers"),
        ({"epochs": 0}, "epochs = 0"),
        ({"batch_size": 2.5}, "batch_size = 2.5"),
        ({"build": not_compiled}, "not compiled"),
        ({"test": (TEST[0], TEST[1].ravel())}, "(50, 1) for targets (50,)"),
    ],
)
def test_what_cannot_be_trained_is_said_in_one_sentence(wrong, words):
    arguments = {"build": sigmoid, "seeds": [1], "x": X, "y": Y, **SETTINGS, **wrong}
    with pytest.raises(ValueError, match=r"^(train_over_seeds|fit): ") as error:
        train_over_seeds(**arguments)
    assert words in str(error.value)
