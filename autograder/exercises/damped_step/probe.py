"""What is tried in exercise ``damped-step``: θ + δ with (JᵀJ + λ·diag(JᵀJ)) δ = −Jᵀr.

The columns of J have different sizes, so that it shows what stands on the diagonal; one J is square, so that
a transpose in the wrong place does not show by its shape alone.
"""

from __future__ import annotations

import numpy as np

from autograder.kinds.calls import Call, case
from autograder.kinds.several_arguments import SeveralArguments

WELL_CONDITIONED = 1e3
"""Of the problems that are drawn: an honest way that loses as many digits again stays right."""


def damped(jacobian: np.ndarray, damping: float) -> np.ndarray:
    """JᵀJ + λD, the table (n, n) of the equations."""
    square = jacobian.T @ jacobian
    return np.asarray(square + damping * np.diag(np.diag(square)))


def step(residuals: np.ndarray, jacobian: np.ndarray, damping: float) -> np.ndarray:
    """δ (n,)."""
    return np.linalg.solve(damped(jacobian, damping), -jacobian.T @ residuals)


def exact(residuals: np.ndarray, jacobian: np.ndarray, theta: np.ndarray, damping: float) -> np.ndarray:
    return np.asarray(theta + step(residuals, jacobian, damping))


def condition(residuals: np.ndarray, jacobian: np.ndarray, theta: np.ndarray, damping: float) -> float:
    """Of the equations, and of the sum, which cancels where the step leads near 0."""
    move = step(residuals, jacobian, damping)
    cancels = np.max(np.abs(theta) + np.max(np.abs(move))) / np.min(np.abs(theta + move))
    return float(np.linalg.cond(jacobian.T @ jacobian) * cancels)


def calls(rng: np.random.Generator) -> list[Call]:
    """Two to work out by hand, one square, a damping of 0 and a large one, and fresh ones."""
    found = [
        case("case 0", residuals=[1.0, 3.0], jacobian=[[1.0], [1.0]], theta=[5.0], damping=0.5),
        case(
            "case 1",
            residuals=[1.0, -1.0, 2.0],
            jacobian=[[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]],
            theta=[1.0, 2.0],
            damping=0.1,
        ),
    ]
    sizes = ((2, 2, 0.5), (4, 2, 0.0), (5, 3, 100.0), (3, 1, 0.3), (6, 3, 0.02), (8, 4, 2.0), (3, 3, 0.7))
    for rows, columns, damping in sizes:
        while True:
            scales = rng.permutation([0.5, 1.0, 2.0, 3.0])[:columns]
            given = {
                "residuals": rng.uniform(-2, 2, rows).round(2),
                "jacobian": (rng.uniform(-2, 2, (rows, columns)) * scales).round(2),
                "theta": rng.uniform(-4, 4, columns).round(2),
                "damping": damping,
            }
            if condition(**given) < WELL_CONDITIONED:
                break
        found.append(case(f"case {len(found)}", **given))
    return found


PROBE = SeveralArguments(parts=("theta",), exact=exact, calls=calls, condition=condition)
