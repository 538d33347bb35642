"""What is tried in exercise ``my-exercise``: x²."""

from __future__ import annotations

import numpy as np

from autograder.kinds.elementwise import Elementwise
from autograder.reference import Number


def formula(x: Number) -> Number:
    """The right value for a number of 50 digits; its exp, log and the like are in autograder.reference.MP."""
    return x * x


def fresh_points(rng: np.random.Generator) -> list[float]:
    """Other points for each check, four digits each so that a table can show them."""
    return [float(f"{x:.4g}") for x in rng.uniform(-10, 10, 16)]


PROBE = Elementwise(
    formula=formula,
    examples=(-2.0, 0.0, 3.0),  # plain numbers, one from each branch: a report shows them first
    edge_points=(-10.0, -1.0, 1.0, 10.0),  # tried with every answer: borders, ends of the domain
    fresh_points=fresh_points,
    y_label="my_exercise(x)",
)
