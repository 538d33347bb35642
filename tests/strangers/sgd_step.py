"""Students' answers to "sgd-step": check("sgd-step", answer), answer = a function of x, y, w, b, v, learning_rate."""

from copy import deepcopy

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


# the student's own, from the exercises before

def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


def loss_gradient(x, y, w, b, v):
    z = w * x + b
    s = sigmoid(z)
    u = 2 * (np.sum(v * s) - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * s


# ---------------------------------------------------------------- right

@right("two lines")
def r1(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@right("tuple of a generator")
def r2(x, y, w, b, v, learning_rate):
    slopes = loss_gradient(x, y, w, b, v)
    return tuple(old - learning_rate * slope for old, slope in zip((w, b, v), slopes))


@right("float copies, then in place")
def r3(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    new_w, new_b, new_v = w.astype(float), b.astype(float), v.astype(float)
    new_w -= learning_rate * dw
    new_b -= learning_rate * db
    new_v -= learning_rate * dv
    return new_w, new_b, new_v


@right("the names bound anew")
def r4(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    w = w - dw * learning_rate
    b = b - db * learning_rate
    v = v - dv * learning_rate
    return w, b, v


@right("everything written out, no helper")
def r5(x, y, w, b, v, learning_rate):
    s = 1 / (1 + np.exp(-(w * x + b)))
    push = -2 * learning_rate * (s @ v - y)
    shift = push * v * s * (1 - s)
    return w + shift * x, b + shift, v + push * s


@right("loop with lists")
def r6(x, y, w, b, v, learning_rate):
    g = loss_gradient(x, y, w, b, v)
    ny_w, ny_b, ny_v = [], [], []
    for k in range(len(w)):
        ny_w.append(w[k] - learning_rate * g[0][k])
        ny_b.append(b[k] - learning_rate * g[1][k])
        ny_v.append(v[k] - learning_rate * g[2][k])
    return np.array(ny_w), np.array(ny_b), np.array(ny_v)


@right("a table of all parameters")
def r7(x, y, w, b, v, learning_rate):
    theta = np.stack([w, b, v])
    theta = theta - learning_rate * np.stack(loss_gradient(x, y, w, b, v))
    return theta[0], theta[1], theta[2]


# ---------------------------------------------------------------- wrong

@wrong("uphill", "+ in place of -: the loss grows")
def w1(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w + learning_rate * dw, b + learning_rate * db, v + learning_rate * dv


@wrong("in place", "-= changes the caller's arrays (and fails for integers)")
def w2(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    w -= learning_rate * dw
    b -= learning_rate * db
    v -= learning_rate * dv
    return w, b, v


@wrong("one after the other", "the gradient for b and v is taken with the new w already")
def w3(x, y, w, b, v, learning_rate):
    w = w - learning_rate * loss_gradient(x, y, w, b, v)[0]
    b = b - learning_rate * loss_gradient(x, y, w, b, v)[1]
    v = v - learning_rate * loss_gradient(x, y, w, b, v)[2]
    return w, b, v


@wrong("learning rate of the course", "0.008 is fixed; the argument is ignored")
def w4(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - 0.008 * dw, b - 0.008 * db, v - 0.008 * dv


@wrong("learning rate of the example", "learning_rate is overwritten with 0.1")
def w5(x, y, w, b, v, learning_rate):
    learning_rate = 0.1
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@wrong("only the change", "returns the step, not the new parameters")
def w6(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return -learning_rate * dw, -learning_rate * db, -learning_rate * dv


@wrong("return forgotten", "new names are computed, and nothing is returned")
def w7(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    w = w - learning_rate * dw
    b = b - learning_rate * db
    v = v - learning_rate * dv


@wrong("the old ones returned", "computes new_w, new_b, new_v, but returns w, b, v")
def w8(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    new_w = w - learning_rate * dw
    new_b = b - learning_rate * db
    new_v = v - learning_rate * dv
    return w, b, v


@wrong("dw for all", "copy and paste: dw is subtracted from b and v too")
def w9(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * dw, v - learning_rate * dw


@wrong("v stays", "v is forgotten: only w and b move")
def w10(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v


@wrong("brackets", "(w - rate) * dw")
def w11(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return (w - learning_rate) * dw, (b - learning_rate) * db, (v - learning_rate) * dv


@wrong("divided by the rate", "the slope is divided by the learning rate")
def w12(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - dw / learning_rate, b - db / learning_rate, v - dv / learning_rate


@wrong("sign only", "moves by the learning rate, whatever the steepness: np.sign")
def w13(x, y, w, b, v, learning_rate):
    g = loss_gradient(x, y, w, b, v)
    return tuple(p - learning_rate * np.sign(d) for p, d in zip((w, b, v), g))


@wrong("y and x swapped in the call", "loss_gradient(y, x, ...)")
def w14(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(y, x, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@wrong("no learning rate", "subtracts the whole slope")
def w15(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - dw, b - db, v - dv


@wrong("unpacked wrongly", "the gradient is unpacked as db, dw, dv")
def w16(x, y, w, b, v, learning_rate):
    db, dw, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@wrong("tuple minus number", "learning_rate times a tuple: TypeError")
def w17(x, y, w, b, v, learning_rate):
    gradient = loss_gradient(x, y, w, b, v)
    return (w, b, v) - learning_rate * gradient


@wrong("new = old, then -=", "new_w = w is no copy: the caller's array changes")
def w18(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    new_w, new_b, new_v = w, b, v
    new_w -= learning_rate * dw
    new_b -= learning_rate * db
    new_v -= learning_rate * dv
    return new_w, new_b, new_v


@wrong("copies of integers", "a copy of an integer array stays integer: the step is cut off")
def w19(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    w2, b2, v2 = deepcopy((w, b, v))
    w2[:] = w - learning_rate * dw
    b2[:] = b - learning_rate * db
    v2[:] = v - learning_rate * dv
    return w2, b2, v2


@wrong("step against the parabola", "takes f(x) for y, though y is handed in")
def w20(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, np.abs(x - 0.5) ** 2, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


@wrong("two at once", "the step is done twice")
def w21(x, y, w, b, v, learning_rate):
    for _ in range(2):
        dw, db, dv = loss_gradient(x, y, w, b, v)
        w, b, v = w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv
    return w, b, v


@wrong("gamma", "NameError: gamma from the formula is not the argument's name")
def w22(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - gamma * dw, b - gamma * db, v - gamma * dv  # noqa: F821


@wrong("mean slope", "every neuron moves by the mean slope of all")
def w23(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw.mean(), b - learning_rate * db.mean(), v - learning_rate * dv.mean()


TRUE_NAMES = {
    "uphill": "ascent",
    "in place": "mutates-input",
    "one after the other": "uses-updated-weights",
    "learning rate of the course": "own-learning-rate",
    "learning rate of the example": "own-learning-rate",
    "only the change": "gives-step",
    "return forgotten": "no-return",
    "the old ones returned": "not-moved",
    "dw for all": "slope-of-another",
    "v stays": "not-moved",
    "brackets": "brackets",
    "divided by the rate": "divides-by-learning-rate",
    "sign only": "sign-of-gradient",
    "y and x swapped in the call": "point-exchanged",
    "no learning rate": "forgot-learning-rate",
    "unpacked wrongly": "slope-of-another",
    "tuple minus number": "computes-with-list",
    "new = old, then -=": "mutates-input",
    "copies of integers": "whole-numbers",
    "step against the parabola": "own-target",
    "two at once": "steps-twice",
    "gamma": "unknown-name",
    "mean slope": "mean-slope",
}
