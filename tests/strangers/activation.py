"""Students' answers to "activation": check("activation", answer), answer = a function of x."""

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


# ---------------------------------------------------------------- right

@right("np.where in np.where, each branch in its interval")
def r1(x):
    left = 1.359140915 * np.exp(np.minimum(x, 0) - 1.0)
    middle = 0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5
    right_ = 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
    return np.where(np.less_equal(x, 0), left, np.where(np.less_equal(x, 15), middle, right_))


@right("np.where with warnings")
def r2(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x > 15,
        1 - 1 / (109.0858178 * x - 1403.359435),
        np.where(x > 0, 0.03 * np.log(10**6 * x + 1) + 0.5, 1.359140915 * np.exp(x - 1)),
    )


@right("masks on a new array")
def r3(x):
    x = np.asarray(x, dtype=float)
    y = np.zeros(x.shape)
    exponential = x <= 0
    logarithm = (x > 0) & (x <= 15)
    tail = x > 15
    y[exponential] = 1.359140915 * np.exp(x[exponential] - 1)
    y[logarithm] = 0.03 * np.log(1_000_000 * x[logarithm] + 1) + 0.5
    y[tail] = 1 - 1 / (109.0858178 * x[tail] - 1403.359435)
    return y


@right("if, elif, else and np.vectorize")
def r4(x):
    def one(t):
        if t <= 0:
            return 1.359140915 * math.exp(t - 1)
        elif t <= 15:
            return 0.03 * math.log(1_000_000 * t + 1) + 0.5
        else:
            return 1 - 1 / (109.0858178 * t - 1403.359435)

    return np.vectorize(one, otypes=[float])(x)


@right("np.select")
def r5(x):
    t = np.array(x, dtype=np.float64)
    with np.errstate(all="ignore"):
        branches = [
            np.e / 2 * np.exp(t - 1),
            0.5 + 0.03 * np.log(1e6 * t + 1),
            1 - (109.0858178 * t - 1403.359435) ** -1,
        ]
    return np.select([t <= 0, t <= 15], branches[:2], default=branches[2])


@right("np.piecewise on floats")
def r6(x):
    z = np.asarray(x, dtype=float)
    return np.piecewise(
        z,
        [z <= 0, (0 < z) & (z <= 15), z > 15],
        [
            lambda t: 1.359140915 * np.exp(t - 1),
            lambda t: 0.03 * np.log1p(1_000_000 * t) + 0.5,
            lambda t: 1 - 1 / (109.0858178 * t - 1403.359435),
        ],
    )


@right("a copy as float, loop over the flat places")
def r7(x):
    out = np.array(x, dtype=float)
    for place in np.ndindex(out.shape):
        t = out[place]
        if t > 15:
            out[place] = (109.0858178 * t - 1403.359435 - 1) / (109.0858178 * t - 1403.359435)
        elif t > 0:
            out[place] = 0.5 + 0.03 * (math.log(t + 1e-6) + 6 * math.log(10))
        else:
            out[place] = 0.5 * math.exp(t)
    return out


# ---------------------------------------------------------------- wrong

@wrong("constant of the listing", "C = 10 000 000, the misprint")
def w1(x):
    return np.where(
        np.less_equal(x, 0),
        1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
        np.where(
            np.less_equal(x, 15),
            0.03 * np.log(10_000_000 * np.clip(x, 0, 15) + 1) + 0.5,
            1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435),
        ),
    )


@wrong("if on an array", "if x <= 0: right for a number, ValueError for arrays")
def w2(x):
    if x <= 0:
        return 1.359140915 * np.exp(x - 1)
    if x <= 15:
        return 0.03 * np.log(1_000_000 * x + 1) + 0.5
    return 1 - 1 / (109.0858178 * x - 1403.359435)


@wrong("writes into x", "overwrites the caller's array, as in case 2")
def w3(x):
    left, middle, tail = x <= 0, (x > 0) & (x <= 15), x > 15
    x[left] = 1.359140915 * np.exp(x[left] - 1)
    x[middle] = 0.03 * np.log(1_000_000 * x[middle] + 1) + 0.5
    x[tail] = 1 - 1 / (109.0858178 * x[tail] - 1403.359435)
    return x


@wrong("asarray is no copy", "np.asarray gives the caller's own array back, and it is written into")
def w4(x):
    x = np.asarray(x, dtype=float)
    left, middle, tail = x <= 0, (x > 0) & (x <= 15), x > 15
    x[left] = 1.359140915 * np.exp(x[left] - 1)
    x[middle] = 0.03 * np.log(1_000_000 * x[middle] + 1) + 0.5
    x[tail] = 1 - 1 / (109.0858178 * x[tail] - 1403.359435)
    return x


@wrong("copy of integers", "np.array keeps integers, so all decimals are cut for an integer array")
def w5(x):
    y = np.array(x)
    old = np.array(x)
    y[old <= 0] = 1.359140915 * np.exp(old[old <= 0] - 1)
    y[(old > 0) & (old <= 15)] = 0.03 * np.log(1_000_000 * old[(old > 0) & (old <= 15)] + 1) + 0.5
    y[old > 15] = 1 - 1 / (109.0858178 * old[old > 15] - 1403.359435)
    return y


@wrong("branches times truth values", "0 times infinity: e^(x-1) overflows for large x, and 0 * inf is nan")
def w6(x):
    x = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        exponential = 1.359140915 * np.exp(x - 1)
        logarithm = 0.03 * np.log(1_000_000 * np.abs(x) + 1) + 0.5
        tail = 1 - 1 / (109.0858178 * x - 1403.359435)
        return (x <= 0) * exponential + ((x > 0) & (x <= 15)) * logarithm + (x > 15) * tail


@wrong("the masks overlap", "new values are tested again: after the exponential all are > 0")
def w7(x):
    y = np.array(x, dtype=float)
    y[y <= 0] = 1.359140915 * np.exp(y[y <= 0] - 1)
    y[(y > 0) & (y <= 15)] = 0.03 * np.log(1_000_000 * y[(y > 0) & (y <= 15)] + 1) + 0.5
    y[y > 15] = 1 - 1 / (109.0858178 * y[y > 15] - 1403.359435)
    return y


@wrong("log10", "np.log10 in place of the natural logarithm")
def w8(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0,
        1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x <= 15, 0.03 * np.log10(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)),
    )


@wrong("exponent x, not x - 1", "e^x in place of e^(x - 1)")
def w9(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0,
        1.359140915 * np.exp(np.minimum(x, 0)),
        np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)),
    )


@wrong("tail without brackets", "1 - 1/109.08… * x - 1403…: the denominator's brackets are forgotten")
def w10(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0,
        1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                 1 - 1 / 109.0858178 * x - 1403.359435),
    )


@wrong("only two branches", "the tail is left out: the logarithm goes on")
def w11(x):
    return np.where(
        np.less_equal(x, 0),
        1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
        0.03 * np.log(1_000_000 * np.maximum(x, 0) + 1) + 0.5,
    )


@wrong("0.5 inside the logarithm", "+ 0.5 stands inside the brackets of ln")
def w12(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0,
        1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1 + 0.5),
                 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)),
    )


@wrong("+ 1 outside", "ln(C x) + 1: the bracket closes too early")
def w13(x):
    x = np.asarray(x, dtype=float)
    return np.where(
        x <= 0,
        1.359140915 * np.exp(np.minimum(x, 0) - 1),
        np.where(x <= 15, 0.03 * (np.log(1e6 * np.clip(x, 1e-12, 15)) + 1) + 0.5,
                 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)),
    )


@wrong("masks need an array", "x[mask]: a single number cannot be indexed")
def w14(x):
    y = np.empty(x.shape)
    y[x <= 0] = 1.359140915 * np.exp(x[x <= 0] - 1)
    y[(x > 0) & (x <= 15)] = 0.03 * np.log(1_000_000 * x[(x > 0) & (x <= 15)] + 1) + 0.5
    y[x > 15] = 1 - 1 / (109.0858178 * x[x > 15] - 1403.359435)
    return y


@wrong("loop over a row", "only for one-dimensional arrays: rows of a table end up in `if`")
def w15(x):
    values = []
    for t in np.atleast_1d(x):
        if t <= 0:
            values.append(1.359140915 * np.exp(t - 1))
        elif t <= 15:
            values.append(0.03 * np.log(1_000_000 * t + 1) + 0.5)
        else:
            values.append(1 - 1 / (109.0858178 * t - 1403.359435))
    return np.array(values)


@wrong("flattened", "ravel: the shape of a table is lost")
def w16(x):
    x = np.ravel(x).astype(float)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
                    np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                             1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)))


@wrong("piecewise of integers", "np.piecewise keeps the integer type of x: 0 everywhere")
def w17(x):
    x = np.asarray(x)
    return np.piecewise(x, [x <= 0, (x > 0) & (x <= 15), x > 15], [
        lambda t: 1.359140915 * np.exp(t - 1.0),
        lambda t: 0.03 * np.log(1_000_000 * t + 1) + 0.5,
        lambda t: 1 - 1 / (109.0858178 * t - 1403.359435),
    ])


@wrong("and between arrays", "x > 0 and x <= 15: ValueError for arrays")
def w18(x):
    x = np.asarray(x, dtype=float)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
                    np.where(x > 0 and x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                             1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)))


@wrong("where, wrong way round", "the two sides of the outer np.where are swapped")
def w19(x):
    x = np.asarray(x, dtype=float)
    rest = np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                    1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435))
    return np.where(x <= 0, rest, 1.359140915 * np.exp(np.minimum(x, 0) - 1))


@wrong("e/2 rounded to two digits", "1.36 in place of 1.359140915")
def w20(x):
    x = np.asarray(x, dtype=float)
    return np.where(x <= 0, 1.36 * np.exp(np.minimum(x, 0) - 1),
                    np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                             1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)))


@wrong("border at 5", "15 read as 5")
def w21(x):
    x = np.asarray(x, dtype=float)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
                    np.where(x <= 5, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                             1 - 1 / (109.0858178 * x - 1403.359435)))


@wrong("return forgotten", "computed, not returned")
def w22(x):
    x = np.asarray(x, dtype=float)
    y = np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
                 np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                          1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)))


@wrong("tail is 1", "the tail is taken for 1, since it creeps up to it")
def w23(x):
    x = np.asarray(x, dtype=float)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1),
                    np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5, 1.0))


@wrong("clipped to the picture", "x is clipped to the picture's -5 … 20")
def w24(x):
    x = np.clip(x, -5, 20)
    return np.where(x <= 0, 1.359140915 * np.exp(np.minimum(x, 0) - 1.0),
                    np.where(x <= 15, 0.03 * np.log(1e6 * np.clip(x, 0, 15) + 1) + 0.5,
                             1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)))


TRUE_NAMES = {
    "constant of the listing": "ten-million",
    "if on an array": "scalar-only",
    "writes into x": "mutates-input",
    "asarray is no copy": "mutates-input",
    "copy of integers": "whole-numbers",
    "branches times truth values": "nan-in-unused-branch",
    "the masks overlap": "branch-over-branch",
    "log10": "log10",
    "exponent x, not x - 1": "missing-shift",
    "tail without brackets": "tail-brackets",
    "only two branches": "no-tail",
    "0.5 inside the logarithm": "offset-inside",
    "+ 1 outside": "plus-one-outside",
    "masks need an array": "array-only",
    "loop over a row": "one-dimension-only",
    "flattened": "one-dimension-only",
    "piecewise of integers": "whole-numbers",
    "and between arrays": "scalar-only",
    "e/2 rounded to two digits": "rounded-constant",
    "border at 5": "wrong-border",
    "return forgotten": "no-return",
    "tail is 1": "flat-tail",
    "clipped to the picture": "ends-flat",
}
