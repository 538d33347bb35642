# ruff: noqa (a student wrote it)
"""Typical mistakes: no bias, no inner x, arguments changed, the split forgotten."""

import numpy as np  # the lesson's first cell has it


# %% sigmoid
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x)))


# %% sigmoid-slope
def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


# %% approximator
def approximator(x, w, b, v):
    return sigmoid(np.asarray(x)[:, None] * w) @ v


# %% loss-gradient
def loss_gradient(x, y, w, b, v):
    z = w * x + b
    upstream = 2 * (np.sum(v * sigmoid(z)) - y)
    db = upstream * v * sigmoid_slope(z)
    return db, db, upstream * sigmoid(z)


# %% sgd-step
def sgd_step(x, y, w, b, v, learning_rate):
    z = w * x + b
    upstream = 2 * (np.sum(v * sigmoid(z)) - y)
    db = upstream * v * sigmoid_slope(z)
    dv = upstream * sigmoid(z)
    w -= learning_rate * db * x
    b -= learning_rate * db
    v -= learning_rate * dv
    return w, b, v


# %% epochs
def epochs(steps, points, batch_size, validation_split):
    return round(steps * batch_size / points)


# %% error-picture
# The training error, since it is smaller.
