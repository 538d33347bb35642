"""The loss landscape: the error on a line between two networks, in the plane of three, over two numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from divnet.data import division_grid
from divnet.network import Weights, forward
from divnet.picture import BLACK, BLUE, GREEN, ORANGE, VERMILLION, Plot, new_figure, number, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PAIRS = np.stack(np.meshgrid(division_grid(1.0), division_grid(1.0)), axis=-1)
_TARGETS = _PAIRS[..., :1] / _PAIRS[..., 1:] / 100
_LOOKS = [(VERMILLION, "s", "--"), (BLUE, "o", "-"), (GREEN, "^", "-."), (BLACK, "D", ":")]
_LOWEST = 1e-7  # what is below is drawn there


def show_error_line(first: Weights, second: Weights, *, names: tuple[str, str] = ("first", "second")) -> Plot:
    """Draw the mean absolute error on the straight way θ = (1 − t) first + t second, −0.2 ≤ t ≤ 1.2."""
    begin, end = _nine(first), _nine(second)
    t = np.linspace(-0.2, 1.2, 701)
    errors = np.array([_error_at((1 - s) * begin + s * end) for s in t])
    at = [_error_at(begin), _error_at(end)]
    between = (t > 0) & (t < 1)
    highest = int(np.argmax(np.where(between, errors, 0.0)))
    with style():
        figure = new_figure(7.2, 3.6)
        ax = figure.subplots()
        ax.plot(t, np.maximum(errors, _LOWEST), color=BLUE)
        for place, error, name, (colour, marker, _) in zip((0, 1), at, names, _LOOKS, strict=False):
            height = max(error, _LOWEST)
            label = name if error >= _LOWEST else f"{name}: below {number(_LOWEST)}"
            ax.plot([place], [height], marker, color=colour, markersize=9)
            ax.annotate(label, (place, height), (8, 4), textcoords="offset points")
        ax.set(yscale="log", xlim=(-0.2, 1.35))
        ax.set(xlabel="t, the share of the way", ylabel="mean absolute error (logarithmic)")
        ax.set_title(f"From '{names[0]}' straight to '{names[1]}'")
    return Plot(
        figure,
        f"The mean absolute error along the straight line from '{names[0]}' ({number(at[0], 2)}) to "
        f"'{names[1]}' ({number(at[1], 2)}), on a logarithmic scale. Between them it rises to "
        f"{number(errors[highest], 2)} at t = {number(t[highest], 2)}.",
    )


def show_error_plane(networks: Mapping[str, Weights], *, title: str | None = None) -> Plot:
    """Draw the mean absolute error in the plane of three networks, which stand at (0, 0), (1, 0) and (0, 1).

    networks: three of them, by name. Errors: ValueError for another number.
    """
    if len(networks) != 3:
        raise ValueError(f"show_error_plane: {len(networks)} networks; expected three, which span a plane.")
    names = list(networks)
    origin, right, up = (_nine(weights) for weights in networks.values())
    axis = np.linspace(-0.3, 1.3, 81)
    across, along = right - origin, up - origin
    errors = np.array([[_error_at(origin + s * across + t * along) for s in axis] for t in axis])
    with style():
        figure = new_figure(5.8, 4.4)
        ax = figure.subplots()
        _heights(ax, axis, axis, errors)
        box = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.5}
        for place, name, (colour, marker, _) in zip(((0, 0), (1, 0), (0, 1)), names, _LOOKS, strict=False):
            ax.plot(*place, marker, color=colour, markersize=10, markeredgecolor="white")
            ax.annotate(name, place, (8, 6), textcoords="offset points", fontsize=9, bbox=box)
        ax.set(xlabel=f"towards '{names[1]}'", ylabel=f"towards '{names[2]}'")
        ax.set_title(title or "The error in the plane of three networks")
    places = ", ".join(
        f"'{name}' ({number(_error_at(nine), 2)})"
        for name, nine in zip(names, (origin, right, up), strict=True)
    )
    highest = errors[15, 15:66].max()  # t = 0, 0 ≤ s ≤ 1
    return Plot(
        figure,
        f"The mean absolute error in the plane through {places}, as colours, the darker the smaller. "
        f"On the straight way from '{names[0]}' to '{names[1]}' it rises to {number(highest, 2)}.",
    )


def show_two_number_paths(
    error: Callable[[np.ndarray], float],
    paths: Mapping[str, ArrayLike],
    *,
    labels: tuple[str, str] = ("first number", "second number"),
) -> Plot:
    """Draw ways through the landscape of an error in two numbers.

    error: of an array (2,). paths: by name, (steps + 1, 2) each, from the start to the end.
    """
    ways = {name: np.asarray(path, dtype=np.float64) for name, path in paths.items()}
    corners = np.concatenate(list(ways.values()))
    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = 0.12 * (high - low) + 1e-9
    xs, ys = (np.linspace(m, n, 61) for m, n in zip(low - margin, high + margin, strict=True))
    errors = np.array([[error(np.array([x, y])) for x in xs] for y in ys])
    with style():
        figure = new_figure(7.2, 4.2)
        ax = figure.subplots()
        _heights(ax, xs, ys, errors)
        for (name, way), (colour, marker, line) in zip(ways.items(), _LOOKS, strict=False):
            dot = marker if len(way) <= 30 else ""  # one for each step, where they can be told apart
            ax.plot(*way.T, linestyle=line, color="white", linewidth=4)
            label = f"{name}: {_steps(way)}"
            ax.plot(*way.T, linestyle=line, color=colour, marker=dot, markersize=6, label=label)
        ax.set(xlabel=labels[0], ylabel=labels[1], title="Ways through the same landscape")
        figure.legend(loc="outside lower center", ncols=3)
    ends = " ".join(
        f"{name}: {_steps(way)}, from an error of {number(error(way[0]), 2)} to {number(error(way[-1]), 2)}."
        for name, way in ways.items()
    )
    return Plot(figure, f"The error over {labels[0]} and {labels[1]} as colours, and ways through it. {ends}")


def _steps(way: np.ndarray) -> str:
    """Say how many steps a way has, with a space between thousands."""
    return f"{len(way) - 1:,} steps".replace(",", " ")


def _nine(weights: Weights) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in weights])


def _error_at(nine: np.ndarray) -> float:
    """Return the mean absolute error of nine numbers in a row, at the 361 pairs of whole numbers up to 19."""
    weights = Weights(nine[:4].reshape(2, 2), nine[4:6], nine[6:8].reshape(2, 1), nine[8:])
    return float(np.mean(np.abs(forward(_PAIRS, weights).output - _TARGETS)))


def _heights(ax: Axes, x: np.ndarray, y: np.ndarray, errors: np.ndarray) -> None:
    """Draw an error over two numbers as colours with level lines, and a scale beside it."""
    from matplotlib.colors import LogNorm

    low, high = 1e-3, 1.0
    shown = np.clip(errors, low, high)
    image = ax.pcolormesh(x, y, shown, norm=LogNorm(low, high), rasterized=True)
    ax.contour(x, y, shown, np.geomspace(low, high, 10), colors=[ORANGE], linewidths=0.5, alpha=0.6)
    ax.get_figure(root=True).colorbar(image, ax=ax, extend="min", label="mean absolute error")  # type: ignore[union-attr]
    ax.grid(False)
