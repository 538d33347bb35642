"""What can be read off a report's two curves: missing numbers, the widest gap, the y-range to draw."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeGuard

from autograder.verdict import Picture

Interval = tuple[float, float]


class Gap(NamedTuple):
    """A place where both curves have a value, and the two values."""

    x: float
    yours: float
    expected: float


def without_number(picture: Picture) -> tuple[Interval, ...]:
    """The x-intervals in which the right curve has a value and the answer's has none."""
    lost = [
        not finite(yours) and finite(expected)
        for yours, expected in zip(picture.yours, picture.expected, strict=True)
    ]
    return tuple((picture.x[start], picture.x[end]) for start, end in _runs(lost))


def differing(picture: Picture) -> tuple[Interval, ...]:
    """The wrong x-intervals but those in which the answer has no value anywhere."""
    lost = without_number(picture)
    return tuple((a, b) for a, b in picture.wrong if not any(low <= a and b <= high for low, high in lost))


def widest_gap(picture: Picture) -> Gap | None:
    """Where the curves are furthest apart; None where no value of both is at hand."""
    gaps = [
        Gap(x, yours, expected)
        for x, yours, expected in zip(picture.x, picture.yours, picture.expected, strict=True)
        if finite(yours) and finite(expected)
    ]
    return max(gaps, key=lambda gap: abs(gap.yours - gap.expected), default=None)


def y_range(picture: Picture) -> Interval:
    """All of the right curve, and the answer's while it stays within half a height of it."""
    right = [value for value in picture.expected if finite(value)]
    yours = [value for value in picture.yours if finite(value)]
    low, high = (min(right), max(right)) if right else (0.0, 1.0)
    height = high - low or max(abs(high), 1.0)
    room = 9 * height if picture.symmetric_log else 0.5 * height
    low, high = (
        min([low, *(max(value, low - room) for value in yours)]),
        max([high, *(min(value, high + room) for value in yours)]),
    )
    if picture.symmetric_log:
        least = smallest_size(picture)
        return (1.6 * low if low < 0 else low - least / 2, 1.6 * high if high > 0 else high + least / 2)
    margin = 0.06 * (high - low or 1.0)
    return low - margin, high + margin


def runs_out(picture: Picture) -> tuple[bool, bool]:
    """Whether the answer's curve leaves that range at the bottom, and at the top."""
    low, high = y_range(picture)
    yours = [value for value in picture.yours if finite(value)]
    return any(value < low for value in yours), any(value > high for value in yours)


def smallest_size(picture: Picture) -> float:
    """The smallest size of the right curve that a logarithmic axis shows, eight powers of ten at most."""
    sizes = [abs(value) for value in picture.expected if finite(value) and value != 0]
    return max(min(sizes), max(sizes) * 1e-8) if sizes else 1.0


def telling_apart(yours: float, expected: float) -> int:
    """Significant digits that show two digits of the gap between two numbers: six at least, 17 at most."""
    gap, size = abs(yours - expected), max(abs(yours), abs(expected))
    if not (gap > 0 and math.isfinite(gap)):
        return 6
    return min(max(6, 2 + math.ceil(math.log10(size) - math.log10(gap))), 17)


def finite(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index - 1
            start = None
