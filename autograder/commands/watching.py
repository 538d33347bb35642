"""What `course grade` shows while it works, on stderr: a live view on a terminal, plain lines elsewhere."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from autograder.commands.showing import status_text, total
from autograder.commands.typed import as_typed
from autograder.commands.visible import visible_text

if TYPE_CHECKING:
    from autograder.grading import Progress, Result

LAST = 6
"""Results that stay in view."""
SPEED_SECONDS = 120
"""Of the latest work, from which the time left is estimated."""


@contextmanager
def watching(console: Console | None = None) -> Iterator[Watcher]:
    """Yields what `autograder.grading.grade_unit` takes as ``on_progress``.

    Within, only the first Ctrl-C counts: a second one would disturb the tidying up.
    """
    console = console or Console(stderr=True)
    with _interrupted_once():
        if not console.is_terminal or console.is_dumb_terminal:
            yield Watcher(console)
            return
        watcher = _LiveWatcher(console)
        with Live(get_renderable=watcher.view, console=console, transient=True, refresh_per_second=4):
            yield watcher


@contextmanager
def _interrupted_once() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread can be interrupted
        return

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # from here to the end of this process
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is interrupt:
            signal.signal(signal.SIGINT, before)


class Watcher:
    """Prints one line for each result. ``units`` holds the latest of each unit."""

    def __init__(self, console: Console) -> None:
        self.units: dict[str, Progress] = {}
        self.bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("time left"),
            TimeRemainingColumn(),
            speed_estimate_period=SPEED_SECONDS,
            console=console,
        )
        self._console = console

    def __call__(self, progress: Progress) -> None:
        began = progress.unit not in self.units
        self.units[progress.unit] = progress
        if began:
            for task in self.bar.task_ids:
                self.bar.remove_task(task)
            self.bar.add_task(progress.unit, total=progress.total, completed=progress.done)
            self.begin(progress)
        if progress.last is not None:
            self.bar.update(self.bar.task_ids[-1], completed=progress.done)
            self.result(progress, progress.last)

    def begin(self, progress: Progress) -> None:
        text = f"{progress.unit}: {_hand_ins(progress.total)}"
        if progress.unchanged:
            text += f", {progress.unchanged} unchanged since they were graded"
        self._print(Text(f"{text}; {progress.sandbox}"))
        if progress.changed:
            self._print(Text(as_typed(progress.changed)))

    def result(self, progress: Progress, result: Result) -> None:
        left = self.bar.tasks[-1].time_remaining
        time = f", about {timedelta(seconds=round(left))} left" if left else ""
        count = f"{progress.done}/{progress.total}{time}: "
        self._print(Text.assemble(count, status_text(result.status), f" {result.student} {total(result)}"))

    def _print(self, text: Text) -> None:
        self._console.print(visible_text(text), soft_wrap=True)


class _LiveWatcher(Watcher):
    """Keeps a bar, who is being graded, and the last results in view."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._last: deque[Result] = deque(maxlen=LAST)
        self._now: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        self._now = progress
        super().__call__(progress)

    def begin(self, progress: Progress) -> None:
        self._last.clear()
        super().begin(progress)

    def result(self, progress: Progress, result: Result) -> None:  # noqa: ARG002
        self._last.append(result)

    def view(self) -> RenderableType:
        if self._now is None:
            return Text("Reading the hand-ins …")
        lines: list[RenderableType] = [self.bar]
        if self._now.at_work:
            lines.append(visible_text(f"now: {', '.join(self._now.at_work)}"))
        table = Table.grid(padding=(0, 2))
        for result in self._last:
            reason = Text(style="dim", no_wrap=True, overflow="ellipsis").append(visible_text(result.reason))
            table.add_row(status_text(result.status), visible_text(result.student), total(result), reason)
        return Group(*lines, table)


def _hand_ins(count: int) -> str:
    return "1 hand-in" if count == 1 else f"{count} hand-ins"
