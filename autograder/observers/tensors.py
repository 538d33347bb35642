"""Observes an answer that takes a tensor: values and gradients, call by call, plain and compiled."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import numpy as np

from autograder.observers.calling import call
from autograder.observers.encoding import LIMIT, decode, encode, most_numbers
from autograder.observers.frameworks import FRAMEWORKS, Framework, installed
from autograder.observers.guarding import type_name
from autograder.observers.reading import spoken_of


def observe_tensors(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: one record for each of ``inputs["calls"]``, by id; also ``framework`` and,
    where ``inputs["registered"]`` names a call, ``registered``: whether the answer has a gradient of its own.

    A call is ``{"id", "x", "upstream", "compiled": bool, "times": n}``: the answer is applied n times in a
    row, and the gradient taken with that upstream. A record's result is a group of value and gradient. The
    tensors are of the first framework in ``inputs["frameworks"]`` that the answer gives tensors of; compiled
    calls are left out where a framework compiles nothing.
    """
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type_name(answer)
        return
    names = _candidates(answer, inputs["frameworks"])
    if not names:
        evidence["kind"] = "no-framework"
        return
    evidence["calls"] = {}
    framework = _choose(names, answer, inputs["calls"][0])
    evidence["framework"] = names[0] if framework is None else _name(framework)
    framework = framework or FRAMEWORKS[names[0]](answer)
    most = most_numbers(len(inputs["calls"]), 2)
    for wanted in asked_for(inputs["calls"], evidence["framework"]):
        evidence["calls"][wanted["id"]] = _call(framework, answer, wanted, most)
    if "registered" in inputs:
        example = next(c for c in inputs["calls"] if c["id"] == inputs["registered"])
        evidence["registered"] = framework.registered(array(example["x"]))


def asked_for(wanted: list[dict[str, Any]], framework: str) -> list[dict[str, Any]]:
    """The calls that are made with tensors of that framework."""
    return [one for one in wanted if FRAMEWORKS[framework].compiles or not one["compiled"]]


def import_frameworks(answer: Any, names: list[str]) -> None:
    """Import what the answer may be tried with: a first import takes seconds that are not the answer's."""
    for name in _candidates(answer, names):
        with suppress(Exception):
            import_module(name)


def array(description: dict[str, Any]) -> np.ndarray:
    """The numbers of a description ``{"dtype", "shape", "values"}``, in that dtype."""
    return decode(description).astype(description["dtype"])


def _call(framework: Framework, answer: Any, wanted: dict[str, Any], most: int = LIMIT) -> dict[str, Any]:
    """The record of one call; ``tensor`` in it tells whether it gave a tensor of that framework."""
    x, upstream = array(wanted["x"]), array(wanted["upstream"])
    came: list[Any] = []
    function: Any = framework.compiled if wanted["compiled"] else answer

    def repeated(tensor: Any) -> Any:
        for _ in range(wanted["times"]):
            tensor = function(tensor)
        return tensor

    def through() -> Any:
        y, gradient = framework.value_and_gradient(repeated, x, upstream, came.append)
        return (None, None) if isinstance(y, tuple | list) else (y, gradient)

    record = call(answer, {}, 2, most, through=through)
    y = came[-1] if came else None
    if record["error"] is None and (y is None or y is Ellipsis or isinstance(y, tuple | list)):
        record["result"] = (
            encode(y) if y is None or y is Ellipsis else {"kind": "other", "type": type_name(y)}
        )
    record["tensor"] = bool(came) and framework.owns(y)
    return record


def _choose(names: list[str], answer: Any, wanted: dict[str, Any]) -> Framework | None:
    """The first framework whose tensors the answer takes and gives back; None where there is none."""
    for name in names:
        framework = FRAMEWORKS[name](answer)
        if len(names) == 1 or _call(framework, answer, wanted)["tensor"]:
            return framework
    return None


def _name(framework: Framework) -> str:
    return next(name for name, kind in FRAMEWORKS.items() if isinstance(framework, kind))


def _candidates(answer: Any, names: list[str]) -> list[str]:
    """Frameworks to try: those the answer speaks of, then those already loaded, or the first installed."""
    spoken = spoken_of(answer)
    there = [n for n in names if installed(n)]
    found = [n for n in there if n in spoken] + [n for n in there if n not in spoken and n in sys.modules]
    return found or there[:1]
