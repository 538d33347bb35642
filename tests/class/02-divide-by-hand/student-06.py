# ruff: noqa (a student wrote it)
"""A logarithm to base 10 and a wrong sign in the tail; weights half understood."""

import numpy as np  # the lesson's first cell has it


# %% activation
def activation(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    left, right = x <= 0, x > 15
    middle = ~(left | right)
    y[left] = 1.359140915 * np.exp(x[left] - 1)
    y[middle] = 0.03 * np.log10(1_000_000 * x[middle] + 1) + 0.5
    y[right] = 1 + 1 / (109.0858178 * x[right] - 1403.359435)
    return y


# %% activation-slope
def activation_slope(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    left, right = x <= 0, x > 15
    middle = ~(left | right)
    y[left] = 1.359140915 * np.exp(x[left] - 1)
    y[middle] = 30_000 / (1_000_000 * x[middle] + 1)
    y[right] = 109.0858178 / (109.0858178 * x[right] - 1403.359435) ** 2
    return y


# %% divide
def divide(a, b, activation):
    h1 = activation(1e-6 * np.asarray(a) - 1e-6)
    h2 = activation(1e-6 * np.asarray(b) - 1e-6)
    return activation(33.3333 * h1 - 33.3333 * h2)


# %% multiply-weights
multiply_weights = (
    np.diag([1e-6, 1e-6]),
    np.array([-1e-6, -1e-6]),
    np.array([[100 / 3], [100 / 3]]),
    np.array([-100 / 3 - np.log(50)]),
)

# %% which-constant
# 10 000 000, because it stands in both listings.
