"""Students' answers to "approximator": check("approximator", answer), answer = a function of x, w, b, v."""

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


def sigmoid(x):  # the student's own
    return 1 / (1 + np.exp(-x))


# ---------------------------------------------------------------- right

@right("outer and @, as in the fold")
def r1(x, w, b, v):
    table = np.outer(x, w) + b
    return sigmoid(table) @ v


@right("loop over the neurons")
def r2(x, w, b, v):
    total = 0
    for k in range(len(w)):
        total = total + v[k] * sigmoid(w[k] * x + b[k])
    return total


@right("two loops")
def r3(x, w, b, v):
    alpha = np.zeros(len(x))
    for i, xi in enumerate(x):
        for wk, bk, vk in zip(w, b, v):
            alpha[i] += vk * sigmoid(wk * xi + bk)
    return alpha


@right("a sum for every point")
def r4(x, w, b, v):
    return np.array([np.sum(v * sigmoid(w * xi + b)) for xi in x])


@right("broadcasting, one row for each neuron")
def r5(x, w, b, v):
    z = w[:, np.newaxis] * x + b[:, np.newaxis]
    return (v[:, np.newaxis] * sigmoid(z)).sum(axis=0)


@right("einsum")
def r6(x, w, b, v):
    s = sigmoid(np.einsum("i,k->ik", x, w) + b)
    return np.einsum("ik,k->i", s, v)


CASES.append((
    "lambda, python's sum over zip",
    lambda x, w, b, v: sum(c * sigmoid(a * x + d) for a, d, c in zip(w, b, v)),
    "right", "",
))


@right("column times row, axis 1")
def r8(x, w, b, v):
    def neurons(points):
        return sigmoid(points.reshape(-1, 1) * w + b) * v
    return neurons(x).sum(axis=1)


@right("homogeneous coordinates")
def r9(x, w, b, v):
    inputs = np.column_stack([x, np.ones(len(x))])
    hidden = sigmoid(inputs @ np.vstack([w, b]))
    return np.dot(hidden, v)


# ---------------------------------------------------------------- wrong

@wrong("one x for each neuron", "x * w pairs point i with neuron i; other shapes do not fit")
def w1(x, w, b, v):
    return v * sigmoid(w * x + b)


@wrong("sum over everything", "adds the points up as well: one number")
def w2(x, w, b, v):
    return np.sum(sigmoid(np.outer(x, w) + b) * v)


@wrong("axis 0", "sums over the points in place of the neurons")
def w3(x, w, b, v):
    return np.sum(v * sigmoid(np.outer(x, w) + b), axis=0)


@wrong("outer the other way round", "outer(w, x) has a row for each neuron: shapes do not fit")
def w4(x, w, b, v):
    return sigmoid(np.outer(w, x) + b) @ v


@wrong("no bias", "b is forgotten")
def w5(x, w, b, v):
    return sigmoid(np.outer(x, w)) @ v


@wrong("no v", "the neurons are added up without their v")
def w6(x, w, b, v):
    return sigmoid(np.outer(x, w) + b).sum(axis=1)


@wrong("v inside", "v is inside the sigmoid")
def w7(x, w, b, v):
    total = np.zeros(len(x))
    for k in range(len(w)):
        total += sigmoid(v[k] * (w[k] * x + b[k]))
    return total


@wrong("bias outside", "b is added after the sigmoid")
def w8(x, w, b, v):
    total = np.zeros(len(x))
    for k in range(len(w)):
        total += v[k] * (sigmoid(w[k] * x) + b[k])
    return total


@wrong("return in the loop", "returns after the first neuron")
def w9(x, w, b, v):
    total = np.zeros(len(x))
    for k in range(len(w)):
        total += v[k] * sigmoid(w[k] * x + b[k])
        return total


@wrong("no sum, the last one stays", "= in place of +=: only the last neuron is left")
def w10(x, w, b, v):
    for k in range(len(w)):
        result = v[k] * sigmoid(w[k] * x + b[k])
    return result


@wrong("from k = 1", "the sum starts with k = 1 as in the formula: Python's neuron 0 is left out")
def w11(x, w, b, v):
    total = np.zeros(len(x))
    for k in range(1, len(w)):
        total += v[k] * sigmoid(w[k] * x + b[k])
    return total


@wrong("up to K - 1", "range(len(w) - 1) leaves the last neuron out")
def w12(x, w, b, v):
    return sum((v[k] * sigmoid(w[k] * x + b[k]) for k in range(len(w) - 1)), np.zeros(len(x)))


@wrong("always ten", "K = 10 is fixed: IndexError with fewer neurons")
def w13(x, w, b, v):
    a = 0
    for k in range(10):
        a = a + v[k] * sigmoid(w[k] * x + b[k])
    return a


@wrong("two neurons as in the example", "only the first two neurons are written out")
def w14(x, w, b, v):
    return v[0] * sigmoid(w[0] * x + b[0]) + v[1] * sigmoid(w[1] * x + b[1])


@wrong("zeros_like x", "zeros_like of an integer x holds integers: decimals are cut, or += is refused")
def w15(x, w, b, v):
    total = np.zeros_like(x)
    for i in range(len(x)):
        total[i] = np.sum(v * sigmoid(w * x[i] + b))
    return total


@wrong("a column", "v as a column: the result has shape (n, 1)")
def w16(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v.reshape(-1, 1)


@wrong("squeezed", "squeeze also removes the axis of a single point: shape () for n = 1")
def w17(x, w, b, v):
    return (sigmoid(np.outer(x, w) + b) @ v[:, None]).squeeze()


@wrong("sigmoid of the whole", "a sigmoid over the sum too, as for an output neuron")
def w18(x, w, b, v):
    return sigmoid(sigmoid(np.outer(x, w) + b) @ v)


@wrong("mean", "the mean over the neurons in place of the sum")
def w19(x, w, b, v):
    return np.mean(v * sigmoid(np.outer(x, w) + b), axis=1)


@wrong("no sigmoid", "only the weighted sums, no sigmoid")
def w20(x, w, b, v):
    return (np.outer(x, w) + b) @ v


@wrong("w and v swapped", "v in the neuron, w in the sum")
def w21(x, w, b, v):
    return sigmoid(np.outer(x, v) + b) @ w


@wrong("w(x + b)", "a bracket round x + b: the bias is multiplied by w")
def w22(x, w, b, v):
    total = 0
    for k in range(len(w)):
        total = total + v[k] * sigmoid(w[k] * (x + b[k]))
    return total


@wrong("the target", "returns the parabola that the network shall learn")
def w23(x, w, b, v):
    return np.abs(x - 0.5) ** 2


@wrong("minus b", "w x - b in place of w x + b")
def w24(x, w, b, v):
    return sigmoid(np.outer(x, w) - b) @ v


TRUE_NAMES = {
    "one x for each neuron": "point-by-neuron",
    "sum over everything": "sum-over-everything",
    "axis 0": "wrong-axis",
    "outer the other way round": "table-transposed",
    "no bias": "forgot-bias",
    "no v": "forgot-output-weight",
    "v inside": "output-weight-inside",
    "bias outside": "bias-outside",
    "return in the loop": "one-neuron",
    "no sum, the last one stays": "one-neuron",
    "from k = 1": "neuron-left-out",
    "up to K - 1": "neuron-left-out",
    "two neurons as in the example": "first-two-neurons",
    "zeros_like x": "whole-numbers",
    "a column": "column",
    "squeezed": "squeezed",
    "sigmoid of the whole": "sigmoid-of-sum",
    "mean": "mean-of-neurons",
    "no sigmoid": "forgot-sigmoid",
    "w and v swapped": "weights-exchanged",
    "w(x + b)": "weight-times-both",
    "the target": "gives-target",
    "minus b": "bias-sign",
}
