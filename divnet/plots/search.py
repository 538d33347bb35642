"""What a finished search shows: each trial a line through its settings to its error, and what decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.picture import BLACK, BLUE, GREY, VERMILLION, Plot, new_figure, number, style
from divnet.search.finished import Trial, best
from divnet.search.plan import Configuration

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAMES = {"batch_size": "batch size", "dropout": "dropout", "epochs": "epochs", "optimizer": "optimiser"}
PALE = "#C8C8C8"
_SPREAD = 0.05  # by how much lines through the same setting stand apart


def show_importance(shares: Mapping[str, float], title: str | None = None) -> Plot:
    """Draw how much each hyperparameter decides, as bars from 0 to 1, the largest on top."""
    ordered = sorted(shares.items(), key=lambda item: item[1])
    with style():
        figure = new_figure(6.4, 0.9 + 0.45 * len(ordered))
        ax = figure.subplots()
        bars = ax.barh([NAMES.get(name, name) for name, _ in ordered], [s for _, s in ordered], color=BLUE)
        ax.bar_label(bars, [f"{100 * share:.0f} %" for _, share in ordered], padding=4)
        ax.set(xlim=(0, 1.08), xlabel="importance (shares of 1)", ylabel="hyperparameter")
        ax.grid(visible=False, axis="y")
        ax.set_title(title or "What decides whether a trial is among the best tenth?")
    listed = ", ".join(f"{NAMES.get(n, n)} {100 * share:.0f} %" for n, share in reversed(ordered))
    return Plot(figure, f"Importance of the hyperparameters for being among the best tenth: {listed}.")


def show_parallel_coordinates(trials: Sequence[Trial], highlight: int = 10, title: str | None = None) -> Plot:
    """Draw each trial as a line through its four settings to its error; the best ones dark and thick.

    highlight: how many of the best stand out.
    """
    top = best(trials, highlight)
    with style():
        figure = new_figure(9.0, 4.4)
        ax = figure.subplots()
        coordinates = Coordinates(trials)
        coordinates.draw(ax)
        for trial, path in zip(trials, coordinates.paths(trials), strict=True):
            chosen = trial in top
            looks: dict[str, Any] = {"color": PALE, "linewidth": 0.6, "zorder": 1}
            if chosen:
                looks = {"color": BLUE, "linewidth": 1.8, "zorder": 3}
            ax.plot(path[:, 0], path[:, 1], **looks)
        ax.set_title(title or f"{len(trials)} trials; the best {len(top)} are dark and thick", pad=14)
    return Plot(figure, _parallel_words(trials, top))


class Coordinates:
    """Where trials stand in parallel coordinates: five upright axes, the last one the error, logarithmic."""

    def __init__(self, trials: Sequence[Trial]):
        self.values = [
            sorted({trial.configuration[place] for trial in trials})
            for place in range(len(Configuration._fields))
        ]
        errors = [trial.error for trial in trials if trial.error == trial.error]
        self.low, self.high = np.floor(np.log10(min(errors))), np.ceil(np.log10(max(errors)))

    def paths(self, trials: Sequence[Trial]) -> np.ndarray:
        """Return the corners of each trial's line, (trials, 5, 2); NaN where an error is."""
        shift = np.random.default_rng(0)  # the same line stands in the same place in every picture
        offsets = dict(zip(self._all(), shift.uniform(-_SPREAD, _SPREAD, (len(self._all()), 4)), strict=True))
        points = np.empty((len(trials), 5, 2))
        points[:, :, 0] = np.arange(5)
        for row, trial in enumerate(trials):
            for place, values in enumerate(self.values):
                height = self._height(values.index(trial.configuration[place]), len(values))
                points[row, place, 1] = height + offsets[tuple(trial.configuration)][place]
            points[row, 4, 1] = (np.log10(trial.error) - self.low) / (self.high - self.low)
        return points

    def draw(self, ax: Axes) -> None:
        """Draw the five axes with their names and values."""
        ax.set(xlim=(-0.55, 4.45), ylim=(-0.08, 1.14))
        ax.axis("off")
        for place, values in enumerate(self.values):
            ax.plot([place, place], [-0.06, 1.06], color=GREY, linewidth=1, zorder=2)
            for index, value in enumerate(values):
                text = number(value, 2) if isinstance(value, float) else str(value)
                height = self._height(index, len(values))
                box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1}
                ax.text(place - 0.05, height, text, ha="right", va="center", fontsize=9, zorder=4, bbox=box)
            name = NAMES[Configuration._fields[place]]
            ax.text(place, 1.09, name, ha="center", va="bottom", weight="bold", fontsize=10)
        ax.plot([4, 4], [0, 1], color=GREY, linewidth=1, zorder=2)
        for decade in range(int(self.low), int(self.high) + 1):
            height = (decade - self.low) / (self.high - self.low)
            ax.plot([4, 4.04], [height, height], color=GREY, linewidth=1)
            ax.text(4.06, height, number(10.0**decade, 2), ha="left", va="center", fontsize=9)
        ax.text(4, 1.09, "error (log.)", ha="center", va="bottom", weight="bold", fontsize=10)

    def _all(self) -> list[tuple[Any, ...]]:
        import itertools

        return list(itertools.product(*self.values))

    @staticmethod
    def _height(index: int, count: int) -> float:
        return 0.5 if count == 1 else index / (count - 1)


def show_pairs(
    first: Sequence[Trial], second: Sequence[Trial], names: tuple[str, str], title: str | None = None
) -> Plot:
    """Draw the error of each trial of one half against its twin's in the other, both logarithmic.

    first, second: trials that belong together in pairs, in the same order.
    """
    x = np.array([trial.error for trial in first])
    y = np.array([trial.error for trial in second])
    ends = np.array([min(x.min(), y.min()) / 1.3, max(x.max(), y.max()) * 1.3])
    better = int((y < x).sum())
    with style():
        figure = new_figure(5.0, 4.6)
        ax = figure.subplots()
        ax.plot(ends, ends, color=BLACK, linewidth=1, linestyle="--")
        ax.plot(x, y, "o", color=VERMILLION, markersize=5, markeredgecolor="white", markeredgewidth=0.5)
        ax.set(xscale="log", yscale="log", xlim=ends, ylim=ends)
        ax.set(xlabel=f"error with {names[0]}", ylabel=f"error with {names[1]}")
        ax.set_title(title or f"Below the dashed line: better with {names[1]}")
    words = (
        f"{len(x)} pairs of trials that differ in one setting only: with {names[1]} the error is smaller in "
        f"{better} of them, with {names[0]} in {int((x < y).sum())}."
    )
    return Plot(figure, words)


def _parallel_words(trials: Sequence[Trial], top: Sequence[Trial]) -> str:
    listed = "; ".join(f"{trial.configuration}: {number(trial.error)}" for trial in top)
    errors = [trial.error for trial in trials if trial.error == trial.error]
    named = f" The best {len(top)}: {listed}." if top else ""
    return (
        f"{len(trials)} trials as lines through batch size, dropout, epochs and optimiser to their error, "
        f"from {number(min(errors))} to {number(max(errors))}.{named}"
    )
