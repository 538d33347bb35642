"""Right and wrong answers to exercise ``loss-gradient``."""

# ruff: noqa: ARG001

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("loss-gradient")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


def gradient(x, y, w, b, v):
    z = w * x + b
    upstream = 2 * (sigmoid(z) @ v - y)
    db = upstream * v * sigmoid_slope(z)
    return db * x, db, upstream * sigmoid(z)


@MUTANTS.right
def straight(x, y, w, b, v):
    return gradient(x, y, w, b, v)


@MUTANTS.right
def loops(x, y, w, b, v):
    alpha = sum(vk / (1 + math.exp(-wk * x - bk)) for wk, bk, vk in zip(w, b, v, strict=True))
    dw, db, dv = [], [], []
    for wk, bk, vk in zip(w, b, v, strict=True):
        s = 1 / (1 + math.exp(-wk * x - bk))
        dv.append(2 * (alpha - y) * s)
        db.append(2 * (alpha - y) * vk * s * (1 - s))
        dw.append(db[-1] * x)
    return [dw, db, dv]


@MUTANTS.right
def one_array_of_three_rows(x, y, w, b, v):
    return np.array(gradient(x, y, w, b, v))


@MUTANTS.right
def complex_step(x, y, w, b, v):
    """Exact to the last digits without any formula for a slope."""

    def slope_by(which):
        found = []
        for k in range(len(w)):
            moved = [np.array(t, dtype=complex) for t in (w, b, v)]
            moved[which][k] += 1e-30j
            mw, mb, mv = moved
            alpha = np.sum(mv / (1 + np.exp(-(mw * x + mb))))
            found.append(((alpha - y) ** 2).imag / 1e-30)
        return np.array(found)

    return slope_by(0), slope_by(1), slope_by(2)


@MUTANTS.right
def tensorflow_tape(x, y, w, b, v):
    import tensorflow as tf

    w, b, v = (tf.convert_to_tensor(t, dtype=tf.float64) for t in (w, b, v))
    with tf.GradientTape() as tape:
        tape.watch([w, b, v])
        loss = (tf.reduce_sum(v * tf.sigmoid(w * x + b)) - y) ** 2
    return tape.gradient(loss, [w, b, v])


@MUTANTS.wrong("wrong-order", 1 / 3)
def reversed_order(x, y, w, b, v):
    return gradient(x, y, w, b, v)[::-1]


@MUTANTS.wrong("wrong-order")
def rolled_order(x, y, w, b, v):
    dw, db, dv = gradient(x, y, w, b, v)
    return db, dv, dw


@MUTANTS.wrong("forgot-inner-x", 2 / 3)
def forgot_inner_x(x, y, w, b, v):
    _, db, dv = gradient(x, y, w, b, v)
    return db, db, dv


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x, y, w, b, v):
    d = gradient(x, y, w, b, v)
    w -= 0.1 * d[0]
    return d


@MUTANTS.wrong("other-number-of-results")
def only_dw(x, y, w, b, v):
    return gradient(x, y, w, b, v)[0]


@MUTANTS.wrong("other-number-of-results")
def two_results(x, y, w, b, v):
    return gradient(x, y, w, b, v)[:2]


@MUTANTS.wrong(None)
def triple(x, y, w, b, v):
    return tuple(3 * d for d in gradient(x, y, w, b, v))


@MUTANTS.wrong("unknown-name")
def raises(x, y, w, b, v):
    return loss(x, y)  # noqa: F821


@MUTANTS.wrong("one-for-all-neurons")
def one_for_all(x, y, w, b, v):
    return tuple(np.sum(d) for d in gradient(x, y, w, b, v))


@MUTANTS.wrong("nearly-right")
def measured(x, y, w, b, v):
    def loss(weights):
        return (sigmoid(weights[0] * x + weights[1]) @ weights[2] - y) ** 2

    found, h = np.zeros((3, len(w))), 1e-4
    for index in np.ndindex(found.shape):
        weights = np.array([w, b, v])
        weights[index] += h
        found[index] = (loss(weights) - loss(np.array([w, b, v]))) / h
    return tuple(found)


@MUTANTS.wrong("nearly-right")
def rounds_on_the_way(x, y, w, b, v):
    s = np.round(sigmoid(w * x + b), 5)
    upstream = 2 * (s @ v - y)
    return upstream * v * s * (1 - s) * x, upstream * v * s * (1 - s), upstream * s


@MUTANTS.wrong("whole-numbers", 2 / 3)
def results_like_the_parameters(x, y, w, b, v):
    slopes = np.zeros_like(w), np.zeros_like(b), np.zeros_like(v)
    for array, slope in zip(slopes, gradient(x, y, w, b, v), strict=True):
        array[:] = slope
    return slopes


@MUTANTS.wrong("ignores-arguments", None)
def the_example(x, y, w, b, v):
    return np.array([-1]), np.array([-0.5]), np.array([-0.25])
