"""One dot for each seed: how much of a result was luck at the start."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from divnet.picture import BLACK, BLUE, GREEN, GREY, PURPLE, VERMILLION, Plot, new_figure, number, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKS = [(BLUE, "o"), (VERMILLION, "s"), (GREEN, "^"), (PURPLE, "D"), (BLACK, "v")]
_LINES = ["--", ":", "-.", (0, (5, 1, 1, 1, 1, 1))]
_DOT = 0.014  # width of a dot as a share of the axis: dots nearer than that are stacked
_STEP, _ROOM = 0.11, 0.8  # from a dot to the one stacked on it, and for a whole stack; rows are 1 apart


def show_seed_spread(
    errors: Mapping[str, ArrayLike],
    *,
    baselines: Mapping[str, float] | None = None,
    title: str | None = None,
    rows_are: str = "network",
) -> Plot:
    """Draw one dot for each seed's mean absolute error, a row for each network, on a logarithmic scale.

    errors: by the network's name, (seeds,) each; what is not finite or not above 0 is left out and counted.
    baselines: errors to compare with, by name, each above 0; drawn as lines across all rows.
    rows_are: what the names name, where it is not a network.

    Errors: a ValueError for no network, or for one of which nothing can be drawn.
    """
    if not errors:
        raise ValueError("show_seed_spread: errors is empty; expected one network's errors at least.")
    baselines = baselines or {}
    rows = {name: np.asarray(values, dtype=np.float64).ravel() for name, values in errors.items()}
    drawn = {name: np.sort(values[np.isfinite(values) & (values > 0)]) for name, values in rows.items()}
    for name, values in drawn.items():
        if not values.size:
            raise ValueError(f"show_seed_spread: {name!r} has no finite error above 0; nothing to draw.")
    everything = np.log10(np.concatenate([*drawn.values(), list(baselines.values())]))
    low, high = everything.min(), everything.max()
    margin = 0.06 * (high - low) + 0.05
    low, high = low - margin, high + margin
    with style():
        figure = new_figure(7.6, 1.6 + 1.1 * len(rows))
        ax = figure.subplots()
        ax.set(xscale="log", xlim=(10**low, 10**high), ylim=(len(rows) - 0.5, -0.5))
        ax.set(xlabel="mean absolute error (logarithmic)", ylabel=rows_are)
        ax.set_yticks(range(len(rows)), list(rows))
        ax.grid(visible=False, axis="y")
        _number_ticks(ax, (1.0, 2.0, 5.0) if high - low < 3 else (1.0,))
        for row, values in enumerate(drawn.values()):
            _draw_row(ax, row, values, (high - low) * _DOT)
        for (name, value), line in zip(baselines.items(), itertools.cycle(_LINES)):
            ax.axvline(value, color=GREY, linestyle=line, linewidth=1.5, label=f"{name}: {number(value)}")
        if baselines:
            figure.legend(loc="outside lower right", ncols=3, fontsize=9)
        ax.set_title(title or "The same training from different starts: one dot for each seed")
    return Plot(figure, _words(rows, drawn, baselines))


def _draw_row(ax: Axes, row: int, values: np.ndarray, dot: float) -> None:
    """Draw sorted errors, stacked where they would cover each other, and a line at their median."""
    colour, marker = _LOOKS[row % len(_LOOKS)]
    levels = _levels(np.log10(values), dot)
    step = min(_STEP, _ROOM / max(1, levels.max() - levels.min()))
    ax.plot(
        values,
        row + step * levels,
        marker,
        color=colour,
        markersize=6.5,
        markeredgecolor="white",
        markeredgewidth=0.6,
    )
    middle = float(np.median(values))
    ax.plot([middle, middle], [row - 0.42, row + 0.42], color=BLACK, linewidth=1.2, zorder=1.5)
    words, place = f"median {number(middle, 2)}", (middle, row - 0.4)
    ax.annotate(words, place, (5, 0), textcoords="offset points", va="center", fontsize=9)


def _levels(places: np.ndarray, dot: float) -> np.ndarray:
    """Return for each of the sorted places the level, 0, 1, −1, 2, …, nearest 0 on which it covers none."""
    ends: dict[int, float] = {}  # by level: its last dot
    levels = []
    for place in places:
        candidates = [(-1) ** (i + 1) * ((i + 1) // 2) for i in range(len(places))]
        level = next(c for c in candidates if place - ends.get(c, -np.inf) >= dot)
        ends[level] = place
        levels.append(level)
    return np.array(levels)


def _number_ticks(ax: Axes, multiples: Sequence[float]) -> None:
    """Mark these multiples of each power of ten, as numbers that people write."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    ax.xaxis.set_major_locator(LogLocator(subs=multiples, numticks=12))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 2)))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _words(
    rows: Mapping[str, np.ndarray], drawn: Mapping[str, np.ndarray], baselines: Mapping[str, float]
) -> str:
    sentences = ["The mean absolute error of each seed, on a logarithmic scale."]
    for name, values in drawn.items():
        lost = rows[name].size - values.size
        left_out = f"; {lost} without a finite error left out" if lost else ""
        sentences.append(
            f"{name}: {values.size} seeds, from {number(values[0])} to {number(values[-1])}, "
            f"median {number(np.median(values))}{left_out}."
        )
    if baselines:
        listed = ", ".join(f"{name} {number(value)}" for name, value in baselines.items())
        sentences.append(f"To compare: {listed}.")
    return " ".join(sentences)
