"""Right and wrong answers to exercise ``divide``."""

import math

import numpy as np

from . import Mutants

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


@MUTANTS.wrong("mutates-input", 0.5)
def in_place(a, b, activation):
    y = neuron_by_neuron(a, b, activation)
    if isinstance(a, np.ndarray):
        a *= 1e-6
    return y


@MUTANTS.wrong("scalar-only", 0.5)
def row_times_matrix(a, b, activation):
    hidden = activation(np.array([a, b]) @ np.diag([1e-6, 1e-6]) - 1e-6)
    return activation(hidden @ np.array([33.3333, -33.3333]) - 3.912023)


@MUTANTS.wrong("no-return")
def no_return(a, b, activation):
    neuron_by_neuron(a, b, activation)


@MUTANTS.wrong("rounded-constant")
def other_output_weight(a, b, activation):
    return activation(33 * activation(1e-6 * (a - 1)) - 33 * activation(1e-6 * (b - 1)) - 3.912023)


@MUTANTS.wrong(None)
def raises(a, b, activation):
    return activation(a, b)


MUTANTS.wrong_value("a number", 0.04, "not-a-function")


@MUTANTS.wrong("axis-left-over", 0.5)
def column(a, b, activation):
    return np.expand_dims(neuron_by_neuron(a, b, activation), -1)


@MUTANTS.wrong("array-only")
def pair_by_pair(a, b, activation):
    return np.array([neuron_by_neuron(p, q, activation) for p, q in zip(a, b, strict=True)])


@MUTANTS.wrong("ignores-arguments")
def the_examples_result(a, b, activation):  # noqa: ARG001
    return 0.04


@MUTANTS.wrong("scalar-only", 0.5)
def floats_only(a, b, activation):
    return neuron_by_neuron(float(a), float(b), activation)
