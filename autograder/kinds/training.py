"""The 2-2-1 network in doubles, fast: its error on the whole input grid, and training from many starts.

``reference`` is exact and slow; a test lays this beside it, and training beside SciPy's.
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

STILL = 1e-8
"""A training ends where a step changes less than this share of the error or of the numbers, or no slope is
larger: SciPy's own limits.
"""

Branch = Callable[[np.ndarray], np.ndarray]

Parameters = tuple[float, ...]
"""The nine numbers of a network: W1 row by row, b1, W2, b2."""


def parameters(weights: reference.Weights) -> Parameters:
    """The nine numbers in a row."""
    return tuple(float(v) for part in weights for v in np.ravel(np.asarray(part, dtype=float)))


def activation(x: np.ndarray) -> np.ndarray:
    """Deck D's activation, elementwise."""
    return _by_branch(
        x,
        lambda z: EXP_FACTOR * np.exp(z - 1),
        lambda z: LOG_FACTOR * np.log(LOG_SCALE * z + 1) + LOG_OFFSET,
        lambda z: 1 - 1 / (TAIL_SCALE * z - TAIL_SHIFT),
    )


def slope(x: np.ndarray) -> np.ndarray:
    """The activation's slope, elementwise."""
    return _by_branch(
        x,
        lambda z: EXP_FACTOR * np.exp(z - 1),
        lambda z: LOG_FACTOR * LOG_SCALE / (LOG_SCALE * z + 1),
        lambda z: TAIL_SCALE / (TAIL_SCALE * z - TAIL_SHIFT) ** 2,
    )


def _by_branch(x: np.ndarray, low: Branch, middle: Branch, tail: Branch) -> np.ndarray:
    """Each number by its own branch."""
    y, below, beyond = np.empty_like(x), x <= 0, ~(x <= BORDER)
    for inside, branch in ((below, low), (~below & ~beyond, middle), (beyond, tail)):
        y[inside] = branch(x[inside])
    return y


def outputs(p: ArrayLike, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """f(W2ᵀ·f(W1ᵀ·(a, b) + b1) + b2), the network's output for arrays of one shape (or to be broadcast).

    Of many networks, p of shape (n, 9), for rows of pairs: (n, pairs).
    """
    w = np.asarray(p, dtype=float).T[..., np.newaxis]
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


def rough_error(p: ArrayLike) -> np.ndarray:
    """The same of one network, or of many, (n, 9), on the 400 pairs that networks are trained on."""
    with np.errstate(all="ignore"):
        errors: np.ndarray = np.mean(np.abs(outputs(p, _A, _B) - _TARGETS), axis=-1)
    return errors


def learns(starts: ArrayLike) -> np.ndarray:
    """From which of these starts, (n, 9), least squares on 400 pairs finds a network that divides.

    A trust region method in doubles with the slopes computed, all starts side by side: SciPy's ``trf`` with
    ``x_scale="jac"``, which makes it Levenberg–Marquardt. A training ends as soon as its network divides.
    """
    p = np.array(starts, dtype=float)
    divides, number = np.zeros(len(p), dtype=bool), np.arange(len(p))
    with np.errstate(all="ignore"):
        r, J = _residuals_and_slopes(p)
        scale = _sizes(J, 0.0)
        radius = _length(p * scale)
        radius[radius == 0] = 1.0
        going = np.isfinite(r).all(axis=1) & np.isfinite(J).all(axis=(1, 2))
        for _ in range(1, STEPS):
            number, p, r, J, scale, radius = (v[going] for v in (number, p, r, J, scale, radius))
            if not number.size:
                break
            step, length, predicted = _step(r, J / scale[:, :, np.newaxis], radius)
            moved = p + step / scale
            r_moved, J_moved = _residuals_and_slopes(moved)
            before, gained = _half_squares(r), _half_squares(r) - _half_squares(r_moved)
            ratio = np.where(np.isfinite(gained) & (predicted > 0), gained / predicted, 0.0)
            grown = np.where((ratio > 0.75) & (length > 0.95 * radius), 2 * radius, radius)
            radius = np.where(ratio < 0.25, length / 4, grown)
            better = gained > 0
            still = (gained < STILL * before) & (ratio > 0.25)
            still |= np.isfinite(gained) & (_length(step / scale) < STILL * (STILL + _length(p)))
            p[better], r[better], J[better] = moved[better], r_moved[better], J_moved[better]
            scale = _sizes(J, scale)
            divides[number] = done = np.mean(np.abs(r), axis=1) <= ACCURATE
            flat = np.max(np.abs(J @ r[:, :, np.newaxis]), axis=(1, 2)) < STILL
            going = ~(done | still | flat) & np.isfinite(J).all(axis=(1, 2))
    return divides


_A, _B = (v.ravel() for v in np.meshgrid(ROUGH, ROUGH))
_TARGETS = _A / _B / 100


def _step(r: np.ndarray, J: np.ndarray, radius: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The step of at most ``radius`` to the least squares of r + Jᵀ·step, its length, what it should gain."""
    squares, axes = np.linalg.eigh(J @ J.transpose(0, 2, 1))
    squares = np.maximum(squares, 1e-15 * squares[:, -1:])
    slopes = (axes.transpose(0, 2, 1) @ (J @ r[:, :, np.newaxis]))[:, :, 0]
    damping = np.zeros((len(r), 1))
    for _ in range(12):  # Newton's method for the damping that makes the step as long as the radius
        step = -slopes / (squares + damping)
        length = _length(step)
        change = length**2 / np.sum(step**2 / (squares + damping), axis=1) * (length - radius) / radius
        damping = np.maximum(damping + change[:, np.newaxis], 0.0)
    step = -slopes / (squares + damping)
    gain = -np.sum(slopes * step + squares * step**2 / 2, axis=1)
    return (axes @ step[:, :, np.newaxis])[:, :, 0], _length(step), gain


def _residuals_and_slopes(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is too much at the 400 pairs, (n, 400), and ∂(output)/∂(each of the nine numbers), (n, 9, 400)."""
    w = p.T[:, :, np.newaxis]
    z0, z1 = _A * w[0] + _B * w[2] + w[4], _A * w[1] + _B * w[3] + w[5]
    h0, h1 = activation(z0), activation(z1)
    z = h0 * w[6] + h1 * w[7] + w[8]
    last = slope(z)
    d0, d1 = last * w[6] * slope(z0), last * w[7] * slope(z1)
    J = np.stack([_A * d0, _A * d1, _B * d0, _B * d1, d0, d1, last * h0, last * h1, last], axis=1)
    return activation(z) - _TARGETS, J


def _sizes(J: np.ndarray, before: np.ndarray | float) -> np.ndarray:
    """How much the outputs feel each number, the most that it ever was."""
    sizes = np.maximum(np.sqrt(np.sum(J**2, axis=2)), before)
    return np.where(sizes == 0, 1.0, sizes)


def _length(v: np.ndarray) -> np.ndarray:
    length: np.ndarray = np.sqrt(np.sum(v**2, axis=1))
    return length


def _half_squares(r: np.ndarray) -> np.ndarray:
    squares: np.ndarray = np.sum(r**2, axis=1) / 2
    return squares
