"""Mistakes of form that all answers share which are, or give, (W1, b1, W2, b2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.comparison import Problem
from autograder.kinds.legacy import Misconception


def shape_mistakes(problems: Callable[[Inputs, Evidence], list[Problem]]) -> tuple[Mistake[Any], ...]:
    """Arrays of other shapes, and no four arrays at all; ``problems`` finds what is wrong with the form."""

    def shaped(inputs: Inputs, evidence: Evidence) -> bool:
        return any("has shape" in p.what for p in problems(inputs, evidence))

    def formless(inputs: Inputs, evidence: Evidence) -> bool:
        return bool(problems(inputs, evidence)) and not shaped(inputs, evidence)

    return (
        Misconception(
            "wrong-shapes",
            "has the right idea in arrays of other shapes",
            "a row and a column hold the same numbers",
            "W1 and W2 are matrices that the network multiplies by: shapes count, not numbers alone.",
            "How many go in, and how many come out, of each layer?",
            shaped,
        ),
        Misconception(
            "not-four",
            "is no tuple of four arrays",
            "nine numbers can be grouped in many ways",
            "Expected is a tuple of four arrays, (W1, b1, W2, b2), nine numbers in all.",
            "Which four arrays describe two layers?",
            formless,
        ),
    )
