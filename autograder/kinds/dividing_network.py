"""A network that should divide, seen from outside: what nine numbers compute on a fixed grid of pairs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from autograder import reference

CORNERS = (1.0, 2.0, 5.0, 12.0, 19.99)

PAIRS = tuple((a, b) for a in CORNERS for b in CORNERS)
"""A grid that holds the corners of the square and its diagonal."""

TARGETS = np.array([a / b / 100 for a, b in PAIRS])


@lru_cache(maxsize=8192)
def output(a: float, b: float, weights: reference.Weights) -> float:
    """The network's output for one pair, in 50 digits rounded once; NaN where it has none."""
    try:
        return float(reference.network(a, b, weights))
    except (ZeroDivisionError, OverflowError, ValueError):
        return float("nan")


def outputs(weights: reference.Weights) -> np.ndarray:
    """The outputs on the grid."""
    return np.array([output(a, b, weights) for a, b in PAIRS])


def ratios(weights: reference.Weights) -> np.ndarray:
    """The outputs on the grid as multiples of a/b/100: 1 everywhere where the network divides."""
    return outputs(weights) / TARGETS


def divides(weights: reference.Weights, within: float) -> bool:
    """Whether the outputs are right to that relative error, all over the grid."""
    return bool(np.all(np.abs(ratios(weights) - 1) <= within))


def hidden(weights: reference.Weights) -> np.ndarray:
    """What the hidden neurons receive for each pair of the grid, (pairs, 2)."""
    return np.asarray(np.array(PAIRS) @ np.array(weights.W1) + np.array(weights.b1))


def in_the_tail(weights: reference.Weights) -> bool:
    """Whether a hidden neuron receives so much that it leaves the logarithm."""
    return bool(np.max(hidden(weights)) > float(reference.BORDER))


def below_zero(weights: reference.Weights) -> bool:
    """Whether a hidden neuron receives so little that it leaves the logarithm."""
    return bool(np.min(hidden(weights)) < -1e-7)


def deaf(weights: reference.Weights) -> bool:
    """Whether a hidden neuron hears neither input."""
    return not np.all(np.any(weights.W1, axis=0))


def mixed(weights: reference.Weights) -> bool:
    """Whether a hidden neuron hears both inputs."""
    sizes = np.abs(np.array(weights.W1).T)
    return bool(np.any(np.min(sizes, axis=1) > 1e-2 * np.max(sizes, axis=1)))


def biases_by_ten(weights: reference.Weights) -> bool:
    """Whether one hidden bias is ten times the other."""
    first, second = sorted(map(abs, weights.b1))
    return bool(first > 0 and abs(second - 10 * first) <= 1e-3 * second)


def steady(values: np.ndarray, within: float = 0.01) -> bool:
    """Whether all values are the same positive number, nearly."""
    middle = np.median(values)
    return bool(middle > 0 and np.all(np.abs(values / middle - 1) <= within))
