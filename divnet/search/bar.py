"""The progress bar of a search: trials done, the best error so far, the time that is left."""

import time
from typing import TYPE_CHECKING, Any

from divnet.search.plan import Configuration, Plan
from divnet.search.workers import Outcome

if TYPE_CHECKING:
    import optuna

PATIENCE = 2.0  # seconds before the bar appears


class SearchBar:
    """A bar in a terminal (a notebook has none), that goes away at the end; counted in steps."""

    def __init__(self, study: "optuna.Study", plan: Plan, visible: bool):
        from rich.console import Console

        self._plan = plan
        self._console = Console()
        self._visible = visible and self._console.is_terminal
        self._started = time.perf_counter()
        self._bar: Any = None
        self._task: Any = None
        finished = [trial for trial in study.get_trials(deepcopy=False) if trial.state.is_finished()]
        self._done = {t.number: Configuration(**t.params).steps(plan.points) for t in finished}
        self._finished = len(finished)
        self._best = min((t.value for t in finished if t.value is not None), default=None)
        self._already = sum(self._done.values())

    def __enter__(self) -> "SearchBar":
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, outcome: Outcome) -> None:
        """Count an outcome in."""
        if not self._visible:
            return
        trial = outcome.key
        steps = Configuration(**trial.params).steps(self._plan.points)
        self._done[trial.number] = steps * outcome.epochs_done // trial.params["epochs"]
        if outcome.result is not None:
            self._finished += 1
            errors = [e for e in (self._best, outcome.result.error) if e is not None and e == e]
            self._best = min(errors, default=None)
        if self._bar is None and time.perf_counter() - self._started > PATIENCE:
            self._start()
        if self._bar is not None:
            self._bar.update(self._task, completed=sum(self._done.values()), text=self._text())

    def _start(self) -> None:
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.fields[text]}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=self._console,
            transient=True,
            speed_estimate_period=60.0,
        )
        self._bar.start()
        self._task = self._bar.add_task("", total=self._plan.steps(), completed=self._already, text="")

    def _text(self) -> str:
        best = "" if self._best is None else f", best error {self._best:.5f}"
        return f"{self._finished} of {len(self._plan.trainings())} trials{best}"
