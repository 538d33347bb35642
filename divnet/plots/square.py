"""Pictures over the square of inputs, 1 ≤ a, b < 20: the error as colours, lines of equal value."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.data import division_grid
from divnet.picture import BLACK, Plot, new_figure, number, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def show_error_map(divide: Callable[..., Any], *, title: str | None = None) -> Plot:
    """Draw |divide(a, b) − a/b/100| over the square [1, 19.99]², on a logarithmic scale of colours.

    divide: a function of two arrays, elementwise.
    """
    a, b = np.meshgrid(division_grid(0.1), division_grid(0.1))
    error = np.abs(np.asarray(divide(a, b), dtype=np.float64) - a / b / 100)
    with style():
        figure = new_figure(5.6, 4.4)
        ax = figure.subplots()
        image = error_map(ax, error)
        figure.colorbar(image, ax=ax, extend="both", label="|output − a/b/100|")
        ax.set_title(title or "How wrong the network is")
    return Plot(figure, error_words(error))


def show_level_lines(
    function: Callable[..., Any], levels: list[float], *, title: str = "Lines of equal value"
) -> Plot:
    """Draw where function(a, b) has these values, on logarithmic scales of a and b from 1 to 19.99.

    function: of two arrays, elementwise; it takes each value somewhere on the diagonal a = b.
    """
    axis = division_grid(0.2)
    a, b = np.meshgrid(axis, axis)
    diagonal = np.interp(levels, np.asarray(function(axis, axis)), axis)  # where each line gets its number
    ticks = [1, 2, 5, 10, 20]
    with style():
        figure = new_figure(5.0, 4.4)
        ax = figure.subplots()
        ax.set(xscale="log", yscale="log", xlabel="a", ylabel="b", title=title)
        lines = ax.contour(a, b, np.asarray(function(a, b)), levels, colors=BLACK)
        ax.clabel(lines, manual=[(x, x) for x in diagonal])
        ax.set(xticks=ticks, xticklabels=ticks, yticks=ticks, yticklabels=ticks)
    values = ", ".join(number(level) for level in levels)
    return Plot(figure, f"{title}, for the values {values}, on logarithmic scales of a and b.")


def error_map(ax: Axes, error: np.ndarray) -> Any:
    """Draw the errors over the input square and return the image; its data can be replaced."""
    from matplotlib.colors import LogNorm

    image = ax.imshow(
        np.maximum(error, 1e-300),  # a logarithm has no place for 0
        origin="lower",
        extent=(1, 19.99, 1, 19.99),
        norm=LogNorm(1e-9, 1e-1),
        interpolation="nearest",
    )
    ax.set(xlabel="a (divided)", ylabel="b (divides)", xticks=[1, 5, 10, 15, 20], yticks=[1, 5, 10, 15, 20])
    ax.grid(False)
    return image


def error_words(error: np.ndarray) -> str:
    """Return what an error map shows, in words."""
    if not np.all(np.isfinite(error)):
        share = np.mean(~np.isfinite(error))
        return f"Over the square of inputs, the output is no finite number at {share:.0%} of the places."
    return (
        f"Over the square of inputs 1 ≤ a, b < 20, the output differs from a/b/100 "
        f"by {number(error.mean(), 2)} on average and by {number(error.max(), 2)} at most."
    )
