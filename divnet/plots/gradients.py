"""Where autodiff's gradient is a number, and where it is none: functions in rows, x in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from divnet.activation import activation_slope
from divnet.picture import BLACK, GREY, VERMILLION, Plot, new_figure, number, style

PLACES = (-np.inf, -1.0, -1e-6, 0.5, 12.864728, 20.0, 100.0, 1e30, np.inf)  # as float32 numbers
_FORMULA = "the formula"


def show_gradients(functions: Mapping[str, Callable[[Any], Any]], x: Sequence[float] = PLACES) -> Plot:
    """Draw a table of the gradients of functions of a float32 tensor; deck D's formula in the first row.

    functions: by the name of their row; each tensor → tensor, both (n,).
    """
    rows = {_FORMULA: activation_slope(np.asarray(x, np.float32)).astype(np.float32)}
    rows |= {name: _gradient(function, x) for name, function in functions.items()}
    with style():
        figure = new_figure(9.6, 0.75 + 0.42 * len(rows))
        ax = figure.subplots()
        ax.set(xlim=(-1.5, len(x) - 0.5), ylim=(len(rows) - 0.5, -1.5))
        ax.set_axis_off()
        ax.text(-1.5, -1, "gradient at x =", color=GREY, va="center")
        for column, place in enumerate(x):
            ax.text(column, -1, number(place, 8), ha="center", va="center", color=GREY)
        for row, (name, values) in enumerate(rows.items()):
            ax.axhline(row - 0.5, color=GREY, linewidth=0.6)
            ax.text(-1.5, row, name, va="center", weight="bold")
            for column, value in enumerate(values):
                _write(ax, column, row, float(value))
    return Plot(figure, _words(rows, x))


def _write(ax: Any, column: int, row: int, value: float) -> None:
    broken = np.isnan(value)
    ax.text(
        column,
        row,
        "NaN" if broken else number(value, 3),
        ha="center",
        va="center",
        color="white" if broken else BLACK,
        weight="bold" if broken else "normal",
        bbox={"facecolor": VERMILLION, "edgecolor": VERMILLION, "pad": 3} if broken else None,
    )


def _gradient(function: Callable[[Any], Any], x: Sequence[float]) -> np.ndarray:
    """Return autodiff's gradient at each x, (n,) in float32; NaN where the function does not depend on x."""
    import tensorflow as tf

    tensor = tf.constant(x, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(tensor)
        y = function(tensor)
    slope = tape.gradient(y, tensor)
    return np.full(len(x), np.nan) if slope is None else slope.numpy()


def _words(rows: Mapping[str, np.ndarray], x: Sequence[float]) -> str:
    sentences = [f"The gradients at x = {', '.join(number(place, 8) for place in x)}, in float32."]
    for name, values in rows.items():
        if name == _FORMULA:
            sentences.append(f"The formula's: {', '.join(number(v, 3) for v in values)}.")
            continue
        broken = [number(place, 8) for place, value in zip(x, values, strict=True) if np.isnan(value)]
        where = f"NaN at {', '.join(broken)}" if broken else "a finite number at each"
        right = np.allclose(values, rows[_FORMULA], rtol=1e-4, atol=1e-30, equal_nan=False)
        sentences.append(f"{name}: {where}{', the formula’s' if right else ''}.")
    return " ".join(sentences)
