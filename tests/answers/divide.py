"""Right and wrong answers to exercise ``divide``."""

# ruff: noqa: ARG001

import math

import numpy as np

from . import Mutants
from .activation import guarded_where as deck_activation

MUTANTS = Mutants("divide")


@MUTANTS.right
def neuron_by_neuron(a, b, activation):
    h1 = activation(1e-6 * a - 1e-6)
    h2 = activation(1e-6 * b - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


@MUTANTS.right
def matrices(a, b, activation):
    inputs = np.stack(np.broadcast_arrays(a, b), axis=-1)
    hidden = activation(inputs @ np.diag([1e-6, 1e-6]) + np.array([-1e-6, -1e-6]))
    return activation(hidden @ np.array([[33.3333], [-33.3333]]) + np.array([-3.912023]))[..., 0]


@MUTANTS.right
def exact_weights(a, b, activation):
    h1, h2 = activation((a - 1) / 1e6), activation((b - 1) / 1e6)
    return activation(100 / 3 * (h1 - h2) - math.log(50))


@MUTANTS.right
def one_pair_at_a_time(a, b, activation):
    return np.vectorize(lambda p, q: float(neuron_by_neuron(p, q, activation)))(a, b)


@MUTANTS.right
def weight_table(a, b, activation):
    rows = [(1e-6, 0.0, -1e-6), (0.0, 1e-6, -1e-6)]
    hidden = [activation(wa * np.asarray(a) + wb * np.asarray(b) + c) for wa, wb, c in rows]
    return activation(sum(w * h for w, h in zip((33.3333, -33.3333), hidden, strict=True)) - 3.912023)


def network(a, b, f, *, biases=(-1e-6, -1e-6), large=(33.3333, -33.3333), offset=-3.912023, small=1e-6):
    a, b = np.asarray(a), np.asarray(b)
    return f(large[0] * f(small * a + biases[0]) + large[1] * f(small * b + biases[1]) + offset)


@MUTANTS.wrong("plain-division")
def plain(a, b, activation):
    return a / b


@MUTANTS.wrong("plain-division")
def plain_hundredth(a, b, activation):
    return a / b / 100


@MUTANTS.wrong("ignores-activation")
def ignores_activation(a, b, activation):
    return network(a, b, deck_activation)


@MUTANTS.wrong("forgot-output-bias")
def forgot_output_bias(a, b, activation):
    return network(a, b, activation, offset=0)


@MUTANTS.wrong("forgot-hidden-bias")
def forgot_hidden_bias(a, b, activation):
    return network(a, b, activation, biases=(0, 0))


@MUTANTS.wrong("listing-hidden-bias")
def erratum_2(a, b, activation):
    return network(a, b, activation, biases=(-1e-6, -1e-7))


@MUTANTS.wrong("hidden-bias-sign")
def hidden_bias_sign(a, b, activation):
    return network(a, b, activation, biases=(1e-6, 1e-6))


@MUTANTS.wrong("output-bias-sign")
def output_bias_sign(a, b, activation):
    return network(a, b, activation, offset=3.912023)


@MUTANTS.wrong("forgot-output-activation")
def forgot_output_activation(a, b, activation):
    return 33.3333 * activation(1e-6 * a - 1e-6) - 33.3333 * activation(1e-6 * b - 1e-6) - 3.912023


@MUTANTS.wrong("forgot-hidden-activation")
def forgot_hidden_activation(a, b, activation):
    return activation(33.3333 * (1e-6 * a - 1e-6) - 33.3333 * (1e-6 * b - 1e-6) - 3.912023)


@MUTANTS.wrong("no-activation")
def no_activation(a, b, activation):
    return 33.3333 * (1e-6 * a - 1e-6) - 33.3333 * (1e-6 * b - 1e-6) - 3.912023


@MUTANTS.wrong("swapped-inputs")
def swapped(a, b, activation):
    return network(b, a, activation)


@MUTANTS.wrong("output-weight-sign")
def output_weight_sign(a, b, activation):
    return network(a, b, activation, large=(33.3333, 33.3333))


@MUTANTS.wrong("times-hundred")
def times_hundred(a, b, activation):
    return 100 * network(a, b, activation)


@MUTANTS.wrong("input-weights")
def listing_ten_million(a, b, activation):
    return network(a, b, activation, small=1e-7, biases=(-1e-7, -1e-7))


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(a, b, activation):
    y = network(a, b, activation)
    if isinstance(a, np.ndarray):
        a *= 1e-6
    return y


@MUTANTS.wrong("scalar-only", 0.5)
def row_times_matrix(a, b, activation):
    hidden = activation(np.array([a, b]) @ np.diag([1e-6, 1e-6]) - 1e-6)
    return activation(hidden @ np.array([33.3333, -33.3333]) - 3.912023)


@MUTANTS.wrong("no-return")
def no_return(a, b, activation):
    network(a, b, activation)


@MUTANTS.wrong(None)
def other_output_weight(a, b, activation):
    return network(a, b, activation, large=(33.0, -33.0))


@MUTANTS.wrong(None)
def raises(a, b, activation):
    return activation(a, b)


MUTANTS.wrong_value("a number", 0.04, "not-a-function")
