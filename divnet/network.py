"""The course's two networks, as plain NumPy and as Keras models.

Deck S: α(x) = Σ_k v_k σ(w_k x + b_k), K sigmoid neurons that learn a parabola.
Deck D: two inputs, two hidden neurons, one output; nine weights, set by hand, that divide.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from divnet.activation import activation as _deck_activation

if TYPE_CHECKING:
    import keras

Activation = Callable[[np.ndarray], np.ndarray]


class Weights(NamedTuple):
    """The nine weights of a 2-2-1 network, shaped as Keras's `get_weights` lists them."""

    W1: np.ndarray  # (2, 2): from input (row) to hidden neuron (column)
    b1: np.ndarray  # (2,)
    W2: np.ndarray  # (2, 1)
    b2: np.ndarray  # (1,)


class Trace(NamedTuple):
    """Every value on the way through a 2-2-1 network; the last axis counts the neurons of a layer."""

    inputs: np.ndarray  # (..., 2)
    hidden_in: np.ndarray  # (..., 2): what each hidden neuron hands to its activation
    hidden: np.ndarray  # (..., 2)
    output_in: np.ndarray  # (..., 1)
    output: np.ndarray  # (..., 1)


def _constant(values: ArrayLike) -> np.ndarray:
    """Return an array that cannot be changed by accident: everyone shares it."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


# Why they divide: 10⁶·(10⁻⁶a − 10⁻⁶) + 1 = a, so hidden = 0.03 ln a + 0.5; 33.3333 · 0.03 ≈ 1, so
# output_in = ln a − ln b − 3.912023; and ½ e^(ln(a/b) − 3.912023) = (a/b)/100, as e^−3.912023 = 0.02.
DECK_WEIGHTS = Weights(
    W1=_constant([[1e-6, 0.0], [0.0, 1e-6]]),
    b1=_constant([-1e-6, -1e-6]),
    W2=_constant([[33.3333], [-33.3333]]),
    b2=_constant([-3.912023]),
)
# Deck D's code listing, with one zero too many in the second bias.
LISTING_WEIGHTS = DECK_WEIGHTS._replace(b1=_constant([-1e-6, -1e-7]))


def forward(
    inputs: ArrayLike, weights: Weights = DECK_WEIGHTS, activation: Activation = _deck_activation
) -> Trace:
    """Send inputs through the 2-2-1 network and keep every value on the way.

        hidden = activation(inputs W1 + b1),  output = activation(hidden W2 + b2)

    inputs: (..., 2), float64. Source: deck D.
    """
    values = np.asarray(inputs, dtype=np.float64)
    hidden_in = _weighted_sum(values, weights.W1) + weights.b1
    hidden = activation(hidden_in)
    output_in = _weighted_sum(hidden, weights.W2) + weights.b2
    return Trace(values, hidden_in, hidden, output_in, activation(output_in))


def divide(
    a: ArrayLike, b: ArrayLike, weights: Weights = DECK_WEIGHTS, activation: Activation = _deck_activation
) -> np.ndarray:
    """Return the network's output for a and b, elementwise: with deck D's weights about a / b / 100.

    a, b: numbers or arrays that broadcast; the result has their common shape. `divide(20, 5)` is
    0.03999994478806479, as deck D prints.
    """
    return forward(np.stack(np.broadcast_arrays(a, b), axis=-1), weights, activation).output[..., 0][()]


def sigmoid(x: ArrayLike) -> np.ndarray:
    """Return σ(x) = 1 / (1 + e^−x) at every x, any shape, float64; no overflow however large |x| is."""
    x = np.asarray(x, dtype=np.float64)
    decay = np.exp(-np.abs(x))  # never above 1
    return np.where(x >= 0.0, 1.0, decay)[()] / (1.0 + decay)


def approximator(x: ArrayLike, w: ArrayLike, b: ArrayLike, v: ArrayLike) -> np.ndarray:
    """Return α(x) = Σ_k v_k σ(w_k x + b_k).

    x: (n,); w, b, v: (K,); the result is (n,), float64. Source: deck S (which calls v w̃).
    """
    x = np.asarray(x, dtype=np.float64)
    return sigmoid(x[..., np.newaxis] * np.asarray(w) + np.asarray(b)) @ np.asarray(v, dtype=np.float64)


def approximator_model(neurons: int = 10, init_scale: float = 0.05, seed: int | None = None) -> "keras.Model":
    """Return deck S's α as a Keras model, compiled with its SGD (learning rate 0.008) and mean squared error.

    Weights start normally distributed with standard deviation `init_scale`, biases at 0; no output bias.
    The same seed gives the same start. For another learning rate compile it again.
    """
    import keras

    first, second = layer_seeds(seed, 2)
    normal = keras.initializers.RandomNormal
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(
                neurons, activation="sigmoid", kernel_initializer=normal(stddev=init_scale, seed=first)
            ),
            keras.layers.Dense(1, use_bias=False, kernel_initializer=normal(stddev=init_scale, seed=second)),
        ]
    )
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.008), loss="mean_squared_error")
    return model


def layer_seeds(seed: int | None, layers: int) -> list[int | None]:
    """Return one seed a layer: with a single seed for all, Keras would give two layers equal numbers."""
    if seed is None:
        return [None] * layers
    return [int(state) for state in np.random.SeedSequence(seed).generate_state(layers)]


def _weighted_sum(values: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Return values W for values (..., 2), added in the order of the slide's plain Python.

    `@` computes the same but for the last digit, which then depends on the machine's linear algebra library.
    """
    return values[..., :1] * W[0] + values[..., 1:] * W[1]
