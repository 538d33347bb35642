"""`fit` divides data as Keras does, and says in one sentence what it cannot take."""

import keras
import numpy as np
import pytest

from divnet.network import approximator_model
from divnet.training import fit
from divnet.training.arguments import split

X = np.linspace(-1, 1, 10)
Y = X**2


@pytest.fixture(scope="module")
def model():
    return approximator_model(neurons=2, seed=0)


def refused(model, x=X, y=Y, **arguments):
    """What `fit` says: one sentence on one line."""
    with pytest.raises(ValueError) as error:
        fit(model, x, y, **({"batch_size": 2, "epochs": 1} | arguments))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("value", [0, -1, 1.5, 2.0, "2", True, None])
@pytest.mark.parametrize("name", ["batch_size", "epochs"])
def test_batch_size_and_epochs_are_positive_whole_numbers(model, name, value):
    assert refused(model, **{name: value}) == (
        f"fit: {name} = {value!r}; expected a positive whole number, such as 1 or 32."
    )


@pytest.mark.parametrize("value", [-0.1, 1.0, 2, float("nan"), "0.2"])
def test_a_validation_split_is_a_share(model, value):
    assert refused(model, validation_split=value) == (
        f"fit: validation_split = {value!r}; expected 0 or more, and less than 1."
    )


def test_a_validation_split_leaves_points_on_both_sides(model):
    assert "leaves 0 to train on and 1 to validate on" in refused(model, X[:1], Y[:1], validation_split=0.5)


def test_x_and_y_are_equally_long(model):
    assert refused(model, X, Y[:-1]) == "fit: x has 10 points, y has 9; expected equally many."
    assert "validation x has 10 points, validation y has 9" in refused(model, validation_data=(X, Y[:-1]))


@pytest.mark.parametrize(
    "x, said", [([], r"shape (0,)"), (1.0, r"shape ()"), (np.zeros((0, 2)), "shape (0, 2)")]
)
def test_empty_data_is_refused(model, x, said):
    assert refused(model, x, x).startswith(f"fit: x has {said}; expected one point at least")


@pytest.mark.parametrize("x", [None, ["a", "b"], [[1.0], [1.0, 2.0]], {"x": X}])
def test_what_is_no_array_of_numbers_is_refused(model, x):
    assert refused(model, x, x) == "fit: x is not an array of numbers."


def test_validation_data_is_a_pair(model):
    assert refused(model, validation_data=X) == "fit: validation_data is not a pair; expected (x, y)."


def test_a_model_that_is_not_compiled_is_told_what_to_do():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    assert refused(model) == (
        "fit: the model is not compiled; call model.compile(optimizer=…, loss=…) first."
    )


def test_something_else_than_a_model_is_named():
    assert refused(lambda x: x) == "fit: model is a function; expected a Keras model."


def test_a_layer_with_weights_of_another_kind_is_named_even_inside_an_inner_model():
    inner = keras.Sequential([keras.Input((3,)), keras.layers.BatchNormalization(name="norm")])
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(3), inner, keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    assert refused(model) == (
        "fit: layer 'norm' is a BatchNormalization; allowed are Dense, Dropout, activation layers and other "
        "layers without weights, and model.fit trains the rest."
    )


def test_a_model_with_two_inputs_is_refused():
    a, b = keras.Input((1,)), keras.Input((1,))
    model = keras.Model([a, b], keras.layers.Dense(1)(keras.layers.Concatenate()([a, b])))
    model.compile(optimizer="sgd", loss="mse")
    assert refused(model) == "fit: the model has 2 inputs and 1 outputs; expected one of each."


def test_the_last_part_of_the_data_validates():
    training, validation = split(X, Y, 0.25, None)
    np.testing.assert_array_equal(training.x, X[:7].astype("float32"))  # ⌊10 · 0.75⌋ = 7
    np.testing.assert_array_equal(validation.y, Y[7:].astype("float32"))


def test_validation_data_goes_before_a_validation_split():
    training, validation = split(X, Y, 0.5, (X[:3], Y[:3]))
    assert len(training.x) == 10 and len(validation.x) == 3


def test_floats_become_float32_and_whole_numbers_stay():
    training, _ = split(X, np.arange(10), 0.0, None)
    assert training.x.dtype == np.float32 and training.y.dtype == np.int64
