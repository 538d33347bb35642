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
def rounded_between_the_ends(size, rng):
    x = np.round(rng.uniform(1, 19.99, (size, 2)), 2)
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


@MUTANTS.wrong("own-seed", TWO_THIRDS)
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


@MUTANTS.wrong("not-divided-by-100", TWO_THIRDS)
def quotient(size, rng):
    x = pairs(size, rng)
    return x, x[:, :1] / x[:, 1:]


@MUTANTS.wrong("divided-twice", TWO_THIRDS)
def hundred_twice(size, rng):
    x = rng.integers(100, 2000, size=(size, 2))
    return x / 100, x[:, :1] / x[:, 1:] / 100 / 100


@MUTANTS.wrong("upside-down", TWO_THIRDS)
def other_way_round(size, rng):
    x = pairs(size, rng)
    return x, x[:, 1:] / x[:, :1] / 100


@MUTANTS.wrong("multiplies", TWO_THIRDS)
def product(size, rng):
    x = pairs(size, rng)
    return x, x[:, 1:] * x[:, :1] / 100


@MUTANTS.wrong("whole-quotient", TWO_THIRDS)
def floor_division(size, rng):
    x = pairs(size, rng)
    return x, x[:, :1] // x[:, 1:] / 100


@MUTANTS.wrong("one-input-only", TWO_THIRDS)
def same_column_twice(size, rng):
    x = pairs(size, rng)
    return x, x[:, :1] / x[:, :1] / 100


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


@MUTANTS.wrong("same-number-twice", TWO_THIRDS)
def repeated(size, rng):
    x = np.repeat(rng.integers(100, 2000, size=(size, 1)) / 100, 2, axis=1)
    return x, quotients(x)


@MUTANTS.wrong("hundredths-as-numbers", TWO_THIRDS)
def hundreds(size, rng):
    x = rng.integers(100, 2000, size=(size, 2))
    return x, quotients(x)


@MUTANTS.wrong("unit-interval", TWO_THIRDS)
def random_only(size, rng):
    x = rng.random((size, 2))
    return x, quotients(x)


@MUTANTS.wrong("whole-numbers", TWO_THIRDS)
def one_to_nineteen(size, rng):
    x = rng.integers(1, 20, size=(size, 2))
    return x, quotients(x)


@MUTANTS.wrong("tenths", TWO_THIRDS)
def one_decimal(size, rng):
    x = rng.integers(10, 200, size=(size, 2)) / 10
    return x, quotients(x)


@MUTANTS.wrong("off-hundredths", TWO_THIRDS)
def continuous(size, rng):
    x = rng.uniform(1, 19.99, (size, 2))
    return x, quotients(x)


@MUTANTS.wrong("off-hundredths", TWO_THIRDS)
def three_decimals(size, rng):
    x = rng.integers(1000, 19_991, (size, 2)) / 1000
    return x, quotients(x)


@MUTANTS.wrong("starts-below-one", TWO_THIRDS)
def from_one_hundredth(size, rng):
    x = rng.integers(1, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("past-the-end", TWO_THIRDS)
def twenty_included(size, rng):
    x = rng.integers(100, 2000, (size, 2), endpoint=True) / 100
    return x, quotients(x)


@MUTANTS.wrong("end-excluded", TWO_THIRDS)
def last_excluded(size, rng):
    x = rng.integers(100, 1999, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("end-excluded", TWO_THIRDS)
def first_excluded(size, rng):
    x = rng.integers(101, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("short-range", TWO_THIRDS)
def as_in_the_search(size, rng):
    x = rng.integers(100, 1000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong("larger-first", TWO_THIRDS)
def sorted_pairs(size, rng):
    x = np.sort(pairs(size, rng), axis=1)[:, ::-1]
    return x, quotients(x)


@MUTANTS.wrong("not-uniform", TWO_THIRDS)
def bell_curve(size, rng):
    x = np.round(rng.normal(10, 4, (size, 2)).clip(1, 19.99), 2)
    return x, quotients(x)


# Nine numbers of ten are 19.99: small draws come out alike by chance, and are no sign of a seed of its own.
@MUTANTS.wrong("not-uniform", TWO_THIRDS)
def mostly_the_largest(size, rng):
    x = np.round(rng.uniform(0.995, 199.95, (size, 2)), 2).clip(1, 19.99)
    return x, quotients(x)


@MUTANTS.wrong("off-hundredths", TWO_THIRDS)
def mostly_two_off_the_hundredths(size, rng):
    x = np.round(rng.uniform(0.995, 19.995, (size, 2)), 2).clip(1, 1.999)
    return x, quotients(x)


@MUTANTS.wrong("global-random", THIRD)
def global_and_continuous(size, rng):
    x = np.random.uniform(1, 20, (size, 2))
    return x, quotients(x)


@MUTANTS.wrong("no-return")
def no_return(size, rng):
    x = pairs(size, rng)
    print(x, quotients(x))


@MUTANTS.wrong(None)
def older_method(size, rng):
    x = rng.randint(100, 2000, (size, 2)) / 100
    return x, quotients(x)


@MUTANTS.wrong(None)
def an_argument_short(size):
    return pairs(size, np.random.default_rng()), None


@MUTANTS.wrong(None, TWO_THIRDS)
def quotients_plus_noise(size, rng):
    x = pairs(size, rng)
    return x, quotients(x) + rng.normal(0, 0.001, (size, 1))


@MUTANTS.wrong(None, TWO_THIRDS)
def zeros(size, rng):
    return pairs(size, rng), np.zeros((size, 1))


MUTANTS.wrong_value("the data themselves", (pairs(5, np.random.default_rng(0)), 3), "not-a-function")
