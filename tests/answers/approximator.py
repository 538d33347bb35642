"""Right and wrong answers to exercise ``approximator``."""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("approximator")


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@MUTANTS.right
def outer(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v


@MUTANTS.right
def broadcast_and_sum(x, w, b, v):
    return np.sum(v * sigmoid(x[:, np.newaxis] * w + b), axis=1)


@MUTANTS.right
def einsum(x, w, b, v):
    return np.einsum("nk,k->n", sigmoid(np.einsum("n,k->nk", x, w) + b), v)


@MUTANTS.right
def loop_over_neurons(x, w, b, v):
    total = np.zeros(len(x))
    for wk, bk, vk in zip(w, b, v, strict=True):
        total += vk * sigmoid(wk * x + bk)
    return total


@MUTANTS.right
def all_loops_and_a_list(x, w, b, v):
    return [sum(vk / (1 + math.exp(-(wk * t + bk))) for wk, bk, vk in zip(w, b, v, strict=True)) for t in x]


@MUTANTS.right
def other_names(points, slopes, shifts, shares):
    return sigmoid(np.outer(points, slopes) + shifts) @ shares


@MUTANTS.right
def keras_ops(x, w, b, v):
    from keras import ops

    x, w, b, v = (ops.convert_to_tensor(t, dtype="float32") for t in (x, w, b, v))
    return ops.matmul(ops.sigmoid(ops.outer(x, w) + b), v)


@MUTANTS.wrong("forgot-sum")
def forgot_sum(x, w, b, v):
    return v * sigmoid(np.outer(x, w) + b)


@MUTANTS.wrong("sum-over-everything")
def sum_over_everything(x, w, b, v):
    return np.sum(v * sigmoid(np.outer(x, w) + b))


@MUTANTS.wrong("wrong-axis")
def wrong_axis(x, w, b, v):
    return np.sum(v * sigmoid(np.outer(x, w) + b), axis=0)


@MUTANTS.wrong("column")
def column(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v.reshape(-1, 1)


@MUTANTS.wrong("point-by-neuron")
def number_by_number(x, w, b, v):
    return sigmoid(w * x + b) @ v


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(x, w, b, v):
    y = sigmoid(np.outer(x, w) + b) @ v
    v *= 0
    return y


@MUTANTS.wrong("no-return")
def no_return(x, w, b, v):
    y = sigmoid(np.outer(x, w) + b) @ v  # noqa: F841


@MUTANTS.wrong(None)
def twice(x, w, b, v):
    return 2 * sigmoid(np.outer(x, w) + b) @ v


@MUTANTS.wrong("other-arguments")
def wrong_signature(x):
    return x


@MUTANTS.wrong("table-transposed")
def outer_swapped(x, w, b, v):
    return sigmoid(np.outer(w, x) + b) @ v


@MUTANTS.wrong("whole-numbers", 0.5)
def like_x(x, w, b, v):
    result = np.zeros_like(x)
    for i, t in enumerate(x):
        result[i] = sigmoid(w * t + b) @ v
    return result


@MUTANTS.wrong("ignores-arguments")
def always_three(x, w, b, v):  # noqa: ARG001
    return np.full(len(x), 3.0)


@MUTANTS.wrong("squeezed")
def squeezed(x, w, b, v):
    return (sigmoid(np.outer(x, w) + b) @ v[:, None]).squeeze()


@MUTANTS.wrong("ignores-arguments")
def the_example(x, w, b, v):  # noqa: ARG001
    return np.array([3.0, 2.5379])
