"""Observes an answer that is a function: calls it as the probe lists."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from autograder.observers.arguments import build
from autograder.observers.calling import call
from autograder.observers.encoding import decode
from autograder.observers.guarding import type_name

SECONDS = 1.0
"""How long calls are made a second time at the end: a function of its arguments gives the same again."""


def observe_function(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: one record for each of ``inputs["calls"]``, by id.

    A call is ``{"id", "arguments": [{"name", ...}], "results": None | n, "each": bool}``. Where ``each`` is
    set and the answer does not take the arrays whole, it gets their numbers one by one: the record then has
    ``each``, a list of records. ``evidence["unsteady"]`` tells of a call that came out otherwise when made
    again. What is not callable becomes ``kind = "not-callable"``.
    """
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type_name(answer)
        return
    calls: dict[str, Any] = {}
    evidence["calls"] = calls
    for wanted in inputs["calls"]:
        arguments = {a["name"]: build(a) for a in wanted["arguments"]}
        calls[wanted["id"]] = record = call(answer, arguments, wanted.get("results"))
        if wanted.get("each") and not _whole(record, wanted):
            record["each"] = _one_by_one(answer, wanted)
    _again(answer, inputs["calls"], evidence)


def _again(answer: Any, wanted: list[dict[str, Any]], evidence: dict[str, Any]) -> None:
    """Write into ``evidence["unsteady"]`` the first call that comes out otherwise when it is made again."""
    until = time.monotonic() + SECONDS
    for asked in wanted:
        if time.monotonic() > until:
            return
        first = evidence["calls"][asked["id"]]["result"]
        second = call(answer, {a["name"]: build(a) for a in asked["arguments"]}, asked.get("results"))[
            "result"
        ]
        if not _alike(first, second):
            evidence["unsteady"] = {"id": asked["id"], "results": [first, second]}
            return


def _alike(first: Any, second: Any) -> bool:
    """Whether two encoded results are the same up to rounding: sums may be taken in another order."""
    if not isinstance(first, dict) or not isinstance(second, dict) or first["kind"] != second["kind"]:
        return first == second
    if first["kind"] == "group":
        return all(map(_alike, first["items"], second["items"]))
    if first["kind"] != "numbers" or first["shape"] != second["shape"]:
        return first == second
    return np.allclose(decode(first), decode(second), rtol=1e-6, atol=1e-300, equal_nan=True)


def _whole(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    result = record["result"]
    shapes = [a["array"]["shape"] for a in wanted["arguments"] if "array" in a]
    return result is not None and result.get("shape") == shapes[0]


def _one_by_one(answer: Any, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    built = {a["name"]: build(a) for a in wanted["arguments"]}
    size = next(v.size for v in built.values() if isinstance(v, np.ndarray))
    columns = {n: v.ravel().tolist() if isinstance(v, np.ndarray) else [v] * size for n, v in built.items()}
    return [call(answer, {n: column[i] for n, column in columns.items()}) for i in range(size)]
