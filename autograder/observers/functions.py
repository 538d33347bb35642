"""Observes an answer that is a function: calls it as the probe lists."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.observers.arguments import build
from autograder.observers.calling import call


def observe_function(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: one record for each of ``inputs["calls"]``, by id.

    A call is ``{"id", "arguments": [{"name", ...}], "results": None | n, "each": bool}``. Where ``each`` is
    set and the answer does not take the arrays whole, it gets their numbers one by one: the record then has
    ``each``, a list of records. What is not callable becomes ``kind = "not-callable"``.
    """
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type(answer).__name__
        return
    calls: dict[str, Any] = {}
    evidence["calls"] = calls
    for wanted in inputs["calls"]:
        arguments = {a["name"]: build(a) for a in wanted["arguments"]}
        calls[wanted["id"]] = record = call(answer, arguments, wanted.get("results"))
        if wanted.get("each") and not _whole(record, wanted):
            record["each"] = _one_by_one(answer, wanted)


def _whole(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    result = record["result"]
    shapes = [a["array"]["shape"] for a in wanted["arguments"] if "array" in a]
    return result is not None and result.get("shape") == shapes[0]


def _one_by_one(answer: Any, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    built = {a["name"]: build(a) for a in wanted["arguments"]}
    size = next(v.size for v in built.values() if isinstance(v, np.ndarray))
    columns = {n: v.ravel().tolist() if isinstance(v, np.ndarray) else [v] * size for n, v in built.items()}
    return [call(answer, {n: column[i] for n, column in columns.items()}) for i in range(size)]
