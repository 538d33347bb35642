"""A function and its slope, how far a difference quotient is off, and two trainings that drift apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from divnet.picture import BLACK, BLUE, GREEN, GREY, VERMILLION, Plot, new_figure, number, style

_STEPS = np.logspace(-15, 0, 301)  # twenty to a power of ten
_FEWEST = 1e-17  # smaller errors are drawn here: a logarithmic scale has no 0
_DRIFTED = 1e-4  # two losses farther apart than this have drifted, whatever the machine's roundings


def show_slope(
    function: Callable[..., Any],
    slope: Callable[..., Any],
    *,
    low: float = -4.0,
    high: float = 4.0,
    title: str | None = None,
) -> Plot:
    """Draw a function with some of its tangents, and below it its slope.

    function, slope: x (n,) → (n,). The tangents are drawn with the slope given, so a wrong one is seen.
    """
    x = np.linspace(low, high, 401)
    y, steepness = np.asarray(function(x)), np.asarray(slope(x))
    with style():
        figure = new_figure(7.2, 4.4)
        above, below = figure.subplots(2, 1, sharex=True)
        above.plot(x, y, color=BLUE, label="function")
        for i in np.linspace(40, 360, 5).astype(int):
            run = (high - low) / 20 * np.array([-1.0, 1.0])
            line = {"color": VERMILLION, "linewidth": 1.5, "linestyle": "--"}
            above.plot(x[i] + run, y[i] + steepness[i] * run, label="tangent" if i == 40 else None, **line)
        below.plot(x, steepness, color=VERMILLION, linestyle="--")
        below.axhline(0, color=GREY, linewidth=0.8)
        above.set(ylabel="function at x", title=title or "A function, some tangents, and its slope")
        below.set(xlabel="x", ylabel="slope at x")
        above.legend(loc="upper right")
    steepest = [int(np.argmax(steepness)), int(np.argmin(steepness))]
    words = " and ".join(f"{number(steepness[i])} at x = {number(x[i])}" for i in steepest)
    return Plot(
        figure,
        f"A function from x = {number(low)} to {number(high)} with five of its tangents, and below it its "
        f"slope, whose largest and smallest values are {words}.",
    )


def show_step_errors(
    function: Callable[..., Any], x: float, exact: float, *, title: str | None = None
) -> Plot:
    """Draw how far two difference quotients are off at x, for steps h of every size; both scales logarithmic.

        one-sided (f(x + h) − f(x)) / h        central (f(x + h) − f(x − h)) / 2h

    exact: the slope at x.
    """
    h = _STEPS
    quotients = [
        ("one-sided", (function(x + h) - function(x)) / h, VERMILLION, "--"),
        ("central", (function(x + h) - function(x - h)) / (2 * h), BLUE, "-"),
    ]
    words = []
    with style():
        figure = new_figure()
        ax = figure.subplots()
        for name, quotient, colour, line in quotients:
            error = np.maximum(np.abs(quotient - exact), _FEWEST)
            ax.loglog(h, error, color=colour, linestyle=line, linewidth=1.5, label=name)
            best, least = _valley(h, error)
            words.append(
                f"{name}: off by {number(error[-1], 2)} at h = {number(h[-1], 2)}, by about "
                f"{number(least, 1)} near h = {number(best, 1)}, and by more again for smaller steps"
            )
        ax.set(xlabel="step h", ylabel="|quotient − slope|")
        ax.set_title(title or "How far the difference quotient is off")
        ax.legend(loc="lower right")
    return Plot(figure, f"The error of two difference quotients over the step h. {'; '.join(words)}.")


def show_drift(
    pairs: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    labels: tuple[str, str] = ("first", "second"),
) -> Plot:
    """Draw the losses of the first pair of trainings, and how far apart each pair is, step by step.

    pairs: name: two lists of losses of equal length. labels: for the two trainings of the first pair.
    """
    looks = [(BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (BLACK, ":")]
    words = []
    with style():
        figure = new_figure(9.0, 3.8)
        left, right = figure.subplots(1, 2)
        first = next(iter(pairs.values()))
        for losses, colour, line, label in zip(first, (GREY, VERMILLION), ("-", "--"), labels, strict=True):
            left.semilogy(np.arange(1, len(losses) + 1), losses, color=colour, linestyle=line, label=label)
        for (name, (one, other)), (colour, line) in zip(pairs.items(), looks, strict=False):
            apart = np.abs(np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64))
            steps = np.arange(1, apart.size + 1)
            right.loglog(
                steps,
                np.where(apart > 0, apart, np.nan),
                color=colour,
                linestyle=line,
                linewidth=1,
                label=name,
            )
            drifted = apart.max() > _DRIFTED
            words.append(f"{name}: {'more' if drifted else 'never more'} than {number(_DRIFTED)} apart")
        left.set(xlabel="step", ylabel="loss (logarithmic)", title=f"{next(iter(pairs))}: both losses")
        for formatter in (left.yaxis.set_major_formatter, left.yaxis.set_minor_formatter):
            formatter(lambda loss, _place: number(loss) if f"{loss:e}"[0] in "125" else "")
        right.set(xlabel="step (logarithmic)", ylabel="|loss − other loss|", title="How far apart")
        left.legend()
        right.legend(loc="upper left", fontsize=9)
    return Plot(
        figure,
        f"Left, both losses of the first pair, from {number(first[0][0])} on. Right, the "
        f"distance between two losses by step: {'; '.join(words)}.",
    )


def _valley(h: np.ndarray, error: np.ndarray) -> tuple[float, float]:
    """Return the step around which the errors are smallest, and their size there.

    Both are means over one and a half powers of ten: a single lucky step does not count.
    """
    width = 31
    means = np.convolve(np.log10(error), np.ones(width) / width, mode="valid")
    lowest = int(np.argmin(means))
    return float(h[lowest + width // 2]), float(10 ** means[lowest])
