"""Dropout's masks are drawn for many steps at once, and are those that Keras draws, bit by bit."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from divnet.training import dropout, fit
from divnet.training.dropout import uniform_numbers

RNG = np.random.default_rng(0)
X = RNG.uniform(-1, 1, (50, 3))
Y = X.sum(axis=1, keepdims=True)
SEEDS = np.array([[7, 7, 123_456, 2**31 - 3], [0, 5, 99, 2**31 - 5]])


def model_with(*layers, jit_compile=True):
    model = keras.Sequential([keras.Input((3,)), *layers])
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse", jit_compile=jit_compile)
    random = np.random.default_rng(0)
    model.set_weights([random.normal(size=weights.shape) for weights in model.get_weights()])
    return model


def two_dropouts(jit_compile=True):
    return model_with(
        keras.layers.Dropout(0.2, seed=1),
        keras.layers.Dense(5, activation="tanh"),
        keras.layers.Dropout(0.5, seed=2),
        keras.layers.Dense(1),
        jit_compile=jit_compile,
    )


def states(model):
    """How many masks each layer's generator believes to have drawn, and its seed."""
    return [layer.seed_generator.state.numpy().tolist() for layer in model.layers if "dropout" in layer.name]


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("count", [1, 2, 4, 5, 30, 1003])
def test_the_numbers_are_those_of_tensorflow(count, compiled):
    draw = tf.function(lambda seed: tf.random.stateless_uniform([count], seed=seed), jit_compile=compiled)
    expected = [draw(tf.constant(seed, tf.int32)).numpy() for seed in SEEDS.T]
    ours = tf.function(lambda seeds: uniform_numbers(seeds, count, compiled), jit_compile=True)
    assert (ours(tf.constant(SEEDS)).numpy() == expected).all()


@pytest.mark.parametrize("batch_size", [1, 4, 50, 64])  # 4 leaves 2 over, 64 is more than there are
@pytest.mark.parametrize("jit_compile", [True, False])
def test_training_with_dropout_has_keras_s_numbers(batch_size, jit_compile):
    theirs, ours = two_dropouts(jit_compile), two_dropouts(jit_compile)
    arguments = {"batch_size": batch_size, "epochs": 3, "shuffle": False}
    expected = theirs.fit(X, Y, verbose=0, **arguments).history["loss"]
    # float32 rounding (ulp 6e-8) over up to 150 steps; another mask changes the loss in its first digits
    np.testing.assert_allclose(fit(ours, X, Y, **arguments).history["loss"], expected, rtol=1e-5)
    for mine, their in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, their, rtol=1e-5, atol=1e-6)
    assert states(ours) == states(theirs)


def test_a_second_call_draws_on_and_keras_goes_on_after_it():
    theirs, ours = two_dropouts(), two_dropouts()
    arguments = {"batch_size": 8, "epochs": 2, "shuffle": False}
    for _ in range(2):
        theirs.fit(X, Y, verbose=0, **arguments)
        fit(ours, X, Y, **arguments)
    expected = theirs.fit(X, Y, verbose=0, **arguments).history["loss"]
    np.testing.assert_allclose(ours.fit(X, Y, verbose=0, **arguments).history["loss"], expected, rtol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        lambda: keras.layers.Dropout(0.5, noise_shape=(None, 1), seed=1),
        lambda: keras.layers.GaussianDropout(0.5, seed=1),
        lambda: keras.layers.Dropout(0.0),
        lambda: keras.Sequential([keras.Input((3,)), keras.layers.Dropout(0.5, seed=1)]),
    ],
)
def test_other_layers_draw_as_they_always_did(layer):
    losses = []
    for train in (lambda m, **k: m.fit(X, Y, verbose=0, **k), lambda m, **k: fit(m, X, Y, **k)):
        model = model_with(layer(), keras.layers.Dense(1))
        losses.append(train(model, batch_size=8, epochs=2, shuffle=False).history["loss"])
    np.testing.assert_allclose(*losses, rtol=1e-5)


def test_a_layer_too_large_for_memory_draws_in_each_step(monkeypatch):
    ours = two_dropouts()
    monkeypatch.setattr(dropout, "LARGEST_DRAW", 50 * 3)  # room for the first layer, not for the second
    expected = two_dropouts().fit(X, Y, verbose=0, batch_size=10, shuffle=False).history["loss"]
    loss = fit(ours, X, Y, batch_size=10, epochs=1, shuffle=False).history["loss"]
    np.testing.assert_allclose(loss, expected, rtol=1e-5)


def test_the_layers_are_left_as_they_were():
    model = two_dropouts()
    fit(model, X, Y, batch_size=8, epochs=1)
    assert all("call" not in vars(layer) for layer in model.layers)
    x = tf.ones((1000, 3))
    assert (model.layers[0](x, training=False).numpy() == 1).all()
    dropped = (model.layers[0](x, training=True).numpy() == 0).mean()
    assert dropped == pytest.approx(0.2, abs=0.04)  # 3000 draws: standard deviation 0.0073; 5 of those
