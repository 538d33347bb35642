"""Right and wrong answers to exercise ``start-weights``."""

# ruff: noqa: ARG001

import numpy as np

from . import Mutants

MUTANTS = Mutants("start-weights")

HIDDEN, OUTPUT = np.sqrt(6 / 4), np.sqrt(6 / 3)
"""Glorot's limits for 2 → 2 and 2 → 1."""


def start(rng, *, positive=True, small=0.1, across=0.1, hidden_bias=0.0, large=24.0, b2=-3.0):
    W1 = rng.uniform(-HIDDEN, HIDDEN, (2, 2)) * small * np.array([[1, across], [across, 1]])
    W1 = np.abs(W1) if positive else W1
    return W1, np.full(2, hidden_bias), rng.uniform(-OUTPUT, OUTPUT, (2, 1)) * large, np.array([b2])


@MUTANTS.right
def recipe(rng):
    return start(rng)


@MUTANTS.right
def opposite_signs(rng):
    W1 = np.diag(rng.uniform(0.01, 0.1, 2))
    large = rng.uniform(10, 40)
    return W1, np.zeros(2), np.array([[large], [-large]]), np.array([-4.0])


@MUTANTS.right
def full_first_layer(rng):
    return start(rng, across=1.0)


@MUTANTS.right
def lists_number_by_number(rng):
    w = [abs(rng.normal()) / 20 for _ in range(2)]
    sign = 1 if rng.random() < 0.5 else -1
    return (
        [[w[0], w[0] / 100], [w[1] / 100, w[1]]],
        [0, 0],
        [[sign * rng.uniform(15, 45)], [-sign * rng.uniform(15, 45)]],
        [-3.5 + rng.normal() / 5],
    )


@MUTANTS.right
def float32(rng):
    return tuple(np.asarray(part, dtype=np.float32) for part in opposite_signs(rng))


@MUTANTS.right
def a_list_of_four(rng):
    W1 = rng.uniform(0.005, 0.08, (2, 2)) * np.eye(2)
    return [W1, np.full(2, 1e-3), np.array([[30.0], [-25.0]]), [-4.0]]


@MUTANTS.right
def around_the_hand_set(rng):
    noise = 1 + rng.normal(size=9) / 4
    return (
        np.diag(noise[:2]) * 1e-6,
        -1e-7 * noise[2:4],
        np.array([[33 * noise[4]], [-33 * noise[5]]]),
        np.array([-4 * noise[6]]),
    )


@MUTANTS.right
def another_output_bias_each_time(rng):
    return (
        np.array([[0.05, 0.004], [0.003, 0.08]]),
        np.zeros(2),
        np.array([[24.0], [-20.0]]),
        rng.uniform(-8, -5, 1),
    )


@MUTANTS.wrong("same-start")
def noise_that_nobody_sees(rng):
    W1, b1, W2, b2 = another_output_bias_each_time(np.random.default_rng(1))
    return W1, b1, W2, b2 + 1e-9 * rng.random(1)


@MUTANTS.wrong("few-starts")
def one_of_twenty(rng):
    return another_output_bias_each_time(np.random.default_rng(int(rng.integers(20))))


@MUTANTS.wrong("not-numbers")
def a_name_for_an_array(rng):
    return (*start(rng)[:3], "b2")


@MUTANTS.wrong("not-finite")
def nan_in_it(rng):
    return np.full((2, 2), np.nan), np.zeros(2), rng.normal(size=(2, 1)), np.zeros(1)


@MUTANTS.wrong("same-start")
def a_seed_of_its_own(rng):
    return start(np.random.default_rng(1))


@MUTANTS.wrong("starts-at-the-end")
def hand_set(rng):
    return np.diag([1e-6, 1e-6]), np.full(2, -1e-6), np.array([[33.3333], [-33.3333]]), np.array([-3.912023])


@MUTANTS.wrong("same-start")
def no_chance_at_all(rng):
    return np.diag([0.05, 0.07]), np.zeros(2), np.array([[30.0], [-28.0]]), np.array([-4.0])


@MUTANTS.wrong("few-starts")
def one_of_four(rng):
    return start(np.random.default_rng(int(rng.integers(4))))


@MUTANTS.wrong("starts-at-the-end")
def noise_on_the_hand_set(rng):
    noise = 1 + 1e-3 * rng.normal(size=4)
    return (
        np.diag(noise[:2]) * 1e-6,
        np.full(2, -1e-6),
        np.array([[33.3333], [-33.3333]]),
        np.array([-3.912023 * noise[2]]),
    )


@MUTANTS.wrong("wrong-shapes")
def flat_output_weights(rng):
    W1, b1, W2, b2 = start(rng)
    return W1, b1, W2.ravel(), b2


@MUTANTS.wrong("wrong-shapes")
def a_number_as_bias(rng):
    return (*start(rng)[:3], -3.0)


@MUTANTS.wrong("not-four")
def nine_in_a_row(rng):
    return np.concatenate([np.ravel(part) for part in start(rng)])


@MUTANTS.wrong("not-four")
def two_layers(rng):
    W1, b1, W2, b2 = start(rng)
    return {"hidden": (W1, b1), "output": (W2, b2)}


@MUTANTS.wrong("not-a-generator")
def old_names(rng):
    return np.abs(rng.randn(2, 2)) / 10, np.zeros(2), 24 * rng.randn(2, 1), np.array([-3.0])


@MUTANTS.wrong("depends-on-order")
def chance_of_its_own(rng):
    return start(np.random.default_rng())


@MUTANTS.wrong(None)
def raises(rng):
    return rng.normal(size="many")


@MUTANTS.wrong("no-return")
def forgets_to_return(rng):
    start(rng)


@MUTANTS.wrong("starts-below-zero", 0.25)
def keras_random_normal(rng):
    return rng.normal(size=(2, 2)) / 20, np.zeros(2), rng.normal(size=(2, 1)) / 20, np.zeros(1)


@MUTANTS.wrong("starts-in-the-tail", 0.25)
def zero_to_one(rng):
    return rng.random((2, 2)), np.zeros(2), rng.random((2, 1)), np.zeros(1)


@MUTANTS.wrong("same-signs", 0.25)
def positive_everywhere(rng):
    W1, b1, W2, b2 = start(rng)
    return W1, b1, np.abs(W2), b2


MUTANTS.wrong_value(
    "glorot",
    lambda rng: start(rng, positive=False, small=1.0, across=1.0, large=1.0, b2=0.0),
    "starts-below-zero",
    0.25,
)
MUTANTS.wrong_value(
    "positive_glorot",
    lambda rng: start(rng, small=1.0, across=1.0, large=1.0, b2=0.0),
    "starts-in-the-tail",
    0.25,
)
MUTANTS.wrong_value(
    "output_as_keras_draws_it", lambda rng: start(rng, large=0.5, b2=0.0), "small-output-weights", 0.25
)
MUTANTS.wrong_value(
    "thirty_times_too_large", lambda rng: start(rng, large=24 * 30), "large-output-weights", 0.25
)
MUTANTS.wrong_value("output_bias_minus_sixty", lambda rng: start(rng, b2=-60.0), "output-bias-too-low", 0.25)
MUTANTS.wrong_value(
    "output_bias_plus_twenty",
    lambda rng: (*opposite_signs(rng)[:3], np.array([20.0])),
    "output-above-zero",
    0.25,
)
MUTANTS.wrong_value("zeros_first", lambda rng: start(rng, small=0.0, large=1.0), "silent-first-layer", 0.25)
MUTANTS.wrong_value("a start instead of a function", start(np.random.default_rng(0)), "not-a-function")
