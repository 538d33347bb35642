"""The kind of answers that are (W1, b1, W2, b2): the nine numbers of a 2-2-1 network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, read_result, unread
from autograder.kinds.dividing_network import PAIRS, output, outputs, steady
from autograder.verdict import Criterion

NAMES = ("W1", "b1", "W2", "b2")

PARTS = "taken apart into W1, b1, W2, b2"
"""Where something is wrong with the whole, and not with one of the four."""

NOT_FINITE = "numbers that are not finite"

SHAPES = ((2, 2), (2,), (2, 1), (1,))

A, B = np.array(PAIRS).T
"""The grid of pairs that are always tried."""

Formula = Callable[[Any, Any], Any]
"""What a network gives for a and b."""


@dataclass(frozen=True)
class Network:
    """Nine numbers and the formula that they should compute, seen on the grid alone: chance has no say."""

    weights: reference.Weights
    target: Formula

    @cached_property
    def outputs(self) -> np.ndarray:
        return outputs(self.weights)

    @property
    def ratios(self) -> np.ndarray:
        """The outputs as multiples of the right ones."""
        return np.asarray(self.outputs / self.target(A, B))

    def computes(self, formula: Formula, within: float = 0.01) -> bool:
        """Whether the outputs are those of a formula, to that relative error."""
        return bool(np.all(np.abs(self.outputs - formula(A, B)) <= within * formula(A, B)))

    def with_weights(self, **changed: Any) -> Network:
        return Network(self.weights._replace(**changed), self.target)

    def almost(self, formula: Formula, within: float = 0.05) -> bool:
        """Whether the outputs are those of a formula, but for a factor."""
        return steady(self.outputs / formula(A, B), within)

    def right_with_equal_biases(self, within: float) -> bool:
        """Whether it is right as soon as both hidden neurons have the same bias, and not before."""
        first, second = self.weights.b1
        tries = [] if first == second else [self.with_weights(b1=(b, b)) for b in (first, second)]
        return any(network.computes(self.target, within) for network in tries)

    def listens_to(self, i: int) -> bool:
        """Whether the output changes with input i while the other one is 2."""
        y = self.outputs[(B, A)[i] == 2.0]
        return bool(np.ptp(y) > 1e-9 * np.max(np.abs(y)))


@dataclass(frozen=True)
class Observation:
    """The network, or the flaws that keep an answer from being one; the pairs that were drawn."""

    network: Network | None
    flaws: list[Problem]
    pairs: list[tuple[float, float]]


def when(condition: Callable[[Network], Any]) -> Callable[[Observation], bool]:
    """Fits where the answer is a network for which ``condition`` holds."""
    return lambda seen: seen.network is not None and bool(condition(seen.network))


@dataclass(frozen=True)
class NineNumbers:
    """Weights of a network that computes ``target``, to a ``relative`` or an ``absolute`` error.

    ``truth`` begins what is said of the right number, ``criterion`` names all that counts, ``fresh`` is the
    number of pairs drawn beside the grid. What is ``wrong`` is a network that computes something else.
    """

    observer: ClassVar[str] = "value"

    target: Formula
    truth: str
    criterion: str
    relative: float = 0.0
    absolute: float = 0.0
    fresh: int = 20

    def draw(self, rng: np.random.Generator) -> Inputs:
        fresh = np.round(rng.uniform(1, 19.99, (self.fresh, 2)), 2).tolist()
        return {"results": 4, "pairs": [*map(list, PAIRS), *fresh]}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        result = evidence["value"]["result"]
        weights = weights_in(result)
        network = None if weights is None else Network(weights, self.target)
        return Observation(network, flaws(result), [(a, b) for a, b in inputs["pairs"]])

    def compare(self, seen: Observation) -> Comparison:
        """One criterion, all or nothing."""
        comparison = Comparison(problems=[*seen.flaws], truth=self.truth)
        if seen.network is not None:
            comparison.entries = [self._entry(a, b, seen.network.weights) for a, b in seen.pairs]
        right = not comparison.problems and not comparison.wrong
        comparison.criteria = [Criterion(self.criterion, 1.0, float(right))]
        return comparison

    def _entry(self, a: float, b: float, weights: reference.Weights) -> Entry:
        y, target = output(a, b, weights), self.target(a, b)
        right = abs(y - target) <= max(self.relative * target, self.absolute)
        # Eight digits: the student's network computes in doubles, and rounds differently in the last few.
        return Entry("output", f"a = {a!r}, b = {b!r}", f"{y:.8g}", y, float(f"{target:.8g}"), right)

    def computes(self, wrong: reference.Weights) -> Callable[[Observation], bool]:
        """Whether an answer gives the same outputs as that network, to one per cent."""
        given = Network(wrong, self.target)
        return when(lambda network: network.computes(lambda *_: given.outputs))

    def answers(self, wrong: reference.Weights) -> list[tuple[np.ndarray, ...]]:
        return [tuple(np.array(part, dtype=float) for part in wrong)]


def deck_with(first: float, second: float, bias: float) -> reference.Weights:
    """The deck's network with other output weights and another output bias."""
    return reference.DECK_WEIGHTS._replace(W2=((first,), (second,)), b2=(bias,))


def weights_in(result: dict[str, Any] | None) -> reference.Weights | None:
    """The four arrays of a result, or None where they are not four arrays of the right shapes."""
    if result is None or result["kind"] != "group":
        return None
    arrays = [read_result(item, shape).numbers for item, shape in zip(result["items"], SHAPES, strict=True)]
    if any(a is None or not np.all(np.isfinite(a)) for a in arrays):
        return None
    W1, b1, W2, b2 = (a for a in arrays if a is not None)
    return reference.Weights(_rows(W1), tuple(b1.tolist()), _rows(W2), tuple(b2.tolist()))


def _rows(matrix: np.ndarray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


def flaws(result: dict[str, Any] | None) -> list[Problem]:
    """What keeps a result from being four arrays of the right shapes."""
    wanted = ", ".join(f"{n} {s}" for n, s in zip(NAMES, SHAPES, strict=True))
    if result is None:
        return [Problem(PARTS, "cannot be read", wanted)]
    if result["kind"] != "group":
        kind, _, size = str(result.get("type", result["kind"])).partition(" of ")
        what = f"has {size} parts" if size.isdigit() else f"is of type {kind}"
        return [Problem(PARTS, what, wanted)]
    found = []
    for name, item, shape in zip(NAMES, result["items"], SHAPES, strict=True):
        reading = read_result(item, shape)
        if reading.problem:
            found.append(unread(f"for {name}", reading._replace(problem=_has(reading.problem))))
        elif reading.numbers is not None and not np.all(np.isfinite(reading.numbers)):
            found.append(Problem(f"for {name}", f"has {NOT_FINITE}", "finite numbers"))
    return found


def _has(problem: str) -> str:
    """What a call would give, said of a value."""
    for gives, has in (
        ("gives nothing back (None)", "is None"),
        ("gives ... back", "is still ..."),
        ("gives no numbers but a", "is of type"),
        ("gives", "has"),
    ):
        problem = problem.replace(gives, has)
    return problem
