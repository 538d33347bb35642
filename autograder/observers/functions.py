"""Observes an answer that is a function: calls it as the probe lists."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.observers.arguments import build
from autograder.observers.calling import call
from autograder.observers.encoding import ONE, decode, most_numbers
from autograder.observers.guarding import type_name
from autograder.observers.own_time import OwnTime
from autograder.observers.reading import spoken_of

SECONDS = 1.0
"""How long calls are made a second time at the end: a function of its arguments gives the same again."""


def observe_function(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: one record for each of ``inputs["calls"]``, by id.

    A call is ``{"id", "arguments": [{"name", ...}], "results": None | n, "each": bool}``. Where ``each`` is
    set and the answer does not take the arrays whole, it gets their numbers one by one: the record then has
    ``each``, a list of records. ``evidence["unsteady"]`` is the id of a call that came out otherwise when
    made again, ``evidence["tensors"]`` the framework whose tensors had to take the place of arrays, if any.
    What is not callable becomes ``kind = "not-callable"``.
    """
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type_name(answer)
        return
    calls: dict[str, Any] = {}
    evidence["calls"], evidence["tensors"] = calls, None
    if _only_tensors(answer, inputs["calls"][0]):
        answer, evidence["tensors"] = _with_tensors(answer), "torch"
    size = len(inputs["calls"])
    for wanted in inputs["calls"]:
        arguments = {a["name"]: build(a) for a in wanted["arguments"]}
        results = wanted.get("results")
        calls[wanted["id"]] = record = call(answer, arguments, results, most_numbers(size, results))
        if wanted.get("each") and not is_whole(record, wanted):
            record["each"] = _one_by_one(answer, wanted)
    _again(answer, inputs["calls"], evidence)


def _only_tensors(answer: Any, wanted: dict[str, Any]) -> bool:
    """Whether an answer that speaks of PyTorch takes its tensors and no arrays of NumPy.

    Functions of TensorFlow and JAX make tensors of arrays themselves.
    """
    if "torch" not in spoken_of(answer) or not any("array" in a for a in wanted["arguments"]):
        return False

    def works(function: Any) -> bool:
        arguments = {a["name"]: build(a) for a in wanted["arguments"]}
        return call(function, arguments, wanted.get("results"))["error"] is None

    return not works(answer) and works(_with_tensors(answer))


def _with_tensors(answer: Any) -> Any:
    """``answer``, handed tensors that share their memory with the arrays, and float64 ones for numbers."""
    import torch

    def tensor(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return torch.as_tensor(value)
        return torch.tensor(value, dtype=torch.float64) if isinstance(value, float) else value

    return lambda *arguments: answer(*map(tensor, arguments))


def _again(answer: Any, wanted: list[dict[str, Any]], evidence: dict[str, Any]) -> None:
    """Write into ``evidence["unsteady"]`` the id of the first call that comes out otherwise now."""
    own = OwnTime()
    for asked in wanted:
        if own.over(SECONDS):
            return
        first = evidence["calls"][asked["id"]]["result"]
        results = asked.get("results")
        arguments = {a["name"]: build(a) for a in asked["arguments"]}
        second = call(answer, arguments, results, most_numbers(len(wanted), results))["result"]
        if not _alike(first, second):
            evidence["unsteady"] = asked["id"]
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


def is_whole(record: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether the answer took the arrays of this call whole: something of their shape came back."""
    result = record["result"]
    shapes = [a["array"]["shape"] for a in wanted["arguments"] if "array" in a]
    return result is not None and result.get("shape") == shapes[0]


def _one_by_one(answer: Any, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    built = {a["name"]: build(a) for a in wanted["arguments"]}
    size = next(v.size for v in built.values() if isinstance(v, np.ndarray))
    columns = {n: v.ravel().tolist() if isinstance(v, np.ndarray) else [v] * size for n, v in built.items()}
    return [call(answer, {n: column[i] for n, column in columns.items()}, None, ONE) for i in range(size)]
