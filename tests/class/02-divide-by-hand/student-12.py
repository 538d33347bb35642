# ruff: noqa (a student wrote it)
"""Everything right, but only half of the file arrived."""

import numpy as np  # the lesson's first cell has it


# %% activation
def activation(x):
    x = np.asarray(x, dtype=float)
    y = np.empty_like(x)
    left, right = x <= 0, x > 15
    middle = ~(left | right)
    y[left] = 1.359140915 * np.exp(x[left] - 1)
    y[middle] = 0.03 * np.log(1_000_000 * x[middle] + 1) + 0.5
    y[right] = 1 - 1 / (109.0858178 * x[right] - 1403.359435)
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
    return activation(33.3333 * h1 - 33.3333 * h2 - 3.912023)


# %% multiply-weights
multiply_weights = (
    np.diag([1e-6, 1e-6]),
    np.array([-1e-6, -1e-6]),
    np.array([[100 / 3], [100 / 3]]),
    np.array([-100 / 3 - np.log(500)]),
)

# %% which-constant
# 1 000 000. With 10 000 000 the curve arrives at 15 with 1.0648 and goes on with 0.9957,
# so it would jump, and it would be above 1.
