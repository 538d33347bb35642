"""What is tried in exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

from autograder import reference
from autograder.exercises.elementwise import Elementwise
from autograder.exercises.probes.sigmoid import NEGATIVE, POSITIVE, condition, draw

SUBJECT = Elementwise(
    formula=reference.sigmoid_slope,
    condition=condition,
    branches=(NEGATIVE, POSITIVE),
    nice=(-10.0, -5.0, -2.0, -1.0, -0.5, -1e-6, 0.0, 1e-6, 0.5, 1.0, 2.0, 5.0, 10.0),
    examples=(-2.0, 0.0, 1.0),
    far=(-20.0, 20.0, 100.0, 1000.0, -1000.0),
    draw=draw,
    grid=tuple(round(-8 + 0.05 * i, 2) for i in range(321)),
    y_label="σ'(x)",
    by_form=True,
)
