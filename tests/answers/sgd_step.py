"""Right and wrong answers to exercise ``sgd-step``."""

# ruff: noqa: ARG001

import numpy as np

from . import Mutants
from .loss_gradient import gradient

MUTANTS = Mutants("sgd-step")


@MUTANTS.right
def straight(x, y, w, b, v, learning_rate):
    dw, db, dv = gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@MUTANTS.right
def comprehension(x, y, w, b, v, learning_rate):
    return [t - learning_rate * d for t, d in zip((w, b, v), gradient(x, y, w, b, v), strict=True)]


@MUTANTS.right
def stacked(x, y, w, b, v, learning_rate):
    return np.array([w, b, v]) - learning_rate * np.array(gradient(x, y, w, b, v))


@MUTANTS.right
def copies_moved_in_place(x, y, w, b, v, learning_rate):
    dw, db, dv = gradient(x, y, w, b, v)
    w, b, v = w.astype(float), b.astype(float), v.astype(float)
    w -= learning_rate * dw
    b -= learning_rate * db
    v -= learning_rate * dv
    return w, b, v


@MUTANTS.right
def lists(x, y, w, b, v, learning_rate):
    return tuple(t.tolist() for t in straight(x, y, w, b, v, learning_rate))


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x, y, w, b, v, learning_rate):
    dw, db, dv = gradient(x, y, w, b, v)
    w -= learning_rate * dw
    b -= learning_rate * db
    v -= learning_rate * dv
    return w, b, v


@MUTANTS.wrong("mutates-input")
def in_place_without_return(x, y, w, b, v, learning_rate):
    in_place(x, y, w, b, v, learning_rate)


@MUTANTS.wrong("other-number-of-results")
def two_results(x, y, w, b, v, learning_rate):
    return straight(x, y, w, b, v, learning_rate)[:2]


@MUTANTS.wrong("not-moved")
def unmoved(x, y, w, b, v, learning_rate):
    return w, b, v


@MUTANTS.wrong("unknown-name")
def raises(x, y, w, b, v, learning_rate):
    return w - lr * 2  # noqa: F821


@MUTANTS.wrong("own-learning-rate")
def own_learning_rate(x, y, w, b, v, learning_rate):
    return straight(x, y, w, b, v, 0.1)


@MUTANTS.wrong("whole-numbers", 0.75)
def copies_of_whole_numbers(x, y, w, b, v, learning_rate):
    new = w.copy(), b.copy(), v.copy()
    for array, moved in zip(new, straight(x, y, w, b, v, learning_rate), strict=True):
        array[:] = moved
    return new


@MUTANTS.wrong("other-number-of-results")
def w_alone(x, y, w, b, v, learning_rate):
    return straight(x, y, w, b, v, learning_rate)[0]


@MUTANTS.wrong("computes-with-list")
def the_three_as_a_tuple(x, y, w, b, v, learning_rate):
    return (w, b, v) - learning_rate * tuple(gradient(x, y, w, b, v))
