"""The division model: nine parameters, any activation, dropout only where it is asked for."""

import keras
import numpy as np
import pytest

from divnet.data import division_data, mean_absolute_error
from divnet.division_models import division_model
from divnet.network import DECK_WEIGHTS, divide
from divnet.tensorflow_activation import custom_activation, naive_tf_activation, tf_activation
from divnet.training import fit


def test_as_it_stands_it_is_the_deck_s_baseline():
    model = division_model()
    assert [weight.shape for weight in model.get_weights()] == [(2, 2), (2,), (2, 1), (1,)]
    assert [layer.activation.__name__ for layer in model.layers] == ["sigmoid", "sigmoid"]
    assert type(model.optimizer).__name__ == "Adam" and model.loss == "mean_absolute_error"


def test_a_seed_fixes_the_start():
    first, again, other = (division_model(seed=seed).get_weights() for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert not (first[0] == other[0]).any()
    assert not (division_model().get_weights()[0] == division_model().get_weights()[0]).any()


def test_neither_activation_nor_dropout_changes_a_seed_s_start():
    plain, other = division_model(seed=1), division_model(tf_activation, dropout=0.1, seed=1)
    assert all((a == b).all() for a, b in zip(plain.get_weights(), other.get_weights(), strict=True))


def test_dropout_is_a_layer_between_the_two_and_only_where_it_is_given():
    assert [type(layer) for layer in division_model().layers] == [keras.layers.Dense] * 2
    with_dropout = division_model(dropout=0.0)
    assert [layer.name.split("_")[0] for layer in with_dropout.layers] == ["dense", "dropout", "dense"]
    assert division_model(dropout=0.25).layers[1].rate == 0.25


def test_the_same_seed_drops_the_same_neurons():
    x = np.ones((50, 2))
    first, again = (np.array(division_model(dropout=0.5, seed=3)(x, training=True)) for _ in range(2))
    assert (first == again).all() and len(np.unique(first)) > 1


def test_optimiser_and_loss_can_be_chosen():
    model = division_model(optimizer=keras.optimizers.Nadam(0.01), loss="mean_squared_error")
    assert type(model.optimizer).__name__ == "Nadam" and model.loss == "mean_squared_error"


@pytest.mark.parametrize("activation", [tf_activation, custom_activation, naive_tf_activation])
def test_with_the_hand_set_weights_it_divides(activation):
    model = division_model(activation)
    model.set_weights(DECK_WEIGHTS)
    x, y = division_data(2000, np.random.default_rng(0))
    predicted = model.predict(x, verbose=0)
    # 33.3333 multiplies the rounding of two float32 logarithms near 0.6, 33 · 6e-8 = 2e-6 each.
    np.testing.assert_allclose(predicted[:, 0], divide(x[:, 0], x[:, 1]), rtol=8e-6)
    assert mean_absolute_error(predicted, y) < 1e-7


@pytest.mark.parametrize("activation", ["sigmoid", tf_activation, custom_activation])
def test_it_can_be_trained(activation):
    model = division_model(activation, dropout=0.0005, optimizer=keras.optimizers.Adam(0.01), seed=0)
    x, y = division_data(3200, np.random.default_rng(0))
    loss = fit(model, x, y, batch_size=32, epochs=20).history["loss"]
    assert np.isfinite(loss).all() and loss[-1] < mean_absolute_error(0 * y, y)
