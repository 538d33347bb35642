"""What is tried in exercise ``sgd-step``: one step θ − γ∇(α(x) − y)² with one point."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison
from autograder.kinds.neurons import condition as gradient_condition
from autograder.kinds.neurons import gradient, point_cases
from autograder.kinds.several_arguments import Cases, changed


def exact(
    x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray, learning_rate: float
) -> list[np.ndarray]:
    return [np.array([float(t) for t in part]) for part in reference.sgd_step(x, y, w, b, v, learning_rate)]


def condition(learning_rate: float, **arguments: Any) -> float:
    """Of the gradient, and of the subtraction, which cancels where parameter and step are nearly alike."""
    old = [np.asarray(arguments[n]) for n in ("w", "b", "v")]
    slopes = gradient(**arguments)
    with np.errstate(all="ignore"):
        cancels = [
            np.max((abs(t) + abs(learning_rate * d)) / abs(t - learning_rate * d))
            for t, d in zip(old, slopes, strict=True)
        ]
    return float(gradient_condition(**arguments) * max(cancels))


SUBJECT = Cases(parts=("w", "b", "v"), exact=exact, condition=condition)


def probe(rng: np.random.Generator) -> Inputs:
    return {"calls": point_cases(rng, learning_rate=float(np.round(rng.uniform(0.05, 0.3), 3)))}


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: the new parameters, and (once they are right) that the old ones are untouched."""
    comparison = SUBJECT.compare(inputs, evidence)
    right = all(c.share > 0 for c in comparison.criteria)
    untouched = right and not changed(inputs, evidence)
    comparison.criteria = [
        Criterion("new parameters", 1.0, float(right)),
        Criterion("arguments untouched", 1.0, float(untouched)),
    ]
    return comparison
