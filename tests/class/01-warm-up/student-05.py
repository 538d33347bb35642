# ruff: noqa (a student wrote it)
"""One sign wrong in the sigmoid, on which all that comes after is built."""

import numpy as np  # the lesson's first cell has it


# %% sigmoid
def sigmoid(x):
    return 1 / (1 + np.exp(np.asarray(x)))


# %% sigmoid-slope
def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


# %% approximator
def approximator(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v


# %% loss-gradient
def loss_gradient(x, y, w, b, v):
    z = w * x + b
    upstream = 2 * (approximator(np.array([x]), w, b, v)[0] - y)
    db = upstream * v * sigmoid_slope(z)
    return db * x, db, upstream * sigmoid(z)


# %% sgd-step
def sgd_step(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


# %% epochs
def epochs(steps, points, batch_size, validation_split):
    return round(steps * batch_size / (points * (1 - validation_split)))


# %% error-picture
# The generalisation error, since those points were not trained on. Both curves fall side by side,
# so I see no overfitting.
