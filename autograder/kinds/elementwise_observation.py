"""What an elementwise answer gave, decoded, and what is worth a remark though it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.kinds.comparison import Entry, Reading


class Call(NamedTuple):
    """One call: its x, its result read whole, each number of it beside the right one, what else it did."""

    x: np.ndarray
    reading: Reading
    entries: list[Entry]
    error: Mapping[str, Any] | None
    warnings: list[str]
    changed: bool
    result: Mapping[str, Any] | None


@dataclass(frozen=True)
class Observation:
    """What an answer gave: call by call, and in one row at all x of its two long arrays.

    In the row ``y`` is NaN where the answer gave no number (there ``called`` is false), ``part`` the branch's
    name. ``tensors``: it takes tensors of PyTorch alone.
    """

    calls: Mapping[str, Call]
    entries: list[Entry]
    x: np.ndarray
    y: np.ndarray
    exact: np.ndarray
    condition: np.ndarray
    right: np.ndarray
    part: np.ndarray
    called: np.ndarray
    tensors: bool

    @property
    def numbers(self) -> list[Call]:
        """The calls with a plain number."""
        return [call for name, call in self.calls.items() if name.startswith("number ")]

    @property
    def cut(self) -> bool:
        """Whether whole numbers lose the decimals of their results, where all else is right."""
        entries = self.calls["whole numbers"].entries
        wrong = [e for e in entries if not e.right]
        return bool(self.right.all() and wrong) and all(e.yours == np.trunc(e.expected) for e in wrong)

    @property
    def forms(self) -> tuple[bool, bool, bool]:
        """Whether numbers, a row and a table each give results of the right shape."""
        calls = self.numbers, [self.calls["array"]], [self.calls["table"]]
        numbers, row, table = (all(c.reading.problem is None for c in some) for some in calls)
        return numbers, row, table

    @property
    def changed(self) -> bool:
        """Whether some call wrote into the array that it was given."""
        return any(call.changed for call in self.calls.values())


def remarks(seen: Observation) -> list[str]:
    """On empty arrays, far outside the domain, warnings: of an answer that is right."""
    found = []
    if seen.tensors:
        found.append(
            "It takes tensors of PyTorch only, and got some. The cells that follow hand over NumPy arrays: "
            "torch.as_tensor makes tensors of them."
        )
    if error := seen.calls["empty"].error:
        found.append(f"It does not take an empty array ({error['type']}). This costs nothing.")
    for e in seen.calls["far"].entries:
        if not (e.right or abs(e.yours - e.expected) < 1e-30):
            what = (
                e.shown if e.problem else f"gives {e.shown.replace('nan', 'NaN').replace('inf', 'infinity')}"
            )
            found.append(
                f"Far outside, at {e.where}, it {what}; the formula gives {e.expected!r}. This costs nothing."
            )
            break
    if warned := seen.calls["picture"].warnings:
        found.append(
            f"While it ran, Python warned: {warned[0].rstrip('. ')}. The values count, not the warning."
        )
    return found
