# ruff: noqa (a student wrote it)
"""Forgets the upstream gradient, and takes a one-sided quotient."""


# %% numeric-slope
def numeric_slope(function, x):
    h = 1e-3
    return (function(x + h) - function(x)) / h


# %% custom-gradient
@tf.custom_gradient
def custom_activation(x):
    u = 109.0858178 * x - 1403.359435
    exponential = 1.359140915 * tf.exp(x - 1)

    def gradient(upstream):
        right = tf.where(x <= 15, 30_000 / (1e6 * x + 1), 109.0858178 / u**2)
        return tf.where(x <= 0, exponential, right)

    middle = 0.03 * tf.math.log(1e6 * tf.maximum(x, 0) + 1) + 0.5
    return tf.where(x <= 0, exponential, tf.where(x <= 15, middle, 1 - 1 / u)), gradient
