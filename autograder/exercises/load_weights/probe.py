"""What is tried in exercise ``load-weights``: models of both layouts, and what they hold afterwards."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, problem_of
from autograder.kinds.dividing_network import PAIRS, TARGETS, outputs
from autograder.kinds.nine_numbers import SHAPES
from autograder.observers.encoding import decode

ALLOWED = 1e-6
"""The mean absolute error allowed on the grid.

Keras keeps weights in float32: rounding the hand-set ones to that costs 4·10⁻⁹, and they are rounded by hand
to 6·10⁻⁸. 33.333 and −3.912 pass with 6·10⁻⁷, 33.33 fails with 6·10⁻⁶. The mean target is 0.03.
"""

LAYOUTS = {"without dropout": "without a dropout layer", "with dropout": "with a dropout layer between"}


def probe(rng: np.random.Generator) -> Inputs:
    """A model of each layout, trained already: no weight and no bias happens to be right."""
    models = []
    for name in rng.permutation(list(LAYOUTS)).tolist():
        hidden = {"units": 2, "activation": "linear", **_arrays(rng, 2)}
        output = {"units": 1, "activation": "linear", **_arrays(rng, 1)}
        dropout = [{"dropout": round(float(rng.uniform(0.01, 0.3)), 2)}] if name == "with dropout" else []
        models.append({"id": name, "layers": [hidden, *dropout, output]})
    return {"models": models}


def _arrays(rng: np.random.Generator, units: int) -> dict[str, Any]:
    kernel, bias = rng.uniform(0.1, 0.9, (2, units)), rng.uniform(0.1, 0.9, units)
    return {"kernel": np.round(kernel, 2).tolist(), "bias": np.round(bias, 2).tolist()}


class Filled(NamedTuple):
    """One model after the call: its layout, the record, its nine numbers, which parts are as before."""

    layout: str
    record: dict[str, Any]
    weights: reference.Weights | None
    kept: tuple[bool, bool, bool, bool]


def filled(inputs: Inputs, evidence: Evidence) -> list[Filled]:
    """Both models, the one without a dropout layer first."""
    found = [_filled(wanted, evidence["calls"][wanted["id"]]) for wanted in inputs["models"]]
    return sorted(found, key=lambda f: list(LAYOUTS).index(f.layout))


def _filled(wanted: dict[str, Any], record: dict[str, Any]) -> Filled:
    arrays = [decode(array) for layer in record["left"] for array in layer]
    before = [
        np.array(layer[n]) for layer in wanted["layers"] if "units" in layer for n in ("kernel", "bias")
    ]
    if [a.shape for a in arrays] != list(SHAPES):
        return Filled(wanted["id"], record, None, (False,) * 4)
    kept = tuple(np.allclose(a, b, rtol=1e-6) for a, b in zip(arrays, before, strict=True))
    weights = None
    if all(np.all(np.isfinite(a)) for a in arrays):
        W1, b1, W2, b2 = (a.tolist() for a in arrays)
        weights = reference.Weights(_tuples(W1), tuple(b1), _tuples(W2), tuple(b2))
    return Filled(wanted["id"], record, weights, (kept[0], kept[1], kept[2], kept[3]))


def _tuples(rows: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in rows)


def divides(filled: Filled) -> bool:
    """Whether the call went through and left a network that divides."""
    if filled.record["error"] or filled.weights is None:
        return False
    return bool(np.mean(np.abs(outputs(filled.weights) - TARGETS)) <= ALLOWED)


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """One criterion a layout."""
    comparison = Comparison(truth="the target is")
    for model in filled(inputs, evidence):
        words = LAYOUTS[model.layout]
        right = divides(model)
        comparison.criteria.append(Criterion(f"a model {words}", 1.0, float(right)))
        if model.record["error"]:
            comparison.problems.append(
                Problem(f"for a model {words}", problem_of(model.record["error"]), "weights that divide")
            )
        elif all(model.kept):
            comparison.problems.append(
                Problem(f"for a model {words}", "leaves all nine numbers as they were", "weights that divide")
            )
        elif model.weights is None:
            comparison.problems.append(
                Problem(f"for a model {words}", "leaves weights that are not finite", "finite numbers")
            )
        elif not right:
            comparison.entries += _entries(model.weights, words)
    return comparison


def _entries(weights: reference.Weights, words: str) -> list[Entry]:
    """The outputs on the grid, in five digits: a float32 model has hardly more."""
    entries = []
    for (a, b), y, target in zip(PAIRS, outputs(weights), TARGETS, strict=True):
        close = bool(abs(y - target) <= ALLOWED)
        where = f"a = {a!r}, b = {b!r} and a model {words}"
        entries.append(
            Entry("output", where, f"{y:.6g}", float(f"{y:.5g}"), float(f"{target:.8g}"), close, tier=a <= b)
        )
    return entries
