"""Right and wrong answers to exercise ``numeric-slope``."""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("numeric-slope")


@MUTANTS.right
def central(function, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    return (function(x + h) - function(x - h)) / (2 * h)


@MUTANTS.right
def five_points(function, x):
    h = 1e-3
    return (function(x - 2 * h) - 8 * function(x - h) + 8 * function(x + h) - function(x + 2 * h)) / (12 * h)


@MUTANTS.right
def one_sided_with_the_best_step(function, x):
    h = math.sqrt(np.finfo(float).eps)
    return (function(x + h) - function(x)) / h


@MUTANTS.wrong("complex-step")
def complex_step(function, x):
    """No difference at all; but what is handed in takes real numbers, as the course's own activation does."""
    return np.imag(function(np.asarray(x) + 1e-30j)) / 1e-30


@MUTANTS.right
def extrapolated(function, x):
    rough, fine = central(function, x, 1e-2), central(function, x, 5e-3)
    finest = central(function, x, 2.5e-3)
    first, second = fine + (fine - rough) / 3, finest + (finest - fine) / 3
    return second + (second - first) / 15


@MUTANTS.right
def lists_and_loops(function, x):
    def one(v):
        h = np.cbrt(np.finfo(float).eps) * max(1.0, abs(v))
        return (float(function(v + h)) - float(function(v - h))) / ((v + h) - (v - h))

    if np.ndim(x) == 0:
        return one(float(x))
    return [lists_and_loops(function, v) for v in x]


MUTANTS.right_value(
    "vectorised", np.vectorize(lambda f, v: (f(v + 1e-6) - f(v - 1e-6)) / 2e-6, otypes=[float])
)


@MUTANTS.right
def largest_step_that_is_right(function, x):
    return central(function, x, 1e-3)


@MUTANTS.right
def smallest_step_that_is_right(function, x):
    return central(function, x, 1e-8)


def wrong(name, misconception, answer, score=0.0):
    answer.__name__ = name
    MUTANTS.wrong(misconception, score)(answer)


for k in (1, 2):
    wrong(f"central_1e_{k}", "step-too-large", lambda f, x, h=10.0**-k: central(f, x, h))
for k in (1, 3, 5, 6):
    share = 0.25 * (k == 6)
    wrong(f"forward_1e_{k}", "one-sided", lambda f, x, h=10.0**-k: (f(x + h) - f(x)) / h, share)
wrong("backward", "one-sided", lambda f, x: (f(x) - f(x - 1e-4)) / 1e-4)
for k in (10, 11, 12, 13, 14, 15):
    share = 0.5 * (k == 10)
    wrong(f"central_1e_{k}", "step-too-small", lambda f, x, h=10.0**-k: central(f, x, h), share)
wrong("forward_1e_12", "step-too-small", lambda f, x: (f(x + 1e-12) - f(x)) / 1e-12)
wrong("central_1e_17", "no-step", lambda f, x: central(f, x, 1e-17))
wrong("smallest_number", "no-step", lambda f, x: (f(x + 1e-300) - f(x)) / 1e-300)


@MUTANTS.wrong("forgot-two")
def forgot_two(function, x):
    return 2 * central(function, x)


@MUTANTS.wrong("half")
def forward_by_two(function, x):
    return (function(x + 1e-7) - function(x)) / 2e-7


@MUTANTS.wrong("wrong-sign")
def turned_round(function, x):
    return -central(function, x)


@MUTANTS.wrong("undivided")
def not_divided(function, x):
    return function(x + 1e-5) - function(x - 1e-5)


@MUTANTS.wrong("undivided")
def multiplied_by_the_step(function, x):
    h = 1e-5
    return (function(x + h) - function(x - h)) / 2 * h


@MUTANTS.wrong("divided-twice")
def divided_by_the_square(function, x):
    return central(function, x) / 1e-5


@MUTANTS.wrong("difference-without-brackets")
def no_brackets(function, x):
    h = 1e-5
    return function(x + h) - function(x - h) / (2 * h)


@MUTANTS.wrong("gives-second-slope")
def second(function, x):
    return (function(x + 1e-4) - 2 * function(x) + function(x - 1e-4)) / 1e-8


@MUTANTS.wrong("neighbours", 0.25)
def np_gradient(function, x):
    if np.ndim(x) != 1:
        return central(function, x)
    return np.gradient(function(x), x)


@MUTANTS.wrong("single-precision")
def in_float32(function, x):
    x = np.asarray(x, dtype=np.float32)
    h = np.float32(1e-3)
    return (function(x + h) - function(x - h)) / (2 * h)


@MUTANTS.wrong("relative-step", 0.25)
def relative_step(function, x):
    h = 1e-6 * np.asarray(x)
    return (function(x + h) - function(x - h)) / (2 * h)


@MUTANTS.wrong("scalar-only", 0.25)
def one_number(function, x):
    h = 1e-5
    return (float(function(float(x) + h)) - float(function(float(x) - h))) / (2 * h)


@MUTANTS.wrong("array-only", 0.75)
def indexed(function, x):
    result = np.zeros(x.shape)
    result[...] = central(function, x)
    return result


@MUTANTS.wrong("one-for-all", 0.25)
def mean(function, x):
    return np.mean(central(function, x))


@MUTANTS.wrong("whole-numbers", 0.75)
def like_x(function, x):
    result = np.zeros_like(x)
    result[...] = central(function, x)
    return result


@MUTANTS.wrong("mutates-input", 0.625)
def moves_x(function, x):
    if np.ndim(x) == 0 or x.dtype.kind == "i":
        return central(function, x)
    x += 1e-5
    high = function(x)
    x -= 2e-5
    return (high - function(x)) / 2e-5


@MUTANTS.wrong("rounded")
def rounded(function, x):
    return np.round(central(function, x), 4)


@MUTANTS.wrong("ignores-function")
def always_one(function, x):  # noqa: ARG001
    return np.ones(np.shape(x))


@MUTANTS.wrong("ignores-function")
def of_sine_alone(function, x):  # noqa: ARG001
    return np.cos(x)


@MUTANTS.wrong("unknown-name")
def raises(function, x):
    return function(x + step) / step  # noqa: F821


@MUTANTS.wrong(None)
def arguments_swapped(x, function):
    return central(function, x)


@MUTANTS.wrong("ignores-function")
def measures_another(function, x):  # noqa: ARG001
    return central(lambda t: np.exp(-(t**2)), x)


@MUTANTS.wrong("divides-by-x")
def divided_by_x(function, x):
    return (function(x + 1e-5) - function(x - 1e-5)) / x


@MUTANTS.wrong("divides-by-x")
def value_over_x(function, x):
    return function(x) / x


@MUTANTS.wrong("loses-shape", 0.75)
def flat(function, x):
    slopes = central(function, x)
    return np.ravel(slopes) if np.ndim(x) else slopes


@MUTANTS.wrong(None)  # it writes into x, too, but each call raises
def one_place_after_the_other(function, x):
    slopes = np.zeros(np.shape(x))
    for i in np.ndindex(np.shape(x)):
        x[i] += 1e-5
        slopes[i] = function(x) / 1e-5
    return slopes


@MUTANTS.wrong("one-too-few")
def gaps_between_neighbours(function, x):
    return np.diff(function(x)) / np.diff(x)


@MUTANTS.wrong("gives-several")
def place_and_slope(function, x):
    return x, central(function, x)
