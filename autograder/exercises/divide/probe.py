"""What is tried in exercise ``divide``: pairs, arrays, and activations nobody has seen before."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import reference
from autograder.kinds.calls import Call, Observation, case
from autograder.kinds.several_arguments import Formula, SeveralArguments


def exactly(weights: reference.Weights) -> Formula:
    """The network's output for every pair, with these weights, in 50 digits."""

    def exact(a: Any, b: Any, activation: dict[str, float]) -> np.ndarray:
        steep, line, height = (reference.number(activation[n]) for n in ("steep", "line", "height"))

        def f(x: reference.Number) -> reference.Number:
            return steep * x / (abs(x) + reference.number(1e-6)) + line * x + height

        left, right = np.broadcast_arrays(a, b)
        pairs = zip(left.ravel().tolist(), right.ravel().tolist(), strict=True)
        values = [float(reference.network(p, q, weights, f)) for p, q in pairs]
        return np.array(values).reshape(left.shape)

    return exact


def condition(**_: Any) -> float:
    """33.3333(h₁ − h₂) − 3.9 magnifies the hidden neurons' roundings by 33, and their difference cancels."""
    return 200.0


def calls(rng: np.random.Generator) -> list[Call]:
    """A pair with a plain line for an activation; then pairs and arrays, another activation each time."""

    def some(*shape: int) -> np.ndarray:
        return np.round(rng.uniform(1.5, 19.9, shape), 2)

    def activation() -> dict[str, float]:
        steep, line, height = rng.uniform(0.02, 0.06), rng.uniform(0.2, 0.9), rng.uniform(-0.5, -0.1)
        return {
            "steep": round(float(steep), 3),
            "line": round(float(line), 2),
            "height": round(float(height), 2),
        }

    pairs = [(20.0, 5.0), (3.0, 12.0), *((float(some()), float(some())) for _ in range(4))]
    plain = {"steep": 0.0, "line": 0.5, "height": 0.0}
    found = [case("number plain", a=20.0, b=5.0, activation=plain)]
    found += [case(f"number {i}", a=a, b=b, activation=activation()) for i, (a, b) in enumerate(pairs)]
    for i, (left, right) in enumerate([((3,), (3,)), ((2, 2), (2, 2)), ((3, 1), (2,)), ((4,), ())]):
        b = some(*right) if right else float(some())
        found.append(case(f"array {i}", a=some(*left), b=b, activation=activation()))
    return found


def criteria(seen: Observation) -> dict[str, float]:
    """Single numbers, and arrays (elementwise, with broadcasting)."""
    arrays = seen.of("array").right and not seen.changed
    return {"single numbers": seen.of("number").right, "arrays": arrays}


PROBE = SeveralArguments(
    parts=("output",),
    exact=exactly(reference.DECK_WEIGHTS),
    others=(exactly(reference.EXACT_WEIGHTS),),
    calls=calls,
    condition=condition,
    criteria=criteria,
    truth="the network gives",
)
