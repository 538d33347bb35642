"""Students' answers to "activation-slope": check("activation-slope", answer), answer = a function of x."""

import math

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


def activation(x):  # the student's own, from the exercise before
    return np.where(
        np.less_equal(x, 0),
        1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
        np.where(
            np.less_equal(x, 15),
            0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5,
            1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435),
        ),
    )


# ---------------------------------------------------------------- right

@right("np.where, safe inputs")
def r1(x):
    return np.where(
        np.less_equal(x, 0),
        1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
        np.where(
            np.less_equal(x, 15),
            0.03 * 1_000_000 / (1_000_000 * np.clip(x, 0, 15) + 1),
            109.0858178 / (109.0858178 * np.maximum(x, 15) - 1403.359435) ** 2,
        ),
    )


@right("left branch is its own slope")
def r2(x):
    x = np.asarray(x, dtype=float)
    middle = 0.03 / (np.clip(x, 0, 15) + 1e-6)
    tail = 109.0858178 * (1 - activation(np.maximum(x, 16))) ** 2
    exact_tail = np.where(x < 16, 109.0858178 / np.square(109.0858178 * np.maximum(x, 15) - 1403.359435), tail)
    return np.where(x <= 0, activation(x), np.where(x > 15, exact_tail, middle))


@right("np.select with the tail first")
def r3(x):
    x = np.array(x, float)
    conditions = [x > 15, x > 0]
    u = np.where(x > 15, x, 15.0) * 109.0858178 - 1403.359435
    q = np.where(x > 0, x, 0.0) * 1e6 + 1
    return np.select(conditions, [109.0858178 / u / u, 3e4 / q], np.exp(np.where(x > 0, 0, x)) / 2)


@right("if for one number, vectorize for all")
def r4(x):
    def steep(t):
        t = float(t)
        if t <= 0:
            return 1.359140915 * math.exp(t - 1)
        if t <= 15:
            return 30_000 / (1_000_000 * t + 1)
        return 109.0858178 / (109.0858178 * t - 1403.359435) ** 2

    return np.vectorize(steep, otypes=[float])(x)


@right("masks on zeros of the same shape")
def r5(x):
    z = np.asarray(x, dtype=np.float64)
    lutning = np.zeros(z.shape)
    m1, m3 = z <= 0, z > 15
    m2 = ~m1 & ~m3
    lutning[m1] = np.exp(z[m1] - 1) * 1.359140915
    lutning[m2] = 0.03 * (1_000_000 / (1_000_000 * z[m2] + 1))
    lutning[m3] = 109.0858178 * (109.0858178 * z[m3] - 1403.359435) ** (-2)
    return lutning


@right("warnings and all")
def r6(x):
    x = np.asarray(x, dtype=float)
    a = 1.359140915 * np.exp(x - 1)
    b = 0.03 * 1e6 / (1e6 * x + 1)
    c = 109.0858178 / (109.0858178 * x - 1403.359435) ** 2
    return np.where(x <= 0, a, np.where(x <= 15, b, c))


@right("list comprehension over ravel, reshaped")
def r7(x):
    shape = np.shape(x)
    flat = np.ravel(np.asarray(x, dtype=float))
    values = [
        0.5 * math.exp(t) if t <= 0
        else 0.03e6 / (1e6 * t + 1) if t <= 15
        else 1 / (109.0858178 * (t - 1403.359435 / 109.0858178) ** 2)
        for t in flat
    ]
    return np.array(values, dtype=float).reshape(shape)


# ---------------------------------------------------------------- wrong

def slopes(x, left=None, middle=None, tail=None):
    """The right one, but for the branch that a student has wrong."""
    x = np.asarray(x, dtype=float)
    n, m, t = np.minimum(x, 0), np.clip(x, 0, 15), np.maximum(x, 15)
    left = left or (lambda s: 1.359140915 * np.exp(s - 1))
    middle = middle or (lambda s: 30_000 / (1e6 * s + 1))
    tail = tail or (lambda s: 109.0858178 / (109.0858178 * s - 1403.359435) ** 2)
    return np.where(x <= 0, left(n), np.where(x <= 15, middle(m), tail(t)))


@wrong("inner derivative forgotten", "0.03/(10^6 x + 1): the 10^6 of the chain rule is missing")
def w1(x):
    return slopes(x, middle=lambda s: 0.03 / (1e6 * s + 1))


@wrong("0.03 forgotten", "10^6/(10^6 x + 1) without the factor 0.03")
def w2(x):
    return slopes(x, middle=lambda s: 1e6 / (1e6 * s + 1))


@wrong("minus in the tail", "-u'/u^2: the tail goes down")
def w3(x):
    return slopes(x, tail=lambda s: -109.0858178 / (109.0858178 * s - 1403.359435) ** 2)


@wrong("1/u^2", "the tail without its inner derivative 109.0858178")
def w4(x):
    return slopes(x, tail=lambda s: 1 / (109.0858178 * s - 1403.359435) ** 2)


@wrong("no square", "u'/u, the rule of the logarithm, in the tail")
def w5(x):
    return slopes(x, tail=lambda s: 109.0858178 / (109.0858178 * s - 1403.359435))


@wrong("0.5 kept", "the constant + 0.5 stays in the slope")
def w6(x):
    return slopes(x, middle=lambda s: 0.03 * 1e6 / (1e6 * s + 1) + 0.5)


@wrong("power rule for the exponential", "(x - 1) e^(x - 2), as if e^(x-1) were a power of x")
def w7(x):
    return slopes(x, left=lambda s: 1.359140915 * (s - 1) * np.exp(s - 2))


@wrong("< at 0", "right-hand slope at the border 0: 30 000 in place of 1/2")
def w8(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x < 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x <= 15, 30_000 / (1e6 * np.clip(x, 0, 15) + 1),
                 109.0858178 / (109.0858178 * np.maximum(x, 15) - 1403.359435) ** 2),
    )


@wrong("< at 15", "right-hand slope at the border 15")
def w9(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x < 15, 30_000 / (1e6 * np.clip(x, 0, 15) + 1),
                 109.0858178 / (109.0858178 * np.maximum(x, 15) - 1403.359435) ** 2),
    )


@wrong("measured, to the right", "difference quotient to the right: wrong at and near 0")
def w10(x):
    h = 1e-9
    return (activation(x + h) - activation(x)) / h


@wrong("measured, central", "central difference quotient with 1e-5: wrong near 0 and at the borders")
def w11(x):
    h = 1e-5
    return (activation(x + h) - activation(x - h)) / (2 * h)


@wrong("only the activation", "returns the activation again")
def w12(x):
    return activation(x)


@wrong("if", "if with arrays: ValueError")
def w13(x):
    if x <= 0:
        return 1.359140915 * np.exp(x - 1)
    elif x <= 15:
        return 30_000 / (1_000_000 * x + 1)
    else:
        return 109.0858178 / (109.0858178 * x - 1403.359435) ** 2


@wrong("constant of the listing", "10 000 000 in the logarithm branch")
def w14(x):
    return slopes(x, middle=lambda s: 0.03 * 1e7 / (1e7 * s + 1))


@wrong("cancelled wrongly", "10^6/(10^6 x + 1) shortened to 1/(x + 1)")
def w15(x):
    return slopes(x, middle=lambda s: 0.03 / (s + 1))


@wrong("+ 1 neglected", "0.03/x: the + 1 is dropped, which near 0 is not allowed")
def w16(x):
    return slopes(x, middle=lambda s: 0.03 / np.maximum(s, 1e-300))


@wrong("1 minus kept in the tail", "the slope of 1 is taken for 1")
def w17(x):
    return slopes(x, tail=lambda s: 1 - 109.0858178 / (109.0858178 * s - 1403.359435) ** 2)


@wrong("zeros_like", "zeros_like an integer array: slopes are cut to integers")
def w18(x):
    x = np.asarray(x)
    out = np.zeros_like(x)
    low, high = x <= 0, x > 15
    mid = ~low & ~high
    out[low] = 1.359140915 * np.exp(x[low] - 1.0)
    out[mid] = 30_000 / (1_000_000 * x[mid] + 1)
    out[high] = 109.0858178 / (109.0858178 * x[high] - 1403.359435) ** 2
    return out


@wrong("vectorize guesses integers", "the tail returns 0 as an integer: np.vectorize then takes integers for all")
def w19(x):
    def one(t):
        if t > 15:
            return 0
        if t > 0:
            return 30_000 / (1_000_000 * t + 1)
        return 1.359140915 * np.exp(t - 1)
    return np.vectorize(one)(x)


@wrong("writes into x", "overwrites the argument, and tests the new values")
def w20(x):
    x[x <= 0] = 1.359140915 * np.exp(x[x <= 0] - 1)
    x[(x > 0) & (x <= 15)] = 30_000 / (1_000_000 * x[(x > 0) & (x <= 15)] + 1)
    x[x > 15] = 109.0858178 / (109.0858178 * x[x > 15] - 1403.359435) ** 2
    return x


@wrong("mask times infinity", "0 * inf is nan for large x")
def w21(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        return ((x <= 0) * 1.359140915 * np.exp(x - 1)
                + ((x > 0) & (x <= 15)) * 30_000 / (1_000_000 * np.abs(x) + 1)
                + (x > 15) * 109.0858178 / (109.0858178 * x - 1403.359435) ** 2)


@wrong("no prefactor", "e^(x - 1) without 1.359140915")
def w22(x):
    return slopes(x, left=lambda s: np.exp(s - 1))


@wrong("flat to the right of 15", "the tail is taken for flat: slope 0")
def w23(x):
    return slopes(x, tail=lambda s: 0 * s)


@wrong("square only of 109", "the square belongs to the first term only")
def w24(x):
    return slopes(x, tail=lambda s: 109.0858178 / (109.0858178 * s**2 - 1403.359435))


TRUE_NAMES = {
    "inner derivative forgotten": "forgot-chain-factor",
    "0.03 forgotten": "missing-factor-log",
    "minus in the tail": "tail-sign",
    "1/u^2": "forgot-chain-factor",
    "no square": "tail-not-squared",
    "0.5 kept": "constant-kept",
    "power rule for the exponential": "power-rule",
    "< at 0": "border-side",
    "< at 15": "border-side",
    "measured, to the right": "difference-quotient",
    "measured, central": "difference-quotient",
    "only the activation": "gives-activation",
    "if": "scalar-only",
    "constant of the listing": "ten-million",
    "cancelled wrongly": "cancelled",
    "+ 1 neglected": "missing-plus-one",
    "1 minus kept in the tail": "constant-kept",
    "zeros_like": "whole-numbers",
    "vectorize guesses integers": "flat-tail",
    "writes into x": "mutates-input",
    "mask times infinity": "nan-in-unused-branch",
    "no prefactor": "missing-factor",
    "flat to the right of 15": "flat-tail",
    "square only of 109": "square-of-x",
}
