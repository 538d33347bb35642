"""Right and wrong answers to exercise ``activation-slope``."""

import math

import numpy as np

from . import Mutants
from .activation import join as join_values

MUTANTS = Mutants("activation-slope")

A, S, T = 1.359140915, 109.0858178, 1403.359435


def left(x):
    return A * np.exp(np.minimum(x, 0) - 1)


def middle(x):
    return 30_000 / (1e6 * np.clip(x, 0, 15) + 1)


def tail(x):
    return S / (S * np.maximum(x, 15) - T) ** 2


def join(x, a=left, b=middle, c=tail, first=0.0, second=15.0):
    x = np.asarray(x, dtype=float)
    return np.where(x <= first, a(x), np.where(x <= second, b(x), c(x)))


@MUTANTS.right
def guarded_where(x):
    return join(x)


@MUTANTS.right
def naive_where(x):
    return np.where(
        x <= 0, A * np.exp(x - 1), np.where(x <= 15, 0.03 * 1e6 / (1e6 * x + 1), S / (S * x - T) ** 2)
    )


@MUTANTS.right
def exact_constants(x):
    x = np.asarray(x, dtype=float)
    s, t = 501379254 / 4596191, 280671887 / 200000
    pieces = [np.exp(np.minimum(x, 0)) / 2, 0.03 / (np.clip(x, 0, 15) + 1e-6)]
    return np.select([x <= 0, x <= 15], pieces, s / (s * np.maximum(x, 15) - t) ** 2)


def one_number(x):
    if x <= 0:
        return 0.5 * math.exp(x)
    if x <= 15:
        return 30_000 / (1_000_000 * x + 1)
    return S / (S * x - T) ** 2


MUTANTS.right_value("np_vectorize", np.vectorize(one_number))


@MUTANTS.right
def float32(x):
    return join(np.asarray(x, dtype=np.float32)).astype(np.float32)


@MUTANTS.right
def tensorflow_tape_float32(x):
    import tensorflow as tf

    x = tf.convert_to_tensor(x, dtype=tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(x)
        a = A * tf.exp(tf.minimum(x, 0.0) - 1.0)
        b = 0.03 * tf.math.log(1e6 * tf.where((x > 0.0) & (x <= 15.0), x, 1.0) + 1.0) + 0.5
        c = 1.0 - 1.0 / (S * tf.where(x > 15.0, x, 16.0) - T)
        y = tf.where(x <= 0.0, a, tf.where(x <= 15.0, b, c))
    return tape.gradient(y, x)


TWO_THIRDS, THIRD = 2 / 3, 1 / 3


@MUTANTS.wrong("missing-division", TWO_THIRDS)
def erratum_3_with_a_star(x):
    return join(x, c=lambda x: 501379254 * (4596191 * (501379254 * x / 4596191 - 280671887 / 200000) ** 2))


@MUTANTS.wrong("calls-a-number")
def erratum_3(x):
    number = 501379254  # as printed: 501379254(4596191*(…)**2), which Python warns about and calls
    return join(x, c=lambda x: number(4596191 * (501379254 * x / 4596191 - 280671887 / 200000) ** 2))


@MUTANTS.wrong("border-side", TWO_THIRDS)
def zero_on_the_right(x):
    x = np.asarray(x, dtype=float)
    return np.where(x < 0, left(x), np.where(x <= 15, middle(x), tail(x)))


@MUTANTS.wrong("border-side", TWO_THIRDS)
def fifteen_on_the_right(x):
    x = np.asarray(x, dtype=float)
    return np.where(x <= 0, left(x), np.where(x < 15, middle(x), tail(x)))


@MUTANTS.wrong("wrong-border", TWO_THIRDS)
def border_at_ten(x):
    return join(x, c=lambda x: S / (S * x - T) ** 2, second=10)


@MUTANTS.wrong("difference-quotient")
def central(x):
    x = np.asarray(x, dtype=float)
    return (join_values(x + 1e-6) - join_values(x - 1e-6)) / 2e-6


@MUTANTS.wrong("rounded")
def rounded(x):
    return np.round(join(x), 8)


@MUTANTS.wrong("rounded-constant", TWO_THIRDS)
def short_constant(x):
    return join(x, a=lambda x: 1.359 * np.exp(np.minimum(x, 0) - 1))


@MUTANTS.wrong("nan-in-unused-branch", TWO_THIRDS)
def multiplied_by_masks(x):
    x = np.asarray(x, dtype=float)
    a = A * np.exp(x - 1)
    return (x <= 0) * a + ((x > 0) & (x <= 15)) * 30_000 / (1e6 * x + 1 + (x == -1e-6)) + (x > 15) * tail(x)


@MUTANTS.wrong("scalar-only", 0.5)
def plain_ifs(x):
    return one_number(x)


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x):
    y = join(x)
    if isinstance(x, np.ndarray):
        x[...] = 0
    return y


@MUTANTS.wrong("ignores-argument")
def zero(x):
    return 0.0 * np.asarray(x)


@MUTANTS.wrong("flat-tail", TWO_THIRDS)
def tail_flat(x):
    return join(x, c=lambda x: np.zeros_like(x))
