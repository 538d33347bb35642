# ruff: noqa (a student wrote it)
"""Handed in after the first exercise."""


# %% numeric-slope
def numeric_slope(function, x):
    h = 1e-6
    x = np.asarray(x, dtype=float)
    return (function(x + h) - function(x - h)) / (2 * h)
