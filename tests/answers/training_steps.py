"""Right and wrong answers to exercise ``training-steps``."""

# ruff: noqa: ARG001

import math
from fractions import Fraction

import numpy as np

from . import Mutants

MUTANTS = Mutants("training-steps")


@MUTANTS.right
def ceil(points, batch_size, epochs):
    return math.ceil(points / batch_size) * epochs


@MUTANTS.right
def upside_down_floor(points, batch_size, epochs):
    return -(-points // batch_size) * epochs


@MUTANTS.right
def add_almost_a_batch(points, batch_size, epochs):
    return (points + batch_size - 1) // batch_size * epochs


@MUTANTS.right
def remainder(points, batch_size, epochs):
    steps = points // batch_size
    if points % batch_size != 0:
        steps += 1
    return steps * epochs


@MUTANTS.right
def counts_the_batches(points, batch_size, epochs):
    return sum(1 for _ in range(0, points, batch_size)) * epochs


@MUTANTS.right
def numpy_ceil(points, batch_size, epochs):
    return int(np.ceil(points / batch_size)) * epochs


@MUTANTS.right
def slices(points, batch_size, epochs):
    return len(np.arange(points)[::batch_size]) * np.int64(epochs)


@MUTANTS.right
def fractions(points, batch_size, epochs):
    return math.ceil(Fraction(points, batch_size)) * epochs


@MUTANTS.right
def tensorflow(points, batch_size, epochs):
    import tensorflow as tf

    return tf.cast(tf.math.ceil(tf.constant(points, tf.float64) / batch_size), tf.int64) * epochs


@MUTANTS.wrong("float-not-int", 0.5)
def numpy_float(points, batch_size, epochs):
    return np.ceil(points / batch_size) * epochs


@MUTANTS.wrong("float-not-int", 0.5)
def float_batches(points, batch_size, epochs):
    return float(math.ceil(points / batch_size) * epochs)


@MUTANTS.wrong("no-return")
def no_return(points, batch_size, epochs):
    print(math.ceil(points / batch_size) * epochs)


@MUTANTS.wrong("ignores-arguments")
def the_decks_number(points, batch_size, epochs):
    return 67_500


@MUTANTS.wrong("gives-text")
def text(points, batch_size, epochs):
    return f"{math.ceil(points / batch_size) * epochs} steps"


@MUTANTS.wrong(None)
def range_needs_order(points, batch_size, epochs):
    return len(range(points, batch_size)) * epochs


@MUTANTS.wrong("other-arguments")
def one_argument(points):
    return points


MUTANTS.wrong_value("a number", 67_500, "not-a-function")


@MUTANTS.wrong("lists-steps")
def every_step(points, batch_size, epochs):
    return list(range(math.ceil(points / batch_size) * epochs))
