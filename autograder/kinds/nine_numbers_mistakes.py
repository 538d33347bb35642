"""Mistakes of form that all answers share which are, or give, (W1, b1, W2, b2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from autograder.exercise import Mistake
from autograder.kinds.comparison import Problem


class Formed(Protocol):
    """An observation that knows what is wrong with the form."""

    @property
    def flaws(self) -> Sequence[Problem]: ...


def _shaped(seen: Formed) -> bool:
    return any("has shape" in p.what for p in seen.flaws)


NINE_NUMBERS_FORM: tuple[Mistake[Any], ...] = (
    Mistake(
        "wrong-shapes",
        did="has the right idea in arrays of other shapes",
        tempting="a row and a column hold the same numbers",
        shows="W1 and W2 are matrices that the network multiplies by: shapes count, not numbers alone.",
        hint="How many go in, and how many come out, of each layer?",
        fits=_shaped,
    ),
    Mistake(
        "not-four",
        did="is no tuple of four arrays",
        tempting="nine numbers can be grouped in many ways",
        shows="Expected is a tuple of four arrays, (W1, b1, W2, b2), nine numbers in all.",
        hint="Which four arrays describe two layers?",
        fits=lambda seen: bool(seen.flaws) and not _shaped(seen),
    ),
)
