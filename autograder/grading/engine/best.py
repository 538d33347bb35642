"""Of several hand-ins of one student one counts: the last, or the best, as course.yml says.

It is laid in its place in ``submitted/`` before that is graded, and the others are kept aside: gradebook,
formgrader and feedback know one hand-in. Which one counts by now, each run finds anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.extensions import AS_WRITTEN
from autograder.grading.gradebook.journal import Journal
from autograder.grading.handins.history import Kept, bring_back, several
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.grading.results import Graded, Outcome, Result
from autograder.lateness import LatePolicy

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course


class Counting:
    """The hand-ins of those of one unit who have several, and which of them counts."""

    def __init__(
        self,
        course: Course,
        unit_id: str,
        students: Sequence[str],
        journal: Journal,
        lesson: NotebookNode,
    ) -> None:
        self._course, self._unit, self._journal = course, unit_id, journal
        self._zone = ZoneInfo(course.time_zone)
        self._is_best = course.grading.counts == "best"
        self._several = several(course.root / "submitted", students, unit_id, self._zone)
        checks = check_cells(lesson).items()
        self._most = {name: float(cell.metadata.nbgrader["points"]) for name, cell in checks}
        self._keys: dict[Kept, str] = {}
        self._ran: dict[str, tuple[str, Graded]] = {}
        self._failed: set[str] = set()
        self._said: dict[str, str] = {}

    def to_try(self) -> Iterator[Kept]:
        """Those whose points must be known: all, or none where the last counts."""
        for kept in self._several.values() if self._is_best else ():
            yield from kept

    def is_known(self, kept: Kept, key: str) -> bool:
        """Has an earlier run tried this very hand-in, and all that its points depend on is unchanged?"""
        self._keys[kept] = key
        return self._journal.tried(kept.student).get(kept.digest, {}).get("key") == key

    def enter(self, kept: Kept, graded: Graded) -> Result:
        """Note the points of one that was tried; a failure of ours is tried again next time."""
        points = dict(graded.facts.points)
        if graded.status is Outcome.FAILED:
            self._failed.add(kept.student)
        else:
            found = {"key": self._keys.get(kept, ""), "points": points}
            self._journal.note_tried(kept.student, kept.digest, found)
        before = self._ran.get(kept.student)
        if before is None or sum(before[1].facts.points.values()) <= sum(points.values()):
            self._ran[kept.student] = (kept.digest, replace(graded, student=kept.student))
        scores = {name: (points.get(name), most) for name, most in self._most.items()}
        return Result(kept.label, self._unit, graded.status, graded.reason, scores)

    def settle(self, marks: Callable[[str], Mapping[str, float]]) -> None:
        """Lay those that count in their places; ``marks`` are a student's by hand, by exercise."""
        policy, due = LatePolicy.of(self._course), self._course.unit(self._unit).due
        for student, kept in self._several.items():
            if student in self._failed:
                self._said[student] = "not every hand-in could be tried: grade again to find the best"
                continue
            worth = dict.fromkeys(kept, 0.0)
            if self._is_best:
                given, tried = marks(student), self._journal.tried(student)
                for one in kept:
                    late = policy.lateness(student, self._unit, one.moment, due)
                    worth[one] = round(_points(one, tried, given) * (1 - late.share), 2)
            counts = max(kept, key=lambda one: (worth[one], one.moment, one.here))
            if not counts.here:
                bring_back(self._course.root / "submitted", counts, self._zone)
            if (ran := self._ran.get(student)) and ran[0] != counts.digest:
                del self._ran[student]
            self._said[student] = self._sentence(counts, worth)

    def run_before(self, students: Collection[str]) -> dict[str, Graded]:
        """What was run to find the best, and is the best: it need not be run again."""
        return {student: graded for student, (_, graded) in self._ran.items() if student in students}

    def remarked(self, result: Result) -> Result:
        """The same with what is to be said of which hand-in counts."""
        said = self._said.get(result.student)
        return replace(result, remarks=(*result.remarks, said)) if said else result

    def _sentence(self, counts: Kept, worth: Mapping[Kept, float]) -> str:
        when = f"{counts.moment.astimezone(self._zone):{AS_WRITTEN}}"
        if not self._is_best:
            return f"the last of {len(worth)} hand-ins counts, of {when}"
        others = ", ".join(f"{points:g}" for one, points in worth.items() if one is not counts)
        return (
            f"the best of {len(worth)} hand-ins counts, of {when}: {worth[counts]:g} points, not {others} "
            "(what a person has still to mark is not counted)"
        )


def _points(one: Kept, tried: Mapping[str, Mapping[str, Any]], given: Mapping[str, float]) -> float:
    """What checks gave, and a person's marks for all else, whichever hand-in they were given for.

    A mark that a person gave in a check's place is for the answer that is here.
    """
    judged: dict[str, float] = tried.get(one.digest, {}).get("points", {})
    by_hand = {name: mark for name, mark in given.items() if one.here or name not in judged}
    return sum({**judged, **by_hand}.values())
