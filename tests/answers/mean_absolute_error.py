"""Right and wrong answers to exercise ``mean-absolute-error``."""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("mean-absolute-error")


def flat(y):
    return np.asarray(y, dtype=float).ravel()


@MUTANTS.right
def flattened(y_true, y_pred):
    return np.mean(np.abs(np.ravel(y_true) - np.ravel(y_pred)))


@MUTANTS.right
def refuses_other_shapes(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(f"shapes {y_true.shape} and {y_pred.shape} differ")
    return float(np.abs(y_true - y_pred).mean())


@MUTANTS.right
def loop(y_true, y_pred):
    pairs = list(zip(flat(y_true).tolist(), flat(y_pred).tolist(), strict=True))
    return math.fsum(abs(t - p) for t, p in pairs) / len(pairs)


@MUTANTS.right
def reshaped_as_the_other(y_true, y_pred):
    y_true = np.asarray(y_true, dtype=float)
    gaps = np.reshape(y_pred, y_true.shape) - y_true
    return np.sum(np.where(gaps < 0, -gaps, gaps)) / gaps.size


@MUTANTS.right
def norm(y_true, y_pred):
    gaps = flat(y_true) - flat(y_pred)
    return np.linalg.norm(gaps, ord=1) / gaps.size


@MUTANTS.right
def maximum_minus_minimum(y_true, y_pred):
    t, p = flat(y_true), flat(y_pred)
    return np.average(np.maximum(t, p) - np.minimum(t, p))


@MUTANTS.right
def asserts_shapes(y_true, y_pred):
    assert np.shape(y_true) == np.shape(y_pred)
    return np.array([np.mean(np.abs(np.subtract(y_true, y_pred)))])


@MUTANTS.right
def tensorflow(y_true, y_pred):
    import tensorflow as tf

    t, p = tf.reshape(tf.cast(y_true, tf.float64), [-1]), tf.reshape(tf.cast(y_pred, tf.float64), [-1])
    return tf.reduce_mean(tf.abs(t - p))


@MUTANTS.right
def keras_float32(y_true, y_pred):
    from keras import ops

    t, p = (ops.reshape(ops.convert_to_tensor(np.asarray(y), "float32"), (-1,)) for y in (y_true, y_pred))
    return ops.mean(ops.abs(t - p))


@MUTANTS.wrong("squared-error")
def squared(y_true, y_pred):
    return np.mean((flat(y_true) - flat(y_pred)) ** 2)


@MUTANTS.wrong("not-averaged")
def each(y_true, y_pred):
    return np.abs(np.asarray(y_true) - np.asarray(y_pred))


@MUTANTS.wrong("one-axis")
def first_axis(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)), axis=0)


@MUTANTS.wrong("one-axis")
def as_keras_does(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)), axis=-1)


@MUTANTS.wrong("one-axis", 0.0)
def python_sum(y_true, y_pred):
    return sum(abs(t - p) for t, p in zip(y_true, y_pred, strict=True)) / len(y_true)


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(y_true, y_pred):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if t.shape != p.shape:
        raise ValueError
    np.subtract(t, p, out=t)
    return np.mean(np.abs(t))


@MUTANTS.wrong("broadcasts", 0.5)
def plain(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))


@MUTANTS.wrong("broadcasts", 0.75)
def plain_with_lists(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)))


@MUTANTS.wrong("array-only", 0.75)
def arrays_of_one_shape(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError
    return np.mean(np.abs(y_true - y_pred))


@MUTANTS.wrong("no-return")
def no_return(y_true, y_pred):
    print(flattened(y_true, y_pred))


@MUTANTS.wrong(None)
def half(y_true, y_pred):
    return flattened(y_true, y_pred) / 2


@MUTANTS.wrong(None)
def first_four(y_true, y_pred):
    return np.mean(np.abs(flat(y_true)[:4] - flat(y_pred)[:4]))


@MUTANTS.wrong("rounded")
def rounded(y_true, y_pred):
    return np.round(flattened(y_true, y_pred), 1)


@MUTANTS.wrong("unknown-attribute")
def misspelt(y_true, y_pred):
    return np.mean(np.absolut(y_true - y_pred))


MUTANTS.wrong_value("a number", 0.0013, "not-a-function")
