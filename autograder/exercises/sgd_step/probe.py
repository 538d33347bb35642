"""What is tried in exercise ``sgd-step``: one step θ − γ∇(α(x) − y)² with one point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import StandIns
from autograder.kinds import neurons
from autograder.kinds.calls import Call, Observation
from autograder.kinds.several_arguments import Formula, SeveralArguments


def exact(
    x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray, learning_rate: float
) -> list[np.ndarray]:
    return [np.array(part, dtype=float) for part in reference.sgd_step(x, y, w, b, v, learning_rate)]


def condition(learning_rate: float, **arguments: Any) -> float:
    """Of the gradient, and of the subtraction, which cancels where parameter and step are nearly alike."""
    slopes = neurons.gradient(**arguments)
    with np.errstate(all="ignore"):
        cancels = [
            np.max((abs(t) + abs(learning_rate * d)) / abs(t - learning_rate * d))
            for t, d in zip((arguments[n] for n in "wbv"), slopes, strict=True)
        ]
    return float(neurons.condition(**arguments) * max(cancels))


def calls(rng: np.random.Generator) -> list[Call]:
    """Another learning rate for each: one that is not used shows."""
    return neurons.point_cases(rng, learning_rate=lambda: float(np.round(rng.uniform(0.05, 0.3), 3)))


def criteria(seen: Observation) -> dict[str, float]:
    """The new parameters, and (once they are right) that the old ones are untouched."""
    right = seen.of("case").right
    share = min(neurons.share_of_whole(seen, part) for part in range(3))
    return {"new parameters": right * share, "arguments untouched": right and not seen.changed}


PROBE = SeveralArguments(
    parts=("w", "b", "v"), exact=exact, calls=calls, condition=condition, criteria=criteria
)


def apart(stand_ins: StandIns) -> Sequence[SeveralArguments]:
    """The step, with a stand-in for the gradient, or for what it is put together of."""
    given = [stand_ins["loss_gradient"]] if "loss_gradient" in stand_ins else neurons.gradients(stand_ins)
    return [replace(PROBE, exact=step(gradient)) for gradient in given]


def step(gradient: Formula) -> Formula:
    """One step with that gradient, in doubles."""

    def moved(x: float, y: float, w: Any, b: Any, v: Any, learning_rate: float) -> list[np.ndarray]:
        slopes = gradient(x, y, w, b, v)
        return [t - learning_rate * np.asarray(d) for t, d in zip((w, b, v), slopes, strict=True)]

    return moved
