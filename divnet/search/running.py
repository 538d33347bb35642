"""`search`: run a plan's trials into a file, or what is left of them."""

import itertools
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from divnet.search.bar import SearchBar
from divnet.search.plan import POINTS, SPACE, Plan, SearchError
from divnet.search.study import finish, open_study, open_trials, owned
from divnet.search.workers import Outcome, run_here, run_side_by_side

if TYPE_CHECKING:
    import optuna


def search(
    file: str | PathLike[str],
    space: Mapping[str, Sequence[Any]] = SPACE,
    *,
    starts: int = 1,
    first_seed: int = 0,
    points: int = POINTS,
    workers: int = 1,
    at_most: int | None = None,
    progress: bool = True,
) -> "optuna.Study":
    """Train the network in every configuration of the space and return the study that the file then holds.

    It may be stopped at any time, even killed: called again, it does what is missing, and nothing twice.

    space, starts, first_seed, points: see `Plan`. workers: with more than 1, so many processes train side by
    side. at_most: stop after so many trials. progress: draw a bar in a terminal.

    Errors: a SearchError, which is a ValueError, for a setting that cannot be, for a file with something else
    in it, and where another process is at work on the file.
    """
    plan = Plan(space, starts, first_seed, points)
    for name, value in (("workers", workers), ("at_most", at_most)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise SearchError(f"search: {name} = {value!r}; expected a whole number from 1 on.")
    file = Path(file)
    if not file.parent.is_dir():
        raise SearchError(f"{file}: there is no folder {file.parent}; make it first.")
    with owned(file):
        study = open_study(file, plan)
        jobs = itertools.islice(open_trials(study), at_most)
        with SearchBar(study, plan, progress) as bar:

            def report(outcome: Outcome) -> None:
                if outcome.result is not None:
                    finish(study, outcome.key, outcome.result)
                bar.show(outcome)

            if workers == 1:
                run_here(jobs, points, report)
            else:
                run_side_by_side(jobs, points, workers, report)
    return study
