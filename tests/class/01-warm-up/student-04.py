# ruff: noqa (a student wrote it)
"""A sigmoid for plain numbers only; one of three slopes right; the rest not begun."""

import numpy as np  # the lesson's first cell has it

# %% sigmoid
import math


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


# %% sigmoid-slope
def sigmoid_slope(x):
    s = 1 / (1 + np.exp(-np.asarray(x)))
    return s * (1 - s)


# %% loss-gradient
def loss_gradient(x, y, w, b, v):
    s = 1 / (1 + np.exp(-(w * x + b)))
    upstream = 2 * (s @ v - y)
    return s * x, s, upstream * s
