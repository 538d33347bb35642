"""What is looked at in exercise ``search-space``: a dict of lists, key by key, and its number of trials."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem
from autograder.verdict import Criterion

Grid = Mapping[str, tuple[Any, ...]]
"""By key, what is tried."""

GRID: Grid = {
    "batch_size": (1, 4, 16, 32, 64),
    "dropout": (0, 0.0001, 0.0002, 0.0005),
    "epochs": (90, 240),
    "optimizer": ("rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"),
}
"""Deck D's search, from the author's published script."""

COUNTS = ("batch_size", "epochs")
"""Keys whose values Keras counts with: whole numbers."""

TRIALS = math.prod(map(len, GRID.values()))


@dataclass(frozen=True)
class Listed:
    """What stands behind one key: its type, its items (None for no list), and the whole of it as an item."""

    type: str
    items: list[dict[str, Any]] | None
    itself: dict[str, Any]

    @property
    def values(self) -> list[Any]:
        """Numbers, names in small letters (Keras reads them so), None for all else."""
        return [i["text"].lower() if "text" in i else i.get("number") for i in self.items or []]

    @property
    def decimals(self) -> bool:
        """Whether it has numbers that are not of a whole number's type."""
        return any(not item.get("whole", True) for item in self.items or [])

    def lacks(self, wanted: tuple[Any, ...]) -> list[Any]:
        """What is wanted and not there."""
        return [w for w in wanted if not any(alike(v, w) for v in self.values)]

    def besides(self, wanted: tuple[Any, ...]) -> list[Any]:
        """What is there and not wanted."""
        return [v for v in self.values if not any(alike(v, w) for w in wanted)]

    def is_list_of(self, wanted: tuple[Any, ...]) -> bool:
        """Whether all that is wanted is there, and nothing else."""
        return not self.lacks(wanted) and not self.besides(wanted)


@dataclass(frozen=True)
class Observation:
    """The answer's type, and what stands behind each key, or None where the answer is no dict."""

    type: str
    space: dict[str, Listed] | None


def alike(value: Any, wanted: Any) -> bool:
    """One number or name as good as another; six digits, since an array may be of float32."""
    if isinstance(value, int | float) and not isinstance(wanted, str):
        return math.isclose(value, wanted, rel_tol=1e-6)
    return bool(value == wanted)


class SearchSpace:
    """A dict of lists. What is wrong has other lists behind some keys: ``{"dropout": (0, 0.1)}``."""

    observer: ClassVar[str] = "mapping"

    def draw(self, _rng: np.random.Generator) -> Inputs:
        """Nothing is drawn: the answer is looked at as it is."""
        return {}

    def read(self, _inputs: Inputs, evidence: Evidence) -> Observation:
        entries = evidence["value"]["entries"]
        space = None if entries is None else {key: Listed(**entry) for key, entry in entries.items()}
        return Observation(evidence["value"]["type"], space)

    def compare(self, seen: Observation) -> Comparison:
        """A criterion a key, and one for nothing else: no other keys, which counts once a key is right."""
        comparison, space = Comparison(), seen.space
        if space is None:
            comparison.problems = [Problem("as it stands,", f"is of type {seen.type}", "a dict of lists")]
            comparison.criteria = [Criterion(name, 1.0, 0.0) for name in (*GRID, "no other keys")]
            return comparison
        wrong = {key: _problem(key, space.get(key)) for key in GRID}
        comparison.criteria = [Criterion(key, 1.0, float(not wrong[key])) for key in GRID]
        others = [
            Problem(f"for the key {k!r}", "has an entry", "no such key") for k in space if k not in GRID
        ]
        comparison.problems = [*filter(None, wrong.values()), *others]
        some = any(c.share for c in comparison.criteria)
        comparison.criteria.append(Criterion("no other keys", 1.0, float(some and not others)))
        lists = [listed.items for listed in space.values() if listed.items is not None]
        count = math.prod(map(len, lists))
        if comparison.problems and len(lists) == len(space) and count not in (1, TRIALS):
            said = f"Altogether your lists make {count} trials; the deck's make {TRIALS}."
            comparison.remarks.append(said)
        return comparison

    def computes(self, wrong: Grid) -> Callable[[Observation], bool]:
        """Whether an answer has just these values behind these keys."""

        def fits(seen: Observation) -> bool:
            found = {key: (seen.space or {}).get(key) for key in wrong}
            return all(listed is not None and listed.is_list_of(wrong[key]) for key, listed in found.items())

        return fits

    def answers(self, wrong: Grid) -> list[dict[str, list[Any]]]:
        return [{key: list(values) for key, values in {**GRID, **wrong}.items()}]


PROBE = SearchSpace()


def _problem(key: str, listed: Listed | None) -> Problem | None:
    """What is wrong with one key, the plainest only."""
    size = len(GRID[key])
    where, wanted = f"for the key {key!r}", f"{size} values"
    if listed is None:
        return Problem(where, "has no entry", wanted)
    if listed.items is None:
        return Problem(where, f"has something of type {listed.type}", f"a list of {wanted}")
    if strange := listed.besides(GRID[key]):
        shown = _written(listed.items[listed.values.index(strange[0])])
        return Problem(where, f"has {shown}, which is not in the grid", wanted)
    if lacks := listed.lacks(GRID[key]):
        return Problem(where, f"has {size - len(lacks)} of the {wanted}", wanted)
    if len(listed.items) > size:
        return Problem(where, f"has {len(listed.items)} values, some of them twice", wanted)
    if key in COUNTS and listed.decimals:
        return Problem(where, "has numbers of a decimal type", "whole numbers")
    return None


def _written(item: dict[str, Any]) -> str:
    """One item as it would be typed."""
    if "text" in item:
        return repr(item["text"])
    if "number" in item:
        return str(item["number"])
    if item.get("object") == "NoneType":
        return "None"
    return f"the class {item['class']}" if "class" in item else f"something of type {item.get('object')}"
