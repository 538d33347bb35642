"""What was observed of an answer that takes a tensor: values and gradients, decoded call by call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from autograder.kinds.comparison import Reading

VALUE, GRADIENT = OUTPUTS = (0, 1)
FLOATS = ("float32", "float64")
SMALL = (3000, 4e8)
"""So many smallest normal numbers count as 0, of values and of gradients: where 501379254 / (4596191 · u²) is
below 501379254 / 4 of them, as the deck writes it, its denominator overflows; upstream is 3 at most."""

Both = tuple[np.ndarray, np.ndarray]
"""Of the value, and of the gradient."""


@dataclass(frozen=True)
class Call:
    """One call, the answer applied ``times`` times in a row, ``compiled`` by the framework or not.

    ``part`` names each x's branch; ``ordinary`` are those that are neither huge, tiny nor near a branch's
    pole. ``raised`` is the error's text, ``line`` the last line of the answer's that it came through,
    ``returned`` the type of what came back in place of a tensor of numbers, ``tensor`` whether it was one of
    the framework's.
    """

    name: str
    dtype: str
    compiled: bool
    times: int
    x: np.ndarray
    upstream: np.ndarray
    part: np.ndarray
    ordinary: np.ndarray
    readings: tuple[Reading, Reading]
    exact: Both
    right: Both
    raised: str
    line: int | None
    returned: str
    tensor: bool

    @property
    def failed(self) -> bool:
        return self.readings[VALUE].numbers is None

    @property
    def all_right(self) -> bool:
        return not self.failed and all(bool(self.right[output].all()) for output in OUTPUTS)


class Points(NamedTuple):
    """The points of all calls that apply the answer once, in a row; NaN where it gave no number."""

    x: np.ndarray
    single: np.ndarray
    part: np.ndarray
    ordinary: np.ndarray
    given: Both
    exact: Both
    right: Both
    called: Both


@dataclass(frozen=True)
class Observation:
    """Every call by its name, and what the tensors were of.

    ``registered``: whether a gradient of the answer's own was seen; None where that cannot be told.
    """

    calls: Mapping[str, Call]
    framework: str
    registered: bool | None

    def row(self, of: Callable[[Call], Any]) -> np.ndarray:
        """Something of every point of ``points``."""
        once = [call for call in self.calls.values() if call.times == 1 and call.x.size]
        return np.concatenate([np.broadcast_to(of(call), call.x.shape).ravel() for call in once])

    @cached_property
    def points(self) -> Points:
        def numbers(reading: Reading) -> np.ndarray | float:
            return np.nan if reading.numbers is None else reading.numbers

        def both(of: Callable[[Call, int], Any]) -> Both:
            return self.row(lambda call: of(call, VALUE)), self.row(lambda call: of(call, GRADIENT))

        return Points(
            self.row(lambda call: call.x),
            self.row(lambda call: call.dtype == "float32"),
            self.row(lambda call: call.part),
            self.row(lambda call: call.ordinary),
            both(lambda call, output: numbers(call.readings[output])),
            both(lambda call, output: call.exact[output]),
            both(lambda call, output: call.right[output]),
            both(lambda call, output: call.readings[output].numbers is not None),
        )

    @property
    def arrays(self) -> list[Call]:
        """The calls with a long row, one of each dtype."""
        return [self.calls[dtype] for dtype in FLOATS]

    def values_right(self, *, where: np.ndarray | bool = True) -> bool:
        """Whether there are values, and all of them are right."""
        asked = self.points.called[VALUE] & where
        return bool(asked.any() and self.points.right[VALUE][asked].all())

    def raised(self, text: str) -> bool:
        """Whether some call raised an error with that text in it."""
        return any(text in call.raised for call in self.calls.values())
