"""What is tried in exercise ``division-data``: small draws for shapes and targets, large ones for chance."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, show
from autograder.kinds.random_data import (
    LARGE,
    Looked,
    chance_problems,
    drew,
    look,
    range_problems,
    reproducible,
    shape_of,
    written,
)
from autograder.tolerance import close, tolerance, working_dtype


def probe(rng: np.random.Generator) -> Inputs:
    """One pair; a few; a hundred, from an equal generator too, and from another one; then the large draws.

    A hundred, since six rows may come out alike by chance where an answer draws one number nearly always.
    """
    few, hundred, seed = 6, 100, int(rng.integers(10, 10_000))
    asked = [("one", 1, 5), ("few", few, seed)]
    asked += [("hundred", hundred, seed), ("equal", hundred, seed), ("other", hundred, seed + 1)]
    asked += [(f"large {seed}", size, seed) for seed, size in enumerate(LARGE)]
    names = ("id", "size", "seed")
    calls = [dict(zip(names, c, strict=True)) | {"results": 2} for c in asked]
    return {"calls": [c | {"again": c["id"] == "hundred", "large": c["size"] == LARGE[0]} for c in calls]}


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Three criteria: the inputs, the targets (for whatever inputs came), and where chance comes from."""
    looked, comparison = look(inputs, evidence), Comparison()
    drawn, chance = range_problems(looked, evidence), chance_problems(evidence)
    shapes = [p for p in looked.problems if " y " not in p.what]
    where = f"for size = {LARGE[0]}, rng = np.random.default_rng(0) to default_rng({len(LARGE) - 1})"
    comparison.problems = looked.problems + [Problem(where, *found) for found in drawn] + chance
    if reproducible(evidence):
        _targets(looked, inputs, comparison)
    complete = len(evidence["calls"]) == len(inputs["calls"])
    targets = complete and len(looked.pairs) == len(inputs["calls"]) and all(map(right_targets, looked.pairs))
    inputs_right = complete and not shapes and not drawn
    flat = any(" y " in p.what for p in looked.problems)
    comparison.criteria = [
        Criterion("inputs", 1.0, float(inputs_right)),
        Criterion("targets", 1.0, float(targets and not flat)),
        Criterion("generator", 1.0, float(drew(evidence) and not chance and (inputs_right or targets))),
    ]
    return comparison


def right_targets(pair: tuple[np.ndarray, np.ndarray]) -> bool:
    return bool(np.all(near(pair[1], pair[0][:, 0] / pair[0][:, 1] / 100, pair)))


def near(values: np.ndarray, expected: np.ndarray, pair: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Where targets are ``expected``, within the tolerance of the coarser of the two arrays."""
    dtypes = [working_dtype("float64", a) for a in pair]
    return close(values, expected, tolerance("float32" if "float32" in dtypes else "float64"))


def _targets(looked: Looked, inputs: Inputs, comparison: Comparison) -> None:
    """The targets of the small draws beside x₁/x₂/100, number by number."""
    for tier, wanted in enumerate(inputs["calls"][:2]):
        x, y = looked.x.get(wanted["id"]), looked.y.get(wanted["id"])
        if x is None or y is None or x.numbers is None or y.numbers is None:
            continue
        if shape_of(x) != (wanted["size"], 2) or y.numbers.size != wanted["size"]:
            continue
        expected = x.numbers[:, 0] / x.numbers[:, 1] / 100
        values = y.numbers.ravel()
        right = near(values, expected, (x.numbers, values))
        for i, (value, target) in enumerate(zip(values, expected, strict=True)):
            pair = ", ".join(repr(float(f"{t:.6g}")) for t in x.numbers[i])
            place = f"y[{i}]" if y.numbers.ndim == 1 else f"y[{i}, 0]"
            text = f"{written(wanted)[4:]}, where x[{i}] is [{pair}]"
            shown = show(float(value), y.dtype)
            comparison.entries.append(
                Entry(
                    "targets",
                    text,
                    shown,
                    float(value),
                    float(target),
                    bool(right[i]),
                    tier=tier,
                    of=place,
                )
            )
