"""The 2-2-1 network in doubles, fast: its error on the whole input grid, and training it from a given start.

``reference`` is exact and slow; a test lays this beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from autograder import reference

EXP_FACTOR = float(reference.EXP_FACTOR)
LOG_SCALE, LOG_FACTOR, LOG_OFFSET = map(
    float, (reference.LOG_SCALE, reference.LOG_FACTOR, reference.LOG_OFFSET)
)
TAIL_SCALE, TAIL_SHIFT = float(reference.TAIL_SCALE), float(reference.TAIL_SHIFT)
BORDER = float(reference.BORDER)

INPUTS = np.round(np.arange(1.0, 19.995, 0.01), 2)
"""Deck D's inputs, 1.00 … 19.99 in hundredths: 1900 numbers, 3.61 million pairs."""

ROUGH = np.linspace(1.0, 19.99, 20)
"""Inputs of the 400 pairs on which networks are trained."""

ACCURATE = 1e-7
"""The mean absolute error of the target up to which a network divides; the hand-set weights have 1.9·10⁻⁸."""

STEPS = 100
"""Most evaluations of one training. With 100 the start of ``facts`` reaches ACCURATE in one of six trainings
and Keras's default start in none of a thousand; with MINPACK's own unlimited ones, it does in one of 60.
"""

Branch = Callable[[np.ndarray], np.ndarray]

Parameters = tuple[float, ...]
"""The nine numbers of a network: W1 row by row, b1, W2, b2."""


def parameters(weights: reference.Weights) -> Parameters:
    """The nine numbers in a row."""
    return tuple(float(v) for part in weights for v in np.ravel(np.asarray(part, dtype=float)))


def activation(x: np.ndarray) -> np.ndarray:
    """Deck D's activation, elementwise."""
    return _by_branch(x, _value_low, _value_middle, lambda z: 1 - 1 / (TAIL_SCALE * z - TAIL_SHIFT))


def slope(x: np.ndarray) -> np.ndarray:
    """The activation's slope, elementwise."""
    return _by_branch(x, _value_low, _slope_middle, lambda z: TAIL_SCALE / (TAIL_SCALE * z - TAIL_SHIFT) ** 2)


def _value_low(x: np.ndarray) -> np.ndarray:
    return EXP_FACTOR * np.exp(x - 1)


def _value_middle(x: np.ndarray) -> np.ndarray:
    return LOG_FACTOR * np.log(LOG_SCALE * x + 1) + LOG_OFFSET


def _slope_middle(x: np.ndarray) -> np.ndarray:
    return LOG_FACTOR * LOG_SCALE / (LOG_SCALE * x + 1)


def _by_branch(x: np.ndarray, low: Branch, middle: Branch, tail: Branch) -> np.ndarray:
    """Each number by its own branch; where all are in one branch, only that one is computed."""
    least, most = np.min(x), np.max(x)
    if most <= 0:
        return low(x)
    if least > 0 and most <= BORDER:
        return middle(x)
    inside = np.where(x <= BORDER, middle(np.clip(x, 0.0, BORDER)), tail(np.maximum(x, BORDER)))
    return np.where(x <= 0, low(np.minimum(x, 0.0)), inside)


def outputs(p: ArrayLike, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """f(W2ᵀ·f(W1ᵀ·(a, b) + b1) + b2), the network's output for arrays of one shape (or to be broadcast)."""
    w = np.asarray(p, dtype=float)
    h0 = activation(a * w[0] + b * w[2] + w[4])
    h1 = activation(a * w[1] + b * w[3] + w[5])
    return activation(h0 * w[6] + h1 * w[7] + w[8])


@lru_cache(maxsize=1024)
def mean_error(p: Parameters) -> float:
    """The mean absolute error of the target (quotient/100) on all 3.61 million pairs; NaN if it has none."""
    total = 0.0
    with np.errstate(all="ignore"):
        for a in np.array_split(INPUTS, 38):  # 50 × 1900 pairs at a time stay in the processor's cache
            a = a[:, np.newaxis]
            total += float(np.sum(np.abs(outputs(p, a, INPUTS) - a / INPUTS / 100)))
    return total / INPUTS.size**2


def rough_error(p: ArrayLike) -> float:
    """The same on the 400 pairs that networks are trained on."""
    with np.errstate(all="ignore"):
        return float(np.mean(np.abs(_residuals(np.asarray(p, dtype=float)))))


@lru_cache(maxsize=20_000)
def trained(start: Parameters) -> Parameters | None:
    """Where least squares on 400 pairs ends up from there; None where it cannot even begin.

    A trust region method (SciPy's ``trf``, with ``x_scale="jac"``, which makes it Levenberg–Marquardt), with
    the slopes computed, in doubles: the same start always ends in the same place.
    """
    from scipy.optimize import least_squares

    begin = np.asarray(start)
    with np.errstate(all="ignore"):
        if not np.all(np.isfinite(_slopes(begin))) or not np.all(np.isfinite(_residuals(begin))):
            return None
        try:
            found = least_squares(_residuals, begin, _slopes, x_scale="jac", max_nfev=STEPS)
        except (ValueError, np.linalg.LinAlgError):  # a step to where nothing is finite
            return None
    return tuple(found.x.tolist())


def learns(start: Parameters) -> bool:
    """Whether training from there ends in a network that divides."""
    end = trained(start)
    return end is not None and rough_error(end) <= ACCURATE


_A, _B = (v.ravel() for v in np.meshgrid(ROUGH, ROUGH))
_TARGETS = _A / _B / 100


def _residuals(p: np.ndarray) -> np.ndarray:
    return outputs(p, _A, _B) - _TARGETS


def _slopes(p: np.ndarray) -> np.ndarray:
    """∂(output)/∂(each of the nine numbers) at the 400 pairs, by the chain rule; shape (400, 9)."""
    z0, z1 = _A * p[0] + _B * p[2] + p[4], _A * p[1] + _B * p[3] + p[5]
    h0, h1 = activation(z0), activation(z1)
    last = slope(h0 * p[6] + h1 * p[7] + p[8])
    d0, d1 = last * p[6] * slope(z0), last * p[7] * slope(z1)
    return np.stack([_A * d0, _A * d1, _B * d0, _B * d1, d0, d1, last * h0, last * h1, last], axis=1)
