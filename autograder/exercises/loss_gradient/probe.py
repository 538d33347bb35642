"""What is tried in exercise ``loss-gradient``: the slopes of (α(x) − y)² by w, b and v, at one point."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.exercise import Inputs
from autograder.kinds.neurons import condition, point_cases
from autograder.kinds.several_arguments import Cases


def exact(x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [np.array([float(d) for d in part]) for part in reference.loss_gradient(x, y, w, b, v)]


SUBJECT = Cases(parts=("dw", "db", "dv"), exact=exact, condition=condition)


def probe(rng: np.random.Generator) -> Inputs:
    """Points at some distance from the curve: with an upstream of 1 a forgotten factor would pass."""
    return {"calls": point_cases(rng)}
