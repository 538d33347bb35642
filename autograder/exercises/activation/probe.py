"""What is tried in exercise ``activation``: deck D's activation with its three branches."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.kinds.elementwise import Branch, Elementwise

BORDER = 15.0
POLE = 12.8647  # the tail's, at 1403.359435/109.0858178, inside the middle branch

LEFT = Branch("exponential", "x ≤ 0", lambda x: x <= 0)
MIDDLE = Branch("logarithm", "0 < x ≤ 15", lambda x: 0 < x <= BORDER)
TAIL = Branch("tail", "x > 15", lambda x: x > BORDER)

AT_LEFT = (-50.0, -20.0, -3.0, -1.0, -0.5, -1e-6, -1e-12, 0.0)
INSIDE = (1e-12, 1e-7, 1e-6, 0.001, 0.5, 1.0, 2.0, 5.0, 10.0, POLE, 14.99, 15.0)
AT_RIGHT = (15.00001, 15.01, 16.0, 20.0, 50.0, 100.0, 1000.0)


def draw(rng: np.random.Generator) -> list[float]:
    """Fresh points in every branch, four digits each so that a table can show them."""
    left = -(10.0 ** rng.uniform(-8, 1.6, 8))
    middle = np.concatenate([10.0 ** rng.uniform(-9, 0, 8), rng.uniform(0.1, 14.9, 8)])
    tail = 15 + 10.0 ** rng.uniform(-2, 2.9, 8)
    return [float(f"{x:.4g}") for x in [*left, *middle, *tail]]


PROBE = Elementwise(
    formula=reference.activation,
    examples=(-1.0, 0.5, 20.0),
    edge_points=AT_LEFT + INSIDE + AT_RIGHT,
    fresh_points=draw,
    # In the tail the rounding of 109.0858178x is magnified, but only in what is then taken from 1.
    condition=lambda x: np.where(x <= 0, np.abs(x), 1.0),
    branches=(LEFT, MIDDLE, TAIL),
    by_branch=True,
    far=(-1e4, 1e4, 1e300),
    grid=tuple(round(-5 + 0.1 * i, 1) for i in range(301)),
    y_label="activation(x)",
)
