"""What is tried in exercise ``loss-gradient``: the slopes of (α(x) − y)² by w, b and v, at one point.

The points lie at some distance from the curve: with an upstream of 1 a forgotten factor would pass.
"""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.kinds.neurons import condition, point_cases
from autograder.kinds.several_arguments import SeveralArguments


def exact(x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [np.array(part, dtype=float) for part in reference.loss_gradient(x, y, w, b, v)]


PROBE = SeveralArguments(parts=("dw", "db", "dv"), exact=exact, calls=point_cases, condition=condition)
