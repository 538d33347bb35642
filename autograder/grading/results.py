"""What grading says about one student's hand-in of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.verdict import Verdict

Score = tuple[float | None, float]
"""(score, points); the score is None where a person has still to give it."""


class Outcome(StrEnum):
    """How far grading came with a hand-in. Only ``GRADED`` means that every cell was run to its end."""

    GRADED = "graded"
    PARTLY_GRADED = "partly graded"  # some exercises were reached, others not
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    BROKEN = "broken"
    SUSPICIOUS = "suspicious"
    FAILED = "failed"

    @property
    def advice(self) -> str:
        """What a teacher does next; nothing where there is nothing to do."""
        return _ADVICE.get(self, "")


_ADVICE = {
    Outcome.PARTLY_GRADED: "what was reached is scored; mark the open exercises in formgrader, or have the "
    "student mend the cell that is named, hand in again, and grade again",
    Outcome.TIMED_OUT: "what was reached is scored; where the work is honest and slow, raise cell_timeout "
    "(of one cell) or cpu_seconds (of all) in course.yml and grade again",
    Outcome.CRASHED: "have the student mend the cell that is named and hand in again, or mark in formgrader",
    Outcome.BROKEN: "ask the student for the file again; nothing is scored until then",
    Outcome.SUSPICIOUS: "read the hand-in before you count its points; they come from outside the sandbox, "
    "so nothing was gained",
    Outcome.FAILED: "not the student's fault: course grade tries it again; see course doctor if it stays",
}


@dataclass(frozen=True)
class Result:
    """One student's hand-in of one unit.

    ``scores`` holds every exercise of the unit, also those that grading never reached: their score is
    None, never a silent zero. ``reason`` is empty where all went well. ``causes`` says what probably led to
    each of the ``misconceptions``. ``remarks`` says what was repaired
    before grading, or that the hand-in was late. ``asks`` says why a person should look at an exercise where
    its kind does not say it: one that could not be scored, or that has a mark which may not fit any more.
    ``graded_before`` where its unit had other exercises or points then.
    """

    student: str
    unit: str
    status: Outcome
    reason: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    causes: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    late_penalty: float = 0.0
    asks: Mapping[str, str] = field(default_factory=dict)
    graded_before: bool = False

    @property
    def total(self) -> float:
        """The points so far, late penalty taken off; what waits for a person counts nothing yet."""
        given = sum(score for score, _ in self.scores.values() if score is not None)
        return max(0.0, given - self.late_penalty)

    @property
    def points(self) -> float:
        return sum(points for _, points in self.scores.values())

    @property
    def waiting(self) -> tuple[str, ...]:
        """The exercises that a person has still to mark, or to look at again."""
        return tuple(name for name, (score, _) in self.scores.items() if score is None or name in self.asks)

    def as_json(self) -> dict[str, Any]:
        scores = {name: {"score": score, "points": points} for name, (score, points) in self.scores.items()}
        return {**asdict(self), "scores": scores, "total": self.total, "points": self.points}


@dataclass(frozen=True)
class Facts:
    """What the gradebook needs of a graded notebook, by its cells' names: nobody reads the page again.

    ``points`` are those of checks; ``cells`` the others that nbgrader scores or comments on. ``answers`` and
    ``beside`` are as `digests` and `answered_beside` have them; None on a page that has no answers.
    """

    points: Mapping[str, float] = field(default_factory=dict)
    cells: Mapping[str, NotebookNode] = field(default_factory=dict)
    answers: Mapping[str, str] | None = None
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Graded:
    """What became of a task: plain data. ``open`` names the exercises that grading never reached.

    ``doubtful`` where the clock or a signal ended something: what was judged before then is in ``judged``.
    """

    student: str
    status: Outcome
    reason: str
    remarks: tuple[str, ...]
    notebook: str  # the graded notebook, as JSON
    misconceptions: dict[str, str] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    doubtful: bool = False
    judged: Mapping[str, Verdict] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
