"""What is tried in exercise ``loss-gradient``: the slopes of (α(x) − y)² by w, b and v, at one point.

The points lie at some distance from the curve: with an upstream of 1 a forgotten factor would pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import StandIns
from autograder.kinds.neurons import condition, gradients, point_cases
from autograder.kinds.several_arguments import SeveralArguments


def exact(x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [np.array(part, dtype=float) for part in reference.loss_gradient(x, y, w, b, v)]


PROBE = SeveralArguments(parts=("dw", "db", "dv"), exact=exact, calls=point_cases, condition=condition)


def stand_in(rng: np.random.Generator) -> dict[str, Any]:
    return {"slopes": [round(float(f), 3) for f in rng.uniform(0.2, 0.9, 3)]}


def apart(stand_ins: StandIns) -> Sequence[SeveralArguments]:
    """The chain rule, with stand-ins for the answers that it is put together of."""
    return [replace(PROBE, exact=formula) for formula in gradients(stand_ins)]
