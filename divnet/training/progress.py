"""How `fit` tells how far it is."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int], None]
Progress = bool | None | Callable[[int, int], None]

PATIENCE = 2.0  # seconds before a bar appears


@contextmanager
def reporting(progress: Progress, epochs: int) -> Iterator[Report]:
    """Yield a function to call with the number of epochs done, now and then; see `fit` for `progress`."""
    if callable(progress):
        yield lambda done: progress(done, epochs)
    elif progress:
        with _bar(epochs) as report:
            yield report
    else:
        yield lambda _: None


@contextmanager
def _bar(epochs: int) -> Iterator[Report]:
    """Draw a bar on stdout that appears after PATIENCE seconds of training and goes away at its end.

    In a file or a pipe, where it could not go away, it does not appear; nor while `course build` executes a
    notebook (COURSE_BUILDING), whose outputs are kept and must not depend on how fast the machine is. The
    clock starts at the first report: until then TensorFlow may have compiled, which is not training.
    """
    from rich.console import Console

    console = Console()
    bar = task = first_report = None
    visible = (console.is_terminal or console.is_jupyter) and "COURSE_BUILDING" not in os.environ

    def report(done: int) -> None:
        nonlocal bar, task, first_report
        now = time.perf_counter()
        first_report = first_report or now
        if bar is None and visible and now - first_report > PATIENCE and done < epochs:
            from rich.progress import Progress as Bar

            bar = Bar(console=console, transient=True)
            bar.start()
            task = bar.add_task("training", total=epochs)
        if bar is not None and task is not None:
            bar.update(task, completed=done)

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()
