# ruff: noqa (a student wrote it)
"""Everything right, with math, one number at a time, under np.vectorize."""

import numpy as np  # the lesson's first cell has it

# %% activation
import math


@np.vectorize
def activation(x):
    if x <= 0:
        return 1.359140915 * math.exp(x - 1)
    if x <= 15:
        return 0.03 * math.log(1_000_000 * x + 1) + 0.5
    return 1 - 1 / (109.0858178 * x - 1403.359435)


# %% activation-slope
@np.vectorize
def activation_slope(x):
    if x <= 0:
        return 1.359140915 * math.exp(x - 1)
    if x <= 15:
        return 0.03 * 1_000_000 / (1_000_000 * x + 1)
    return 109.0858178 / (109.0858178 * x - 1403.359435) ** 2


# %% divide
def divide(a, b, activation):
    first = activation(0.000001 * np.array(a) - 0.000001)
    second = activation(0.000001 * np.array(b) - 0.000001)
    return activation(33.3333 * (first - second) - 3.912023)


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
