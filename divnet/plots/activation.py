"""Deck D's activation, or one's own, and its slope, with a close look at both borders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.activation import DECK
from divnet.activation import activation as deck_activation
from divnet.picture import BLUE, GREEN, GREY, VERMILLION, Plot, new_figure, number, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def show_activation(
    activation: Callable[..., Any] = deck_activation,
    slope: Callable[..., Any] | None = None,
    *,
    title: str | None = None,
) -> Plot:
    """Draw deck D's activation, or one's own, and its slope where given; with a close look at both borders.

    activation, slope: functions x (n,) → (n,).
    """
    rows = [("activation", activation)] + ([("slope", slope)] if slope else [])
    looks = [(-5.0, 25.0, "all of it"), (-2e-6, 4e-6, "close to 0"), (14.0, 16.0, "close to 15")]
    words = []
    with style():
        figure = new_figure(9.0, 2.9 * len(rows))
        axes = figure.subplots(len(rows), 3, width_ratios=[2, 1, 1], squeeze=False)
        for (name, function), row in zip(rows, axes, strict=True):
            for (left, right, where), ax in zip(looks, row, strict=True):
                _draw_pieces(ax, function, left, right)
                ax.set(xlabel="x", title=where)
                if where == "close to 0":
                    ax.xaxis.set_major_formatter(lambda x, _position: number(1e6 * x))
                    ax.set_xlabel("x in millionths")
                if name == "slope" and where != "close to 15":  # there it only falls by half
                    ax.set_yscale("log")
            row[0].set_ylabel(f"{name} at x")
            for border in (0.0, DECK.border):
                before, after = (float(v) for v in function(np.nextafter([border, border], [-1e9, 1e9])))
                words.append(
                    f"At {border:g} the {name} goes from {number(before)} to {number(after)}, a step of "
                    f"{number(after - before, 2)}."
                )
        row = axes[0]
        row[0].legend(loc="lower right")
        figure.suptitle(title or "The activation: exponential, logarithm, tail", x=0.01, ha="left")
    return Plot(figure, " ".join(["The activation drawn from −5 to 25, close to 0 and close to 15.", *words]))


def _draw_pieces(ax: Axes, function: Callable[..., Any], left: float, right: float) -> None:
    """Draw a function's three branches apart, so that a step between two of them is seen as a gap."""
    borders = [-np.inf, 0.0, DECK.border, np.inf]
    looks = [("exponential", BLUE, "-"), ("logarithm", VERMILLION, "--"), ("tail", GREEN, "-.")]
    for (name, colour, line), low, high in zip(looks, borders, borders[1:], strict=False):
        start, end = max(left, np.nextafter(low, np.inf)), min(right, high)
        if start < end:
            x = np.linspace(start, end, 400)
            ax.plot(x, function(x), color=colour, linestyle=line, label=name)
    for border in (0.0, DECK.border):
        if left < border < right:
            ax.axvline(border, color=GREY, linewidth=0.8, linestyle=":")
