"""The picture of a report: the answer's curve over the right one, and the same in words."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from autograder.curves import (
    Interval,
    differing,
    finite,
    runs_out,
    smallest_size,
    telling_apart,
    widest_gap,
    without_number,
    y_range,
)
from autograder.verdict import Picture

RIGHT_CURVE, YOURS, NO_NUMBER = "#56a3d4", "#b5430a", "#6b6b6b"
"""Blue, vermilion and grey differ for colour-blind readers too; the lines also differ in width."""

HAIR = 2e-4
"""Of the picture's height, which is some 300 pixels."""

TOO_LITTLE = "by too little to see"

_HATCHED: dict[str, Any] = {"facecolor": "none", "edgecolor": NO_NUMBER, "hatch": "////"}


def draw(picture: Picture) -> bytes:
    """A PNG of the answer's curve (thin) over the right one (broad), the wrong region shaded.

    The student's own pyplot state and style are not touched: no pyplot, and Matplotlib's defaults inside.
    Answers whose curves look the same get the same picture: it is drawn once.
    """
    return _drawn(replace(picture, yours=tuple(_as_seen(picture))))


def _as_seen(picture: Picture) -> Iterator[float | None]:
    """The answer's values to four digits; the right one where a tenth of a pixel cannot tell them apart."""
    low, high = y_range(picture)
    for yours, expected in zip(picture.yours, picture.expected, strict=True):
        if not finite(yours):
            yield None
        elif finite(expected) and abs(yours - expected) < HAIR * (
            abs(expected) if picture.symmetric_log else high - low
        ):
            yield expected
        else:
            yield float(f"{yours:.4g}")


def _lie_on_each_other(picture: Picture) -> bool:
    """Whether the two curves differ by less than can be seen, wherever there are both."""
    pairs = zip(_as_seen(picture), picture.expected, strict=True)
    return all(yours == expected for yours, expected in pairs if finite(yours))


@lru_cache(maxsize=64)
def _drawn(picture: Picture) -> bytes:
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        figure = Figure(figsize=(6.4, 3.0), dpi=150)
        canvas = FigureCanvasAgg(figure)
        # A fixed frame: Matplotlib takes longer to find a tight one than to draw it all.
        _draw_curves(figure.add_axes((0.12, 0.15, 0.85, 0.72)), picture)
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
    if wrong := differing(picture):
        little = f", {TOO_LITTLE}" if _lie_on_each_other(picture) else ""
        sentences.append(f"Shaded, where they differ{little}: {_places(wrong, picture.x_label)}.")
    if missing:
        sentences.append(f"Hatched, where yours has no finite value: {_places(missing, picture.x_label)}.")
    if not picture.wrong and not missing:
        sentences.append("In this picture the two lie on each other.")
    elif (gap := widest_gap(picture)) and number(gap.yours) != number(gap.expected):
        digits = telling_apart(gap.yours, gap.expected)
        sentences.append(
            f"The widest gap drawn is at {picture.x_label} = {number(gap.x)}: "
            f"yours {number(gap.yours, digits)}, right {number(gap.expected, digits)}."
        )
    places = [place for place, out in zip(("bottom", "top"), runs_out(picture), strict=True) if out]
    if places:
        sentences.append(f"Yours runs out of the picture at the {' and the '.join(places)}.")
    return " ".join(sentences)


def number(value: float, digits: int = 6) -> str:
    """So many significant digits with a real minus sign."""
    return f"{value:.{digits}g}".replace("-", "−")


def _draw_curves(axes: Any, picture: Picture) -> None:
    low, high = y_range(picture)
    if picture.symmetric_log:
        least = smallest_size(picture)
        axes.set_yscale("symlog", linthresh=least, linscale=0.4)
        axes.set_yticks(ticks := _powers_of_ten(low, high, least), [number(tick) for tick in ticks])
    for wrong in differing(picture):
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
    axes.minorticks_off()
    _draw_legend(axes, picture)


def _draw_legend(axes: Any, picture: Picture) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    entries: list[tuple[Any, str]] = [
        (Line2D([], [], color=RIGHT_CURVE, linewidth=5, alpha=0.75), "right"),
        (Line2D([], [], color=YOURS, linewidth=1.6), "yours"),
    ]
    if differing(picture):
        little = f", {TOO_LITTLE}" if _lie_on_each_other(picture) else ""
        entries.append((Patch(facecolor=YOURS, alpha=0.2), f"they differ{little}"))
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


def _powers_of_ten(low: float, high: float, least: float) -> list[float]:
    """At most about eight ticks: outward from ``least``, and 0 where the picture crosses it."""
    crosses = low < -least
    least = 8 * least if crosses else least  # room for the 0
    first, last = math.ceil(math.log10(least)), math.floor(math.log10(max(-low, high, 10 * least)))
    step = 1 + (last - first) // (4 if crosses else 7)
    sizes = [10.0**power for power in range(last, first - 1, -step)]
    ticks = [0.0, *(-size for size in sizes), *sizes]
    return sorted(tick for tick in ticks if low <= tick <= high and (tick or crosses))


def _numbers(values: Sequence[float | None], low: float, high: float) -> list[float]:
    """Values to draw: nothing where there is no number, and none so far out that the drawing overflows."""
    far = 10 * (high - low)
    return [min(max(v, low - far), high + far) if finite(v) else math.nan for v in values]


def _at_least_visible(interval: Interval, picture: Picture) -> Interval:
    least = 0.006 * (picture.x[-1] - picture.x[0])
    start, end = interval
    missing = max(least - (end - start), 0.0) / 2
    return start - missing, end + missing


def _places(intervals: Sequence[Interval], name: str) -> str:
    shown = [
        f"{name} = {number(a)}" if a == b else f"{name} from {number(a)} to {number(b)}"
        for a, b in intervals[:3]
    ]
    if len(intervals) > 3:
        shown.append(f"{len(intervals) - 3} more places")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
