"""Students' answers to "sigmoid": check("sigmoid", answer), answer = a function of x."""

import math
from math import e, exp

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

@right("one line from the docstring")
def r1(x):
    return 1 / (1 + np.exp(-x))


@right("e to the x in numerator and denominator")
def r2(x):
    top = np.exp(x)
    return top / (top + 1)


@right("tanh of the half, shifted")
def r3(x):
    return 0.5 * (np.tanh(0.5 * x) + 1)


@right("np.vectorize around math.exp")
def r4(x):
    one = np.vectorize(lambda t: 1.0 / (1.0 + math.exp(-t)), otypes=[float])
    return one(x)


@right("np.e with a power")
def r5(x):
    nenner = 1 + np.e ** (-x)
    return nenner ** (-1)


@right("number or array told apart, loop over the flat array")
def r6(x):
    if np.ndim(x) == 0:
        return 1 / (1 + exp(-x))
    svar = np.zeros(np.shape(x))
    for i in range(svar.size):
        svar.flat[i] = 1 / (1 + exp(-np.ravel(x)[i]))
    return svar


@right("stable, two formulas by the sign")
def r7(x):
    small = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))


CASES.append(("lambda with np.reciprocal", lambda z: np.reciprocal(1 + 1 / np.exp(z)), "right", ""))


@right("one minus the mirrored one")
def r9(x):
    def mirrored(t):
        return 1 / (np.exp(t) + 1)
    return 1 - mirrored(x)


# ---------------------------------------------------------------- wrong

@wrong("no minus in the exponent", "e^x in place of e^(-x): the curve is mirrored")
def w1(x):
    return 1 / (1 + np.exp(x))


@wrong("no brackets below", "1/1 + e^(-x): the brackets of the denominator are forgotten")
def w2(x):
    return 1 / 1 + np.exp(-x)


@wrong("math.exp only", "math.exp takes one number; an array raises a TypeError")
def w3(x):
    return 1 / (1 + math.exp(-x))


@wrong("prints", "prints the value, returns None")
def w4(x):
    print(1 / (1 + np.exp(-x)))


@wrong("only assigned", "the result is computed and never returned")
def w5(x):
    y = 1 / (1 + np.exp(-x))


@wrong("docstring typed in", "^ is no power in Python: TypeError for floats, XOR")
def w6(x):
    return 1 / (1 + e ^ (-x))


@wrong("minus outside the exponential", "1 - e^x in place of 1 + e^(-x)")
def w7(x):
    return 1 / (1 + -np.exp(x))


@wrong("tanh", "takes tanh for the sigmoid: -1 to 1")
def w8(x):
    return np.tanh(x)


@wrong("tanh half, not shifted up", "tanh(x/2)/2 without the + 1/2: it goes from -1/2 to 1/2")
def w9(x):
    return np.tanh(x / 2) / 2


@wrong("loop over x", "loops over x: a single number raises a TypeError")
def w10(x):
    values = []
    for one in x:
        values.append(1 / (1 + np.exp(-one)))
    return np.array(values)


@wrong("return inside the loop", "returns after the first element of the array")
def w11(x):
    for t in np.atleast_1d(x):
        return 1 / (1 + np.exp(-t))


@wrong("table looked up", "straight lines between the three values of the table")
def w12(x):
    return np.interp(x, [-10, -2, 0, 2, 10], [0, 0.1192, 0.5, 0.8808, 1])


@wrong("e is 2.7", "rounds e to 2.7")
def w13(x):
    return 1 / (1 + 2.7 ** (-x))


@wrong("rounded to whole numbers", "rounds, since the switch is said to be on or off")
def w14(x):
    return np.round(1 / (1 + np.exp(-x)))


@wrong("ones and zeros by if", "a hard switch; and `if` on an array raises a ValueError")
def w15(x):
    if x < 0:
        return 0
    elif x == 0:
        return 0.5
    else:
        return 1


@wrong("zeros_like", "zeros_like of an integer array has integers: all values are cut to 0")
def w16(x):
    x = np.asarray(x)
    out = np.zeros_like(x)
    out[...] = 1 / (1 + np.exp(-x))
    return out


@wrong("wrong variable", "NameError: the function uses a z that does not exist")
def w17(x):
    return 1 / (1 + np.exp(-z))  # noqa: F821


@wrong("with w and b", "asks for w and b too: it cannot be called with x alone")
def w18(x, w, b):
    return 1 / (1 + np.exp(-(w * x + b)))


@wrong("abs against overflow", "e^(-|x|): right for x >= 0, mirrored for x < 0")
def w19(x):
    return 1 / (1 + np.exp(-np.abs(x)))


@wrong("two e's", "e^(-x)/(1 + e^(-x)), which is sigma(-x)")
def w20(x):
    return np.exp(-x) / (1 + np.exp(-x))


@wrong("slope in place of the value", "answers the next exercise: s(1 - s)")
def w21(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


@wrong("Taylor to third order", "1/2 + x/4 - x^3/48 is good only near 0")
def w22(x):
    return 0.5 + x / 4 - x**3 / 48


TRUE_NAMES = {
    "no minus in the exponent": "sigmoid-sign",
    "no brackets below": "brackets",
    "math.exp only": "scalar-only",
    "prints": "no-return",
    "only assigned": "no-return",
    "docstring typed in": "caret-for-power",
    "minus outside the exponential": "minus-one",
    "tanh": "tanh",
    "tanh half, not shifted up": "not-shifted",
    "loop over x": "array-only",
    "return inside the loop": "one-for-all",
    "e is 2.7": "rounded-e",
    "rounded to whole numbers": "step",
    "ones and zeros by if": "step",
    "zeros_like": "whole-numbers",
    "wrong variable": "unknown-name",
    "with w and b": "other-arguments",
    "two e's": "sigmoid-sign",
    "slope in place of the value": "gives-slope",
    "Taylor to third order": "polynomial",
}
