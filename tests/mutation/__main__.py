"""``python -m tests.mutation``: the kill table, and the processor time it took. Exit status 1 on any miss."""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from tempfile import TemporaryDirectory
from typing import Annotated
from unittest.mock import patch

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograder.exercises import EXERCISES
from tests.mutation.trial import Kills, Task, run

SHARES = 4
"""Tasks an exercise is cut into, so that the slow ones keep every process busy."""


def main(
    exercise: Annotated[list[str] | None, typer.Option(help="Only this one; may be repeated.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Probe seeds that every answer is graded with.")] = 5,
    generated_seeds: Annotated[
        int | None, typer.Option(min=1, help="Seeds that every generated answer has to itself.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = os.cpu_count() or 1,
    most: Annotated[int | None, typer.Option(help="Generated answers an exercise, at most.")] = None,
    seconds: Annotated[
        float, typer.Option(help="For the generated answers of one exercise; what is left out is counted.")
    ] = 120.0,
) -> None:
    """Grade right, wrong and generated answers over many probe seeds and print the kill table.

    Example: python -m tests.mutation --exercise activation --seeds 20
    """
    ids = exercise or list(EXERCISES)
    tasks = [
        Task(e, tuple(range(seeds)), i, SHARES, most, seconds / SHARES, generated_seeds=generated_seeds)
        for e in ids
        for i in range(SHARES)
    ]
    console = Console(width=None if Console().is_terminal else 120)
    started = time.monotonic()
    kills = {e: Kills(e) for e in ids}
    no_word_of_retracing = logging.getLogger("tensorflow").setLevel, (logging.ERROR,)
    with (
        TemporaryDirectory() as folder,
        patch.dict(os.environ, TMPDIR=folder),  # AutoGraph leaves a file there for each answer
        ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), *no_word_of_retracing) as pool,
    ):
        waiting = [pool.submit(run, task) for task in tasks]
        for done in track(as_completed(waiting), "grading", total=len(tasks), console=Console(stderr=True)):
            found = done.result()
            kills[found.exercise] += found
            for fault in found.faults:  # at once: all of it may take hours
                console.print(f"✗ {found.exercise}: {fault}", markup=False, highlight=False)
    console.print(kill_table(list(kills.values())))
    faults = sum(len(k.faults) for k in kills.values())
    console.print(f"{seeds} seeds, {time.monotonic() - started:.0f} s, {faults} misses.")
    busy = ", ".join(
        f"{k.exercise} {k.seconds:.0f}" for k in sorted(kills.values(), key=lambda k: -k.seconds)
    )
    console.print(f"Seconds of processor time: {busy}.")
    raise typer.Exit(1 if faults else 0)


def kill_table(kills: list[Kills]) -> Table:
    """A line for each exercise, and their sum."""
    table = Table(title="Kill table", show_footer=False)
    table.add_column("exercise")
    for heading in ("right\naccepted", "wrong\nrejected", "named as\ndeclared", "share\ndeclared"):
        table.add_column(heading, justify="right")
    for heading in ("generated\nrejected", "still\nright", "left\nout"):
        table.add_column(heading, justify="right")
    total = sum(kills, Kills("all"))
    for k in kills:
        table.add_row(*_cells(k), style="red" if k.faults else None, end_section=k is kills[-1])
    table.add_row(*_cells(total), style="bold")
    return table


def _cells(k: Kills) -> list[str]:
    share = f"{k.declared / k.wrong:.0%}" if k.wrong else "–"
    counts = [(k.accepted, k.right), (k.rejected, k.wrong), (k.named, k.declared)]
    found = [f"{a}/{b}" for a, b in counts]
    return [k.exercise, *found, share, f"{k.killed}/{k.generated}", str(k.still_right), str(k.left_out or "")]


if __name__ == "__main__":
    typer.run(main)
