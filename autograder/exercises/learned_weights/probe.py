"""What is tried in exercise ``learned-weights``: the whole input grid, and whether they were learned."""

from __future__ import annotations

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem
from autograder.kinds.dividing_network import PAIRS, output
from autograder.kinds.nine_numbers import flaws, weights_in
from autograder.kinds.training import ACCURATE, mean_error, parameters

SMALL, LARGE = float(reference.DECK_WEIGHTS.W1[0][0]), float(reference.DECK_WEIGHTS.W2[0][0])
"""The hand-set weights' two sizes, 10⁻⁶ and 33.3333."""

THIRD = 100 / 3
"""What 33.3333 is rounded from. Weights that divide exactly have it, learned or not."""

SHAKEN = 1e-4
"""How far from 33.3333 an output weight may be for ACCURATE still to be reached."""


def probe(rng: np.random.Generator) -> Inputs:
    """A grid that holds the corners of the square, and fresh pairs, for messages: all pairs are judged."""
    grid = [list(pair) for pair in PAIRS]
    fresh = np.round(rng.uniform(1, 19.99, (10, 2)), 2).tolist()
    return {"results": 4, "pairs": [*grid, *fresh]}


def weights_of(evidence: Evidence) -> reference.Weights | None:
    return weights_in(evidence["value"]["result"])


def error_of(weights: reference.Weights) -> float:
    """The mean absolute error of the target on all 3.61 million pairs."""
    return mean_error(parameters(weights))


def straight(weights: reference.Weights) -> reference.Weights:
    """The same network with its hidden neurons in the order of their inputs: the first listens to a."""
    W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in weights)
    order = [0, 1] if abs(W1[0, 0] * W1[1, 1]) >= abs(W1[0, 1] * W1[1, 0]) else [1, 0]
    W1, b1, W2 = W1[:, order], b1[order], W2[order]
    return reference.Weights(W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist())


def hand_set(weights: reference.Weights) -> bool:
    """Whether these are the hand-set weights, their neurons swapped, rescaled or slightly shaken.

    All weights that divide exactly are alike but for two sizes: W1 has two numbers w₀, w₁ > 0 and two zeros,
    b1 is −10⁻⁶ twice, W2 is ±100/3, b2 is ln 0.02 − ln(w₀/w₁). Chance decides which sizes training ends with.
    What somebody set is known by what was rounded or chosen: 33.3333 for 100/3 (a mean error of 1.9·10⁻⁸,
    where training ends below 10⁻⁹), or 10⁻⁶ for both sizes, or one size for both, or sizes of a few digits.
    Weights that have been learned less exactly are told from shaken ones by b1, which is learned last: where
    W2 is off by 5·10⁻⁶, b1 is off by more than 10⁻³ of its size, and in shaken weights that divide it is not.
    """
    W1, b1, W2, _ = (np.asarray(part, dtype=float) for part in straight(weights))
    sizes, rest, large = np.diag(W1), np.abs([W1[0, 1], W1[1, 0]]), np.abs(W2).ravel()
    if np.any(sizes <= 0) or np.any(rest > 1e-3 * np.min(sizes)) or np.any(np.abs(b1 / -SMALL - 1) > 1e-3):
        return False
    rounded = np.any(np.abs(large - THIRD) > 5e-6) and np.all(np.abs(large - LARGE) < SHAKEN)
    small = np.all(np.abs(sizes / SMALL - 1) < 0.01)
    equal = abs(sizes[0] / sizes[1] - 1) < 1e-6
    short = all(float(f"{size:.4g}") == size for size in sizes)
    return bool(rounded or small or equal or short)


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """One criterion, all or nothing; the entries are single pairs, for the message."""
    comparison = Comparison(problems=flaws(evidence["value"]["result"]), truth="the target is")
    weights = weights_of(evidence)
    accurate = learned = False
    if weights is not None:
        error = error_of(weights)
        accurate = bool(error <= ACCURATE)
        learned = accurate and not hand_set(weights)
        if not accurate:
            comparison.entries = [_entry(a, b, weights) for a, b in inputs["pairs"]]
            comparison.problems.append(
                Problem("on the whole grid", f"has a mean absolute error of {error:.2g}", f"{ACCURATE:g}")
            )
        elif not learned:
            comparison.problems.append(
                Problem("as a network", "is the hand-set one or a copy of it", "learned weights")
            )
    comparison.criteria = [
        Criterion("divides on the whole grid", 1.0, float(learned)),
    ]
    return comparison


def _entry(a: float, b: float, weights: reference.Weights) -> Entry:
    y, target = output(a, b, weights), a / b / 100
    # Eight digits: the student's network computes in doubles, and rounds differently in the last few.
    right = bool(abs(y - target) <= ACCURATE)
    return Entry("output", f"a = {a!r}, b = {b!r}", f"{y:.8g}", y, float(f"{target:.8g}"), right)
