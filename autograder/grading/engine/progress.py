"""How far a run is, for whoever watches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.grading.results import Result


@dataclass(frozen=True)
class Progress:
    """One moment of a run of one unit.

    ``unchanged`` of the ``done`` were graded by an earlier run. ``at_work`` is empty where nobody knows it,
    as on a cluster. ``last`` is the result that came in just now. ``sandbox`` says in words what student code
    runs in, ``changed`` what changed in the unit since hand-ins were graded.
    """

    unit: str
    total: int
    done: int = 0
    unchanged: int = 0
    at_work: tuple[str, ...] = ()
    last: Result | None = None
    sandbox: str = ""
    changed: str = ""


OnProgress = Callable[[Progress], None]


class Watch:
    """Tells ``on_progress`` of each step. Hand-ins are begun in their order, ``side_by_side`` at a time."""

    def __init__(
        self,
        unit: str,
        total: int,
        on_progress: OnProgress | None,
        side_by_side: int,
        sandbox: str,
        changed: str = "",
    ) -> None:
        self._unit, self._total, self._tell, self._side_by_side = unit, total, on_progress, side_by_side
        self._sandbox, self._changed = sandbox, changed
        self._unchanged = self._done = 0
        self._left: dict[str, None] = {}

    def begin(self, students: Sequence[str]) -> None:
        """These are graded now; the others of the unit are unchanged."""
        self._left = dict.fromkeys(students)
        self._unchanged = self._done = self._total - len(students)
        self._say(None)

    def entered(self, result: Result) -> None:
        """This result is in the gradebook."""
        self._left.pop(result.student, None)
        self._done += 1
        self._say(result)

    def _say(self, last: Result | None) -> None:
        if self._tell:
            at_work = tuple(self._left)[: self._side_by_side]
            done, unchanged = self._done, self._unchanged
            told = (self._sandbox, self._changed)
            self._tell(Progress(self._unit, self._total, done, unchanged, at_work, last, *told))
