"""What there is to learn, and how far off one is: how answers are spread, and errors as distances."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from divnet.picture import BLACK, BLUE, GREY, VERMILLION, Plot, new_figure, number, style


def show_targets(y: ArrayLike, *, title: str | None = None) -> Plot:
    """Draw how many of the targets lie where, in steps of 0.0025, with their median and their mean.

    y: at least one finite number, any shape.
    """
    values = np.asarray(y, dtype=np.float64).ravel()
    if not values.size or not np.all(np.isfinite(values)):
        raise ValueError("show_targets: expected one target at least, and finite numbers only.")
    step = 0.0025
    edges = step * np.arange(np.floor(np.min(values) / step), np.floor(np.max(values) / step) + 2)
    median, mean = float(np.median(values)), float(values.mean())
    with style():
        figure = new_figure(7.2, 3.2)
        ax = figure.subplots()
        ax.hist(values, edges.tolist(), color=BLUE, edgecolor="white", linewidth=0.3)
        ax.axvline(median, color=BLACK, linestyle="-", linewidth=1.5, label=f"median {number(median)}")
        ax.axvline(mean, color=VERMILLION, linestyle="--", linewidth=1.5, label=f"mean {number(mean)}")
        ax.set(xlabel="answer y", ylabel="examples in each 0.0025")
        ax.set_title(title or f"Where the {number(values.size, 6)} answers lie")
        ax.legend()
    alt = (
        f"How {number(values.size, 6)} answers are spread, from {number(np.min(values))} to "
        f"{number(np.max(values))}: median {number(median)}, mean {number(mean)}; "
        f"{number(float(100 * np.mean(values > 0.1)), 2)} % of them above 0.1."
    )
    return Plot(figure, alt)


def show_distances(y_true: ArrayLike, y_pred: ArrayLike, *, title: str | None = None) -> Plot:
    """Draw each pair of numbers as two marks and their distance as a line, with the mean of the distances.

    y_true, y_pred: as many numbers each, at least one.
    """
    true, predicted = (np.asarray(y, dtype=np.float64).ravel() for y in (y_true, y_pred))
    if true.size != predicted.size or not true.size:
        raise ValueError(
            f"show_distances: {true.size} and {predicted.size} numbers; expected as many each, one at least."
        )
    distances = np.abs(true - predicted)
    places = np.arange(1, true.size + 1)
    with style():
        figure = new_figure(6.4, 3.0)
        ax = figure.subplots()
        ax.vlines(places, true, predicted, color=GREY, linewidth=3)
        ax.plot(places, true, "o", color=BLUE, markersize=9, label="y_true")
        ax.plot(places, predicted, "x", color=VERMILLION, markersize=9, markeredgewidth=2.5, label="y_pred")
        for place, middle, distance in zip(places, (true + predicted) / 2, distances, strict=True):
            at = (float(place), float(middle))
            ax.annotate(number(distance), at, (9, 0), textcoords="offset points", va="center")
        ax.set(xlabel="pair", ylabel="number", xticks=places, xlim=(0.5, true.size + 0.7))
        ax.set_title(title or f"The mean of the distances is {number(distances.mean())}")
        ax.legend(loc="best", fontsize=9)
    listed = ", ".join(
        f"{number(t)} and {number(p)}, apart by {number(d)}"
        for t, p, d in zip(true, predicted, distances, strict=True)
    )
    return Plot(
        figure, f"Pairs of numbers: {listed}. The mean of the distances is {number(distances.mean())}."
    )
