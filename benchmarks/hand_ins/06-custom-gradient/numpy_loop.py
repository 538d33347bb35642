# ruff: noqa (a student wrote it)
"""Everything right, with a loop over the numbers and masks of ones and zeros."""


# %% numeric-slope
def numeric_slope(function, x):
    h = 2e-4
    x = np.asarray(x, dtype=np.float64)
    one = (function(x + h) - function(x - h)) / (2 * h)
    two = (function(x + 2 * h) - function(x - 2 * h)) / (4 * h)
    return (4 * one - two) / 3


# %% own
print([numeric_slope(np.tanh, x) for x in range(3)])


# %% custom-gradient
def slope(x):
    left = tf.cast(x <= 0, x.dtype)
    tail = tf.cast(x > 15, x.dtype)
    inner = tf.clip_by_value(x, 0, 15)
    outer = tf.maximum(x, 15)
    return (
        left * 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
        + (1 - left - tail) * 30_000 / (1e6 * inner + 1)
        + tail * 109.0858178 / (109.0858178 * outer - 1403.359435) ** 2
    )


@tf.custom_gradient
def custom_activation(x):
    left = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    middle = 0.03 * tf.math.log(1e6 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    right = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    y = tf.where(x <= 0, left, tf.where(x <= 15, middle, right))
    return y, lambda upstream: upstream * slope(x)


# %% as-expected
# Nothing, because the numbers are the same.
