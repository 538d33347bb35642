"""What is tried in exercise ``divide``: pairs, arrays, and activations nobody has seen before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison
from autograder.kinds.several_arguments import Cases, Parts, case, changed


def exactly(weights: reference.Weights) -> Callable[..., Parts]:
    """The network's output for every pair, with these weights, in 50 digits."""

    def exact(a: Any, b: Any, activation: dict[str, float]) -> Parts:
        steep, line, height = (reference.number(activation[n]) for n in ("steep", "line", "height"))

        def f(x: reference.Number) -> reference.Number:
            return steep * x / (abs(x) + reference.number(1e-6)) + line * x + height

        left, right = np.broadcast_arrays(a, b)
        pairs = zip(left.ravel().tolist(), right.ravel().tolist(), strict=True)
        values = [float(reference.network(p, q, weights, f)) for p, q in pairs]
        return [np.array(values).reshape(left.shape)]

    return exact


def condition(**_: Any) -> float:
    """33.3333(h₁ − h₂) − 3.9 magnifies the hidden neurons' roundings by 33, and their difference cancels."""
    return 200.0


SUBJECT = Cases(
    parts=("output",),
    exact=exactly(reference.DECK_WEIGHTS),
    condition=condition,
    others=(exactly(reference.EXACT_WEIGHTS),),
)


def probe(rng: np.random.Generator) -> Inputs:
    """Single pairs, arrays of one shape, arrays to be broadcast; another activation each time."""

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
    calls = [case(f"number {i}", None, a=a, b=b, activation=activation()) for i, (a, b) in enumerate(pairs)]
    for i, (left, right) in enumerate([((3,), (3,)), ((2, 2), (2, 2)), ((3, 1), (2,)), ((4,), ())]):
        b = some(*right) if right else float(some())
        calls.append(case(f"array {i}", None, a=some(*left), b=b, activation=activation()))
    return {"calls": calls}


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: single numbers, and arrays (elementwise, with broadcasting)."""
    comparison = SUBJECT.compare(inputs, evidence)
    comparison.truth = "the network gives"
    seen = dict(zip((c["id"] for c in inputs["calls"]), SUBJECT.seen(inputs, evidence), strict=True))

    def share(form: str) -> float:
        forms = [s for name, s in seen.items() if name.startswith(form)]
        return float(all(s.right[0].all() and s.readings[0].numbers is not None for s in forms))

    untouched = not changed(inputs, evidence)
    comparison.criteria = [
        Criterion("single numbers", 1.0, share("number")),
        Criterion("arrays", 1.0, share("array") * untouched),
    ]
    return comparison
