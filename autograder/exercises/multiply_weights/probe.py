"""What is tried in exercise ``multiply-weights``: weights with which the same network gives a·b/1000."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem
from autograder.kinds.nine_numbers import flaws, weights_in

ALLOWED = 1e-3
"""The relative error that the exercise allows, on all of [1, 19.99]²."""


CORNERS = (1.0, 2.0, 5.0, 12.0, 19.99)


def probe(rng: np.random.Generator) -> Inputs:
    """Pairs: a grid that holds the corners of the square, the borders' sides and fresh ones inside."""
    grid = [(a, b) for a in CORNERS for b in CORNERS]
    fresh = np.round(rng.uniform(1, 19.99, (20, 2)), 2).tolist()
    return {"results": 4, "pairs": [list(p) for p in [*grid, *fresh]]}


def weights_of(evidence: Evidence) -> reference.Weights | None:
    """The four arrays of the answer, or None where they are not four arrays of the right shapes."""
    return weights_in(evidence["value"]["result"])


def outputs(inputs: Inputs, weights: reference.Weights) -> np.ndarray:
    """What the network gives for every pair; NaN where it has no value."""
    return np.array([_output(a, b, weights) for a, b in inputs["pairs"]])


@lru_cache(maxsize=4096)
def _output(a: float, b: float, weights: reference.Weights) -> float:
    try:
        return float(reference.network(a, b, weights))
    except (ZeroDivisionError, OverflowError, ValueError):
        return float("nan")


def targets(inputs: Inputs) -> np.ndarray:
    return np.array([a * b / 1000 for a, b in inputs["pairs"]])


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """One criterion, all or nothing: the relative error stays below 10⁻³."""
    comparison = Comparison(problems=structure(evidence), truth="a·b/1000 is")
    weights = weights_of(evidence)
    if weights is not None:
        for (a, b), y, target in zip(inputs["pairs"], outputs(inputs, weights), targets(inputs), strict=True):
            right = bool(abs(y - target) < ALLOWED * target)
            # Eight digits: the student's network computes in doubles, and rounds differently in the last few.
            where, shown = f"a = {a!r}, b = {b!r}", f"{y:.8g}"
            comparison.entries.append(Entry("output", where, shown, float(y), float(f"{target:.8g}"), right))
    right = weights is not None and not comparison.wrong
    comparison.criteria = [Criterion("a·b/1000", 1.0, float(right))]
    return comparison


def structure(evidence: Evidence) -> list[Problem]:
    """What keeps the answer from being four arrays of the right shapes."""
    return flaws(evidence["value"]["result"])
