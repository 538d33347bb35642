"""What is tried in exercise ``activation-slope``: the slope of deck D's activation, branch by branch."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.exercises.activation import probe as asked
from autograder.kinds.elementwise import Elementwise

SUBJECT = Elementwise(
    formula=reference.activation_slope,
    # Near 15 the tail's denominator is a difference seven times smaller than its parts, and it is squared.
    condition=lambda x: np.where(x <= 0, np.abs(x), np.where(x <= 15, 1.0, 15.0)),
    branches=(asked.LEFT, asked.MIDDLE, asked.TAIL),
    nice=asked.AT_LEFT + asked.INSIDE + asked.AT_RIGHT,
    examples=(-1.0, 0.5, 20.0),
    far=(-1e4, 1e4, 1e100),
    draw=asked.draw,
    grid=tuple(round(-5 + 0.1 * i, 1) for i in range(301)),
    y_label="slope",
    symmetric_log=True,
)
