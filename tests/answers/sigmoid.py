"""Right and wrong answers to exercise ``sigmoid``."""

# ruff: noqa: ARG001

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("sigmoid")


@MUTANTS.right
def textbook(x):
    return 1 / (1 + np.exp(-x))


@MUTANTS.right
def other_fraction(x):
    return np.exp(x) / (1 + np.exp(x))


@MUTANTS.right
def by_tanh(x):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


@MUTANTS.right
def stable(x):
    e = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + e), e / (1 + e))


@MUTANTS.right
def one_by_one(x):
    return np.vectorize(lambda t: 1 / (1 + math.exp(-t)))(x)


@MUTANTS.right
def float32(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=np.float32)))


@MUTANTS.right
def tensorflow(x):
    import tensorflow as tf

    return tf.sigmoid(tf.cast(x, tf.float32))


@MUTANTS.right
def keras_ops(x):
    from keras import ops

    return ops.sigmoid(x)


def scipy_ufunc():
    from scipy.special import expit

    return expit


MUTANTS.right_value("a_ufunc", scipy_ufunc())


@MUTANTS.wrong("rounded")
def rounded(x):
    return np.round(1 / (1 + np.exp(-x)), 4)


@MUTANTS.wrong("scalar-only", 0.5)
def math_exp(x):
    return 1 / (1 + math.exp(-x))


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x):
    if isinstance(x, np.ndarray):
        np.exp(-x, out=x)
        return 1 / (1 + x)
    return 1 / (1 + np.exp(-x))


@MUTANTS.wrong("one-dimension-only", 0.5)
def row_only(x):
    return [1 / (1 + math.exp(-t)) for t in x] if np.ndim(x) else 1 / (1 + math.exp(-x))


@MUTANTS.wrong("no-return")
def no_return(x):
    s = 1 / (1 + np.exp(-x))  # noqa: F841


@MUTANTS.wrong("step")
def step(x):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@MUTANTS.wrong(None)
def raises(x):
    return 1 / 0


@MUTANTS.wrong("unknown-name")
def without_np(x):
    return 1 / (1 + exp(-x))  # noqa: F821


@MUTANTS.wrong("caret-for-power")
def caret(x):
    return 1 / (1 + math.e ^ -x)


@MUTANTS.wrong("unknown-attribute")
def another_library(x):
    return 1 / (1 + np.e_to_the(-x))


@MUTANTS.wrong("calls-itself")
def sigmoid_of_itself(x):
    return sigmoid_of_itself(x)


X = np.linspace(-1, 1, 1000)


@MUTANTS.wrong("ignores-argument")
def of_another_x(t):
    return 1 / (1 + np.exp(-X))


@MUTANTS.wrong("other-shape", 0.5)
def in_brackets(x):
    return [1 / (1 + np.exp(-x))]


@MUTANTS.wrong("one-for-all", 0.5)
def returns_in_the_loop(x):
    for t in np.atleast_1d(x):
        return 1 / (1 + np.exp(-t))
    return x


@MUTANTS.wrong("computes-with-function")
def without_brackets(x):
    return 1 / (1 + np.exp - x)


@MUTANTS.wrong("other-arguments")
def asks_for_more(x, w, b):
    return 1 / (1 + np.exp(-w * x - b))


@MUTANTS.wrong("gives-function")
def hands_over_itself(x):
    return hands_over_itself
