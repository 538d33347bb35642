"""What nine numbers compute, worked out here once more: which changed weights are still right."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import reference
from tests.answers.activation import guarded_where as activation


def divides(weights: Any) -> bool:
    """With these weights the mean absolute error of the target is at most 10⁻⁷ on the whole input grid."""
    W1, b1, W2, b2 = _four_arrays(weights)
    numbers = np.arange(100, 2000) / 100
    errors = []
    for a in numbers:
        inputs = np.column_stack([np.full(1900, a), numbers])
        outputs = activation(activation(inputs @ W1 + b1) @ W2 + b2)[:, 0]
        errors.append(np.mean(np.abs(outputs - a / numbers / 100)))
    return bool(np.mean(errors) <= 1e-7)


def multiplies(weights: Any) -> bool:
    """Four arrays of the right shapes with which the network gives a·b/1000, to a thousandth, on a grid."""
    arrays = _four_arrays(weights)
    rows = [tuple(map(tuple, a)) if a.ndim == 2 else tuple(a) for a in arrays]
    network = reference.Weights(*rows)  # type: ignore[arg-type]
    grid = [(a, b) for a in np.linspace(1, 19.99, 20).tolist() for b in np.linspace(1, 19.99, 20).tolist()]
    return all(abs(float(reference.network(a, b, network)) * 1000 / (a * b) - 1) < 1e-3 for a, b in grid)


def _four_arrays(weights: Any) -> list[np.ndarray]:
    """W1, b1, W2, b2. ValueError where the shapes are not those of the network."""
    arrays = [np.asarray(weights[i], dtype=float) for i in range(len(weights))]
    if [a.shape for a in arrays] != [(2, 2), (2,), (2, 1), (1,)]:
        raise ValueError(f"shapes {[a.shape for a in arrays]}")
    return arrays
