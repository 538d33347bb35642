"""`make fuzz`: 20 000 strange answers, each in a process of its own; prints what became of them."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

from rich.console import Console
from rich.table import Table

from tests.fuzz.running import Tally, run


def main() -> None:
    """Share the answers out among processes, add up, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--answers", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--limit", type=float, default=0.3, help="seconds of computing for one answer")
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = asked.parse_args()
    share = -(-options.answers // options.workers)
    tally, started = Tally(), time.monotonic()
    with ProcessPoolExecutor(options.workers, multiprocessing.get_context("spawn")) as pool:
        waiting = [
            pool.submit(run, share, 1000 * options.seed + i, options.limit) for i in range(options.workers)
        ]
        for done in waiting:
            tally.add(done.result())
    seconds = time.monotonic() - started
    graded = sum(tally.statuses.values())
    table = Table(title=f"{graded} strange answers in {seconds:.0f} s: {graded / seconds:.0f} a second")
    table.add_column("status or misconception")
    table.add_column("answers", justify="right")
    for name, count in tally.statuses.most_common():
        table.add_row(f"[bold]{name}", str(count))
    for name, count in tally.misconceptions.most_common(15):
        table.add_row(name, str(count))
    console = Console(width=150)
    console.print(table)
    console.print("The slowest:")
    for took, description in tally.slowest:
        console.print(f"{took:6.2f} s  {description}", markup=False)


if __name__ == "__main__":
    main()
