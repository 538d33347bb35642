"""Networks raced over the same seeds, told in words that are true on every machine."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from divnet.picture import Plot, number
from divnet.plots.seeds import show_seed_spread


def show_race(
    errors: Mapping[str, ArrayLike], *, baselines: Mapping[str, float] | None = None, title: str | None = None
) -> Plot:
    """Draw `show_seed_spread`, and say of each network only where about its middle seed stands.

    For trainings that enlarge rounding: another processor rounds otherwise, and there the same seeds give
    other errors, while the middle one hardly moves. Arguments and errors as there.
    """
    plot = show_seed_spread(errors, baselines=baselines, title=title)
    middle = {name: float(np.median(np.asarray(values))) for name, values in errors.items()}
    words = [
        f"{name}: {np.size(values)} seeds, the middle one near {number(middle[name], 1)}."
        for name, values in errors.items()
    ]
    lines = [f"{name}: {number(value, 2)}." for name, value in (baselines or {}).items()]
    start = "The mean absolute error of each seed, a dot each, on a logarithmic scale."
    return dataclasses.replace(plot, alt=" ".join([start, *words, *lines]))
