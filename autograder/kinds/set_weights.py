"""Functions that set the nine weights of a Keras model which they are given, whatever layers it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, problem_of
from autograder.kinds.dividing_network import PAIRS, outputs
from autograder.kinds.nine_numbers import SHAPES
from autograder.observers.encoding import decode
from autograder.verdict import Criterion

LAYOUTS = {"without dropout": "without a dropout layer", "with dropout": "with a dropout layer between"}

CLOSE = 1e-4
"""The relative error up to which a mended network counts as right."""

Change = Callable[[reference.Weights], reference.Weights]


@dataclass(frozen=True)
class Filled:
    """One model after the call: what came back, its nine numbers if finite, which parts are as before."""

    layout: str
    result: dict[str, Any] | None
    error: dict[str, Any] | None
    weights: reference.Weights | None
    kept: tuple[bool, ...]


@dataclass(frozen=True)
class Observation:
    """All models, the one without a dropout layer first."""

    models: tuple[Filled, ...]


@dataclass(frozen=True)
class SetWeights:
    """A 2-2-1 network with the course's activation, which gives ``formula`` of two numbers then.

    ``weights`` are some that are right; any will do with which the mean absolute error on a grid of pairs is
    at most ``allowed``. ``wanted`` is what a table says was expected.
    """

    weights: reference.Weights
    formula: Callable[[float, float], float]
    allowed: float
    wanted: str
    observer: str = field(default="filled", init=False)

    def draw(self, rng: np.random.Generator) -> Inputs:
        """A model of each layout, trained already: no weight and no bias happens to be right."""
        models = []
        for name in rng.permutation(list(LAYOUTS)).tolist():
            hidden = {"units": 2, "activation": "linear", **_arrays(rng, 2)}
            output = {"units": 1, "activation": "linear", **_arrays(rng, 1)}
            dropout = [{"dropout": round(float(rng.uniform(0.01, 0.3)), 2)}] if name == "with dropout" else []
            models.append({"id": name, "layers": [hidden, *dropout, output]})
        return {"models": models}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        wanted = sorted(inputs["models"], key=lambda m: list(LAYOUTS).index(m["id"]))
        return Observation(tuple(_filled(m, evidence["calls"][m["id"]]) for m in wanted))

    @property
    def targets(self) -> np.ndarray:
        """What is right on the grid."""
        return np.array([self.formula(a, b) for a, b in PAIRS])

    def compare(self, seen: Observation) -> Comparison:
        """One criterion a layout."""
        comparison = Comparison(truth="the target is")

        def tell(model: str, what: str, expected: str = self.wanted) -> None:
            comparison.problems.append(Problem(f"for {model}", what, expected))

        for model in seen.models:
            words, right = f"a model {LAYOUTS[model.layout]}", False
            if model.error:
                tell(words, problem_of(model.error))
            elif all(model.kept):
                tell(words, "leaves all nine numbers as they were")
            elif model.weights is None:
                tell(words, "leaves weights that are not finite", "finite numbers")
            else:
                gives = outputs(model.weights)
                right = bool(np.mean(np.abs(gives - self.targets)) <= self.allowed)
                comparison.entries += [] if right else self._entries(gives, words)
            comparison.criteria.append(Criterion(words, 1.0, float(right)))
        return comparison

    def _entries(self, gives: np.ndarray, words: str) -> list[Entry]:
        """The outputs on the grid, in five digits: a float32 model has hardly more."""
        entries = []
        for (a, b), y, target in zip(PAIRS, gives, self.targets, strict=True):
            where, right = f"a = {a!r}, b = {b!r} and {words}", bool(abs(y - target) <= self.allowed)
            rounded, expected = float(f"{y:.5g}"), float(f"{target:.8g}")
            entries.append(Entry("output", where, f"{y:.6g}", rounded, expected, right, tier=a <= b))
        return entries

    def computes(self, wrong: Change) -> Callable[[Observation], bool]:
        """Whether the network is right as soon as that is changed, which undoes itself: a sign, say."""
        return when(lambda w: np.all(np.abs(outputs(wrong(w)) / self.targets - 1) <= CLOSE))

    def answers(self, wrong: Change) -> Sequence[Callable[[Any], None]]:
        """A function that sets the right weights, but for that."""
        arrays = [np.array(part, dtype=float) for part in wrong(self.weights)]
        return [lambda model: model.set_weights(arrays)]


def when(condition: Callable[[reference.Weights], Any]) -> Callable[[Observation], bool]:
    """Fits where both models got nine new numbers, and ``condition`` holds for those of each."""

    def fits(seen: Observation) -> bool:
        return all(m.weights is not None and not any(m.kept) and condition(m.weights) for m in seen.models)

    return fits


def _arrays(rng: np.random.Generator, units: int) -> dict[str, Any]:
    kernel, bias = rng.uniform(0.1, 0.9, (2, units)), rng.uniform(0.1, 0.9, units)
    return {"kernel": np.round(kernel, 2).tolist(), "bias": np.round(bias, 2).tolist()}


def _filled(wanted: dict[str, Any], record: dict[str, Any]) -> Filled:
    arrays = [decode(array) for layer in record["left"] for array in layer]
    dense = [layer for layer in wanted["layers"] if "units" in layer]
    before = [np.array(layer[name]) for layer in dense for name in ("kernel", "bias")]
    weights, kept = None, (False,) * len(before)
    if [a.shape for a in arrays] == list(SHAPES):
        kept = tuple(np.allclose(a, b, rtol=1e-6) for a, b in zip(arrays, before, strict=True))
        if all(np.all(np.isfinite(a)) for a in arrays):
            weights = reference.Weights(*map(_tuples, arrays))
    return Filled(wanted["id"], record["result"], record["error"], weights, kept)


def _tuples(array: np.ndarray) -> tuple[Any, ...]:
    return tuple(tuple(row) if array.ndim == 2 else row for row in array.tolist())
