"""What the sandbox costs: a warm parent's start, a jailed child, an error in it; in bubblewrap and not."""

from __future__ import annotations

import statistics
import time
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from autograder.grading.run.warm_parents import WarmParent
from autograder.grading.sandbox import Level, bubblewrap
from autograder.grading.sandbox.probing import probe
from autograder.processes.forking import HEAVY

CHILDREN = 20
CELLS = ("x = 1", "def half(x):\n    return x / 0\n\nhalf(x)")
COLUMNS = ("start, s", "enter, ms", "a cell, ms", "an error, ms", "enter to end, ms")


def main() -> None:
    """Print the table; medians, all ways in turn, with TensorFlow loaded."""
    table = Table(title=f"The sandbox, medians of {CHILDREN} children, one at a time")
    table.add_column("level")
    table.add_column("in bubblewrap")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for level in Level:
        for wrapped in (False, True):
            why = probe(level).problem or (bubblewrap.problem(level) if wrapped else "")
            row = [why] if why else measured(level, wrapped)
            table.add_row(level, "yes" if wrapped else "no", *row)
    Console(width=120).print(table)


def measured(level: Level, wrapped: bool) -> list[str]:
    """One row."""
    began = time.perf_counter()
    with WarmParent(level, modules=HEAVY, in_bubblewrap=wrapped) as parent:
        start = time.perf_counter() - began
        found = [_child(parent) for _ in range(CHILDREN)]
    return [f"{start:.1f}", *(f"{1000 * statistics.median(times):.0f}" for times in zip(*found, strict=True))]


def _child(parent: WarmParent) -> list[float]:
    """Seconds to enter, of each cell, and of all until it has ended."""
    moments = [time.perf_counter()]
    child = parent.child()
    moments.append(time.perf_counter())
    for number, source in enumerate(CELLS, start=1):
        child.send({"source": source, "number": number}, 30)
        child.receive(60)
        moments.append(time.perf_counter())
    child.close()
    steps = [after - before for before, after in pairwise(moments)]
    return [*steps, time.perf_counter() - moments[0]]


if __name__ == "__main__":
    main()
