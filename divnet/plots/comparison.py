"""Many models beside the true quotient while one number moves: what they answer, and how far off they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.comparing import MADE_FOR, Model, quotient_curve, true_quotient
from divnet.picture import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    Plot,
    new_figure,
    number,
    style,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALLEST_ERROR = 1e-17
"""What an error of 0 is drawn as: a logarithm has no place for 0."""

_DRAWABLE = 1e60
"""What is larger than this, or smaller than its inverse, is left out: no axis can show it."""

_COLOURS = (BLUE, SKY, VERMILLION, GREEN, PURPLE, BLACK, ORANGE)
_LINES = ("-", (0, (1, 1)), (0, (5, 1)), "-.", (0, (3, 1, 1, 1, 1, 1)), (0, (7, 2)), ":")
_MARKERS = ("o", "x", "s", "^", "v", "D", "P", "*")


def looks(position: int) -> dict[str, Any]:
    """Return colour, line and marker of the model at that position: no two share all three."""
    return {
        "color": _COLOURS[position % len(_COLOURS)],
        "linestyle": _LINES[position % len(_LINES)],
        "marker": _MARKERS[position % len(_MARKERS)],
    }


def show_comparison(
    models: Mapping[str, Model],
    a: float,
    b: float,
    moving: str = "a",
    low: float = MADE_FOR[0],
    high: float = MADE_FOR[1],
    *,
    logarithmic: bool = False,
    points: int = 300,
) -> Plot:
    """Draw every model's quotients, and their errors, while a (or b) goes from low to high.

    models: by name; each takes pairs (n, 2) and gives quotient/100. The number that does not move stays.
    logarithmic: steps of equal ratio and logarithmic axes, for ranges over many powers of ten (low > 0).
    """
    spread = np.geomspace if logarithmic else np.linspace
    x = spread(low, high, points)
    inputs = (x, np.full_like(x, b)) if moving == "a" else (np.full_like(x, a), x)
    truth = true_quotient(*inputs)
    here, fixed = (a, f"b = {number(b, 6)}") if moving == "a" else (b, f"a = {number(a, 6)}")
    worst = []
    with style():
        figure = new_figure(9.6, 4.6)
        left, right = figure.subplots(1, 2)
        left.plot(
            x, _drawable(truth), color="#C8C8C8", linewidth=7, solid_capstyle="butt", label="true quotient"
        )
        for position, (name, model) in enumerate(models.items()):
            answers = quotient_curve(model, *inputs)
            error = np.abs(answers - truth)
            how = {**looks(position), "markevery": (4 * position % 30, 30), "markersize": 5, "linewidth": 1.5}
            silent = "" if np.isfinite(answers).any() else " (no answer)"
            left.plot(x, _drawable(answers), **how, label=f"{name}{silent}")
            right.plot(x, _drawable(np.maximum(error, SMALLEST_ERROR)), **how)
            worst.append(f"{name} {_bound(error)}")
        if not any(np.isfinite(line.get_ydata()).any() for line in right.lines):
            right.set_ylim(SMALLEST_ERROR, 1.0)  # a logarithmic axis needs a number
        names = f"{moving} (with {fixed})"
        left.set(xlabel=names, ylabel="quotient", title="What they answer")
        right.set(
            xlabel=names, ylabel="|answer − true quotient|", title="How far off, on a logarithmic scale"
        )
        right.set(yscale="log")
        if not logarithmic:
            for ax in (left, right):
                ax.set_xticks([1, 5, 10, 15, 20])
        else:
            left.set(xscale="log")
            right.set(xscale="log")
            if np.nanmin(_drawable(truth), initial=1.0) > 0 and np.isfinite(_drawable(truth)).any():
                left.set(yscale="log")
        for ax in (left, right):
            ax.set_xlim(low, high)
            _mark(ax, here, low, high)
        figure.legend(loc="outside lower center", ncols=4)
    moved = f"{moving} goes from {number(low, 4)} to {number(high, 4)}, with {fixed}"
    return Plot(figure, f"{moved}. Errors of the quotient on the way: {'; '.join(worst)}.")


def _drawable(values: np.ndarray) -> np.ndarray:
    size = np.abs(values)
    return np.where((values == 0.0) | ((size < _DRAWABLE) & (size > 1 / _DRAWABLE)), values, np.nan)


def _mark(ax: Axes, here: float, low: float, high: float) -> None:
    """Mark where the moving number stands now, and, in a wider range, what the models were made for."""
    if low <= here <= high:
        ax.axvline(here, color=GREY, linewidth=1, linestyle=":")
    if low < MADE_FOR[0] or high > MADE_FOR[1]:
        ax.axvspan(*MADE_FOR, color="#EEEEEE", zorder=0)
        ax.text(
            float(np.sqrt(MADE_FOR[0] * MADE_FOR[1])),
            0.98,
            "made for\nthese",
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="top",
            fontsize=8,
            color=GREY,
        )


def _bound(errors: np.ndarray) -> str:
    """Return the power of ten below which all errors stay, in words; the fine ones only."""
    errors = errors[np.isfinite(errors)]
    if errors.size == 0:
        return "has no answer"
    largest = max(float(errors.max()), SMALLEST_ERROR)
    if largest > 0.01:
        return "more than 0.01 in places"
    return f"below {number(10.0 ** np.ceil(np.log10(largest) + 1e-9))}"
