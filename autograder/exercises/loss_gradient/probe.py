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
from autograder.kinds.calls import Observation
from autograder.kinds.neurons import condition, gradients, point_cases, share_of_whole
from autograder.kinds.several_arguments import SeveralArguments


def exact(x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [np.array(part, dtype=float) for part in reference.loss_gradient(x, y, w, b, v)]


def criteria(seen: Observation) -> dict[str, float]:
    """Each of the three."""
    half, decimals = 0.5 if seen.changed else 1.0, seen.of("case")
    parts = enumerate(("dw", "db", "dv"))
    return {part: half * decimals.right_in(i) * share_of_whole(seen, i) for i, part in parts}


PROBE = SeveralArguments(
    parts=("dw", "db", "dv"), exact=exact, calls=point_cases, condition=condition, criteria=criteria
)


def stand_in(rng: np.random.Generator) -> dict[str, Any]:
    return {"slopes": [round(float(f), 3) for f in rng.uniform(0.2, 0.9, 3)]}


def apart(stand_ins: StandIns) -> Sequence[SeveralArguments]:
    """The chain rule, with stand-ins for the answers that it is put together of."""
    return [replace(PROBE, exact=formula) for formula in gradients(stand_ins)]
