"""What is tried in exercise ``tf-activation``: deck D's activation on tensors, with its gradient."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from autograder import reference
from autograder.exercises.activation import mistakes as values
from autograder.exercises.activation import probe as activation
from autograder.exercises.activation.probe import PROBE as ACTIVATION
from autograder.exercises.activation_slope import mistakes as slopes
from autograder.exercises.activation_slope.probe import PROBE as ACTIVATION_SLOPE
from autograder.kinds.tensors import Tensors

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

LOG_POLE = -1e-6
TAIL_POLES = (1403.359435 / 109.0858178, float(reference.EXACT_TAIL_SHIFT / reference.EXACT_TAIL_SCALE))
STEPS = 3


def near_log_pole(x: Floats) -> Mask:
    return abs(x - LOG_POLE) < 1e-9


def near_tail_pole(x: Floats) -> Mask:
    return abs(x - TAIL_POLES[0]) < 1e-3


def outside(x: Floats) -> Mask:
    """Beyond the domain of the plain exercise, or next to nothing."""
    return (x < -50) | (x > 1000) | ((abs(x) > 0) & (abs(x) < 1e-30))


def ordinary(x: Floats) -> Mask:
    return ~(near_log_pole(x) | near_tail_pole(x) | outside(x))


def edge_points(dtype: str) -> list[float]:
    """Fixed points: the plain exercise's, the poles' neighbours, the ends of the dtype, infinities."""
    kind = np.dtype(dtype).type
    info = np.finfo(dtype)
    around = [activation.BORDER, LOG_POLE, *TAIL_POLES]
    found = {float(kind(x)) for x in activation.AT_LEFT + activation.INSIDE + activation.AT_RIGHT}
    for x in around:
        for way in (-np.inf, np.inf):
            step = kind(x)
            for _ in range(STEPS):
                found.add(float(step))
                step = np.nextafter(step, kind(way))
    large = [80.0, 100.0, 1001.0, 1e4, 1e6, 1e19, 1e30, 3e38, float(info.max), np.inf]
    large += [1e154, 1e300] if dtype == "float64" else []
    return sorted(found | {s * x for s in (-1.0, 1.0) for x in [*large, float(info.tiny), 1e-30]})


def fresh_points(rng: np.random.Generator, dtype: str) -> list[float]:
    """Fresh ordinary points, and some of any exponent that the dtype has: as many in each branch, always.

    None is so near a branch's pole that a float32 loses digits there: the fixed points decide, not chance.
    """
    least, most = (-37, 38) if dtype == "float32" else (-307, 308)
    small, large = 10.0 ** rng.uniform(least, 1, 6), 10.0 ** rng.uniform(1.2, most, 6)
    any_size = np.concatenate([small, large]) * np.resize([-1.0, 1.0], 12)
    return [float(f"{_off_the_poles(x):.4g}") for x in [*activation.draw(rng), *any_size]]


def _off_the_poles(x: float) -> float:
    if abs(x - TAIL_POLES[0]) < 0.5:
        return x - 1
    return 2 * x if abs(x - LOG_POLE) < 1e-7 else x


LEFT, MIDDLE, TAIL = ACTIVATION.branches

PROBE = Tensors(
    frameworks=("tensorflow",),
    formula=reference.activation,
    slope=reference.activation_slope,
    conditions=(ACTIVATION.condition, ACTIVATION_SLOPE.condition),
    values={LEFT: values.left_branch, MIDDLE: values.middle_branch, TAIL: values.tail_branch},
    slopes={LEFT: slopes.left_branch, MIDDLE: slopes.middle_branch, TAIL: slopes.tail_branch},
    borders=(0.0, activation.BORDER),
    examples=ACTIVATION.examples,
    edge_points=edge_points,
    fresh_points=fresh_points,
    ordinary=ordinary,
    grid=ACTIVATION.grid,
    y_label="tf_activation",
)
