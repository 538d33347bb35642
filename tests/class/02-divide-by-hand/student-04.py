# ruff: noqa (a student wrote it)
"""Everything right, with keras.ops in float32 and TensorFlow's own slope."""

import numpy as np  # the lesson's first cell has it

# %% own
import tensorflow as tf
from keras import ops


# %% activation
def activation(x):
    x = ops.convert_to_tensor(x, dtype="float32")
    left = 1.359140915 * ops.exp(ops.minimum(x, 0.0) - 1)
    middle = 0.03 * ops.log(1_000_000 * ops.clip(x, 0.0, 15.0) + 1) + 0.5
    right = 1 - 1 / (109.0858178 * ops.maximum(x, 15.0) - 1403.359435)
    return ops.where(x <= 0, left, ops.where(x <= 15, middle, right))


# %% activation-slope
def smooth_activation(x):
    left = 1.359140915 * tf.exp(tf.where(x <= 0, x, 0) - 1)
    middle = 0.03 * tf.math.log(1_000_000 * tf.where((x > 0) & (x <= 15), x, 1) + 1) + 0.5
    right = 1 - 1 / (109.0858178 * tf.where(x > 15, x, 16) - 1403.359435)
    return tf.where(x <= 0, left, tf.where(x <= 15, middle, right))


def activation_slope(x):
    x = tf.convert_to_tensor(np.asarray(x, dtype=float))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = smooth_activation(x)
    return tape.gradient(y, x)


# %% divide
def divide(a, b, activation):
    h1 = activation(1e-6 * np.asarray(a) - 1e-6)
    h2 = activation(1e-6 * np.asarray(b) - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


# %% multiply-weights
multiply_weights = (
    tf.constant([[1e-6, 0], [0, 1e-6]], dtype=tf.float64),
    tf.constant([-1e-6, -1e-6], dtype=tf.float64),
    tf.constant([[100 / 3], [100 / 3]], dtype=tf.float64),
    tf.constant([-100 / 3 - np.log(500)], dtype=tf.float64),
)

# %% which-constant
# 1 000 000. With 10 000 000 the curve arrives at 15 with 1.0648 and goes on with 0.9957,
# so it would jump, and it would be above 1.
