"""Right and wrong answers to exercise ``custom-gradient``."""

from __future__ import annotations

import warnings

import numpy as np

from . import Mutants
from . import tf_activation as tensors

MUTANTS = Mutants("custom-gradient")

A, S, T = tensors.A, tensors.S, tensors.T


def left(x):
    import tensorflow as tf

    return A * tf.exp(tf.minimum(x, 0.0) - 1.0)


def middle(x):
    import tensorflow as tf

    return 30_000.0 / (1e6 * tf.clip_by_value(x, 0.0, 15.0) + 1.0)


def denominator(x):
    import tensorflow as tf

    return S * tf.maximum(x, 15.0) - T


def tail(x):
    return S / denominator(x) ** 2


def join(x, a=left, b=middle, c=tail, first=0.0, second=15.0):
    import tensorflow as tf

    return tf.where(x <= first, a(x), tf.where(x <= second, b(x), c(x)))


def times(slope, upstream, _x):
    return slope * upstream


def custom(x, slope=join, chain=times, value=tensors.join):
    """The value, and slope(x) and the upstream gradient put together by ``chain``."""
    import tensorflow as tf

    @tf.custom_gradient
    def inner(x):
        return value(x), lambda upstream: chain(slope(x), upstream, x)

    return inner(x)


@MUTANTS.right
def guarded(x):
    return custom(x)


@MUTANTS.right
def naive_where_in_the_gradient(x):
    """Nobody differentiates the gradient: its branches need no guards."""
    import tensorflow as tf

    @tf.custom_gradient
    def inner(x):
        def gradient(upstream):
            slope = tf.where(x <= 15, 30_000 / (1e6 * x + 1), S / (S * x - T) ** 2)
            return upstream * tf.where(x <= 0, A * tf.exp(x - 1), slope)

        y = tf.where(x <= 15, 0.03 * tf.math.log(1e6 * x + 1) + 0.5, 1 - 1 / (S * x - T))
        return tf.where(x <= 0, A * tf.exp(x - 1), y), gradient

    return inner(x)


@MUTANTS.right
def fractions_of_the_deck(x):
    import tensorflow as tf

    @tf.custom_gradient
    def inner(x):
        def gradient(upstream):
            u = 501379254 / 4596191 * x - 280671887 / 200000
            by_tail = 501379254 / (4596191 * u**2)
            by_log = 0.03 / (x + 1e-6)
            return tf.where(x > 15, by_tail, tf.where(x > 0, by_log, 0.5 * tf.exp(x))) * upstream

        return tensors.exact_constants_and_log1p(x), gradient

    return inner(x)


@MUTANTS.right
def reuses_the_value(x):
    """For x ≤ 0 the exponential is its own slope."""
    import tensorflow as tf

    @tf.custom_gradient
    def inner(x):
        y = tensors.join(x)

        def gradient(upstream, variables=None):  # noqa: ARG001
            return upstream * tf.where(x <= 0, y, join(x))

        return y, gradient

    return inner(x)


@MUTANTS.right
def keras_ops(x):
    import keras
    from keras import ops

    @keras.ops.custom_gradient
    def inner(x):
        def gradient(*args, upstream=None):
            (upstream,) = args if upstream is None else (upstream,)
            slope = ops.where(x <= 15, 30_000 / (1e6 * x + 1), S / ops.square(S * x - T))
            return ops.multiply(ops.where(x <= 0, A * ops.exp(x - 1), slope), upstream)

        return tensors.keras_ops(x), gradient

    return inner(x)


@MUTANTS.wrong("no-gradient-of-its-own", 0.8)
def by_autodiff(x):
    return tensors.join(x)


@MUTANTS.right
def inside_a_tf_function(x):
    import tensorflow as tf

    return tf.function(custom)(x)


@MUTANTS.wrong("gradient-dtype", 0.75)
def gradient_in_float32(x):
    import tensorflow as tf

    return custom(x, chain=lambda s, u, _x: tf.cast(s * u, tf.float32))


@MUTANTS.wrong("not-decorated")
def not_decorated(x):
    def gradient(upstream):
        return upstream * join(x)

    return tensors.join(x), gradient


@MUTANTS.wrong("no-gradient-function")
def value_alone(x):
    import tensorflow as tf

    return tf.custom_gradient(tensors.join)(x)


@MUTANTS.wrong("gradient-without-upstream")
def without_upstream(x):
    import tensorflow as tf

    return tf.custom_gradient(lambda x: (tensors.join(x), lambda: join(x)))(x)


@MUTANTS.wrong("missing-division", 0.5)
def multiplied(x):
    return custom(x, slope=lambda x: join(x, c=lambda x: 501379254.0 * (4596191.0 * denominator(x) ** 2)))


with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
    exec("def as_printed(x):\n    return 501379254(4596191 * denominator(x) ** 2)")


@MUTANTS.wrong("calls-a-number")
def erratum_3_letter_by_letter(x):
    return custom(x, slope=lambda x: join(x, c=as_printed))  # noqa: F821


@MUTANTS.wrong("missing-division", 0.5)
def brackets_lost(x):
    return custom(x, slope=lambda x: join(x, c=lambda x: 501379254 / 4596191 * denominator(x) ** 2))


@MUTANTS.wrong("slope-of-other-branch", 0.5)
def slope_border_at_ten(x):
    import tensorflow as tf

    return custom(x, slope=lambda x: join(x, c=lambda x: S / (S * tf.maximum(x, 5.0) - T) ** 2, second=10.0))


@MUTANTS.wrong("nan-in-unused-branch", 0.5)
def masks_in_the_gradient(x):
    import tensorflow as tf

    def slope(x):
        low, high = tf.cast(x <= 0, x.dtype), tf.cast(x > 15, x.dtype)
        by_log = 30_000 / (1e6 * x + 1)
        return low * A * tf.exp(x - 1) + high * S / (S * x - T) ** 2 + (1 - low) * (1 - high) * by_log

    return custom(x, slope=slope)


@MUTANTS.wrong("no-gradient-of-its-own", 0.5)
def naive_autodiff(x):
    return tensors.naive(x)


@MUTANTS.wrong("wrong-border", 0.5)
def value_border_at_ten(x):
    return custom(x, value=tensors.border_at_ten)


@MUTANTS.wrong("eager-only", 0.75)
def value_by_numpy(x):
    """Eagerly the custom gradient bridges NumPy; inside tf.function nothing does."""
    import tensorflow as tf

    return custom(x, value=lambda x: tf.constant(np.asarray(tensors.join(tf.constant(x.numpy())))))


def by_numpy(x):
    """The formula in NumPy: float64, whatever tensor comes in."""
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        y = np.where(x <= 15, 0.03 * np.log(1e6 * x + 1) + 0.5, 1 - 1 / (S * x - T))
        return np.where(x <= 0, A * np.exp(x - 1), y)


@MUTANTS.wrong("gives-array", 0.25)
def numpy_where(x):
    return by_numpy(x)


@MUTANTS.wrong("computed-with-numpy")
def numpy_masks(x):
    """NaN at ±∞, too."""
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        left, tail = (x <= 0) * A * np.exp(x - 1), (x > 15) * (1 - 1 / (S * x - T))
        return left + tail + (x > 0) * (x <= 15) * (0.03 * np.log(1e6 * np.maximum(x, 0.0) + 1) + 0.5)


@MUTANTS.wrong("computed-with-numpy", 0.375)
def value_by_numpy_in_float64(x):
    return custom(x, value=by_numpy)


@MUTANTS.wrong("gradient-gives-nothing", 0.25)
def gradient_gives_none(x):
    return custom(x, chain=lambda _s, _u, _x: None)


@MUTANTS.wrong("rounded-constant", 0.5)
def short_slope(x):
    return custom(x, slope=lambda x: join(x, a=lambda x: left(x) / A * 1.359))


@MUTANTS.wrong(None, 0.5)
def ones(x):
    import tensorflow as tf

    return custom(x, slope=lambda x: tf.ones_like(x) * 0.3)


@MUTANTS.wrong(None, 0.5)
def slope_of_half_x(x):
    return custom(x, slope=lambda x: join(x / 2))


@MUTANTS.wrong(None, 0.25)
def zero_everywhere(x):
    return custom(x, value=lambda x: 0 * tensors.join(x))


def handed_over(*made):
    """tf.custom_gradient around a function that returns these."""
    import tensorflow as tf

    return tf.custom_gradient(lambda x: tuple(make(x) for make in made) if len(made) > 1 else made[0](x))


@MUTANTS.wrong("gradient-with-more-arguments")
def gradient_of_x_and_upstream(x):
    return handed_over(tensors.join, lambda x: lambda y, upstream: y * upstream * join(x))(x)


@MUTANTS.wrong("gradient-called")
def slope_for_a_function(x):
    return handed_over(tensors.join, join)(x)


@MUTANTS.wrong("function-alone")
def without_the_value(x):
    return handed_over(lambda x: lambda upstream: upstream * join(x))(x)


@MUTANTS.wrong("value-and-gradient-swapped")
def function_first(x):
    return handed_over(lambda x: lambda upstream: upstream * join(x), tensors.join)(x)


@MUTANTS.wrong("gradient-pair")
def both_factors(x):
    return handed_over(tensors.join, lambda x: lambda upstream: (upstream, join(x)))(x)


@MUTANTS.wrong("gradient-of-all", 0.375)
def summed(x):
    import tensorflow as tf

    return custom(x, chain=lambda s, u, _x: tf.reduce_sum(s * u))


FORM = {w.name: w for w in tensors.MUTANTS.written}
for name in (
    "where_of_torch",
    "numpy_array",
    "one_branch_by_numpy",
    "plain_ifs",
    "constants_of_float32",
    "always_float64",
    "one_row",
    "there_and_back",
    "stopped_everywhere",
    "one_branch",
):
    MUTANTS.wrong_value(name, FORM[name].answer, FORM[name].misconception, FORM[name].score)
