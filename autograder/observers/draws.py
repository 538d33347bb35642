"""Observes a function that draws data: what it draws, and from which source of chance."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from autograder.observers.calling import call

MOST = 4
"""Numbers for each row asked for; where a small call gives more, the large ones are not made."""


def observe_draws(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["calls"]``: ``answer(size, generator)`` for each of ``inputs["calls"]``, by id.

    A call is ``{"id", "size", "seed", "results", "again", "large"}``. Its record says
    besides whether the generator was ``advanced``, which ``global_random`` states were touched, and, in
    ``again``, what the same generator gave when asked once more.
    """
    if not callable(answer):
        evidence["kind"] = "not-callable"
        evidence["type"] = type(answer).__name__
        return
    calls: dict[str, Any] = {}
    evidence["calls"] = calls
    too_many = False
    for wanted in inputs["calls"]:
        if wanted["large"] and too_many:
            return
        size, generator = wanted["size"], np.random.default_rng(wanted["seed"])
        arguments = {"size": size, "rng": generator}
        fresh, before = str(generator.bit_generator.state), _global_random()
        calls[wanted["id"]] = record = call(answer, arguments, wanted["results"])
        after = _global_random()
        record["advanced"] = str(generator.bit_generator.state) != fresh
        record["global_random"] = [name for name in before if before[name] != after[name]]
        if wanted["again"]:
            record["again"] = call(answer, arguments, wanted["results"])
        too_many |= _numbers(record["result"]) > MOST * size


def _global_random() -> dict[str, str]:
    """The states of the generators that a whole process shares."""
    of_numpy: Any = np.random.get_state()
    return {"np.random": f"{of_numpy[1].tobytes()!r} {of_numpy[2:]}", "random": str(random.getstate())}


def _numbers(result: dict[str, Any] | None) -> int:
    items = (result or {}).get("items", [result or {}])
    return sum(int(np.prod(item.get("shape", [0]), dtype=float)) for item in items)
