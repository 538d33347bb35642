"""A search in a file: an Optuna study in SQLite, with all its trials in it from the start.

One process owns the file while it works on it. So a trial that the file calls running, when nobody owns the
file, belonged to a process that is dead: it is taken up again, and no other is.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from divnet.search.plan import Configuration, Plan, SearchError, Training
from divnet.search.trial import Result

if TYPE_CHECKING:
    import optuna

_NAME = "divnet.search"


@contextmanager
def owned(file: Path) -> Iterator[None]:
    """Keep the file for this process while the block runs; a SearchError where another one has it.

    The operating system lets go of it when the process ends, however it ends.
    """
    import filelock

    try:
        with filelock.FileLock(file.with_name(file.name + ".lock"), timeout=0):
            yield
    except filelock.Timeout:
        raise SearchError(
            f"{file}: another process is searching in this file; wait for it or stop it."
        ) from None


def open_study(file: Path, plan: Plan) -> "optuna.Study":
    """Return the study in the file; where there is none, make one with all trials of the plan waiting.

    A new file appears complete or not at all. Raises a SearchError where the file holds something else.
    """
    if not file.exists():
        new = file.with_name(file.name + ".new")
        new.unlink(missing_ok=True)
        study = _create(new, plan)
        study._storage.remove_session()  # closes the file, so that it can be renamed everywhere
        new.replace(file)
    study = load_study(file)
    if study.user_attrs["plan"] != plan.as_data():
        raise SearchError(
            f"{file}: this file holds another search ({_difference(study.user_attrs['plan'], plan)}); "
            "choose another name, or the settings of that one."
        )
    return study


def load_study(file: Path) -> "optuna.Study":
    """Return the study in the file; a SearchError where there is none."""
    import optuna
    import sqlalchemy.exc

    if not file.is_file():
        raise SearchError(f"{file}: there is no such file; `python -m divnet.search run {file}` makes one.")
    try:
        with _quiet():
            study = optuna.load_study(study_name=_NAME, storage=_storage(file))
        study.user_attrs["plan"]
    except (sqlalchemy.exc.DatabaseError, KeyError, RuntimeError):
        raise SearchError(f"{file}: this is not a file that divnet.search made.") from None
    return study


def open_trials(study: "optuna.Study") -> "Iterator[tuple[optuna.Trial, Training]]":
    """Yield the trials still to be done, each marked as running: first those that a dead process left so."""
    from optuna.trial import Trial, TrialState

    for left in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        yield Trial(study, left._trial_id), _training(left)
    while study.get_trials(deepcopy=False, states=(TrialState.WAITING,)):
        trial = study.ask()
        yield trial, _training(study.trials[trial.number])


def finish(study: "optuna.Study", trial: "optuna.Trial", result: Result) -> None:
    """Write a result into the file."""
    import math

    from optuna.trial import TrialState

    trial.set_user_attr("cpu_seconds", round(result.cpu_seconds, 3))
    trial.set_user_attr("weights", result.weights)
    if math.isfinite(result.error):
        study.tell(trial, result.error)
    else:
        study.tell(trial, state=TrialState.FAIL)


def _create(file: Path, plan: Plan) -> "optuna.Study":
    import optuna

    with _quiet():
        study = optuna.create_study(study_name=_NAME, storage=_storage(file), direction="minimize")
    study.set_user_attr("plan", plan.as_data())
    distributions: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.CategoricalDistribution(tuple(plan.space[name]))
        for name in Configuration._fields
    }
    for configuration, seed in plan.trainings():
        study.add_trial(
            optuna.trial.create_trial(
                state=optuna.trial.TrialState.WAITING,
                params=configuration._asdict(),
                distributions=distributions,
                user_attrs={"seed": seed},
            )
        )
    return study


def _storage(file: Path) -> "optuna.storages.RDBStorage":
    import optuna
    from sqlalchemy.pool import NullPool

    # the file is locked while it is written to: wait for that; and it is closed after each use
    return optuna.storages.RDBStorage(
        f"sqlite:///{file}", {"connect_args": {"timeout": 60}, "poolclass": NullPool}
    )


def _training(trial: "optuna.trial.FrozenTrial") -> Training:
    return Training(Configuration(**trial.params), trial.user_attrs["seed"])


def _difference(found: dict[str, Any], plan: Plan) -> str:
    wanted = plan.as_data()
    for name in Configuration._fields:
        if found["space"][name] != wanted["space"][name]:
            return f"{name} {json.dumps(found['space'][name])} instead of {json.dumps(wanted['space'][name])}"
    return ", ".join(f"{k} {found[k]} instead of {wanted[k]}" for k in wanted if found[k] != wanted[k])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Optuna's log lines, which go to stderr, for warnings."""
    import optuna

    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(level)
