"""What is tried in exercise ``sigmoid``: σ(x) = 1/(1 + e⁻ˣ)."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.kinds.elementwise import Branch, Elementwise


def draw(rng: np.random.Generator) -> list[float]:
    """Fresh points on both sides of 0, four digits each so that a table can show them."""
    points = np.concatenate(
        [rng.uniform(-10, 10, 16), 10.0 ** rng.uniform(-6, 1, 8), -(10.0 ** rng.uniform(-6, 1, 8))]
    )
    return [float(f"{x:.4g}") for x in points]


PROBE = Elementwise(
    formula=reference.sigmoid,
    examples=(-2.0, 0.0, 1.0),
    edge_points=(-10.0, -5.0, -2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 2.0, 5.0, 10.0),
    fresh_points=draw,
    # (1 + tanh(x/2))/2 is a right answer too, and loses as many digits as σ is smaller than 1; so does 1 − σ.
    condition=lambda x: 1 + np.exp(np.abs(x)),
    branches=(
        Branch("x < 0", "x < 0", lambda x: x < 0),
        Branch("x ≥ 0", "x ≥ 0", lambda x: x >= 0),
    ),
    far=(-30.0, 30.0, 100.0, 1000.0, -1000.0),
    y_label="σ(x)",
)
