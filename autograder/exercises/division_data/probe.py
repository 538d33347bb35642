"""What is tried in exercise ``division-data``: small draws for shapes and targets, large ones for chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Entry, Problem, show
from autograder.kinds.random_data import (
    FIRST,
    LARGE,
    LAST,
    Formula,
    Observation,
    chance_problems,
    look,
    near,
    range_problems,
    shape_of,
    written,
)
from autograder.verdict import Criterion

Draw = Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class RandomPairs:
    """Pairs of hundredths, each with its ``target``; what is wrong is another formula for it, or several."""

    observer: ClassVar[str] = "draws"

    target: Formula

    def draw(self, rng: np.random.Generator) -> Inputs:
        """One pair; a few; a hundred, also from an equal generator and from another; then the large draws.

        A hundred, since six rows may come out alike by chance where an answer draws one number nearly
        always.
        """
        few, hundred, seed = 6, 100, int(rng.integers(10, 10_000))
        asked = [("one", 1, 5), ("few", few, seed)]
        asked += [("hundred", hundred, seed), ("equal", hundred, seed), ("other", hundred, seed + 1)]
        asked += [(f"large {seed}", size, seed) for seed, size in enumerate(LARGE)]
        names = ("id", "size", "seed")
        calls = [dict(zip(names, c, strict=True)) | {"results": 2} for c in asked]
        return {"calls": [c | {"again": c["id"] == "hundred", "large": c["size"] == LARGE[0]} for c in calls]}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        return look(self.target, inputs, evidence)

    def compare(self, seen: Observation) -> Comparison:
        """Three criteria: the inputs, the targets (for whatever inputs came), and where chance comes from."""
        comparison, drawn, chance = Comparison(), range_problems(seen), chance_problems(seen)
        shapes = [p for p in seen.problems if " y " not in p.what]
        where = f"for size = {LARGE[0]}, rng = np.random.default_rng(0) to default_rng({len(LARGE) - 1})"
        comparison.problems = seen.problems + [Problem(where, *found) for found in drawn] + chance
        if seen.reproducible:
            small = enumerate(seen.asked[:2])
            comparison.entries = [e for tier, wanted in small for e in _entries(seen, wanted, tier)]
        targets = seen.complete and len(seen.pairs) == len(seen.asked) and seen.targets_right
        inputs_right = seen.complete and not shapes and not drawn
        flat = any(" y " in p.what for p in seen.problems)
        comparison.criteria = [
            Criterion("inputs", 1.0, float(inputs_right)),
            Criterion("targets", 1.0, float(targets and not flat)),
            Criterion("generator", 1.0, float(seen.drew and not chance and (inputs_right or targets))),
        ]
        return comparison

    def computes(self, wrong: Formula | tuple[Formula, ...]) -> Callable[[Observation], bool]:
        """Whether every target is a wrong function of its two inputs, the same one everywhere."""

        def fits(seen: Observation) -> bool:
            pairs = seen.pairs
            if len(pairs) < 4 or seen.targets_right:
                return False
            with np.errstate(all="ignore"):
                return any(
                    all(np.allclose(y, f(*x.T), rtol=2e-6, atol=0, equal_nan=True) for x, y in pairs)
                    for f in _several(wrong)
                )

        return fits

    def answers(self, wrong: Formula | tuple[Formula, ...]) -> list[Draw]:
        return [self._drawing(formula) for formula in _several(wrong)]

    def _drawing(self, formula: Formula) -> Draw:
        def answer(size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
            x = rng.integers(FIRST, LAST, (size, 2), endpoint=True) / 100
            return x, formula(x[:, :1], x[:, 1:])

        return answer


PROBE = RandomPairs(target=lambda a, b: a / b / 100)


def _several(wrong: Formula | tuple[Formula, ...]) -> tuple[Formula, ...]:
    return wrong if isinstance(wrong, tuple) else (wrong,)


def _entries(seen: Observation, wanted: dict[str, Any], tier: int) -> list[Entry]:
    """The targets of a small draw beside the right ones, number by number."""
    x, y, size = seen.x.get(wanted["id"]), seen.y.get(wanted["id"]), wanted["size"]
    if x is None or y is None or x.numbers is None or y.numbers is None:
        return []
    if shape_of(x) != (size, 2) or y.numbers.size != size:
        return []
    expected, values = seen.target(*x.numbers.T), y.numbers.ravel()
    right = near(values, expected, (x.numbers, values))
    found = []
    for i, (value, target) in enumerate(zip(values.tolist(), expected.tolist(), strict=True)):
        pair = ", ".join(repr(float(f"{t:.6g}")) for t in x.numbers[i])
        place = f"y[{i}]" if y.numbers.ndim == 1 else f"y[{i}, 0]"
        where = f"{written(wanted)[4:]}, where x[{i}] is [{pair}]"
        ok = bool(right[i])
        found.append(Entry("targets", where, show(value, y.dtype), value, target, ok, tier=tier, of=place))
    return found
