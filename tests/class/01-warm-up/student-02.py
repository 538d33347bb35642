# ruff: noqa (a student wrote it)
"""Everything right, with math and loops."""

import numpy as np  # the lesson's first cell has it

# %% sigmoid
import math


def one_sigmoid(x):
    """Never overflows: e to a positive power is not computed."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


sigmoid = np.vectorize(one_sigmoid, otypes=[float])

# %% sigmoid-slope
sigmoid_slope = np.vectorize(lambda x: one_sigmoid(x) * one_sigmoid(-x), otypes=[float])


# %% approximator
def approximator(x, w, b, v):
    values = []
    for point in x:
        total = 0.0
        for k in range(len(w)):
            total += v[k] * one_sigmoid(w[k] * point + b[k])
        values.append(total)
    return values


# %% loss-gradient
def loss_gradient(x, y, w, b, v):
    upstream = 2 * (approximator([x], w, b, v)[0] - y)
    dw, db, dv = [], [], []
    for k in range(len(w)):
        s = one_sigmoid(w[k] * x + b[k])
        dv.append(upstream * s)
        db.append(upstream * v[k] * s * (1 - s))
        dw.append(db[k] * x)
    return np.array(dw), np.array(db), np.array(dv)


# %% sgd-step
def sgd_step(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


# %% epochs
from fractions import Fraction


def epochs(steps, points, batch_size, validation_split):
    kept = 1 - Fraction(validation_split).limit_denominator(1000)
    return int(steps * batch_size / (points * kept))


# %% error-picture
# The generalisation error, since those points were not trained on. Both curves fall side by side,
# so I see no overfitting.
