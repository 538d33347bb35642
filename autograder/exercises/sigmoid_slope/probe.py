"""What is tried in exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

from dataclasses import replace

from autograder import reference
from autograder.exercises.sigmoid.probe import PROBE as SIGMOID

PROBE = replace(
    SIGMOID,
    formula=reference.sigmoid_slope,
    far=(-20.0, 20.0, 100.0, 1000.0, -1000.0),
    y_label="σ'(x)",
)
