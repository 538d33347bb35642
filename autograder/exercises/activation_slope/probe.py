"""What is tried in exercise ``activation-slope``: the slope of deck D's activation, branch by branch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder import reference
from autograder.exercises.activation.probe import PROBE as ACTIVATION

LEFT, MIDDLE, TAIL = ACTIVATION.branches

PROBE = replace(
    ACTIVATION,
    formula=reference.activation_slope,
    # Near 15 the tail's denominator is a difference seven times smaller than its parts, and it is squared.
    condition=lambda x: np.where(x <= 0, np.abs(x), np.where(x <= 15, 1.0, 15.0)),
    far=(-1e4, 1e4, 1e100),
    y_label="slope",
    symmetric_log=True,
)
