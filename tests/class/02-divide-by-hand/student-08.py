# ruff: noqa (a student wrote it)
"""Handed in after the first exercise."""

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
