"""How surely, and how fast, exact division is learned from random numbers: 100 seeds of `learn_to_divide`.

Asked: for 95 seeds of 100 an error of 10⁻⁷ at most on all 3.61 million pairs, within 10 s each. Time is that
of processors, all threads together: a busy machine changes it little, and a quiet one needs no longer. The
third table counts how many single starts divide, Keras's and informed ones.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rich.table import Table

SEEDS = 100
ACCURATE, PATIENCE = 1e-7, 10.0  # mean absolute error, seconds
ASKED = 95


def main() -> None:
    """Print the two tables."""
    from rich.console import Console
    from rich.table import Table

    from divnet.training import learn_to_divide

    learn_to_divide(SEEDS)  # imports SciPy
    found, seconds = [], np.zeros(SEEDS)
    for seed in range(SEEDS):
        began = time.process_time()
        found.append(learn_to_divide(seed))
        seconds[seed] = time.process_time() - began
    error, clock, starts = (
        np.array([getattr(one, name) for one in found]) for name in ("error", "seconds", "starts_tried")
    )
    successes = int(np.sum((error <= ACCURATE) & (seconds <= PATIENCE)))
    table = Table(title=f"Division learned from {SEEDS} seeds")
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("asked", justify="right")
    table.add_row(f"error ≤ {ACCURATE:g} within {PATIENCE:g} s", f"{successes} of {SEEDS}", f"≥ {ASKED}")
    table.add_row("processor seconds, median", f"{np.median(seconds):.2f}", "< 2")
    table.add_row("processor seconds, most", f"{seconds.max():.2f}", f"≤ {PATIENCE:g}")
    table.add_row("by the clock here, median and most", f"{np.median(clock):.2f}, {clock.max():.2f}", "")
    table.add_row("starts tried, median", f"{np.median(starts):.0f}", "")
    table.add_row("starts tried, most", str(starts.max()), "")
    table.add_row("starts that divide", f"{SEEDS} of {starts.sum()}", "")
    table.add_row("error, median", f"{np.median(error):.1e}", "")
    table.add_row("error, largest", f"{error.max():.1e}", f"≤ {ACCURATE:g}")
    histogram = Table(title="Mean absolute error on the whole grid")
    histogram.add_column("from … to")
    histogram.add_column("seeds", justify="right")
    histogram.add_column("")
    exponent = np.floor(np.log10(error)).astype(int)
    for power in range(exponent.min(), exponent.max() + 1):
        count = int(np.sum(exponent == power))
        histogram.add_row(f"1e{power} … 1e{power + 1}", str(count), "█" * (count // 2))
    Console().print(table, histogram, _shares())


def _shares() -> Table:
    """Return how many starts divide, by how long they are trained."""
    from rich.table import Table

    from divnet.training import glorot_start, informed_start, train_least_squares
    from divnet.training.least_squares import LEARNED

    table = Table(title="Starts that divide")
    for column in ("starts", "number", "after 100 evaluations", "after 200"):
        table.add_column(column, justify="left" if column == "starts" else "right")
    for name, draw, count in (("Keras's", glorot_start, 1000), ("informed", informed_start, 400)):
        rng = np.random.default_rng(0)
        errors = [train_least_squares(draw(rng), evaluations=200).errors for _ in range(count)]
        divide = [sum(bool(np.nanmin(way[:most]) < LEARNED) for way in errors) for most in (100, 200)]
        table.add_row(name, str(count), *map(str, divide))
    return table


if __name__ == "__main__":
    main()
