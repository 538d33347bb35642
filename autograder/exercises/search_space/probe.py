"""What is looked at in exercise ``search-space``: a dict of lists, key by key, and its number of trials."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem

GRID: dict[str, tuple[Any, ...]] = {
    "batch_size": (1, 4, 16, 32, 64),
    "dropout": (0, 0.0001, 0.0002, 0.0005),
    "epochs": (90, 240),
    "optimizer": ("rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"),
}
"""Deck D's search, from the author's published script."""

COUNTS = ("batch_size", "epochs")
"""Keys whose values Keras counts with: whole numbers."""

TRIALS = math.prod(map(len, GRID.values()))


def probe(_rng: np.random.Generator) -> Inputs:
    """Nothing is drawn: the answer is looked at as it is."""
    return {}


def entries(evidence: Evidence) -> dict[str, dict[str, Any]] | None:
    """What stands behind each key, or None where the answer is no dict."""
    return evidence["value"]["entries"]


def values(entry: dict[str, Any]) -> list[Any] | None:
    """The values of a list: numbers, names in small letters (Keras reads them so), None for all else."""
    if entry["items"] is None:
        return None
    return [i["text"].lower() if "text" in i else i.get("number") for i in entry["items"]]


def alike(value: Any, wanted: Any) -> bool:
    """One number or name as good as another; six digits, since an array may be of float32."""
    if isinstance(value, int | float) and not isinstance(wanted, str):
        return math.isclose(value, wanted, rel_tol=1e-6)
    return bool(value == wanted)


def missing(key: str, entry: dict[str, Any]) -> list[Any]:
    """The grid's values that a list lacks."""
    found = values(entry) or []
    return [w for w in GRID[key] if not any(alike(v, w) for v in found)]


def foreign(key: str, entry: dict[str, Any]) -> list[Any]:
    """The values of a list that the grid does not have."""
    return [v for v in values(entry) or [] if not any(alike(v, w) for w in GRID[key])]


def parts(entry: dict[str, Any]) -> bool:
    """Whether a list has numbers that are not of a whole number's type."""
    return any(not item.get("whole", True) for item in entry["items"] or [])


def problems(key: str, entry: dict[str, Any] | None) -> list[Problem]:
    """What is wrong with one key."""
    where, wanted = f"for the key {key!r}", f"{len(GRID[key])} values"
    if entry is None:
        return [Problem(where, "has no entry", wanted)]
    if entry["items"] is None:
        return [Problem(where, f"has something of type {entry['type']}", f"a list of {wanted}")]
    if strange := foreign(key, entry):
        shown = written((entry["items"] or [])[(values(entry) or []).index(strange[0])])
        return [Problem(where, f"has {shown}, which is not in the grid", wanted)]
    if lacks := missing(key, entry):
        return [Problem(where, f"has {len(GRID[key]) - len(lacks)} of the {wanted}", wanted)]
    if len(entry["items"]) > len(GRID[key]):
        return [Problem(where, f"has {len(entry['items'])} values, some of them twice", wanted)]
    if key in COUNTS and parts(entry):
        return [Problem(where, "has numbers of a decimal type", "whole numbers")]
    return []


def written(item: dict[str, Any]) -> str:
    """One item as it would be typed."""
    if "text" in item:
        return repr(item["text"])
    if "number" in item:
        return str(item["number"])
    return f"the class {item['class']}" if "class" in item else f"an object of type {item.get('object')}"


def trials(found: dict[str, dict[str, Any]]) -> int | None:
    """How many trials the lists make; None where not all are lists."""
    lists = [entry["items"] for entry in found.values()]
    return None if any(i is None for i in lists) else math.prod(len(i) for i in lists if i is not None)


def compare(_inputs: Inputs, evidence: Evidence) -> Comparison:
    """A criterion a key, and one for nothing else: no other keys, which counts once a key is right."""
    comparison, found = Comparison(), entries(evidence)
    if found is None:
        what = f"is of type {evidence['value']['type']}"
        comparison.problems.append(Problem("as it stands,", what, "a dict of lists"))
        comparison.criteria = [Criterion(name, 1.0, 0.0) for name in (*GRID, "no other keys")]
        return comparison
    for key in GRID:
        wrong = problems(key, found.get(key))
        comparison.problems += wrong
        comparison.criteria.append(Criterion(key, 1.0, float(not wrong)))
    others = [key for key in found if key not in GRID]
    comparison.problems += [Problem(f"for the key {key!r}", "has an entry", "no such key") for key in others]
    some = any(c.share for c in comparison.criteria)
    comparison.criteria.append(Criterion("no other keys", 1.0, float(some and not others)))
    count = trials(found)
    if comparison.problems and count not in (None, 1, TRIALS):
        comparison.remarks.append(f"Altogether your lists make {count} trials; the deck's make {TRIALS}.")
    return comparison
