"""`fit` gives the numbers of Keras's own `model.fit`: every optimiser, loss, metric and shape of data."""

import keras
import numpy as np
import pytest

from divnet.activation import DECK
from divnet.data import parabola, parabola_grid, parabola_points
from divnet.network import approximator, approximator_model
from divnet.training import fit

RNG = np.random.default_rng(0)
X = RNG.uniform(-2, 2, (50, 2))
Y = (X[:, :1] - X[:, 1:]) ** 2

# Keras's steps are compiled here as ours are, so that both round alike but for XLA's freedom to order sums:
# float32 (ulp 6e-8), some hundred roundings in 3 epochs of 7 steps, values around 1. Uncompiled ones round
# otherwise, and an optimiser that divides by small moments enlarges that; there is a test of its own for it.
SAME = {"rtol": 1e-5, "atol": 1e-5}


def two_models(*layers, optimizer="sgd", loss="mse", jit_compile=True, **compiling):
    """Two equal models with equal weights, for Keras to train and for us."""
    keras.utils.set_random_seed(0)
    models = []
    for _ in range(2):
        model = keras.Sequential([keras.Input((2,)), *(build() for build in layers)])
        model.compile(
            optimizer=optimizer if isinstance(optimizer, str) else optimizer(),
            loss=loss,
            jit_compile=jit_compile,
            **compiling,
        )
        models.append(model)
    models[1].set_weights(models[0].get_weights())
    return models


def dense(neurons, **options):
    return lambda: keras.layers.Dense(neurons, **options)


TANH_THEN_LINEAR = (dense(4, activation="tanh"), dense(1))


def assert_same_training(theirs, ours, x=X, y=Y, same=SAME, **arguments):
    """Train both, then compare History, weights and all that the optimiser remembers."""
    arguments = {"batch_size": 8, "epochs": 3, "shuffle": False} | arguments
    expected = theirs.fit(x, y, verbose=0, **arguments)
    history = fit(ours, x, y, **arguments)
    assert list(history.history) == list(expected.history)
    assert history.epoch == expected.epoch and history.params["steps"] == expected.params["steps"]
    for name, values in expected.history.items():
        np.testing.assert_allclose(history.history[name], values, **same, err_msg=name)
    for mine, their in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, their, **same)
    assert int(ours.optimizer.iterations) == int(theirs.optimizer.iterations)
    for mine, their in zip(ours.optimizer.variables, theirs.optimizer.variables, strict=True):
        np.testing.assert_allclose(mine.numpy(), their.numpy(), **same, err_msg=their.path)
    return history


@pytest.mark.parametrize("optimizer", ["rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"])
def test_each_optimiser_of_deck_d_takes_the_same_steps(optimizer):
    theirs, ours = two_models(*TANH_THEN_LINEAR, optimizer=optimizer)
    assert_same_training(theirs, ours)
    assert int(ours.optimizer.iterations) == 3 * 7  # 50 points in batches of 8: the last has 2


def test_keras_s_uncompiled_steps_are_the_same_up_to_rounding():
    theirs, ours = two_models(*TANH_THEN_LINEAR, jit_compile=False, metrics=["mae"])
    assert_same_training(theirs, ours, validation_split=0.2)


def test_a_second_call_goes_on_where_the_first_ended():
    theirs, ours = two_models(*TANH_THEN_LINEAR, optimizer="adam")
    assert_same_training(theirs, ours, epochs=2)
    assert_same_training(theirs, ours, epochs=1)
    assert int(ours.optimizer.iterations) == 3 * 7


@pytest.mark.parametrize(
    "optimizer",
    [
        lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        lambda: keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 5, 0.5)),
        lambda: keras.optimizers.AdamW(0.01, weight_decay=0.1, clipnorm=0.5),
        lambda: keras.optimizers.SGD(0.05, use_ema=True, ema_momentum=0.5),
    ],
    ids=["momentum", "schedule", "decay-and-clipping", "moving-average"],
)
def test_optimisers_with_options_take_the_same_steps(optimizer):
    assert_same_training(*two_models(*TANH_THEN_LINEAR, optimizer=optimizer))


@pytest.mark.parametrize("loss", ["mae", "huber", keras.losses.MeanSquaredError(reduction="sum"), "log_cosh"])
def test_losses_and_metrics_are_averaged_over_points_as_keras_does(loss):
    theirs, ours = two_models(
        *TANH_THEN_LINEAR, loss=loss, metrics=["mae", keras.metrics.RootMeanSquaredError(name="rmse")]
    )
    # 50 · 0.7 = 35 points in batches of 16, 16 and 3; 15 to validate.
    history = assert_same_training(theirs, ours, batch_size=16, validation_split=0.3)
    assert set(history.history) == {"loss", "mae", "rmse", "val_loss", "val_mae", "val_rmse"}


def test_classification_with_whole_number_targets():
    theirs, ours = two_models(
        dense(3), lambda: keras.layers.Softmax(), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    assert_same_training(theirs, ours, y=np.random.default_rng(1).integers(0, 3, 50))


def test_activation_layers_and_functions_of_ones_own():
    class Square(keras.layers.Layer):
        def call(self, x):
            return keras.ops.square(x)

    theirs, ours = two_models(
        dense(3),
        lambda: keras.layers.PReLU(),
        dense(3, activation=lambda x: keras.ops.where(x > 0, x, 0.1 * x)),
        Square,
        lambda: keras.layers.Activation("sigmoid"),
        dense(1, kernel_regularizer="l2"),
    )
    assert_same_training(theirs, ours)


@pytest.mark.parametrize("batch_size", [1, 7, 50, 64])
def test_any_batch_size(batch_size):
    assert_same_training(*two_models(*TANH_THEN_LINEAR), batch_size=batch_size)


def test_validation_data_of_another_length():
    x = np.random.default_rng(1).uniform(-2, 2, (11, 2))
    assert_same_training(*two_models(*TANH_THEN_LINEAR), validation_data=(x, x[:, :1]))


def test_vectors_of_points_as_deck_s_has_them():
    x, y = parabola_points(40)
    theirs, ours = approximator_model(seed=5), approximator_model(seed=5)
    assert_same_training(theirs, ours, x, y, batch_size=1, validation_split=0.2)


def test_a_model_that_has_not_seen_its_inputs_yet():
    model = keras.Sequential([keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    fit(model, X, Y, batch_size=10, epochs=1)
    assert model.count_params() == 13


def test_a_model_with_an_inner_model_and_a_functional_one():
    models = []
    for _ in range(2):
        inputs = keras.Input((2,))
        inner = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="tanh")])
        model = keras.Model(inputs, keras.layers.Dense(1)(inner(inputs)))
        model.compile(optimizer="adam", loss="mse")
        models.append(model)
    models[1].set_weights(models[0].get_weights())
    assert_same_training(*models)


# Keras reads variables in a way that NumPy 2 is giving up; nothing of ours is in it.
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_the_history_belongs_to_the_model_and_the_model_can_be_saved(tmp_path):
    _, model = two_models(*TANH_THEN_LINEAR)
    history = fit(model, X, Y, batch_size=10, epochs=2, validation_split=0.2)
    assert isinstance(history, keras.callbacks.History) and model.history is history
    assert all(isinstance(value, float) for value in history.history["val_loss"])
    model.save(tmp_path / "model.keras")
    copy = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(copy.predict(X, verbose=0), model.predict(X, verbose=0))
    keras.models.clone_model(model)


def test_keras_can_go_on_after_us_and_we_after_keras():
    theirs, ours = two_models(*TANH_THEN_LINEAR, optimizer="adam")
    theirs.fit(X, Y, batch_size=8, epochs=4, shuffle=False, verbose=0)
    ours.fit(X, Y, batch_size=8, epochs=1, shuffle=False, verbose=0)
    fit(ours, X, Y, batch_size=8, epochs=2, shuffle=False)
    ours.fit(X, Y, batch_size=8, epochs=1, shuffle=False, verbose=0)
    np.testing.assert_allclose(ours.get_weights()[0], theirs.get_weights()[0], **SAME)


def test_the_deck_s_experiment_learns_what_the_deck_reports():
    model = approximator_model(seed=124)
    history = fit(model, *parabola_points(seed=123), batch_size=1, epochs=50, validation_split=0.2, seed=124)
    w, b, v = model.get_weights()
    grid = parabola_grid()
    picture = np.mean((approximator(grid, w[0], b, v[:, 0]) - parabola(grid)) ** 2)
    # The deck's code gave 15.9, 0.024, 0.032 and 0.036, with other random weights and orders. Over 30 of
    # those the first loss lies between 16.1 and 19.9 (15.0 and 18.7 with other points), most of the last
    # ones within half of the deck's, and validation scatters more: between 0.007 and 0.14.
    assert history.history["loss"][0] == pytest.approx(15.9, abs=4.0)
    assert history.history["loss"][-1] == pytest.approx(0.024, rel=0.5)
    assert 0.007 < history.history["val_loss"][-1] < 0.064
    assert 0.007 < picture < 0.072
    assert len(history.epoch) == 50 and int(model.optimizer.iterations) == 40_000


def test_deck_d_activation_trains_under_autodiff():
    import tensorflow as tf

    def activation(x):  # each branch sees its own interval only, or autodiff would give NaN
        low = DECK.exp_factor * tf.exp(tf.minimum(x, 0.0) - 1.0)
        middle = DECK.log_factor * tf.math.log(DECK.log_scale * tf.clip_by_value(x, 0.0, 15.0) + 1.0) + 0.5
        high = 1.0 - 1.0 / (DECK.tail_scale * tf.maximum(x, 15.0) - DECK.tail_shift)
        return tf.where(x <= 0.0, low, tf.where(x <= 15.0, middle, high))

    x = np.random.default_rng(1).integers(100, 2000, (50, 2)) / 100
    theirs, ours = two_models(dense(2, activation=activation), dense(1, activation=activation), loss="mae")
    assert_same_training(theirs, ours, x, x[:, :1] / x[:, 1:] / 100)
