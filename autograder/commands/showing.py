"""How commands talk: a progress bar with an ETA, tables for people, JSON for programs.

Here, and in `watching`, is all that is printed; what comes from others is made `visible` first, and a command
to go on with reads `as_typed`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from autograder.commands.typed import as_typed
from autograder.commands.visible import visible, visible_json, visible_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from autograder.grading import Outcome, Result

Step = Callable[[int, int, str], None]
"""Called as (done, of how many, at what) before each of them."""
WIDTH_IN_FILES = 120
LOOK = {
    "graded": ("✓", "green"),
    "partly graded": ("◐", "yellow"),
    "timed out": ("◷", "yellow"),
    "crashed": ("↯", "red"),
    "broken": ("✗", "red"),
    "suspicious": ("⚑", "magenta"),
    "failed": ("!", "bold red"),
}
"""A status's sign and colour; its name always stands beside them."""


@contextmanager
def progress_bar(what: str) -> Iterator[Step]:
    """A bar on stderr with the time left; yields ``step(done, of how many, at what)``."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("time left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int, at: str) -> None:
            bar.update(task, completed=done, total=total, description=visible(f"{what} {at}".strip()))

        yield step


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, whole: int = 0
) -> None:
    """A table on stdout; a text is never read as markup. A line may end in a column's name, but in no cell.

    The first ``whole`` columns are never broken, however narrow the terminal is.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=visible_text(title), box=box.SIMPLE_HEAD, title_justify="left", padding=0, pad_edge=False
    )
    for place, column in enumerate(columns):
        name = Text("\n").join(map(visible_text, column.split("\n")))
        table.add_column(name, overflow="fold", no_wrap=place < whole)
    for row in rows:
        table.add_row(*map(_said, row))
    _stdout().print(table)


def print_lines(*lines: str | Text) -> None:
    """Lines on stdout, never broken."""
    console = _stdout()
    for line in lines:
        console.print(_said(line), soft_wrap=True)
    sys.stdout.flush()  # before a program that takes this one's place, such as JupyterLab


def print_error(sentence: str) -> None:
    """What went wrong, on stderr."""
    print(visible(as_typed(sentence)), file=sys.stderr)


def can_ask() -> bool:
    """Does somebody sit there who can answer?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, choices: Sequence[tuple[str, str]]) -> int:
    """Which one, from 0; asked until it is one of them."""
    import typer

    print_table(question, ("", "", ""), [(str(n), *words) for n, words in enumerate(choices, start=1)])
    while True:
        answer = typer.prompt(f"1 to {len(choices)}").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return int(answer) - 1


def print_json(data: Any) -> None:
    """One JSON value on stdout."""
    print(visible_json(data))


def status_text(status: Outcome) -> Text:
    """Its sign and its name, in its colour."""
    from rich.text import Text

    sign, style = LOOK[status]
    return Text(f"{sign} {status}", style=style)


def total(result: Result) -> str:
    """Points so far of points there are."""
    ungraded = all(score is None for score, _ in result.scores.values())
    return f"{'–' if ungraded else number(result.total)}/{number(result.points)}"


def number(value: float) -> str:
    """3, 0.67, 1.5: no zeros that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _said(text: str | Text) -> Text:
    return visible_text(as_typed(text) if isinstance(text, str) else text)


def _stdout() -> Console:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:  # a file or a pipe has no width of its own, and rich would take 80
        console.width = WIDTH_IN_FILES
    return console
