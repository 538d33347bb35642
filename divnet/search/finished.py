"""Searches that are over: the two that come with the course, and how to read and write one as a table."""

import csv
import functools
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from divnet.search.plan import Configuration

if TYPE_CHECKING:
    import optuna

_DATA = Path(__file__).with_name("data")
_COLUMNS = ("seed", *Configuration._fields, "error", "cpu_seconds")


class Trial(NamedTuple):
    """One finished trial; `error` is NaN where the training ran away."""

    seed: int
    configuration: Configuration
    error: float
    cpu_seconds: float


@functools.cache
def finished_search() -> tuple[Trial, ...]:
    """Return deck D's grid as it was run for this course: 280 trials, each from a start of its own.

    Made by `python -m divnet.search run grid.db --workers 2`, then `show grid.db --csv grid.csv`.
    """
    return read_table(_DATA / "grid.csv")


@functools.cache
def finished_seed_spread() -> tuple[Trial, ...]:
    """Return the five configurations that came out best in that grid, each from twenty new starts.

    Made by `python -m divnet.search run spread-1.db --optimizer … --starts 20 --first-seed 1000` for each of
    them, then `show spread-1.db … --csv spread.csv`.
    """
    return read_table(_DATA / "spread.csv")


def finished_trials(study: "optuna.Study") -> tuple[Trial, ...]:
    """Return what of a study is done, in the order of the trials."""
    return tuple(
        Trial(
            trial.user_attrs["seed"],
            Configuration(**trial.params),
            float("nan") if trial.value is None else trial.value,
            trial.user_attrs["cpu_seconds"],
        )
        for trial in study.get_trials(deepcopy=False)
        if trial.state.is_finished()
    )


def best(trials: Iterable[Trial], count: int) -> list[Trial]:
    """Return the trials with the smallest errors, the best one first."""
    return sorted((trial for trial in trials if trial.error == trial.error), key=lambda t: t.error)[:count]


def importance(trials: Sequence[Trial]) -> dict[str, float]:
    """Return how much each hyperparameter decides whether a trial is among the best tenth; the sum is 1.

    Computed by Optuna's PED-ANOVA, which compares the values of the best tenth with those of all. A
    hyperparameter of which only one value was tried gets 0.

    Source: Watanabe, Bansal, Hutter, "PED-ANOVA" (2023).
    """
    from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances

    found = get_param_importances(as_study(trials), evaluator=PedAnovaImportanceEvaluator())
    total = sum(found.values()) or 1.0
    return {name: found.get(name, 0.0) / total for name in Configuration._fields}


def as_study(trials: Sequence[Trial]) -> "optuna.Study":
    """Return the trials as an Optuna study in memory, for Optuna's own tools."""
    import optuna

    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="minimize")
    optuna.logging.set_verbosity(level)
    distributions: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.CategoricalDistribution(
            sorted({getattr(trial.configuration, name) for trial in trials})
        )
        for name in Configuration._fields
    }
    for trial in trials:
        if trial.error == trial.error:
            frozen = optuna.trial.create_trial(
                params=trial.configuration._asdict(), distributions=distributions, value=trial.error
            )
            study.add_trial(frozen)
    return study


def read_table(file: str | PathLike[str]) -> tuple[Trial, ...]:
    """Return the trials of a table that `write_table` wrote."""
    with Path(file).open(newline="", encoding="utf-8") as lines:
        return tuple(
            Trial(
                int(row["seed"]),
                Configuration(
                    int(row["batch_size"]), float(row["dropout"]), int(row["epochs"]), row["optimizer"]
                ),
                float(row["error"]),
                float(row["cpu_seconds"]),
            )
            for row in csv.DictReader(lines)
        )


def write_table(trials: Iterable[Trial], file: str | PathLike[str]) -> None:
    """Write the trials as comma-separated values, a line each."""
    with Path(file).open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for seed, configuration, error, cpu_seconds in trials:
            writer.writerow([seed, *configuration, f"{error:.9g}", f"{cpu_seconds:.3f}"])
