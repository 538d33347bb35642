"""Mistakes of form that all answers share which are, or give, (W1, b1, W2, b2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from autograder.exercise import Mistake
from autograder.kinds.comparison import Problem
from autograder.kinds.nine_numbers import NAMES, NOT_FINITE


class Formed(Protocol):
    """An observation that knows what is wrong with the form."""

    @property
    def flaws(self) -> Sequence[Problem]: ...


def _shaped(seen: Formed) -> bool:
    return any("has shape" in p.what for p in seen.flaws)


def _apart(seen: Formed) -> bool:
    parts = tuple(f"for {name}" for name in NAMES)
    return any(not p.where.startswith(parts) for p in seen.flaws)


NINE_NUMBERS_FORM: tuple[Mistake[Any], ...] = (
    Mistake(
        "not-four",
        did="is no tuple of four arrays",
        tempting="nine numbers can be grouped in many ways",
        shows="Expected is a tuple of four arrays, (W1, b1, W2, b2), nine numbers in all.",
        hint="Which four arrays describe two layers?",
        fits=_apart,
    ),
    Mistake(
        "wrong-shapes",
        did="has arrays of other shapes",
        tempting="a row and a column hold the same numbers",
        shows="The shapes count, not the numbers alone: the network computes with matrices.",
        hint="How many go in, and how many come out, of each layer?",
        fits=_shaped,
    ),
    Mistake(
        "not-finite",
        did="has NaN or infinity among its numbers",
        tempting="NumPy goes on computing with them, and says hardly anything",
        shows="Once there is NaN or infinity, whatever is computed with it is no number either.",
        hint="Print the four arrays: which of them has it, and which line made it?",
        fits=lambda seen: any(NOT_FINITE in p.what for p in seen.flaws),
    ),
    Mistake(
        "not-numbers",
        did="has something among its four parts that is no array of numbers",
        tempting="a name is quickly mixed up",
        shows="Each of the four parts is an array of numbers; not all of yours are.",
        hint="Print the four parts, one by one: which of them is none?",
        fits=lambda seen: bool(seen.flaws),
    ),
)
