"""Students' answers to "mean-absolute-error": check("mean-absolute-error", answer), answer = a function of y_true, y_pred."""

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

@right("both laid out in a row")
def r1(y_true, y_pred):
    y_true = np.ravel(y_true)
    y_pred = np.ravel(y_pred)
    return np.mean(np.abs(y_true - y_pred))


@right("refuses other shapes")
def r2(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError("the shapes differ")
    return np.abs(y_true - y_pred).mean()


@right("assert")
def r3(y_true, y_pred):
    facit, svar = np.array(y_true, dtype=float), np.array(y_pred, dtype=float)
    assert facit.shape == svar.shape, "olika form"
    return float(np.sum(np.absolute(svar - facit)) / facit.size)


@right("loop over zip of flat ones")
def r4(y_true, y_pred):
    total, n = 0.0, 0
    for t, p in zip(np.asarray(y_true).flatten(), np.asarray(y_pred).flatten()):
        total += abs(t - p)
        n += 1
    return total / n


@right("own flattening, no NumPy")
def r5(y_true, y_pred):
    def flat(thing):
        if np.ndim(thing) == 0:
            return [float(thing)]
        numbers = []
        for part in thing:
            numbers += flat(part)
        return numbers

    a, b = flat(y_true), flat(y_pred)
    return math.fsum(abs(p - q) for p, q in zip(a, b)) / len(a)


@right("reshape to the shape of the first")
def r6(y_true, y_pred):
    t = np.asarray(y_true, dtype=float)
    p = np.reshape(np.asarray(y_pred, dtype=float), t.shape)
    return np.average(np.sqrt((t - p) ** 2))


@right("norm of order one")
def r7(y_true, y_pred):
    d = np.array(y_true, dtype=float).reshape(-1) - np.array(y_pred, dtype=float).reshape(-1)
    return np.linalg.norm(d, ord=1) / len(d)


CASES.append((
    "lambda, larger minus smaller",
    lambda t, p: (np.maximum(np.ravel(t), np.ravel(p)) - np.minimum(np.ravel(t), np.ravel(p))).mean(),
    "right", "",
))


# ---------------------------------------------------------------- wrong

@wrong("the one line of NumPy", "(n,) and (n, 1) are broadcast to n x n differences; lists cannot be subtracted")
def w1(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))


@wrong("asarray, but no shapes", "lists are fine, but (n,) and (n, 1) are broadcast")
def w2(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)))


@wrong("compares len", "len is equal for (n,) and (n, 1): still n x n differences")
def w3(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    if len(y_true) != len(y_pred):
        raise ValueError("not as many")
    return np.abs(y_true - y_pred).mean()


@wrong("compares size", "size is equal for (n,) and (n, 1) too: still n x n differences")
def w4(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    assert y_true.size == y_pred.size
    return np.abs(y_true - y_pred).mean()


@wrong("abs outside", "|mean of the differences|: plus and minus cancel")
def w5(y_true, y_pred):
    return np.abs(np.mean(np.ravel(y_true) - np.ravel(y_pred)))


@wrong("no abs", "the mean of the differences, with sign")
def w6(y_true, y_pred):
    return np.mean(np.ravel(y_true) - np.ravel(y_pred))


@wrong("mean squared error", "squares, as in unit 01")
def w7(y_true, y_pred):
    return np.mean((np.ravel(y_true) - np.ravel(y_pred)) ** 2)


@wrong("root of the mean of squares", "sqrt of the mean square: not the mean of the distances")
def w8(y_true, y_pred):
    return np.sqrt(np.mean((np.ravel(y_true) - np.ravel(y_pred)) ** 2))


@wrong("sum", "the sum, not divided by n")
def w9(y_true, y_pred):
    return np.sum(np.abs(np.ravel(y_true) - np.ravel(y_pred)))


@wrong("divided by the rows", "len of a table counts its rows, not its elements")
def w10(y_true, y_pred):
    total = np.sum(np.abs(np.ravel(y_true) - np.ravel(y_pred)))
    return total / len(y_true)


@wrong("axis 0", "one mean for each column, not one number")
def w11(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred).reshape(np.shape(y_true))
    return np.mean(np.abs(y_true - y_pred), axis=0)


@wrong("median", "the median of the distances")
def w12(y_true, y_pred):
    return np.median(np.abs(np.ravel(y_true) - np.ravel(y_pred)))


@wrong("difference of the absolute values", "||y| - |ŷ||: signs are lost first")
def w13(y_true, y_pred):
    return np.mean(np.abs(np.abs(np.ravel(y_true)) - np.abs(np.ravel(y_pred))))


@wrong("zip of lists", "zip over nested lists: a list minus a list is a TypeError")
def w14(y_true, y_pred):
    return sum(abs(t - p) for t, p in zip(y_true, y_pred)) / len(y_true)


@wrong("sorted", "sorts both before comparing: other pairs")
def w15(y_true, y_pred):
    return np.mean(np.abs(np.sort(np.ravel(y_true)) - np.sort(np.ravel(y_pred))))


@wrong("first column only", "y[:, 0]: a row of numbers has no columns, and other columns are lost")
def w16(y_true, y_pred):
    return np.mean(np.abs(np.array(y_true)[:, 0] - np.array(y_pred)[:, 0]))


@wrong("methods of arrays on lists", "lists have no flatten")
def w17(y_true, y_pred):
    return np.abs(y_true.flatten() - y_pred.flatten()).mean()


@wrong("return in the loop", "returns after the first pair")
def w18(y_true, y_pred):
    y_true, y_pred = np.ravel(y_true), np.ravel(y_pred)
    total = 0
    for i in range(len(y_true)):
        total += abs(y_true[i] - y_pred[i])
        return total / len(y_true)


@wrong("range to len - 1", "the last pair is left out")
def w19(y_true, y_pred):
    y_true, y_pred = np.ravel(y_true), np.ravel(y_pred)
    total = 0
    for i in range(len(y_true) - 1):
        total += abs(y_true[i] - y_pred[i])
    return total / len(y_true)


@wrong("relative error", "divides each distance by the answer")
def w20(y_true, y_pred):
    t, p = np.ravel(y_true), np.ravel(y_pred)
    return np.mean(np.abs((t - p) / t))


@wrong("integers", "converts to int: decimals are cut off before comparing")
def w21(y_true, y_pred):
    t, p = np.array(y_true, dtype=int).ravel(), np.array(y_pred, dtype=int).ravel()
    return np.mean(np.abs(t - p))


@wrong("refuses columns of the same shape", "raises an error for every table, also for equal shapes")
def w22(y_true, y_pred):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    if t.ndim != 1 or p.ndim != 1:
        raise ValueError("rows only")
    return np.mean(np.abs(t - p))


@wrong("rounded", "rounds to two decimals; errors here are about 0.001")
def w23(y_true, y_pred):
    return round(float(np.mean(np.abs(np.ravel(y_true) - np.ravel(y_pred)))), 2)


@wrong("only the prediction turned", "y_pred into a row, y_true left as it is: the columns' case is now broadcast")
def w24(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.ravel(y_pred)))


@wrong("n - 1", "divides by n - 1, as a standard deviation does")
def w25(y_true, y_pred):
    d = np.abs(np.ravel(y_true) - np.ravel(y_pred))
    return d.sum() / (len(d) - 1)


TRUE_NAMES = {
    "the one line of NumPy": "broadcasts",
    "asarray, but no shapes": "broadcasts",
    "compares len": "broadcasts",
    "compares size": "broadcasts",
    "abs outside": "absolute-value-too-late",
    "no abs": "no-absolute-value",
    "mean squared error": "squared-error",
    "root of the mean of squares": "root-mean-square",
    "sum": "sum-not-mean",
    "divided by the rows": "divides-by-rows",
    "axis 0": "one-axis",
    "median": "median",
    "difference of the absolute values": "absolute-value-too-early",
    "zip of lists": "one-axis",
    "sorted": "sorts",
    "first column only": "first-column",
    "methods of arrays on lists": "array-only",
    "return in the loop": "one-pair",
    "range to len - 1": "pair-left-out",
    "relative error": "relative-error",
    "integers": "whole-numbers",
    "rounded": "rounded",
    "only the prediction turned": "one-of-two-flattened",
    "n - 1": "n-minus-one",
}
