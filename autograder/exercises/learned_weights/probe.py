"""What is tried in exercise ``learned-weights``: the whole input grid, and whether they were learned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import reference
from autograder.kinds.comparison import Comparison, Problem
from autograder.kinds.nine_numbers import Network, NineNumbers, Observation, when
from autograder.kinds.training import ACCURATE, mean_error, parameters
from autograder.verdict import Criterion

SMALL, LARGE = float(reference.DECK_WEIGHTS.W1[0][0]), float(reference.DECK_WEIGHTS.W2[0][0])
"""The hand-set weights' two sizes, 10⁻⁶ and 33.3333."""

THIRD = 100 / 3
"""What 33.3333 is rounded from. Weights that divide exactly have it, learned or not."""

LAST_DIGIT = 1e-14
"""How far from THIRD a double is that is computed as 100/3, in one way or another."""

SHAKEN = 1e-4
"""How far from 33.3333 an output weight may be for ACCURATE still to be reached."""


def error_of(network: Network) -> float:
    """The mean absolute error of the target on all 3.61 million pairs."""
    return mean_error(parameters(network.weights))


def crossed(weights: reference.Weights) -> bool:
    """Whether the first hidden neuron listens to b."""
    (aa, ab), (ba, bb) = weights.W1
    return bool(abs(aa * bb) < abs(ab * ba))


def straight(weights: reference.Weights) -> tuple[np.ndarray, ...]:
    """The four arrays with the hidden neurons in the order of their inputs: the first listens to a."""
    W1, b1, W2, b2 = (np.asarray(part, dtype=float) for part in weights)
    return (W1[:, ::-1], b1[::-1], W2[::-1], b2) if crossed(weights) else (W1, b1, W2, b2)


def hand_set(weights: reference.Weights) -> bool:
    """Whether these are the hand-set weights, their neurons swapped, rescaled or slightly shaken.

    All weights that divide exactly are alike but for two sizes: W1 has two numbers w₀, w₁ > 0 and two zeros,
    b1 is −10⁻⁶ twice, W2 is ±100/3, b2 is ln 0.02 − ln(w₀/w₁). Chance decides which sizes training ends with.
    What somebody set is known by what was rounded or chosen: 33.3333 for 100/3 (a mean error of 1.9·10⁻⁸,
    where training ends below 10⁻⁹), or 10⁻⁶ for both sizes, or one size for both, or sizes of a few digits.
    Weights that have been learned less exactly are told from shaken ones by b1, which is learned last: where
    W2 is off by 5·10⁻⁶, b1 is off by more than 10⁻³ of its size, and in shaken weights that divide it is not.
    Nor does training, rounded or not, end with all at once: zeros, −10⁻⁶ twice, and 100/3 to the last digit.
    """
    W1, b1, W2, _ = straight(weights)
    sizes, rest, large = np.diag(W1), np.abs([W1[0, 1], W1[1, 0]]), np.abs(W2).ravel()
    if np.any(sizes <= 0) or np.any(rest > 1e-3 * np.min(sizes)) or np.any(np.abs(b1 / -SMALL - 1) > 1e-3):
        return False
    rounded = np.any(np.abs(large - THIRD) > 5e-6) and np.all(np.abs(large - LARGE) < SHAKEN)
    small = np.all(np.abs(sizes / SMALL - 1) < 0.01)
    equal = abs(sizes[0] / sizes[1] - 1) < 1e-6
    short = all(float(f"{size:.4g}") == size for size in sizes)
    exact = not np.any(rest) and np.all(b1 == -SMALL) and np.all(np.abs(large - THIRD) <= LAST_DIGIT)
    return bool(rounded or small or equal or short or exact)


class LearnedWeights(NineNumbers):
    """A network is judged by its error on the whole grid, and must not be a copy; pairs are for messages."""

    def compare(self, seen: Observation) -> Comparison:
        comparison = super().compare(seen)
        if seen.network is None:
            return comparison
        error = error_of(seen.network)
        if not error <= ACCURATE:
            found = ("on the whole grid", f"has a mean absolute error of {error:.2g}", f"{ACCURATE:g}")
            comparison.problems = [Problem(*found)]
        else:
            comparison.entries = []
            if hand_set(seen.network.weights):
                found = ("as a network", "has numbers as one sets them by hand", "learned weights")
                comparison.problems = [Problem(*found)]
        comparison.criteria = [Criterion(self.criterion, 1.0, float(not comparison.problems))]
        return comparison


PROBE = LearnedWeights(
    target=lambda a, b: a / b / 100,
    truth="the target is",
    criterion="divides on the whole grid",
    absolute=ACCURATE,
    fresh=10,
)


def inaccurate(condition: Callable[[Network], Any]) -> Callable[[Observation], bool]:
    """Fits where the answer is a network that does not divide, and ``condition`` holds for it."""
    return when(lambda network: not error_of(network) <= ACCURATE and condition(network))


def copied(condition: Callable[[reference.Weights], Any]) -> Callable[[Observation], bool]:
    """Fits where the answer divides with hand-set weights for which ``condition`` holds."""
    return when(lambda n: error_of(n) <= ACCURATE and hand_set(n.weights) and condition(n.weights))
