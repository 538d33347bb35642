"""The picture of a report: the answer's curve over the right one, and the same in words."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from autograder.exercise import Picture

RIGHT_CURVE, YOURS, NO_NUMBER = "#56a3d4", "#b5430a", "#6b6b6b"
"""Blue, vermilion and grey differ for colour-blind readers too; the lines also differ in width."""

_HATCHED: dict[str, Any] = {"facecolor": "none", "edgecolor": NO_NUMBER, "hatch": "////"}

Interval = tuple[float, float]


def draw(picture: Picture) -> bytes:
    """A PNG of the answer's curve (thin) over the right one (broad), the wrong region shaded.

    The student's own pyplot state and style are not touched: no pyplot, and Matplotlib's defaults inside.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        figure = Figure(figsize=(6.4, 3.0), dpi=150)
        canvas = FigureCanvasAgg(figure)
        # A fixed frame: Matplotlib takes longer to find a tight one than to draw it all.
        _draw_curves(figure.add_axes((0.11, 0.15, 0.86, 0.72)), picture)
        buffer = io.BytesIO()
        canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def describe(picture: Picture) -> str:
    """The picture in words: its range, where the curves differ, the widest gap, where numbers are missing."""
    first, last = picture.x[0], picture.x[-1]
    sentences = [
        f"Your curve over the right one, {picture.y_label} for {picture.x_label} from "
        f"{number(first)} to {number(last)}."
    ]
    missing = without_number(picture)
    if picture.wrong:
        sentences.append(f"Shaded, where they differ: {_places(picture.wrong, picture.x_label)}.")
    if missing:
        sentences.append(f"Hatched, where yours has no finite value: {_places(missing, picture.x_label)}.")
    if not picture.wrong and not missing:
        sentences.append("In this picture the two lie on each other.")
    elif (widest := _widest_gap(picture)) is not None:
        x, yours, expected = widest
        sentences.append(
            f"The widest gap drawn is at {picture.x_label} = {number(x)}: "
            f"yours {number(yours)}, right {number(expected)}."
        )
    if any(leaving := _leaves(picture)):
        upward, downward = leaving
        where = (
            "at the top and at the bottom"
            if upward and downward
            else "at the top"
            if upward
            else "at the bottom"
        )
        sentences.append(f"Yours runs out of the picture {where}.")
    return " ".join(sentences)


def number(value: float) -> str:
    """Six significant digits with a real minus sign."""
    return f"{value:.6g}".replace("-", "−")


def without_number(picture: Picture) -> tuple[Interval, ...]:
    """The x-intervals in which the right curve has a value and the answer's has none."""
    lost = [
        not _finite(yours) and _finite(expected)
        for yours, expected in zip(picture.yours, picture.expected, strict=True)
    ]
    return tuple((picture.x[start], picture.x[end]) for start, end in _runs(lost))


def _draw_curves(axes: Any, picture: Picture) -> None:
    low, high = _window(picture)
    if picture.symmetric_log:
        axes.set_yscale("symlog", linthresh=_smallest_of_interest(picture))
        axes.yaxis.get_major_locator().set_params(numticks=6)
        axes.yaxis.set_major_formatter(lambda value, _: number(value))
    for wrong in picture.wrong:
        axes.axvspan(*_at_least_visible(wrong, picture), facecolor=YOURS, alpha=0.13, linewidth=0)
    for lost in without_number(picture):
        axes.axvspan(*_at_least_visible(lost, picture), **_HATCHED, linewidth=0)
    axes.plot(picture.x, _numbers(picture.expected, low, high), color=RIGHT_CURVE, linewidth=5, alpha=0.75)
    axes.plot(picture.x, _numbers(picture.yours, low, high), color=YOURS, linewidth=1.6)
    axes.set(xlim=(picture.x[0], picture.x[-1]), ylim=(low, high))
    axes.set_xlabel(picture.x_label, labelpad=1)
    axes.set_title(picture.y_label, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#9a9a9a")
    axes.tick_params(color="#9a9a9a", labelcolor="#333333")
    axes.grid(color="#e4e4e4", linewidth=0.7)
    axes.set_axisbelow(True)
    _draw_legend(axes, picture)


def _draw_legend(axes: Any, picture: Picture) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[tuple[Any, str]] = [
        (Line2D([], [], color=RIGHT_CURVE, linewidth=5, alpha=0.75), "right"),
        (Line2D([], [], color=YOURS, linewidth=1.6), "yours"),
    ]
    if picture.wrong:
        entries.append((Patch(facecolor=YOURS, alpha=0.2), "they differ"))
    if without_number(picture):
        entries.append((Patch(**_HATCHED), "yours has no number"))
    handles, labels = zip(*entries, strict=True)
    axes.legend(
        handles,
        labels,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        borderaxespad=0.2,
        ncols=len(entries),
        frameon=False,
        handlelength=1.4,
        handletextpad=0.5,
        columnspacing=1.2,
        fontsize=9,
        labelcolor="#333333",
    )


def _window(picture: Picture) -> Interval:
    """The y-range: all of the right curve, and the answer's while it stays within half a height of it."""
    right = [value for value in picture.expected if _finite(value)]
    yours = [value for value in picture.yours if _finite(value)]
    low, high = (min(right), max(right)) if right else (0.0, 1.0)
    height = high - low or max(abs(high), 1.0)
    room = 9 * height if picture.symmetric_log else 0.5 * height
    low, high = (
        min([low, *(max(value, low - room) for value in yours)]),
        max([high, *(min(value, high + room) for value in yours)]),
    )
    if picture.symmetric_log:
        margin = _smallest_of_interest(picture)
        return (1.6 * low if low < 0 else low - margin / 2, 1.6 * high if high > 0 else high + margin / 2)
    margin = 0.06 * (high - low or 1.0)
    return low - margin, high + margin


def _leaves(picture: Picture) -> tuple[bool, bool]:
    """Whether the answer's curve runs out of the picture at the top, and at the bottom."""
    low, high = _window(picture)
    yours = [value for value in picture.yours if _finite(value)]
    return any(value > high for value in yours), any(value < low for value in yours)


def _smallest_of_interest(picture: Picture) -> float:
    sizes = [abs(value) for value in picture.expected if _finite(value) and value != 0]
    return max(min(sizes), max(sizes) * 1e-8) if sizes else 1.0


def _numbers(values: Sequence[float | None], low: float, high: float) -> list[float]:
    """Values to draw: nothing where there is no number, and none so far out that the drawing overflows."""
    far = 10 * (high - low)
    return [min(max(v, low - far), high + far) if _finite(v) else math.nan for v in values]


def _at_least_visible(interval: Interval, picture: Picture) -> Interval:
    least = 0.006 * (picture.x[-1] - picture.x[0])
    start, end = interval
    missing = max(least - (end - start), 0.0) / 2
    return start - missing, end + missing


def _widest_gap(picture: Picture) -> tuple[float, float, float] | None:
    gaps = [
        (abs(yours - expected), x, yours, expected)
        for x, yours, expected in zip(picture.x, picture.yours, picture.expected, strict=True)
        if _finite(yours) and _finite(expected)
    ]
    widest = max(gaps, default=None)
    if widest is None or number(widest[2]) == number(widest[3]):
        return None
    return widest[1:]


def _places(intervals: Sequence[Interval], name: str) -> str:
    shown = [
        f"{name} = {number(a)}" if a == b else f"{name} from {number(a)} to {number(b)}"
        for a, b in intervals[:3]
    ]
    if len(intervals) > 3:
        shown.append(f"{len(intervals) - 3} more places")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index - 1
            start = None


def _finite(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
