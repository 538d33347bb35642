"""The pictures of the lessons, each one line there; each is a `Plot`, a picture and its text twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.activation import DECK
from divnet.activation import activation as deck_activation
from divnet.data import division_grid, parabola, parabola_grid
from divnet.picture import BLACK, BLUE, GREEN, GREY, VERMILLION, Plot, new_figure, number, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def show_fit(alpha: Callable, *, title: str | None = None) -> Plot:
    """Draw α against deck S's parabola on 300 equidistant points of [−4, 4].

    alpha: a function x (n,) → (n,), or a Keras model with one input and one output.
    """
    x = parabola_grid()
    f = parabola(x)
    column = hasattr(alpha, "predict")  # Keras wants a row for each point
    y = np.asarray(alpha(x[:, np.newaxis] if column else x), dtype=np.float64).reshape(x.shape)
    error = float(np.mean((y - f) ** 2))
    with style():
        figure = new_figure()
        ax = figure.subplots()
        ax.plot(x, f, color=BLACK, linestyle="--", label="f(x) = |x − ½|²")
        ax.plot(x, y, color=BLUE, label="α(x)")
        ax.set(xlabel="x", ylabel="value at x", title=title or "The parabola f and what α makes of it")
        ax.legend(loc="upper center")
    worst = int(np.argmax(np.abs(y - f)))
    alt = (
        f"The parabola f(x) = |x − ½|² (dashed) and α(x) (solid) on [−4, 4]. Mean squared error "
        f"{number(error)}; they are farthest apart, by {number(abs(y[worst] - f[worst]))}, "
        f"at x = {number(x[worst])}."
    )
    return Plot(figure, alt)


def show_errors(history: Any, *, title: str | None = None) -> Plot:
    """Draw training error and generalisation error (mean squared error) by epoch, semilogarithmically.

    history: a Keras History, or a result with ``training_error`` and ``generalisation_error``.
    """
    if hasattr(history, "history"):
        training, generalisation = history.history["loss"], history.history.get("val_loss", [])
    else:
        training, generalisation = history.training_error, history.generalisation_error
    curves = [
        ("training error", training, BLUE, "-"),
        ("generalisation error", generalisation, VERMILLION, "--"),
    ]
    words = []
    with style():
        figure = new_figure()
        ax = figure.subplots()
        for name, errors, colour, line in curves:
            errors = np.asarray(errors, dtype=np.float64)
            if errors.size:
                ax.semilogy(np.arange(1, errors.size + 1), errors, color=colour, linestyle=line, label=name)
                words.append(
                    f"{name}: {number(errors[0])} after epoch 1, {number(errors[-1])} after {errors.size}"
                )
        ax.set(xlabel="epoch", ylabel="mean squared error", title=title or "Mean squared error by epoch")
        ax.legend()
    return Plot(figure, f"Mean squared error by epoch, on a logarithmic scale. {'; '.join(words)}.")


def show_activation(
    activation: Callable = deck_activation, slope: Callable | None = None, *, title: str | None = None
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
                if name == "slope":
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


def _draw_pieces(ax: Axes, function: Callable, left: float, right: float) -> None:
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


def show_error_map(divide: Callable, *, title: str | None = None) -> Plot:
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


def show_level_lines(function: Callable, levels: list[float], *, title: str = "Lines of equal value") -> Plot:
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
