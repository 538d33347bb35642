"""Right and wrong answers to exercise ``sigmoid-slope``."""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("sigmoid-slope")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@MUTANTS.right
def with_sigmoid(x):
    s = sigmoid(x)
    return s * (1 - s)


@MUTANTS.right
def quotient_rule(x):
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@MUTANTS.right
def by_cosh(x):
    return 1 / (2 + 2 * np.cosh(x))


@MUTANTS.right
def one_by_one(x):
    return np.vectorize(lambda t: math.exp(-t) / (1 + math.exp(-t)) ** 2)(x)


@MUTANTS.right
def difference(x):
    return sigmoid(x) - sigmoid(x) ** 2


@MUTANTS.right
def tensorflow_gradient(x):
    import tensorflow as tf

    x = tf.convert_to_tensor(x, dtype=tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.sigmoid(x)
    return tape.gradient(y, x)


@MUTANTS.right
def float32(x):
    s = sigmoid(np.asarray(x, dtype=np.float32))
    return s * (1 - s)


@MUTANTS.wrong("difference-quotient")
def central(x):
    return (sigmoid(x + 1e-6) - sigmoid(x - 1e-6)) / 2e-6


@MUTANTS.wrong("difference-quotient")
def forward(x):
    return (sigmoid(x + 0.001) - sigmoid(x)) / 0.001


@MUTANTS.wrong("coarse-difference-quotient")
def coarse_forward(x):
    return (sigmoid(x + 0.01) - sigmoid(x)) / 0.01


@MUTANTS.wrong("coarse-difference-quotient")
def coarse_central(x):
    return (sigmoid(x + 0.1) - sigmoid(x - 0.1)) / 0.2


@MUTANTS.wrong("coarse-difference-quotient")
def coarse_backward_with_a_step_of_its_own(x):
    return (sigmoid(x) - sigmoid(x - 0.37)) / 0.37


@MUTANTS.wrong("rounded")
def rounded(x):
    return np.round(sigmoid(x) * (1 - sigmoid(x)), 5)


@MUTANTS.wrong("scalar-only", 0.5)
def math_only(x):
    s = 1 / (1 + math.exp(-x))
    return s * (1 - s)


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x):
    s = sigmoid(x)
    if isinstance(x, np.ndarray):
        x *= 0
    return s * (1 - s)


@MUTANTS.wrong(None)
def half(x):
    return 0.5 * sigmoid(x) * (1 - sigmoid(x))


@MUTANTS.wrong("unknown-name")
def raises(x):
    return sigmiod(x)  # noqa: F821


@MUTANTS.wrong("calls-a-number")
def without_times(x):
    return sigmoid(x)(1 - sigmoid(x))


@MUTANTS.wrong("rise-not-divided")
def rise(x):
    return sigmoid(x + 0.001) - sigmoid(x)
