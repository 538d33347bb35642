"""How `fit` tells how far it is."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int], None]
Progress = bool | None | Callable[[int, int], None]

PATIENCE = 2.0  # seconds before a bar appears
PER_UPDATE = 0.25  # seconds from one look of the bar in a notebook to the next


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
    """Draw a bar that appears after PATIENCE seconds of training and goes away at its end.

    In a file or a pipe, where it could not go away, it does not appear; nor while `course build` executes a
    notebook (COURSE_BUILDING), whose outputs are kept and must not depend on how fast the machine is. The
    clock starts at the first report: until then TensorFlow may have compiled, which is not training.
    """
    from rich.console import Console

    console = Console()
    show = _NotebookBar if console.is_jupyter else _TerminalBar if console.is_terminal else None
    if "COURSE_BUILDING" in os.environ:
        show = None
    bar = first_report = None

    def report(done: int) -> None:
        nonlocal bar, first_report
        now = time.perf_counter()
        first_report = first_report or now
        if bar is None and show and now - first_report > PATIENCE and done < epochs:
            bar = show(epochs)
        if bar is not None:
            bar.update(done, now - first_report)

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()


class _TerminalBar:
    """rich's bar, on stdout."""

    def __init__(self, epochs: int):
        from rich.progress import Progress as Bar

        self._bar = Bar(transient=True)
        self._bar.start()
        self._task = self._bar.add_task("training", total=epochs)

    def update(self, done: int, _seconds: float) -> None:
        self._bar.update(self._task, completed=done)

    def stop(self) -> None:
        self._bar.stop()


class _NotebookBar:
    """A bar in an output that is replaced again and again.

    rich would draw into an output widget: nbclient fails over it where it keeps no widgets, and it leaves an
    empty box in the notebook.
    """

    def __init__(self, epochs: int):
        from IPython.display import display

        self._epochs = epochs
        self._last = -PER_UPDATE
        self._handle = display({"text/plain": ""}, raw=True, display_id=True)

    def update(self, done: int, seconds: float) -> None:
        if seconds - self._last < PER_UPDATE:
            return
        self._last = seconds
        left = seconds / max(1, done) * (self._epochs - done)
        words = f"training: {done} of {self._epochs} epochs, about {left:.0f} s left"
        bar = f'<progress value="{done}" max="{self._epochs}" aria-label="training"></progress> {words}'
        self._show({"text/html": bar, "text/plain": words})

    def stop(self) -> None:
        self._show({"text/html": "", "text/plain": ""})

    def _show(self, data: dict[str, str]) -> None:
        self._handle.update(data, raw=True)
