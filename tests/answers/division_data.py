"""Right and wrong answers to exercise ``division-data``."""

# ruff: noqa: ARG001

import copy
import random

import numpy as np

from . import Mutants

MUTANTS = Mutants("division-data")


def pairs(size, rng):
    return rng.integers(100, 2000, size=(size, 2)) / 100


def quotients(x):
    return x[:, :1] / x[:, 1:] / 100


@MUTANTS.right
def integers_over_100(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


@MUTANTS.right
def end_included(size, rng):
    x = rng.integers(100, 1999, (size, 2), endpoint=True) * 0.01
    return x, (x[:, 0] / x[:, 1] / 100).reshape(-1, 1)


@MUTANTS.right
def chosen_from_a_grid(size, rng):
    x = rng.choice(np.linspace(1, 19.99, 1900), size=(size, 2))
    return x, 0.01 * np.divide(x[:, [0]], x[:, [1]])


@MUTANTS.right
def grid_with_drift(size, rng):
    grid = np.arange(1, 20, 0.01)[:1900]
    a, b = rng.choice(grid, size), rng.choice(grid, size)
    return np.column_stack([a, b]), (a / (100 * b))[:, np.newaxis]


@MUTANTS.right
def columns_one_after_the_other(size, rng):
    a = rng.integers(100, 2000, size=(size, 1)) / 100
    b = rng.integers(100, 2000, size=(size, 1)) / 100
    return np.hstack([a, b]), a / b / 100


@MUTANTS.right
def rounded_uniform(size, rng):
    x = np.round(rng.uniform(0.995, 19.995, (size, 2)), 2).clip(1, 19.99)
    return x, quotients(x)


@MUTANTS.right
def row_by_row(size, rng):
    x = [[int(rng.integers(100, 2000)) / 100 for _ in range(2)] for _ in range(size)]
    return x, [[a / b / 100] for a, b in x]


@MUTANTS.right
def float32(size, rng):
    x = (rng.integers(100, 2000, size=(size, 2)) / 100).astype(np.float32)
    return x, quotients(x)


@MUTANTS.right
def float32_at_the_end(size, rng):
    x = pairs(size, rng)
    return x.astype(np.float32), quotients(x).astype(np.float32)


@MUTANTS.right
def floor_of_random(size, rng):
    x = (100 + np.floor(1900 * rng.random((size, 2)))) / 100
    return [x, np.exp(np.log(x[:, :1]) - np.log(x[:, 1:])) / 100]


@MUTANTS.right
def tensors(size, rng):
    import tensorflow as tf

    x = tf.constant(rng.integers(100, 2000, size=(size, 2)) / 100, dtype=tf.float32)
    return x, x[:, :1] / x[:, 1:] / 100


TWO_THIRDS, THIRD = 2 / 3, 1 / 3


@MUTANTS.wrong("global-random", TWO_THIRDS)
def numpy_global(size, rng):
    x = np.random.randint(100, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("global-random", TWO_THIRDS)
def numpy_global_seeded(size, rng):
    np.random.seed(0)
    x = np.random.randint(100, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("global-random", TWO_THIRDS)
def python_random(size, rng):
    x = np.array([[random.randint(100, 1999) / 100 for _ in range(2)] for _ in range(size)])
    return x, quotients(x)


@MUTANTS.wrong("same-data", TWO_THIRDS)
def default_rng_zero(size, rng):
    x = pairs(size, np.random.default_rng(0))
    return x, quotients(x)


@MUTANTS.wrong("unseeded", TWO_THIRDS)
def default_rng_without_seed(size, rng):
    x = pairs(size, np.random.default_rng())
    return x, quotients(x)


@MUTANTS.wrong("rewinds", TWO_THIRDS)
def copies_the_generator(size, rng):
    x = pairs(size, copy.deepcopy(rng))
    return x, quotients(x)


@MUTANTS.wrong("without-replacement")
def no_value_twice(size, rng):
    grid = np.arange(100, 2000) / 100
    a, b = (rng.choice(grid, size, replace=False) for _ in range(2))
    return np.column_stack([a, b]), (a / b / 100)[:, np.newaxis]


@MUTANTS.wrong("ignores-size")
def the_decks_size(size, rng):
    x = pairs(24_000, rng)
    return x, quotients(x)


@MUTANTS.wrong("ignores-size")
def a_size_of_ten(size, rng):
    x = pairs(10, rng)
    return x, quotients(x)


@MUTANTS.wrong("not-a-pair")
def three_results(size, rng):
    x = pairs(size, rng)
    return x[:, 0], x[:, 1], quotients(x)


@MUTANTS.wrong("not-a-pair")
def one_table(size, rng):
    x = pairs(size, rng)
    return np.hstack([x, quotients(x)])


@MUTANTS.wrong("not-a-pair")
def a_dictionary(size, rng):
    x = pairs(size, rng)
    return {"x": x, "y": quotients(x)}


@MUTANTS.wrong("transposed")
def two_rows(size, rng):
    x = rng.integers(100, 2000, size=(2, size)) / 100
    return x, (x[0] / x[1] / 100)[:, np.newaxis]


@MUTANTS.wrong("one-number")
def one_number_each(size, rng):
    x = rng.integers(100, 2000, size=(size, 1)) / 100
    return x, x / 100


@MUTANTS.wrong("square-target")
def row_against_column(size, rng):
    x = pairs(size, rng)
    return x, x[:, 0] / x[:, 1:] / 100


@MUTANTS.wrong("rounded-targets", TWO_THIRDS)
def four_decimals(size, rng):
    x = pairs(size, rng)
    return x, np.round(quotients(x), 4)


@MUTANTS.wrong("flat-targets", TWO_THIRDS)
def flat(size, rng):
    x = pairs(size, rng)
    return x, x[:, 0] / x[:, 1] / 100


@MUTANTS.wrong("flat-targets", TWO_THIRDS)
def one_row(size, rng):
    x = pairs(size, rng)
    return x, quotients(x).T


@MUTANTS.wrong("not-divided-by-100", TWO_THIRDS)
def flat_quotient(size, rng):
    x = pairs(size, rng)
    return x, x[:, 0] / x[:, 1]


@MUTANTS.wrong("global-random", THIRD)
def global_and_continuous(size, rng):
    x = np.random.uniform(1, 20, (size, 2))
    return x, quotients(x)


@MUTANTS.wrong("results-swapped")
def targets_first(size, rng):
    x = pairs(size, rng)
    return quotients(x), x


@MUTANTS.wrong("other-rows", TWO_THIRDS)
def reshaped(size, rng):
    a, b = pairs(size, rng).T
    return np.array([a, b]).reshape(size, 2), (a / b / 100)[:, np.newaxis]


@MUTANTS.wrong("other-rows", TWO_THIRDS)
def shuffled(size, rng):
    x = pairs(size, rng)
    return x, quotients(rng.permutation(x))


@MUTANTS.wrong("ignores-size")
def three_rows(size, rng):
    x = np.array([[17.16, 13.10], [10.71, 6.12], [4.33, 16.45]])
    return x, quotients(x)


@MUTANTS.wrong("no-return")
def no_return(size, rng):
    x = pairs(size, rng)
    print(x, quotients(x))


@MUTANTS.wrong("not-a-generator")
def older_method(size, rng):
    x = rng.randint(100, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("other-arguments")
def an_argument_short(size):
    return pairs(size, np.random.default_rng()), None


@MUTANTS.wrong(None, TWO_THIRDS)
def quotients_plus_noise(size, rng):
    x = pairs(size, rng)
    return x, quotients(x) + rng.normal(0, 0.001, (size, 1))


@MUTANTS.wrong(None, TWO_THIRDS)
def zeros(size, rng):
    return pairs(size, rng), np.zeros((size, 1))


def with_right_targets(draw):
    """An answer that draws its inputs in another way."""

    def answer(size, rng):
        x = draw(size, rng)
        return x, quotients(x)

    return answer


for _name, _mistake, _draw in (
    (
        "repeated",
        "same-number-twice",
        lambda size, rng: np.repeat(rng.integers(100, 2000, size=(size, 1)) / 100, 2, axis=1),
    ),
    ("hundreds", "hundredths-as-numbers", lambda size, rng: rng.integers(100, 2000, size=(size, 2))),
    ("random_only", "unit-interval", lambda size, rng: rng.random((size, 2))),
    ("one_to_nineteen", "whole-numbers", lambda size, rng: rng.integers(1, 20, size=(size, 2))),
    ("one_decimal", "tenths", lambda size, rng: rng.integers(10, 200, size=(size, 2)) / 10),
    ("continuous", "off-hundredths", lambda size, rng: rng.uniform(1, 19.99, (size, 2))),
    ("three_decimals", "off-hundredths", lambda size, rng: rng.integers(1000, 19_991, (size, 2)) / 1000),
    ("from_one_hundredth", "starts-below-one", lambda size, rng: rng.integers(1, 2000, (size, 2)) / 100),
    (
        "twenty_included",
        "past-the-end",
        lambda size, rng: rng.integers(100, 2000, (size, 2), endpoint=True) / 100,
    ),
    ("last_excluded", "end-excluded", lambda size, rng: rng.integers(100, 1999, (size, 2)) / 100),
    ("first_excluded", "end-excluded", lambda size, rng: rng.integers(101, 2000, (size, 2)) / 100),
    ("as_in_the_search", "short-range", lambda size, rng: rng.integers(100, 1000, (size, 2)) / 100),
    ("sorted_pairs", "larger-first", lambda size, rng: np.sort(pairs(size, rng), axis=1)[:, ::-1]),
    ("bell_curve", "not-uniform", lambda size, rng: np.round(rng.normal(10, 4, (size, 2)).clip(1, 19.99), 2)),
    ("from_zero", "starts-below-one", lambda size, rng: rng.integers(0, 2000, (size, 2)) / 100),
    ("twentieths", "coarse-steps", lambda size, rng: rng.integers(20, 400, (size, 2)) / 20),
    (
        "one_dividend",
        "same-in-all-rows",
        lambda size, rng: pairs(size, rng) * [0, 1] + [pairs(1, rng)[0, 0], 0],
    ),
    ("rounded_ends", "ends-half", lambda size, rng: np.round(rng.uniform(1, 19.99, (size, 2)), 2)),
    (
        "rounded_ends_of_columns",
        "ends-half",
        lambda size, rng: np.column_stack([np.round(1 + 18.99 * rng.random(size), 2) for _ in range(2)]),
    ),
    ("fewer_points", "gaps", lambda size, rng: rng.choice(np.linspace(1, 19.99, 1200).round(2), (size, 2))),
    (
        "mirrored",
        "dependent-numbers",
        lambda size, rng: rng.integers(100, 2000, size=(size, 1)) / 100 * [1, -1] + [0, 20.99],
    ),
    # Nine numbers of ten are 19.99: small draws are alike by chance, no sign of a seed of its own.
    (
        "mostly_the_largest",
        "not-uniform",
        lambda size, rng: np.round(rng.uniform(0.995, 199.95, (size, 2)), 2).clip(1, 19.99),
    ),
    (
        "mostly_two_off_the_hundredths",
        "off-hundredths",
        lambda size, rng: np.round(rng.uniform(0.995, 19.995, (size, 2)), 2).clip(1, 1.999),
    ),
):
    MUTANTS.wrong_value(_name, with_right_targets(_draw), _mistake, TWO_THIRDS)

MUTANTS.wrong_value("the data themselves", (pairs(5, np.random.default_rng(0)), 3), "not-a-function")
