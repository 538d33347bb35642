"""Right and wrong answers to exercise ``tf-activation``."""

from __future__ import annotations

import numpy as np

from . import Mutants

MUTANTS = Mutants("tf-activation")

A, S, T = 1.359140915, 109.0858178, 1403.359435


def left(x):
    import tensorflow as tf

    return A * tf.exp(tf.minimum(x, 0.0) - 1.0)


def middle(x):
    import tensorflow as tf

    return 0.03 * tf.math.log(1e6 * tf.clip_by_value(x, 0.0, 15.0) + 1.0) + 0.5


def tail(x):
    import tensorflow as tf

    return 1.0 - 1.0 / (S * tf.maximum(x, 15.0) - T)


def join(x, a=left, b=middle, c=tail, first=0.0, second=15.0):
    import tensorflow as tf

    return tf.where(x <= first, a(x), tf.where(x <= second, b(x), c(x)))


@MUTANTS.right
def clipped(x):
    return join(x)


@MUTANTS.right
def double_where(x):
    import tensorflow as tf

    one = tf.ones_like(x)
    low, high = x <= 0, x > 15
    a = A * tf.exp(tf.where(low, x, -one) - 1)
    b = 0.03 * tf.math.log(1_000_000 * tf.where(low | high, one, x) + 1) + 0.5
    c = 1 - 1 / (S * tf.where(high, x, 20 * one) - T)
    return tf.where(low, a, tf.where(high, c, b))


@MUTANTS.right
def exact_constants_and_log1p(x):
    import tensorflow as tf

    s, t = 501379254 / 4596191, 280671887 / 200000
    a = 0.5 * tf.exp(tf.where(x > 0, tf.zeros_like(x), x))
    b = 0.03 * tf.math.log1p(1e6 * tf.where((x > 0) & (x <= 15), x, tf.ones_like(x))) + 0.5
    c = 1 - tf.math.reciprocal(s * tf.where(x > 15, x, 16 * tf.ones_like(x)) - t)
    return tf.where(x > 15, c, tf.where(x > 0, b, a))


@MUTANTS.right
def keras_ops(x):
    from keras import ops

    x = ops.convert_to_tensor(x)
    low, high = ops.less_equal(x, 0), ops.greater(x, 15)
    a = A * ops.exp(ops.where(low, x, 0) - 1)
    b = 0.03 * ops.log(1e6 * ops.where(ops.logical_or(low, high), 1, x) + 1) + 0.5
    c = 1 - 1 / (S * ops.where(high, x, 16) - T)
    return ops.where(low, a, ops.where(high, c, b))


@MUTANTS.right
def already_a_tf_function(x):
    import tensorflow as tf

    return tf.function(join)(x)


@MUTANTS.right
def gathered_and_scattered(x):
    """Each branch computes only its own numbers."""
    import tensorflow as tf

    row = tf.reshape(x, [-1])
    kind = tf.where(row <= 0, 0, tf.where(row <= 15, 1, 2))
    parts = tf.dynamic_partition(row, kind, 3)
    places = tf.dynamic_partition(tf.range(tf.size(row)), kind, 3)
    done = [
        A * tf.exp(parts[0] - 1),
        0.03 * tf.math.log(1e6 * parts[1] + 1) + 0.5,
        1 - 1 / (S * parts[2] - T),
    ]
    result = tf.zeros_like(row)
    for place, numbers in zip(places, done, strict=True):
        result = tf.tensor_scatter_nd_update(result, place[:, None], numbers)
    return tf.reshape(result, tf.shape(x))


@MUTANTS.right
def own_gradient(x):
    import tensorflow as tf

    @tf.custom_gradient
    def inner(x):
        def gradient(upstream):
            slope = tf.where(x <= 15, 30_000 / (1e6 * x + 1), S / (S * x - T) ** 2)
            return upstream * tf.where(x <= 0, A * tf.exp(x - 1), slope)

        return join(x), gradient

    return inner(x)


@MUTANTS.wrong("naive-where", 0.5)
def naive(x):
    import tensorflow as tf

    a, b = A * tf.exp(x - 1), 0.03 * tf.math.log(1e6 * x + 1) + 0.5
    return tf.where(x <= 0, a, tf.where(x <= 15, b, 1 - 1 / (S * x - T)))


@MUTANTS.wrong("tail-pole", 0.75)
def guards_of_the_deck(x):
    """Erratum 6: the deck's own guards, which leave out the tail."""
    import tensorflow as tf

    a = A * tf.exp(tf.where(x > 0, tf.zeros_like(x), x) - 1)
    b = 0.03 * tf.math.log(1e6 * tf.where(x < 0, tf.zeros_like(x), x) + 1) + 0.5
    return tf.where(x <= 0, a, tf.where(x <= 15, b, 1 - 1 / (S * x - T)))


@MUTANTS.wrong("log-pole", 0.75)
def logarithm_unguarded(x):
    import tensorflow as tf

    return join(x, b=lambda x: 0.03 * tf.math.log(1e6 * x + 1) + 0.5)


@MUTANTS.wrong("exp-overflow", 0.5)
def exponential_unguarded(x):
    import tensorflow as tf

    return join(x, a=lambda x: A * tf.exp(x - 1))


@MUTANTS.wrong("masked-infinity", 0.75)
def masks(x):
    import tensorflow as tf

    keep = tf.cast(x <= 0, x.dtype)
    return join(x, a=lambda x: A * tf.exp(x * keep - 1))


@MUTANTS.wrong("border-slope", 0.75)
def constant_first(x):
    """At a tie tf.minimum gives the slope to its first argument."""
    import tensorflow as tf

    return join(x, a=lambda x: A * tf.exp(tf.minimum(tf.zeros_like(x), x) - 1))


@MUTANTS.wrong("stopped-branch", 0.5)
def stopped(x):
    import tensorflow as tf

    return join(x, c=lambda x: tf.stop_gradient(tail(x)))


@MUTANTS.wrong("clips-x", 0.75)
def limited(x):
    import tensorflow as tf

    return join(tf.clip_by_value(x, -1000.0, 2000.0))


@MUTANTS.wrong("overflow", 0.5)
def fraction(x):
    import tensorflow as tf

    def tail(x):
        u = S * tf.maximum(x, 15.0) - T
        return (u - 1) / u

    return join(x, c=tail)


@MUTANTS.wrong("no-gradient", 0.25)
def by_way_of_numpy(x):
    import tensorflow as tf

    x = tf.cast(x, x.dtype)
    y = tf.numpy_function(lambda v: np.asarray(join(tf.constant(v))), [x], x.dtype)
    return tf.ensure_shape(y, x.shape)


@MUTANTS.wrong("no-gradient", 0.25)
def stopped_everywhere(x):
    import tensorflow as tf

    return tf.stop_gradient(join(x))


@MUTANTS.wrong("gives-array", 0.25)
def numpy_array(x):
    return join(x).numpy()


@MUTANTS.wrong("computed-with-numpy")
def one_branch_by_numpy(x):
    with np.errstate(all="ignore"):
        return 0.03 * np.log(1e6 * np.asarray(x) + 1) + 0.5


@MUTANTS.wrong("scalar-only", 0.25)
def plain_ifs(x):
    import tensorflow as tf

    if x <= 0:
        return A * tf.exp(x - 1)
    if x <= 15:
        return 0.03 * tf.math.log(1e6 * x + 1) + 0.5
    return 1 - 1 / (S * x - T)


@MUTANTS.wrong("scalar-only", 0.25)
def tf_cond(x):
    import tensorflow as tf

    return tf.cond(x <= 0, lambda: left(x), lambda: tf.cond(x <= 15, lambda: middle(x), lambda: tail(x)))


@MUTANTS.wrong("one-dtype", 0.375)
def constants_of_float32(x):
    import tensorflow as tf

    return join(x, a=lambda x: tf.constant(A) * tf.exp(tf.minimum(x, 0.0) - 1.0))


@MUTANTS.wrong("one-dtype", 0.375)
def constants_of_float64(x):
    import tensorflow as tf

    return join(x, a=lambda x: tf.constant(A, tf.float64) * tf.exp(tf.minimum(x, 0) - 1))


@MUTANTS.wrong("dtype-changed", 0.25)
def always_float32(x):
    import tensorflow as tf

    return join(tf.cast(x, tf.float32))


@MUTANTS.wrong("dtype-changed", 0.75)
def always_float64(x):
    import tensorflow as tf

    return join(tf.cast(x, tf.float64))


@MUTANTS.wrong("single-precision")
def there_and_back(x):
    import tensorflow as tf

    return tf.cast(join(tf.clip_by_value(tf.cast(x, tf.float32), -1e38, 1e38)), x.dtype)


@MUTANTS.wrong("flattens", 0.5)
def one_row(x):
    import tensorflow as tf

    return join(tf.reshape(x, [-1]))


@MUTANTS.wrong("eager-only", 0.75)
def asks_for_numbers(x):
    import tensorflow as tf

    kinds = {float(v) for v in tf.reshape(tf.sign(x), [-1])}
    return join(x) if kinds else x


@MUTANTS.wrong("torch-where")
def where_of_torch(x):
    import torch

    return torch.where(x <= 0, left(x), torch.where(x <= 15, middle(x), tail(x)))


@MUTANTS.wrong("wrong-border", 0.25)
def border_at_ten(x):
    import tensorflow as tf

    return join(x, c=lambda x: 1.0 - 1.0 / (S * tf.maximum(x, 9.0) - T), second=10.0)


@MUTANTS.wrong("rounded-constant", 0.25)
def short_constant(x):
    return join(x, a=lambda x: left(x) / A * 1.359)


@MUTANTS.wrong(None, 0.0)
def zeros(x):
    return 0 * join(x)


@MUTANTS.wrong("unknown-name")
def raises(x):  # noqa: ARG001
    return join(y)  # noqa: F821


@MUTANTS.wrong(None, 0.25)
def sum_of_all(x):
    import tensorflow as tf

    return tf.reduce_sum(join(x))


@MUTANTS.wrong(None)
def sigmoid(x):
    import tensorflow as tf

    return tf.sigmoid(x)


@MUTANTS.wrong("one-branch-for-all", 0.25)
def one_branch(x):
    import tensorflow as tf

    def third():
        return tf.cond(tf.reduce_all(x <= 15), lambda: join(x), lambda: 1 - 1 / (S * x - T))

    return tf.cond(tf.reduce_all(x <= 0), lambda: A * tf.exp(x - 1), third)
