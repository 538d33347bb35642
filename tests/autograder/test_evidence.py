"""Evidence answers exactly what was asked: all else is unreadable; without right values nothing is earned.

For every exercise the evidence of a right answer, of a wrong one, and of one that is right wherever nothing
was drawn is changed by machine, piece by piece.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from importlib import import_module
from typing import Any

import pytest

from autograder.evidence import read
from autograder.exercise import Evidence
from autograder.exercises import EXERCISES
from autograder.judging import draw, judge
from autograder.observers import observe
from autograder.observers.functions import is_whole
from autograder.verdict import UNREADABLE, Status, Verdict

CHOSEN = {
    "division-data",
    "multiply-weights",
    "search-space",
    "load-weights",
    "start-weights",
    "learned-weights",
}
"""Where an answer gives numbers of its own choice: any that are right are right, whoever wrote them down."""

COMPUTED = [e for e in EXERCISES if e not in CHOSEN]
RAISED = {"type": "ValueError", "message": "no", "line": None}
NAN = {"kind": "numbers", "type": "float", "dtype": "float64", "shape": [], "values": ["nan"]}
CLAIMS = {
    "raised": {"result": None, "error": RAISED},
    "none": {"result": {"kind": "none"}, "error": None},
    "stub": {"result": {"kind": "stub"}, "error": None},
    "other": {"result": {"kind": "other", "type": "str"}, "error": None},
    "size": {"result": {"kind": "size", "type": "ndarray", "shape": [30_000]}, "error": None},
    "NaN": {"result": NAN, "error": None},
    "empty": {"result": {**NAN, "shape": [0], "values": []}, "error": None},
}
"""What may be said of any call without having computed anything."""

FREE = {"entries", "named", "needs", "uses", "warnings", "changed", "global_random", "taken"}
FREE |= {"shapes", "inputs", "classes", "shape"}
"""Below these a name more or less, or one item, is of the same form."""


def nothing(*_: Any, **__: Any) -> str:
    return "nothing"


def right(exercise: str) -> Any:
    return next(iter(import_module(f"tests.answers.{exercise.replace('-', '_')}").MUTANTS.rights.values()))


@lru_cache
def observed(exercise: str, kind: str, seed: int = 1) -> tuple[dict[str, Any], str]:
    """The request, and the evidence of an answer to it as JSON."""
    request = draw(exercise, seed)
    wrong = nothing if callable(right(exercise)) else "nothing"
    return request, json.dumps(observe(request, right(exercise) if kind == "right" else wrong))


def drawn_anew(exercise: str) -> dict[str, Any]:
    """By name of each call what it is made at, as another request has it: that alone was not drawn."""
    other = draw(exercise, 2)["inputs"]
    return {c["id"]: c for c in other.get("calls", [])} | {
        "draws": other.get("draws"),
        "losses": other.get("losses"),
    }


def xs(wanted: dict[str, Any]) -> list[Any] | None:
    """The points of a call that is elementwise in one array."""
    if "x" in wanted:
        return wanted["x"]["values"]
    arrays = [a["array"] for a in wanted.get("arguments", []) if "array" in a]
    return arrays[0]["values"] if len(wanted.get("arguments", [])) == len(arrays) == 1 else None


def without_what_was_drawn(exercise: str) -> tuple[dict[str, Any], Evidence, list[str]]:
    """Evidence right at all that never changes, and ½ elsewhere; the names of the calls that were drawn."""
    request, text = observed(exercise, "right")
    evidence, other, drawn = json.loads(text), drawn_anew(exercise), []
    if request["observer"] == "built":
        spoil(evidence["calls"]["model"]["model"]["draws"][1], lambda _: False)
        spoil(evidence["calls"]["model"]["model"]["losses"][1], lambda _: False)
    for wanted in request["inputs"].get("calls", []):
        points, known = xs(wanted), other[wanted["id"]]
        if {**wanted, "upstream": None} == {**known, "upstream": None}:
            continue
        drawn.append(wanted["id"])
        fixed = set(xs(known) or ()) if points is not None else set()
        spoil(evidence["calls"][wanted["id"]], lambda i, p=points, f=fixed: p is not None and p[i] in f)
    return request, evidence, drawn


def spoil(data: Any, keep: Callable[[int], bool]) -> None:
    """Put ½ in the place of all numbers in it but those to be kept."""
    if isinstance(data, dict) and data.get("kind") == "numbers":
        other = 0.5 if "float" in data["dtype"] else 0
        data["values"] = [v if keep(i) else other for i, v in enumerate(data["values"])]
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            spoil(item, keep)


def said_of(evidence: Evidence, request: dict[str, Any], names: list[str], claim: str) -> Evidence:
    """The evidence with that said of these calls, one by one too where it must be."""
    changed = deepcopy(evidence)
    for wanted in request["inputs"].get("calls", []):
        if wanted["id"] in names:
            record = changed["calls"][wanted["id"]]
            record.pop("each", None)
            record |= CLAIMS[claim]
            if request["observer"] == "compared":
                record["named"] = None
            if wanted.get("each") and not is_whole(record, wanted):
                one = {"warnings": [], "changed": [], **CLAIMS[claim]}
                record["each"] = [one] * len(xs(wanted) or ())
    return changed


@pytest.mark.parametrize("exercise", COMPUTED)
def test_who_is_right_wherever_nothing_was_drawn_earns_nothing(exercise: str):
    request, evidence, drawn = without_what_was_drawn(exercise)
    assert drawn or request["observer"] == "built"
    verdict = judge(exercise, request, evidence)
    assert (verdict.status, verdict.score) == (Status.WRONG, 0.0), verdict.message
    assert verdict.misconception != UNREADABLE, verdict.remarks


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("exercise", COMPUTED)
def test_nothing_that_can_be_said_of_drawn_calls_without_computing_earns_a_point(exercise: str, claim: str):
    request, evidence, drawn = without_what_was_drawn(exercise)
    for names in ([name] for name in drawn):
        assert judge(exercise, request, said_of(evidence, request, names, claim)).score == 0.0, names
    assert judge(exercise, request, said_of(evidence, request, drawn, claim)).score == 0.0


@pytest.mark.parametrize("exercise", COMPUTED)
def test_the_evidence_of_a_right_answer_to_another_request_earns_nothing(exercise: str):
    request, _ = observed(exercise, "right")
    _, other = observed(exercise, "right", 2)
    assert judge(exercise, request, json.loads(other)).score == 0.0


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_nothing_that_can_be_said_of_a_wrong_answers_calls_earns_a_point(exercise: str, claim: str):
    request, text = observed(exercise, "wrong")
    evidence = json.loads(text)
    if request["observer"] == "value":
        evidence["value"] |= CLAIMS[claim]
    names = list(evidence.get("calls", {}))
    assert judge(exercise, request, said_of(evidence, request, names, claim)).score == 0.0


Place = tuple[Any, ...]


def places(evidence: Evidence) -> Iterator[tuple[Place, Any]]:
    """Every dict and list, each kind of place once: of calls one by one the first."""
    seen: set[str] = set()
    waiting: list[tuple[Place, Any]] = [((), evidence)]
    while waiting:
        where, found = waiting.pop(0)
        kind = re.sub(r"\d+", "#", str(where))
        if kind in seen or not isinstance(found, dict | list):
            continue
        seen.add(kind)
        yield where, found
        inner = found.items() if isinstance(found, dict) else list(enumerate(found))[:2]
        waiting += [((*where, name), item) for name, item in inner]


def ends(names: Iterable[str]) -> list[str]:
    """Of names that differ in a number alone, the first and the last."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(re.sub(r"\d+", "#", name), []).append(name)
    return [name for group in alike.values() for name in dict.fromkeys((group[0], group[-1]))]


def changed(evidence: Evidence, place: Place, change: Callable[[Any], Any]) -> Evidence:
    """A copy in which what stands there is changed."""
    found = top = dict(evidence)
    for name in place:
        found[name] = found = found[name].copy()
    change(found)
    return top


def malformed(evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
    """The evidence with a name missing, one too many, or renamed; a list shorter or longer; another type.

    Of names alike but for a number, such as those of two hundred starts, the first and the last.
    """
    for where, found in places(evidence):
        if FREE & set(where):
            continue
        changes: dict[str, Callable[[Any], Any]] = {}
        if isinstance(found, list) and found and where[-1] != "shape":
            changes = {"shorter": lambda v: v.pop(), "longer": lambda v: v.append(v[-1])}
        if isinstance(found, dict):
            changes["with more"] = lambda d: d.update(more=1)
        for name in ends(found) if isinstance(found, dict) else ():
            changes[f"without {name}"] = lambda d, n=name: d.pop(n)
            changes[f"with {name} renamed"] = lambda d, n=name: d.update({n + "?": d.pop(n)})
            for value in (True, {}, 10**400, "x" * 5000, math.nan):
                if type(value) is not type(found[name]) and not (name in FREE and value == {}):
                    how = f"with {name} = {type(value).__name__}"
                    changes[how] = lambda d, n=name, v=value: d.update({n: v})
        for how, change in changes.items():
            yield f"{where} {how}", changed(evidence, where, change)


def unread(exercise: str, request: dict[str, Any], evidence: Evidence) -> Verdict | None:
    verdict = judge(exercise, request, evidence)
    return None if verdict.misconception == UNREADABLE and verdict.score == 0.0 else verdict


@pytest.mark.parametrize("kind", ["right", "wrong"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_whatever_is_missing_doubled_extra_or_of_another_form_is_unreadable(exercise: str, kind: str):
    request, text = observed(exercise, kind)
    evidence = json.loads(text)
    read(request, evidence)
    tried = {what: unread(exercise, request, bad) for what, bad in malformed(evidence)}
    assert len(tried) > 10
    assert {what for what, verdict in tried.items() if verdict is not None} == set()
