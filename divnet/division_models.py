"""The Keras model of every division in this course: two inputs, two hidden neurons, one output."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from divnet.network import layer_seeds

if TYPE_CHECKING:
    import keras


def division_model(
    activation: str | Callable[..., Any] = "sigmoid",
    *,
    dropout: float | None = None,
    optimizer: "str | keras.optimizers.Optimizer" = "adam",
    loss: str | Callable[..., Any] = "mean_absolute_error",
    seed: int | None = None,
) -> "keras.Model":
    """Return a 2-2-1 network, compiled; as it stands, deck D's baseline: sigmoids, Adam, mean absolute error.

    activation: a name that Keras knows, or a function of tensors, for both layers.
    dropout: the share of the hidden neurons' outputs that is set to 0 in training, by a layer between the
    two; without it there is no such layer (the second Dense layer is layer 1 then, otherwise layer 2).
    seed: the same one gives the same start (Glorot, Keras's default) and the same dropout.
    """
    import keras

    first, second, third = layer_seeds(seed, 3)
    glorot = keras.initializers.GlorotUniform
    layers = [
        keras.Input((2,)),
        keras.layers.Dense(2, activation=activation, kernel_initializer=glorot(seed=first)),
        keras.layers.Dense(1, activation=activation, kernel_initializer=glorot(seed=second)),
    ]
    if dropout is not None:
        layers.insert(2, keras.layers.Dropout(dropout, seed=third))
    model = keras.Sequential(layers)
    model.compile(optimizer=optimizer, loss=loss)
    return model
