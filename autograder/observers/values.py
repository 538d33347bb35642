"""Observes an answer that is a value (weights) and no function."""

from __future__ import annotations

from typing import Any

from autograder.observers.calling import call


def observe_value(answer: Any, inputs: dict[str, Any], evidence: dict[str, Any]) -> None:
    """Fill ``evidence["value"]``: ``answer`` read as a group of ``inputs["results"]`` arrays."""
    evidence["value"] = call(lambda: answer, {}, inputs.get("results"))
