"""Signs of mistakes in what a function draws: its targets, inputs, shapes and source of chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.division_data.probe import right_targets
from autograder.kinds.elementwise_mistakes import Fits, alike
from autograder.kinds.random_data import (
    drew,
    look,
    range_problems,
    reproducible,
    same,
    shape_of,
    shared_sources,
)


def targets(*formulas: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Fits:
    """Fits where every target is one of these functions of its two inputs, the same one everywhere."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        pairs = look(inputs, evidence).pairs
        if len(pairs) < 4 or all(map(right_targets, pairs)):
            return False
        with np.errstate(all="ignore"):
            return any(all(np.all(alike(y, f(x[:, 0], x[:, 1]))) for x, y in pairs) for f in formulas)

    return fits


def hundredths(condition: Callable[[np.ndarray], Any]) -> Fits:
    """Fits where the inputs of the large draws have a problem, and ``condition`` holds for their hundredths.

    Those come rounded, (rows, 2), where all inputs are on the hundredths, and as they are where one is not.
    """

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        looked = look(inputs, evidence)
        if not range_problems(looked, evidence):
            return False
        on = bool(np.all(looked.whole))
        return bool(condition(np.rint(looked.hundredths) if on else looked.hundredths))

    return fits


def rounded_targets(inputs: Inputs, evidence: Evidence) -> bool:
    """Every target has a few decimals only, and is right to those."""
    pairs = look(inputs, evidence).pairs
    if len(pairs) < 4 or all(map(right_targets, pairs)):
        return False
    x, y = (np.concatenate(part) for part in zip(*pairs, strict=True))
    exact = x[:, 0] / x[:, 1] / 100
    return any(np.all(np.abs(y - exact) < 0.501 * 10.0**-k) and _has(y, k) for k in range(2, 8))


def _has(values: np.ndarray, decimals: int) -> bool:
    return bool(np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-12))


def flat(inputs: Inputs, evidence: Evidence) -> bool:
    """The targets are as many as they should be, in another shape."""
    looked = look(inputs, evidence)
    few = looked.y.get("few")
    return len(looked.pairs) >= 4 and few is not None and shape_of(few) != (looked.sizes["few"], 1)


def square(inputs: Inputs, evidence: Evidence) -> bool:
    """There are as many targets as pairs of rows."""
    looked = look(inputs, evidence)
    few = looked.y.get("few")
    return few is not None and shape_of(few) == (looked.sizes["few"],) * 2


def transposed(inputs: Inputs, evidence: Evidence) -> bool:
    """The inputs have a row for each number of the pair."""
    looked = look(inputs, evidence)
    return all(shape_of(looked.x[n]) == (2, looked.sizes[n]) for n in looked.x) and len(looked.x) >= 4


def flat_inputs(inputs: Inputs, evidence: Evidence) -> bool:
    """There is one number where a pair was asked for."""
    looked = look(inputs, evidence)
    shapes = [(shape_of(x), looked.sizes[n]) for n, x in looked.x.items()]
    return len(shapes) >= 4 and all(s in ((n,), (n, 1)) for s, n in shapes)


def not_a_pair(_inputs: Inputs, evidence: Evidence) -> bool:
    """Something comes back, and it is no pair (x, y)."""
    records = evidence["calls"].values()
    return all(
        r["result"] is not None and r["result"]["kind"] in ("other", "numbers", "size") for r in records
    )


def ignores_size(inputs: Inputs, evidence: Evidence) -> bool:
    """One and the same number of rows for whatever size."""
    sizes = {c["id"]: c["size"] for c in inputs["calls"]}
    rows = {}
    for name, record in evidence["calls"].items():
        items = (record["result"] or {}).get("items", [])
        rows[name] = tuple(item["shape"][0] for item in items if item.get("shape"))
    return len(set(rows.values())) == 1 and any(r and r[0] != sizes[n] for n, r in rows.items())


def without_replacement(_inputs: Inputs, evidence: Evidence) -> bool:
    """Small draws work; large ones ask for more values than there are."""
    errors = {n: (r["error"] or {}).get("message", "") for n, r in evidence["calls"].items()}
    return not errors["few"] and "larger sample than population" in errors.get("large 0", "")


def touches_global(_inputs: Inputs, evidence: Evidence) -> bool:
    return bool(shared_sources(evidence))


def own_seed(_inputs: Inputs, evidence: Evidence) -> bool:
    return drew(evidence) and same(evidence, "hundred", "other")


def unseeded(_inputs: Inputs, evidence: Evidence) -> bool:
    return not reproducible(evidence) and not evidence["calls"]["hundred"]["advanced"]


def rewinds(_inputs: Inputs, evidence: Evidence) -> bool:
    return drew(evidence) and same(evidence, "hundred", "again") and not same(evidence, "hundred", "other")
