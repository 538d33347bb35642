"""Students' answers to "epochs": check("epochs", answer), answer = a function of steps, points, batch_size, validation_split."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np

CASES = []


def right(name):
    def keep(function):
        CASES.append((name, function, "right", ""))
        return function
    return keep


def wrong(name, mistake):
    def keep(function):
        CASES.append((name, function, "wrong", mistake))
        return function
    return keep


# ---------------------------------------------------------------- right

@right("round")
def r1(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (1 - validation_split)))


@right("half added, then int")
def r2(steps, points, batch_size, validation_split):
    used = steps * batch_size
    trained = points - points * validation_split
    return int(used / trained + 0.5)


@right("np.round, then int")
def r3(steps, points, batch_size, validation_split):
    return int(np.round(steps / points * batch_size / (1 - validation_split)))


@right("fractions")
def r4(steps, points, batch_size, validation_split):
    share = 1 - Fraction(str(validation_split))
    return int(Fraction(int(steps)) * int(batch_size) / (int(points) * share))


@right("decimals")
def r5(steps, points, batch_size, validation_split):
    rest = Decimal(1) - Decimal(str(validation_split))
    return int((Decimal(int(steps)) * int(batch_size) / (int(points) * rest)).to_integral_value())


CASES.append((
    "lambda, np.rint",
    lambda M, N, batch, split: int(np.rint((M * batch) / (N * (1.0 - split)))),
    "right", "",
))


@right("a helper, and keyword names")
def r7(steps, points, batch_size, validation_split):
    def training_points():
        return (1 - validation_split) * points
    quotient = batch_size * steps / training_points()
    below = math.floor(quotient)
    return below if quotient - below < 0.5 else below + 1


# ---------------------------------------------------------------- wrong

@wrong("int cuts", "int cuts 49.99999999999999 to 49")
def w1(steps, points, batch_size, validation_split):
    return int(steps * batch_size / (points * (1 - validation_split)))


@wrong("a float", "the quotient is returned as a float, 50.0")
def w2(steps, points, batch_size, validation_split):
    return steps * batch_size / (points * (1 - validation_split))


@wrong("//", "// of floats: a float, and one too few at times")
def w3(steps, points, batch_size, validation_split):
    return steps * batch_size // (points * (1 - validation_split))


@wrong("division brackets", "/ N * (1 - split): the split is multiplied, not divided")
def w4(steps, points, batch_size, validation_split):
    return round(steps * batch_size / points * (1 - validation_split))


@wrong("split, not 1 - split", "the points that were kept back are used in place of the others")
def w5(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * validation_split))


@wrong("batch divided", "divides by the batch size")
def w6(steps, points, batch_size, validation_split):
    return round(steps / (points * (1 - validation_split) * batch_size))


@wrong("batch forgotten", "the batch size is not used: right for 1 only")
def w7(steps, points, batch_size, validation_split):
    return round(steps / (points * (1 - validation_split)))


@wrong("split forgotten", "all points are taken for training points")
def w8(steps, points, batch_size, validation_split):
    return steps * batch_size // points


@wrong("ceil", "ceil gives one too many where the float is a hair above")
def w9(steps, points, batch_size, validation_split):
    return math.ceil(steps * batch_size / (points * (1 - validation_split)))


@wrong("50", "the answer of the example, always")
def w10(steps, points, batch_size, validation_split):
    return 50


@wrong("upside down", "the fraction is upside down")
def w11(steps, points, batch_size, validation_split):
    return round(points * (1 - validation_split) / (steps * batch_size))


@wrong("int of the training points", "int cuts 99.99999999999998 training points to 99")
def w12(steps, points, batch_size, validation_split):
    training = int(points * (1 - validation_split))
    return round(steps * batch_size / training)


@wrong("np.int", "np.int is gone from NumPy: AttributeError")
def w13(steps, points, batch_size, validation_split):
    return np.int(steps * batch_size / (points * (1 - validation_split)))


@wrong("printed", "prints the right number, returns None")
def w14(steps, points, batch_size, validation_split):
    print(round(steps * batch_size / (points * (1 - validation_split))))


@wrong("text", "returns a text")
def w15(steps, points, batch_size, validation_split):
    return f"{round(steps * batch_size / (points * (1 - validation_split)))} epochs"


@wrong("- split", "(N - split) in place of N(1 - split)")
def w16(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points - validation_split))


@wrong("ratio", "takes the split for held back : trained, so N/(1 + split) training points")
def w17(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points / (1 + validation_split)))


@wrong("0.2 fixed", "0.8 is written in: right for a split of 0.2 only")
def w18(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (0.8 * points))


@wrong("percent", "reads the split as percent")
def w19(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (100 - validation_split) / 100))


@wrong("rounded to 0 decimals", "round(…, 0) is still a float")
def w20(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (1 - validation_split)), 0)


@wrong("whole batches per epoch", "an epoch's number of steps is cut to whole batches first")
def w21(steps, points, batch_size, validation_split):
    steps_per_epoch = round(points * (1 - validation_split)) // batch_size
    return steps // steps_per_epoch


@wrong("split rounded", "int(1 - split) is 0: division by zero")
def w22(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * int(1 - validation_split)))


TRUE_NAMES = {
    "int cuts": "cuts-off",
    "a float": "float-not-int",
    "//": "cuts-off",
    "division brackets": "multiplies-by-rest",
    "split, not 1 - split": "split-instead-of-rest",
    "batch divided": "divides-by-batch-size",
    "batch forgotten": "forgot-batch-size",
    "split forgotten": "ignores-split",
    "ceil": "rounds-up",
    "50": "ignores-arguments",
    "upside down": "always-zero",
    "int of the training points": "truncates-too-early",
    "np.int": "unknown-attribute",
    "printed": "no-return",
    "text": "gives-text",
    "- split": "ignores-split",
    "ratio": "split-as-ratio",
    "0.2 fixed": "split-of-its-own",
    "percent": "ignores-split",
    "rounded to 0 decimals": "float-not-int",
    "whole batches per epoch": "truncates-too-early",
}
