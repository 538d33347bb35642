"""Right and wrong answers to exercise ``epochs``."""

# ruff: noqa: ARG001

import math
from fractions import Fraction

import numpy as np

from . import Mutants

MUTANTS = Mutants("epochs")


@MUTANTS.wrong("cuts-off", 2 / 3)
def deck(steps, points, batch_size, validation_split):
    return np.int64(steps * batch_size / (points * (1 - validation_split)))


@MUTANTS.right
def rounded(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (1 - validation_split)))


@MUTANTS.wrong("cuts-off", 2 / 3)
def floor_division(steps, points, batch_size, validation_split):
    return int(steps * batch_size // (points - points * validation_split))


@MUTANTS.wrong("cuts-off", 2 / 3)
def step_by_step(steps, points, batch_size, validation_split):
    training = points * (1 - validation_split)
    steps_per_epoch = training / batch_size
    return int(steps / steps_per_epoch)


@MUTANTS.right
def fractions(steps, points, batch_size, validation_split):
    return int(Fraction(steps * batch_size) / (points * (1 - Fraction(str(validation_split)))))


@MUTANTS.right
def whole_training_points(steps, points, batch_size, validation_split):
    return steps * batch_size // round(points * (1 - validation_split))


@MUTANTS.wrong("ignores-split")
def ignores_split_step_by_step(steps, points, batch_size, validation_split):
    return int(steps / (points / batch_size))  # 48.99999999999999 is cut to 48


@MUTANTS.wrong("split-instead-of-rest")
def split_for_rest(steps, points, batch_size, validation_split):
    return int(steps * batch_size / (points * validation_split)) if validation_split else 0


@MUTANTS.wrong("float-not-int", 2 / 3)
def float_result(steps, points, batch_size, validation_split):
    return steps * batch_size / (points * (1 - validation_split))


@MUTANTS.wrong("float-not-int", 2 / 3)
def numpy_rounding(steps, points, batch_size, validation_split):
    return np.round(steps * batch_size / (points * (1 - validation_split)))


@MUTANTS.wrong("no-return")
def no_return(steps, points, batch_size, validation_split):
    print(deck(steps, points, batch_size, validation_split))


@MUTANTS.wrong("one-too-many")
def one_too_many(steps, points, batch_size, validation_split):
    return rounded(steps, points, batch_size, validation_split) + 1


@MUTANTS.wrong("ignores-arguments")
def fifty(steps, points, batch_size, validation_split):
    return 50


@MUTANTS.wrong("gives-text")
def text(steps, points, batch_size, validation_split):
    return str(deck(steps, points, batch_size, validation_split))


@MUTANTS.wrong(None)
def nothing_there(steps, points, batch_size, validation_split):
    return math.nan


@MUTANTS.right
def half_more_and_cut(steps, points, batch_size, validation_split):
    return int(steps * batch_size / (points - points * validation_split) + 0.5)


@MUTANTS.right
def nearest_in_numpy(steps, points, batch_size, validation_split):
    return np.int64(np.rint(steps * batch_size / points / (1 - validation_split)))


@MUTANTS.wrong("rounds-up")
def rounds_up(steps, points, batch_size, validation_split):
    return math.ceil(steps * batch_size / (points * (1 - validation_split)))


@MUTANTS.wrong("always-zero")
def upside_down_and_cut(steps, points, batch_size, validation_split):
    return int(points * (1 - validation_split) / (steps * batch_size))


@MUTANTS.wrong("truncates-too-early")
def cuts_the_points(steps, points, batch_size, validation_split):
    return int(steps * batch_size / int(points * (1 - validation_split)))


@MUTANTS.wrong("ignores-split")
def all_points_rounded_up(steps, points, batch_size, validation_split):
    return max(math.ceil(steps * batch_size / points), 1)


@MUTANTS.wrong(None, 2 / 3)
def in_a_list(steps, points, batch_size, validation_split):
    return [steps * batch_size / (points * (1 - validation_split))]
