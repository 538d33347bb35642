# ruff: noqa (a student wrote it)
"""Everything right, with np.piecewise, and weights of another scale."""

import numpy as np  # the lesson's first cell has it


# %% activation
def activation(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(
        x,
        [x <= 0, (x > 0) & (x <= 15), x > 15],
        [
            lambda t: np.exp(t) / 2,
            lambda t: 0.03 * np.log1p(1e6 * t) + 0.5,
            lambda t: 1 - 1 / (109.0858178 * t - 1403.359435),
        ],
    )


# %% activation-slope
def activation_slope(x):
    x = np.asarray(x, dtype=float)
    return np.piecewise(
        x,
        [x <= 0, (x > 0) & (x <= 15), x > 15],
        [
            lambda t: np.exp(t) / 2,
            lambda t: 3e4 / (1e6 * t + 1),
            lambda t: 109.0858178 / (109.0858178 * t - 1403.359435) ** 2,
        ],
    )


# %% divide
def divide(a, b, activation):
    a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    hidden = activation(np.stack([a, b], axis=-1) * 1e-6 - 1e-6)
    return activation(hidden @ np.array([33.3333, -33.3333]) - 3.912023)


# %% multiply-weights
# Three times the input weights: each logarithm grows by ln 3, which the last bias takes off again.
multiply_weights = (
    np.array([[3e-6, 0], [0, 3e-6]]),
    np.array([-1e-6, -1e-6]),
    np.array([[100 / 3], [100 / 3]]),
    np.array([-100 / 3 - 2 * np.log(3) - np.log(500)]),
)

# %% which-constant
# 1 000 000: only with it the two branches meet at 15.
