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
    def changed(self) -> bool:
        """Whether some call wrote into the array that it was given."""
        return any(call.changed for call in self.calls.values())


def remarks(seen: Observation) -> list[str]:
    """On empty and whole-number arrays, far outside the domain, warnings: of an answer that is right."""
    found = []
    if seen.tensors:
        found.append(
            "It takes tensors of PyTorch only, and got some. The cells that follow hand over NumPy arrays: "
            "torch.as_tensor makes tensors of them."
        )
    if error := seen.calls["empty"].error:
        found.append(f"An empty array it does not take ({error['type']}). This costs nothing.")
    whole = seen.calls["whole numbers"]
    if whole.entries and all(e.yours == np.trunc(e.expected) for e in whole.entries):
        found.append(
            f"For whole numbers, np.array({whole.x.astype(int).tolist()}), it gives "
            f"{[e.yours for e in whole.entries]}: a result kept in an array of integers loses its decimals."
        )
    for e in seen.calls["far"].entries:
        if not (e.right or abs(e.yours - e.expected) < 1e-30):
            what = e.shown if e.problem else f"gives {e.shown}"
            found.append(
                f"Far outside, at {e.where}, it {what}; the formula gives {e.expected!r}. This costs nothing."
            )
            break
    if warned := seen.calls["picture"].warnings:
        found.append(
            f"While it ran, Python warned: {warned[0].rstrip('. ')}. The values count, not the warning."
        )
    return found
