# ruff: noqa (a student wrote it)
"""Right but full of warnings; forgets the chain rule; divides with / and never multiplies."""

import numpy as np  # the lesson's first cell has it


# %% activation
def activation(x):
    x = np.asarray(x, dtype=float)
    left = 1.359140915 * np.exp(x - 1)
    middle = 0.03 * np.log(1_000_000 * x + 1) + 0.5  # warns wherever x is negative
    right = 1 - 1 / (109.0858178 * x - 1403.359435)
    return np.where(x <= 0, left, np.where(x <= 15, middle, right))


# %% activation-slope
def activation_slope(x):
    x = np.asarray(x, dtype=float)
    left = 1.359140915 * np.exp(x - 1)
    middle = 0.03 / (1_000_000 * x + 1)
    right = 1 / (109.0858178 * x - 1403.359435) ** 2
    return np.where(x <= 0, left, np.where(x <= 15, middle, right))


# %% divide
def divide(a, b, activation):
    return np.asarray(a) / np.asarray(b) / 100


# %% multiply-weights
multiply_weights = (
    np.diag([1e-6, 1e-6]),
    np.array([-1e-6, -1e-6]),
    np.array([[33.3333], [-33.3333]]),
    np.array([-3.912023]),
)

# %% which-constant
# 1 000 000, since the check takes it.
