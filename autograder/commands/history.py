"""`course history`: what a student handed in, when, and which one counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.commands.extend import find_student
from autograder.commands.showing import number
from autograder.course_file import CourseError
from autograder.extensions import AS_WRITTEN
from autograder.grading.gradebook.journal import Journal
from autograder.grading.handins.history import Kept, history
from autograder.lateness import LatePolicy

if TYPE_CHECKING:
    from autograder.course import Course

COLUMNS = ("unit", "handed in", "how late", "by checks", "what became of it", "file")
HERE, ASIDE = "counts", "kept aside"
UNSURE = "kept aside: only a name further in said that it is this student's"


@dataclass(frozen=True)
class Row:
    """``points`` are those of checks, before lateness; None where it was not graded."""

    unit: str
    handed_in: str
    lateness: str
    points: float | None
    what: str
    file: str

    def as_row(self) -> tuple[str, ...]:
        points = "–" if self.points is None else number(self.points)
        return self.unit, self.handed_in, self.lateness, points, self.what, self.file

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def rows(course: Course, name: str, unit_id: str | None = None) -> tuple[str, list[Row]]:
    """The student's id, and all hand-ins, unit by unit, the newest last. Raises CourseError."""
    units = [course.unit(unit_id)] if unit_id else course.units
    student, zone, policy = find_student(course, name), ZoneInfo(course.time_zone), LatePolicy.of(course)
    found = [
        Row(
            unit.id,
            f"{one.moment.astimezone(zone):{AS_WRITTEN}}",
            str(policy.lateness(student, unit.id, one.moment, unit.due)),
            _points(course, one),
            HERE if one.here else UNSURE if one.unsure else ASIDE,
            one.notebook.relative_to(course.root).as_posix(),
        )
        for unit in units
        for one in history(course.root / "submitted", student, unit.id, zone)
    ]
    if not found:
        raise CourseError(f"{student} has handed in nothing yet. Next: course collect FOLDER-OR-ZIP")
    return student, found


def _points(course: Course, one: Kept) -> float | None:
    """By the last run that tried it, or that graded what is here."""
    journal = Journal(course.root, one.unit)
    tried = journal.tried(one.student).get(one.digest)
    given = tried["points"] if tried else journal.entry(one.student).get("scores", {}) if one.here else {}
    known = [float(points) for points in given.values() if points is not None]
    return sum(known) if known else None
