"""Right and wrong answers to exercise ``activation``."""

# ruff: noqa: ARG001

import math
from fractions import Fraction

import numpy as np

from . import Mutants

MUTANTS = Mutants("activation")

A, S, T = 1.359140915, 109.0858178, 1403.359435


def left(x):
    return A * np.exp(np.minimum(x, 0) - 1)


def middle(x):
    return 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5


def tail(x):
    return 1 - 1 / (S * np.maximum(x, 15) - T)


def join(x, a=left, b=middle, c=tail, first=0.0, second=15.0):
    x = np.asarray(x, dtype=float)
    return np.where(x <= first, a(x), np.where(x <= second, b(x), c(x)))


@MUTANTS.right
def guarded_where(x):
    return join(x)


@MUTANTS.right
def naive_where(x):
    inner = np.where(x <= 15, 0.03 * np.log(1_000_000 * x + 1) + 0.5, 1 - 1 / (S * x - T))
    return np.where(x <= 0, A * np.exp(x - 1), inner)


@MUTANTS.right
def piecewise(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(x, [x <= 0, (x > 0) & (x <= 15), x > 15], [left, middle, tail])


@MUTANTS.right
def select_with_exact_constants(x):
    x = np.asarray(x, dtype=float)
    s, t = float(Fraction(501379254, 4596191)), 280671887 / 200000
    pieces = [np.exp(np.minimum(x, 0)) / 2, 0.03 * np.log1p(1e6 * np.clip(x, 0, 15)) + 0.5]
    return np.select([x <= 0, x <= 15], pieces, 1 - 1 / (s * np.maximum(x, 15) - t))


@MUTANTS.right
def masks_into_new_array(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    y[x <= 0] = left(x[x <= 0])
    y[(x > 0) & (x <= 15)] = middle(x[(x > 0) & (x <= 15)])
    y[x > 15] = tail(x[x > 15])
    return y


def one_number(x):
    if x <= 0:
        return A * math.exp(x - 1)
    if x <= 15:
        return 0.03 * math.log(1_000_000 * x + 1) + 0.5
    return 1 - 1 / (S * x - T)


@MUTANTS.right
def vectorized_math(x):
    return np.vectorize(one_number)(x)


MUTANTS.right_value("np_vectorize_itself", np.vectorize(one_number))


@MUTANTS.right
def float32(x):
    x = np.asarray(x, dtype=np.float32)
    a = np.float32(A) * np.exp(np.minimum(x, 0) - 1)
    b = np.float32(0.03) * np.log(np.float32(1e6) * np.clip(x, 0, 15) + 1) + np.float32(0.5)
    c = 1 - 1 / (np.float32(S) * np.maximum(x, np.float32(15)) - np.float32(T))
    return np.where(x <= 0, a, np.where(x <= 15, b, c))


@MUTANTS.right
def float32_inside_float64_outside(x):
    return np.asarray(float32(x), dtype=np.float64)


@MUTANTS.right
def nested_lists_out(x):
    return join(x).tolist()


@MUTANTS.right
def prints_and_warns(x):
    import warnings

    print("thinking")
    warnings.warn("careful", UserWarning)
    return join(x)


@MUTANTS.right
def tensorflow(x):
    import tensorflow as tf

    x = tf.convert_to_tensor(x, dtype=tf.float64)
    a = A * tf.exp(tf.minimum(x, 0.0) - 1.0)
    b = 0.03 * tf.math.log(1e6 * tf.clip_by_value(x, 0.0, 15.0) + 1.0) + 0.5
    c = 1.0 - 1.0 / (S * tf.maximum(x, 15.0) - T)
    return tf.where(x <= 0.0, a, tf.where(x <= 15.0, b, c))


@MUTANTS.right
def keras_ops_float32(x):
    from keras import ops

    x = ops.convert_to_tensor(x, dtype="float32")
    a = A * ops.exp(ops.minimum(x, 0.0) - 1.0)
    b = 0.03 * ops.log(1e6 * ops.clip(x, 0.0, 15.0) + 1.0) + 0.5
    c = 1.0 - 1.0 / (S * ops.maximum(x, 15.0) - T)
    return ops.where(x <= 0.0, a, ops.where(x <= 15.0, b, c))


TWO_THIRDS, THIRD = 2 / 3, 1 / 3


@MUTANTS.wrong("ten-million", THIRD)
def two_mistakes(x):
    return join(
        x, b=lambda x: 0.03 * np.log(1e7 * np.clip(x, 0, 15) + 1) + 0.5, c=lambda x: 1 + 1 / (S * x - T)
    )


@MUTANTS.wrong("wrong-border", TWO_THIRDS)
def border_at_ten(x):
    return join(
        x,
        b=lambda x: 0.03 * np.log(1e6 * np.maximum(x, 0) + 1) + 0.5,
        c=lambda x: 1 - 1 / (S * x - T),
        second=10,
    )


@MUTANTS.wrong("wrong-border", TWO_THIRDS)
def border_at_twenty(x):
    return join(x, b=lambda x: 0.03 * np.log(1e6 * np.maximum(x, 0) + 1) + 0.5, second=20)


@MUTANTS.wrong("wrong-border", TWO_THIRDS)
def border_at_one(x):
    return join(x, a=lambda x: A * np.exp(x - 1), first=1)


@MUTANTS.wrong("rounded-constant", TWO_THIRDS)
def short_constant(x):
    return join(x, a=lambda x: 1.36 * np.exp(np.minimum(x, 0) - 1))


@MUTANTS.wrong("rounded-constant", TWO_THIRDS)
def short_tail(x):
    return join(x, c=lambda x: 1 - 1 / (109.09 * np.maximum(x, 15) - 1403.36))


@MUTANTS.wrong("rounded")
def rounded(x):
    return np.round(join(x), 6)


@MUTANTS.wrong("nan-in-unused-branch", THIRD)
def multiplied_by_masks(x):
    x = np.asarray(x, dtype=float)
    a, b, c = A * np.exp(x - 1), 0.03 * np.log(1e6 * x + 1) + 0.5, 1 - 1 / (S * x - T)
    return (x <= 0) * a + ((x > 0) & (x <= 15)) * b + (x > 15) * c


@MUTANTS.wrong("scalar-only", 0.5)
def plain_ifs(x):
    return one_number(x)


@MUTANTS.wrong("array-only", 0.5)
def masks_need_an_array(x):
    y = x * 0.0
    y[x <= 0] = left(x[x <= 0])
    y[(x > 0) & (x <= 15)] = middle(x[(x > 0) & (x <= 15)])
    y[x > 15] = tail(x[x > 15])
    return y


@MUTANTS.wrong("one-dimension-only", 0.5)
def loop_over_a_row(x):
    return np.array([one_number(t) for t in x]) if np.ndim(x) else one_number(x)


@MUTANTS.wrong("mutates-input", 0.5)
def writes_into_x(x):
    y = join(x)
    if isinstance(x, np.ndarray):
        x[...] = y
        return x
    return y


@MUTANTS.wrong("missing-branch", TWO_THIRDS / 2)
def no_tail(x):
    if x <= 0:
        return A * math.exp(x - 1)
    if x <= 15:
        return 0.03 * math.log(1_000_000 * x + 1) + 0.5
    return None


@MUTANTS.wrong("no-return")
def no_return(x):
    y = join(x)
    print(y)


@MUTANTS.wrong("ignores-argument")
def zero(x):
    return 0.0 * join(x)


@MUTANTS.wrong("unknown-name")
def misspelt(x):
    return nump.exp(x)  # noqa: F821


@MUTANTS.wrong("other-arguments")
def wrong_number_of_arguments():
    return 0.5


@MUTANTS.wrong("gives-text")
def text(x):
    return str(join(x))


@MUTANTS.wrong(None)
def ends_the_program(x):
    raise SystemExit(3)


@MUTANTS.wrong("flat-tail", TWO_THIRDS)
def constant_tail(x):
    return join(x, c=lambda x: np.ones_like(x))


MUTANTS.wrong_value("a number", 3, "not-a-function")


@MUTANTS.wrong("no-tail", 2 / 3)
def logarithm_goes_on(x):
    return join(x, c=lambda x: 0.03 * np.log(1e6 * np.maximum(x, 0) + 1) + 0.5)


@MUTANTS.wrong("gap-at-border", 1 / 3)
def between_the_borders(x):
    x = np.asarray(x, dtype=float)
    y = np.zeros_like(x)
    y[x < 0] = left(x[x < 0])
    y[(x > 0) & (x < 15)] = middle(x[(x > 0) & (x < 15)])
    y[x > 15] = tail(x[x > 15])
    return y


@MUTANTS.wrong("whole-numbers", 0.5)
def as_whole_as_x(x):
    x = np.asarray(x)
    y = np.zeros_like(x)
    y[...] = join(x)
    return y


@MUTANTS.wrong("rows-only", 0.5)
def number_after_number(x):
    return np.array([one_number(t) for t in x])


@MUTANTS.wrong("ends-flat", 1 / 3)
def cut_to_the_picture(x):
    return guarded_where(np.clip(x, -5, 20))
