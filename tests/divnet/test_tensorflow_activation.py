"""Four ways to deck D's activation in TensorFlow: one curve, and gradients that break in known places."""

import numpy as np
import pytest
import tensorflow as tf

from divnet.activation import activation, activation_slope
from divnet.tensorflow_activation import (
    custom_activation,
    deck_tf_activation,
    naive_tf_activation,
    tf_activation,
)

ALL = [tf_activation, naive_tf_activation, deck_tf_activation, custom_activation]
FINITE = [tf_activation, custom_activation]
DTYPES = ["float32", "float64"]

LOG_POLE = -1e-6
TAIL_POLE = 12.864728  # the float32 nearest to 1403.359435/109.0858178


def everywhere(dtype):
    """Numbers of every size and both signs, all that is delicate, and the numbers next to it."""
    info = np.finfo(dtype)
    sizes = np.logspace(np.log10(info.tiny) + 0.01, np.log10(info.max) - 0.01, 400, dtype=dtype)
    places = np.array([0, 15, LOG_POLE, TAIL_POLE, 88, 89, 90, 709, 710, 711, info.tiny], dtype=dtype)
    near = [places, np.nextafter(places, -np.inf, dtype=dtype), np.nextafter(places, np.inf, dtype=dtype)]
    x = np.concatenate(
        [
            sizes,
            -sizes,
            np.linspace(-30, 30, 1001, dtype=dtype),
            *near,
            [-np.inf, -info.max, info.max, np.inf],
        ]
    )
    return x[(x == 0) | (np.abs(x) >= info.tiny)].astype(dtype)  # TensorFlow rounds smaller ones to 0


def gradient(function, x, dtype="float64", upstream=1.0, compiled=False):
    """Return value and upstream · slope, by autodiff."""

    def both(x, upstream):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return y, tape.gradient(y, x, output_gradients=upstream)

    x = tf.constant(x, dtype)
    upstream = tf.constant(upstream, dtype) * tf.ones_like(x)
    return [t.numpy() for t in (tf.function(both) if compiled else both)(x, upstream)]


def rounding(dtype):
    """Return how far a branch and its slope may be from the formula.

    They take a handful of operations on numbers near 1, and the tail's difference of 1403 from 1636 near
    x = 15 costs three bits. e^(x−1) turns the rounding of x − 1, half an ulp of |x|, into a relative error:
    0.5 · 128 ulps in float32, where e^x is normal down to −87, and 0.5 · 1024 in float64, down to −708.
    Below the smallest normal number TensorFlow gives 0; the tail's slope is 109 times such a number.
    """
    ulps = 64 if dtype == "float32" else 512
    return {"rtol": ulps * np.finfo(dtype).eps, "atol": 110 * np.finfo(dtype).tiny}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("function", ALL)
def test_the_values_are_the_activation_s(function, dtype):
    x = everywhere(dtype)
    y = function(tf.constant(x))
    assert y.dtype.name == dtype and y.shape == x.shape
    np.testing.assert_allclose(y, activation(x), **rounding(dtype))


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("function", FINITE)
def test_the_gradients_are_upstream_times_slope_at_every_number(function, dtype, compiled):
    x = everywhere(dtype)
    _, slope = gradient(function, x, dtype, upstream=0.75, compiled=compiled)
    assert slope.dtype == dtype
    np.testing.assert_allclose(slope, 0.75 * activation_slope(x), **rounding(dtype))


@pytest.mark.parametrize(
    ("function", "broken"),
    [(naive_tf_activation, [LOG_POLE, TAIL_POLE, 100, 1e30]), (deck_tf_activation, [TAIL_POLE])],
)
def test_where_a_branch_that_is_not_taken_is_infinitely_steep_the_gradient_is_nan(function, broken):
    x = np.array([LOG_POLE, TAIL_POLE, 100, 1e30, -50, -1, -2e-6, 1e-6, 1, 12.8, 12.9, 15, 20, 80], "float32")
    y, slope = gradient(function, x, "float32")
    assert np.isfinite(y).all()
    assert x[np.isnan(slope)].tolist() == np.float32(broken).tolist()
    fine = np.isfinite(slope)
    # 1/(u·u) of a tail that was not taken may be large, but times 0 it adds nothing: the formula's slope.
    np.testing.assert_allclose(slope[fine], activation_slope(x[fine]), rtol=1e-5, atol=1e-38)


def test_the_naive_gradient_is_nan_from_where_e_to_the_x_overflows():
    x = np.arange(80, 100, dtype="float32")
    _, slope = gradient(naive_tf_activation, x, "float32")
    with np.errstate(over="ignore"):
        assert (np.isnan(slope) == np.isinf(np.exp(x - 1))).all()


@pytest.mark.parametrize("function", ALL)
def test_any_shape_and_plain_numbers(function):
    assert function(tf.zeros((0, 3))).shape == (0, 3)
    assert function(tf.ones((2, 1, 3))).shape == (2, 1, 3)
    assert function(1.0).dtype == "float32"
    assert tf.function(function)(tf.constant([[1.0]], tf.float64)).dtype == "float64"


@pytest.mark.parametrize("function", ALL)
def test_as_a_layer_s_activation(function):
    import keras

    layer = keras.layers.Dense(3, activation=function)
    assert layer(np.ones((4, 2))).shape == (4, 3)
