"""Observes a function that draws data: what it draws, and from which source of chance."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.observers.calling import call
from autograder.observers.guarding import type_name

GLOBAL = ("np.random", "random")
"""The generators that a whole process shares."""

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
        evidence["type"] = type_name(answer)
        return
    calls: dict[str, Any] = {}
    evidence["calls"] = calls
    for wanted in asked_for(inputs["calls"], calls):
        size, generator = wanted["size"], np.random.default_rng(wanted["seed"])
        arguments = {"size": size, "rng": generator}
        fresh, before = str(generator.bit_generator.state), _global_random()
        calls[wanted["id"]] = record = call(answer, arguments, wanted["results"])
        after = _global_random()
        record["advanced"] = str(generator.bit_generator.state) != fresh
        record["global_random"] = [name for name in before if before[name] != after[name]]
        if wanted["again"]:
            record["again"] = call(answer, arguments, wanted["results"])


def asked_for(wanted: list[dict[str, Any]], calls: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The calls that are made: all, or no more large ones where one gave too many. ``calls`` are the records
    so far; when the next call is asked for, the last one's record must be there.
    """
    too_many = False
    for one in wanted:
        if one["large"] and too_many:
            return
        yield one
        too_many |= _numbers(calls[one["id"]]["result"]) > MOST * one["size"]


def _global_random() -> dict[str, str]:
    """The states of the generators that a whole process shares."""
    of_numpy: Any = np.random.get_state()
    states = f"{of_numpy[1].tobytes()!r} {of_numpy[2:]}", str(random.getstate())
    return dict(zip(GLOBAL, states, strict=True))


def _numbers(result: dict[str, Any] | None) -> int:
    items = (result or {}).get("items", [result or {}])
    return sum(math.prod(item.get("shape", [0])) for item in items)
