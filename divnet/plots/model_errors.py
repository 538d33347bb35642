"""One error for each of several models, which may differ by many powers of ten."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from divnet.picture import BLACK, BLUE, Plot, new_figure, number, style


def show_model_errors(errors: Mapping[str, float], *, title: str | None = None) -> Plot:
    """Draw the mean absolute error of each model, in the order given, on a logarithmic scale.

    errors: by the model's name, each finite and above 0; anything else is a ValueError.
    """
    for name, value in errors.items():
        if not 0 < value < np.inf:
            raise ValueError(
                f"show_model_errors: {name!r} has the error {value}; expected a finite number above 0."
            )
    if not errors:
        raise ValueError("show_model_errors: errors is empty; expected one model's error at least.")
    rows, values = range(len(errors)), np.array(list(errors.values()), dtype=np.float64)
    with style():
        figure = new_figure(7.6, 1.3 + 0.36 * len(rows))
        ax = figure.subplots()
        ax.set(xscale="log", xlim=(np.min(values) / 3, np.max(values) * 30), ylim=(len(rows) - 0.5, -0.5))
        ax.set(xlabel="mean absolute error (logarithmic)", ylabel="model", title=title or "All models so far")
        ax.set_yticks(rows, list(errors))
        ax.plot(values, rows, "o", color=BLUE, markersize=8)
        for row, value in zip(rows, values, strict=True):
            ax.annotate(
                number(value, 2), (value, row), (9, 0), textcoords="offset points", va="center", color=BLACK
            )
    listed = "; ".join(f"{name} {number(value, 2)}" for name, value in errors.items())
    return Plot(figure, f"The mean absolute error of each model, on a logarithmic scale: {listed}.")
