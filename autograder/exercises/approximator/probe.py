"""What is tried in exercise ``approximator``: α(x) = Σ v_k σ(w_k x + b_k) for many x at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import StandIns
from autograder.kinds.calls import Call, Observation, case
from autograder.kinds.neurons import approximate, condition, draw_weights
from autograder.kinds.several_arguments import SeveralArguments


def exact(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> np.ndarray:
    return reference.floats(lambda t: reference.approximator(t, w, b, v), x)


def calls(rng: np.random.Generator) -> list[Call]:
    """Fixed small cases, then fresh ones: fewer, as many and more points than neurons, one of each."""
    found = [
        case("case 0", x=[2.0], w=[0.5], b=[-1.5], v=[3.0]),
        case("case 1", x=[-1.0, 0.0, 2.0], w=[0.5, -1.0], b=[0.3, 0.7], v=[2.0, -1.5]),
    ]
    for points, neurons in ((1, 4), (3, 1), (3, 3), (2, 5), (7, 10)):
        x = np.round(rng.uniform(-4, 4, points), 2)
        found.append(case(f"case {len(found)}", x=x, **draw_weights(rng, neurons)))
    return [*found, case("whole numbers", x=np.array([3, 2, -1]), w=[0.5, -1.0], b=[0.3, 0.7], v=[2.0, -1.5])]


def criteria(seen: Observation) -> dict[str, float]:
    """The values; and those for an x of whole numbers, which count for half."""
    values, whole = seen.of("case").right, seen.of("whole").right
    half = 0.5 if seen.changed else 1.0
    return {"the values": half * values, "for whole numbers, too": half * (values and whole)}


PROBE = SeveralArguments(parts=("result",), exact=exact, calls=calls, condition=condition, criteria=criteria)


def stand_in(rng: np.random.Generator) -> dict[str, Any]:
    return {"mixture": [round(float(f), 3) for f in rng.uniform(0.2, 0.9, 3)]}


def apart(stand_ins: StandIns) -> Sequence[SeveralArguments]:
    """The network, with a stand-in for its neurons' sigmoid."""
    return [replace(PROBE, exact=lambda *a: approximate(*a, neuron=stand_ins["sigmoid"]))]
