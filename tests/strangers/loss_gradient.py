"""Students' answers to "loss-gradient": check("loss-gradient", answer), answer = a function of x, y, w, b, v."""

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


def approximator(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v


# ---------------------------------------------------------------- right

@right("wheel by wheel")
def r1(x, y, w, b, v):
    z = w * x + b
    s = sigmoid(z)
    alpha = np.sum(v * s)
    outer = 2 * (alpha - y)
    return outer * v * sigmoid_slope(z) * x, outer * v * sigmoid_slope(z), outer * s


@right("loop over the neurons")
def r2(x, y, w, b, v):
    n = len(w)
    alpha = 0
    for k in range(n):
        alpha += v[k] * sigmoid(w[k] * x + b[k])
    dw, db, dv = np.zeros(n), np.zeros(n), np.zeros(n)
    for k in range(n):
        z = w[k] * x + b[k]
        dw[k] = 2 * (alpha - y) * v[k] * sigmoid_slope(z) * x
        db[k] = 2 * (alpha - y) * v[k] * sigmoid_slope(z)
        dv[k] = 2 * (alpha - y) * sigmoid(z)
    return dw, db, dv


@right("with the own approximator")
def r3(x, y, w, b, v):
    miss = approximator(np.array([x]), w, b, v)[0] - y
    db = 2 * miss * v * sigmoid_slope(w * x + b)
    dv = 2 * miss * sigmoid(w * x + b)
    return db * x, db, dv


@right("both signs turned")
def r4(x, y, w, b, v):
    s = 1 / (1 + np.exp(-(x * w + b)))
    too_low = y - s @ v
    db = -2 * too_low * v * (s - s * s)
    return (x * db, db, -2 * too_low * s)


@right("list comprehensions, arrays at the end")
def r5(x, y, w, b, v):
    s = [1 / (1 + np.exp(-wk * x - bk)) for wk, bk in zip(w, b)]
    alpha = sum(vk * sk for vk, sk in zip(v, s))
    u = 2 * alpha - 2 * y
    db = np.array([u * vk * sk * (1 - sk) for vk, sk in zip(v, s)])
    dv = np.array([u * sk for sk in s])
    return x * db, db, dv


@right("one table with three rows, unpacked")
def r6(x, y, w, b, v):
    z = b + w * x
    t = np.tanh(z / 2)
    s, ds = (1 + t) / 2, (1 - t**2) / 4
    table = 2 * (np.dot(v, s) - y) * np.array([v * ds * x, v * ds, s])
    return tuple(table)


@right("an inner function for alpha")
def r7(x, y, w, b, v):
    def alpha():
        return float(np.dot(sigmoid(w * x + b), v))

    def chain(last):
        return 2 * (alpha() - y) * last

    slope = sigmoid(w * x + b) * sigmoid(-w * x - b)
    return chain(v * slope * x), chain(v * slope), chain(sigmoid(w * x + b))


# ---------------------------------------------------------------- wrong

@wrong("2 forgotten", "the factor 2 of the square is missing in all three")
def w1(x, y, w, b, v):
    z = w * x + b
    u = np.sum(v * sigmoid(z)) - y
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("y - alpha", "the sign of the difference: all slopes are turned round")
def w2(x, y, w, b, v):
    z = w * x + b
    u = 2 * (y - np.sum(v * sigmoid(z)))
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("every neuron for itself", "alpha is not summed: each neuron is compared with y alone (right for K = 1)")
def w3(x, y, w, b, v):
    z = w * x + b
    s = sigmoid(z)
    u = 2 * (v * s - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * s


@wrong("x forgotten", "dw without the factor x, the same as db")
def w4(x, y, w, b, v):
    z = w * x + b
    u = 2 * (np.sum(v * sigmoid(z)) - y)
    db = u * v * sigmoid_slope(z)
    return db, db, u * sigmoid(z)


@wrong("slope of the slope's argument", "sigmoid_slope(s) in place of sigmoid_slope(z)")
def w5(x, y, w, b, v):
    s = sigmoid(w * x + b)
    u = 2 * (np.sum(v * s) - y)
    return u * v * sigmoid_slope(s) * x, u * v * sigmoid_slope(s), u * s


@wrong("v's wheel is v", "dv = 2(alpha - y) v in place of s")
def w6(x, y, w, b, v):
    z = w * x + b
    u = 2 * (np.sum(v * sigmoid(z)) - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * v


@wrong("order b, w, v", "db and dw are returned in the wrong order")
def w7(x, y, w, b, v):
    z = w * x + b
    u = 2 * (np.sum(v * sigmoid(z)) - y)
    db = u * v * sigmoid_slope(z)
    dw = db * x
    dv = u * sigmoid(z)
    return db, dw, dv


@wrong("sigma for sigma'", "the value of the sigmoid in place of its slope")
def w8(x, y, w, b, v):
    s = sigmoid(w * x + b)
    u = 2 * (v @ s - y)
    return u * v * s * x, u * v * s, u * s


@wrong("v forgotten", "dw and db without the factor v")
def w9(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y)
    return u * sigmoid_slope(z) * x, u * sigmoid_slope(z), u * sigmoid(z)


@wrong("w in place of x", "dw is multiplied by w, not by x")
def w10(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y)
    return u * v * sigmoid_slope(z) * w, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("b in place of 1", "db is multiplied by b, as dw is by x")
def w11(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z) * b, u * sigmoid(z)


@wrong("summed up", "each slope is summed over the neurons: numbers in place of (K,)")
def w12(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y)
    return np.sum(u * v * sigmoid_slope(z) * x), np.sum(u * v * sigmoid_slope(z)), np.sum(u * sigmoid(z))


@wrong("the example's results", "the three numbers of the example, always")
def w13(x, y, w, b, v):
    return np.array([-1]), np.array([-0.5]), np.array([-0.25])


@wrong("only dw", "only the slopes of w are returned")
def w14(x, y, w, b, v):
    z = w * x + b
    return 2 * (v @ sigmoid(z) - y) * v * sigmoid_slope(z) * x


@wrong("the loss itself", "2(alpha - y)^2: the difference stays squared")
def w15(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y) ** 2
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("brackets of the outer wheel", "2 * alpha - y: the 2 belongs to both")
def w16(x, y, w, b, v):
    z = w * x + b
    u = 2 * v @ sigmoid(z) - y
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("bias missing in z", "z = w x without the bias (invisible for b = 0)")
def w17(x, y, w, b, v):
    z = w * x
    u = 2 * (v @ sigmoid(z) - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("target from x", "ignores y, and takes the parabola at x")
def w18(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - np.abs(x - 0.5) ** 2)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("difference quotient, all at once", "every w_k is raised together: one slope for all neurons")
def w19(x, y, w, b, v):
    def loss(w, b, v):
        return (np.sum(v * sigmoid(w * x + b)) - y) ** 2
    h = 1e-6
    now = loss(w, b, v)
    ones = np.ones(len(w))
    return (loss(w + h, b, v) - now) / h * ones, (loss(w, b + h, v) - now) / h * ones, (loss(w, b, v + h) - now) / h * ones


@wrong("the step already taken", "returns the parameters after a step with 0.1, not the slopes")
def w20(x, y, w, b, v):
    z = w * x + b
    u = 2 * (v @ sigmoid(z) - y)
    return w - 0.1 * u * v * sigmoid_slope(z) * x, b - 0.1 * u * v * sigmoid_slope(z), v - 0.1 * u * sigmoid(z)


@wrong("first neuron only", "alpha and slopes of neuron 0, repeated for all")
def w21(x, y, w, b, v):
    z = w[0] * x + b[0]
    u = 2 * (v[0] * sigmoid(z) - y)
    dw, db, dv = u * v[0] * sigmoid_slope(z) * x, u * v[0] * sigmoid_slope(z), u * sigmoid(z)
    return np.array([dw] * len(w)), np.array([db] * len(w)), np.array([dv] * len(w))


@wrong("mean for alpha", "alpha is the mean of the neurons, not their sum")
def w22(x, y, w, b, v):
    z = w * x + b
    u = 2 * (np.mean(v * sigmoid(z)) - y)
    return u * v * sigmoid_slope(z) * x, u * v * sigmoid_slope(z), u * sigmoid(z)


@wrong("integer arrays for the results", "zeros_like of integer parameters cuts the decimals of the slopes")
def w23(x, y, w, b, v):
    dw, db, dv = np.zeros_like(w), np.zeros_like(b), np.zeros_like(v)
    alpha = np.sum(v * sigmoid(w * x + b))
    for k in range(len(w)):
        z = w[k] * x + b[k]
        db[k] = 2 * (alpha - y) * v[k] * sigmoid_slope(z)
        dw[k] = 2 * (alpha - y) * v[k] * sigmoid_slope(z) * x
        dv[k] = 2 * (alpha - y) * sigmoid(z)
    return dw, db, dv


@wrong("alpha grows in the loop", "the slopes are taken while alpha is still being added up")
def w24(x, y, w, b, v):
    alpha, dw, db, dv = 0, [], [], []
    for k in range(len(w)):
        z = w[k] * x + b[k]
        alpha += v[k] * sigmoid(z)
        dw.append(2 * (alpha - y) * v[k] * sigmoid_slope(z) * x)
        db.append(2 * (alpha - y) * v[k] * sigmoid_slope(z))
        dv.append(2 * (alpha - y) * sigmoid(z))
    return np.array(dw), np.array(db), np.array(dv)


TRUE_NAMES = {
    "2 forgotten": "forgot-factor-2",
    "y - alpha": "descent-sign",
    "every neuron for itself": "forgot-sum",
    "x forgotten": "forgot-inner-x",
    "slope of the slope's argument": "slope-of-slope",
    "v's wheel is v": "parameter-as-factor",
    "order b, w, v": "wrong-order",
    "sigma for sigma'": "sigmoid-for-slope",
    "v forgotten": "forgot-output-weight",
    "w in place of x": "parameter-as-factor",
    "b in place of 1": "parameter-as-factor",
    "summed up": "one-for-all-neurons",
    "the example's results": "ignores-arguments",
    "only dw": "other-number-of-results",
    "the loss itself": "error-squared",
    "brackets of the outer wheel": "two-times-alpha-only",
    "bias missing in z": "forgot-bias",
    "target from x": "own-target",
    "the step already taken": "gives-parameters",
    "mean for alpha": "mean-of-neurons",
    "integer arrays for the results": "whole-numbers",
    "alpha grows in the loop": "alpha-too-early",
}
