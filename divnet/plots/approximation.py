"""Deck S's two pictures: the parabola against what the network makes of it, and the errors by epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from divnet.data import parabola, parabola_grid
from divnet.picture import BLACK, BLUE, VERMILLION, Plot, new_figure, number, style


def show_fit(alpha: Callable[..., Any], *, title: str | None = None) -> Plot:
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
