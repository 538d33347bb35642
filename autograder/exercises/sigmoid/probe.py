"""What is tried in exercise ``sigmoid``: σ(x) = 1/(1 + e⁻ˣ)."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.kinds.elementwise import Branch, Elementwise

NEGATIVE = Branch("x < 0", "x < 0", lambda x: x < 0)


POSITIVE = Branch("x ≥ 0", "x ≥ 0", lambda x: x >= 0)


def draw(rng: np.random.Generator) -> list[float]:
    """Fresh points on both sides of 0, four digits each so that a table can show them."""
    points = np.concatenate(
        [rng.uniform(-10, 10, 16), 10.0 ** rng.uniform(-6, 1, 8), -(10.0 ** rng.uniform(-6, 1, 8))]
    )
    return [float(f"{x:.4g}") for x in points]


def condition(x: np.ndarray) -> np.ndarray:
    """(1 + tanh(x/2))/2 is a right answer too, and loses as many digits as σ is smaller than 1; so does 1 −
    σ.
    """
    return 1 + np.exp(np.abs(x))


SUBJECT = Elementwise(
    formula=reference.sigmoid,
    condition=condition,
    branches=(NEGATIVE, POSITIVE),
    nice=(-10.0, -5.0, -2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 2.0, 5.0, 10.0),
    examples=(-2.0, 0.0, 1.0),
    far=(-30.0, 30.0, 100.0, 1000.0, -1000.0),
    draw=draw,
    grid=tuple(round(-8 + 0.05 * i, 2) for i in range(321)),
    y_label="σ(x)",
    by_form=True,
)
