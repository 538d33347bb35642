"""What is tried in exercise ``my-exercise``: the mean of two numbers, each with its weight."""

from __future__ import annotations

import numpy as np

from autograder.kinds.calls import Call, case
from autograder.kinds.several_arguments import SeveralArguments

FIXED = ((1.0, 3.0, 0.5), (2.0, 10.0, 0.25), (0.0, 1.0, 1.0))


def exact(a: float, b: float, weight: float) -> float:
    """The right value."""
    return weight * a + (1 - weight) * b


def calls(rng: np.random.Generator) -> list[Call]:
    """Plain numbers first, then others for each check."""
    fresh = [tuple(round(float(x), 2) for x in rng.uniform(0.1, 0.9, 3) * (10, 10, 1)) for _ in range(8)]
    return [case(f"case {i}", a=a, b=b, weight=w) for i, (a, b, w) in enumerate((*FIXED, *fresh))]


PROBE = SeveralArguments(parts=("my_exercise",), exact=exact, calls=calls)
