"""One curve, as it is: the target of an exercise before anything is known of it but its formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from divnet.picture import BLUE, Plot, new_figure, number, style


def show_curve(
    function: Callable[..., Any], *, low: float = -8.0, high: float = 8.0, title: str | None = None
) -> Plot:
    """Draw a function from `low` to `high`.

    function: x (n,) → (n,).
    """
    x = np.linspace(low, high, 401)
    y = np.asarray(function(x), dtype=np.float64)
    with style():
        figure = new_figure(7.2, 2.8)
        ax = figure.subplots()
        ax.plot(x, y, color=BLUE)
        ax.set(xlabel="x", ylabel="value at x", title=title or "A function")
    places = (0, len(x) // 2, -1)
    words = ", ".join(f"{number(y[i])} at x = {number(x[i])}" for i in places)
    return Plot(figure, f"{title or 'A function'} from x = {number(low)} to {number(high)}: {words}.")
