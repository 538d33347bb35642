"""The command line of the search: `python -m divnet.search run` and `show`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from divnet.search.plan import SearchError


class _OneSentence(TyperGroup):
    """An error that a user can cause is one sentence and exit status 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SearchError as error:
            typer.echo(str(error), err=True)
        except OSError as error:
            typer.echo(f"{error.filename}: {error.strerror}.", err=True)
        except KeyboardInterrupt:
            typer.echo("Stopped. The same command goes on from here.", err=True)
            raise typer.Exit(130) from None
        raise typer.Exit(1) from None


app = typer.Typer(
    cls=_OneSentence,
    help="Search for better settings: train deck D's network in every configuration of a grid.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Values = Annotated[str | None, typer.Option(metavar="A,B,…", help="Values to try; left out: the deck's.")]


@app.command(
    epilog="Examples: python -m divnet.search run grid.db --workers 2 · "
    "python -m divnet.search run small.db --optimizer adam,nadam --batch-size 32 --epochs 5 --starts 3"
)
def run(
    file: Annotated[Path, typer.Argument(help="Where the search is kept. Again with one: it goes on.")],
    workers: Annotated[int, typer.Option(min=1, help="How many processes train side by side.")] = 1,
    batch_size: Values = None,
    dropout: Values = None,
    epochs: Values = None,
    optimizer: Values = None,
    starts: Annotated[int, typer.Option(min=1, help="How often each configuration is trained.")] = 1,
    first_seed: Annotated[int, typer.Option(min=0, help="The first trial's seed; then + 1 each.")] = 0,
    at_most: Annotated[int | None, typer.Option(min=1, help="Stop after so many trials.")] = None,
) -> None:
    """Train every configuration that FILE does not have yet. Stopped or killed, it loses only what runs."""
    from divnet.search.finished import finished_trials
    from divnet.search.plan import SPACE
    from divnet.search.running import search

    given = {"batch_size": batch_size, "dropout": dropout, "epochs": epochs, "optimizer": optimizer}
    space = {name: SPACE[name] if text is None else _values(name, text) for name, text in given.items()}
    study = search(file, space, starts=starts, first_seed=first_seed, workers=workers, at_most=at_most)
    _print_trials(finished_trials(study), len(study.trials), count=5)


@app.command(
    epilog="Examples: python -m divnet.search show · "
    "python -m divnet.search show grid.db --best 5 --csv grid.csv"
)
def show(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help="Left out: the grid that comes with the course."),
    ] = None,
    best: Annotated[int, typer.Option(min=1, help="How many trials to list.")] = 10,
    csv: Annotated[Path | None, typer.Option(help="Also write all trials to this file.")] = None,
) -> None:
    """List the best trials of a search, and how much each hyperparameter decides."""
    from divnet.search.finished import finished_search, finished_trials, write_table
    from divnet.search.study import load_study

    studies = [load_study(file) for file in files or []]
    trials = [trial for study in studies for trial in finished_trials(study)]
    if not files:
        trials = list(finished_search())
    _print_trials(trials, sum(len(study.trials) for study in studies) or len(trials), best)
    if csv is not None:
        write_table(trials, csv)


def _print_trials(trials: Any, of: int, count: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from divnet.search.finished import best, importance

    console = Console()
    seconds = sum(trial.cpu_seconds for trial in trials)
    table = Table(title=f"{len(trials)} of {of} trials, {seconds:.0f} s of computing; the best")
    for column in ("error", "optimizer", "batch size", "dropout", "epochs", "seed"):
        table.add_column(column, justify="left" if column == "optimizer" else "right")
    for seed, configuration, error, _ in best(trials, count):
        batch_size, dropout, epochs, optimizer = configuration
        table.add_row(f"{error:.6f}", optimizer, str(batch_size), f"{dropout:g}", str(epochs), str(seed))
    console.print(table)
    if len(trials) >= 20:  # the best tenth has two then
        shares = ", ".join(f"{name} {share:.0%}" for name, share in importance(trials).items())
        console.print(f"Importance for being in the best tenth: {shares}")


def _values(name: str, text: str) -> list[Any]:
    """Return what stands between the commas, each in the type of that hyperparameter."""
    convert: Any = {"dropout": float, "optimizer": str}.get(name, int)
    try:
        return [convert(part.strip()) for part in text.split(",")]
    except ValueError:
        kind = "numbers" if convert is float else "whole numbers"
        raise SearchError(
            f"search: --{name.replace('_', '-')} {text}; expected {kind} with commas between them."
        ) from None
