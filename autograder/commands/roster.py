"""`course roster`: who is in the class, and who did not hand in what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.lms.systems import read_list
from autograder.roster import FILE_NAME, Roster, Student

if TYPE_CHECKING:
    from autograder.course import Course

COLUMNS = ("student", "id", "e-mail", "handed in", "not handed in")


@dataclass(frozen=True)
class Read:
    """What became of lists: what a person must decide, and the rest in a sentence."""

    questions: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Row:
    """A student, the units that this one has handed in, and those that only others have."""

    student: Student
    there: tuple[str, ...]
    missing: tuple[str, ...]

    def as_row(self) -> tuple[str, ...]:
        one = self.student
        return (one.name or one.id, one.id, one.email, ", ".join(self.there), ", ".join(self.missing))

    def as_json(self) -> dict[str, Any]:
        one = self.student
        keys = {system: list(names) for system, names in one.keys.items()}
        person = {"id": one.id, "name": one.name, "email": one.email, "keys": keys}
        return {**person, "handed_in": list(self.there), "not_handed_in": list(self.missing)}


def read(course: Course, files: Sequence[Path]) -> Read:
    """Read lists of the class into ``roster.csv``. Raises CourseError for what is no list."""
    before = Roster.load(course.root)
    roster, questions = before, []
    for file in files:
        roster, asked = roster.updated(read_list(file), used=_ids_handed_in(course))
        questions += [f"{file.name}: {sentence}" for sentence in asked]
    roster.save(course.root)
    new = len(roster) - len(before)
    changed = sum(one != before.get(one.id) for one in roster) - new
    return Read(
        tuple(questions),
        f"{course.root / FILE_NAME}: {len(roster)} students, {new} of them new, {changed} changed.",
    )


def rows(course: Course) -> list[Row]:
    """Each student of the roster. Raises CourseError where there is none."""
    roster = Roster.load(course.root)
    if not roster:
        raise CourseError(
            f"There is no {FILE_NAME} yet. Next: course roster FILE, with Moodle's participants or grading "
            "worksheet, Canvas's gradebook, or a CSV with the columns name and email."
        )
    there = {one.id: _units_of(course, one.id) for one in roster}
    begun = [unit.id for unit in course.units if any(unit.id in units for units in there.values())]
    return [
        Row(one, there[one.id], tuple(unit for unit in begun if unit not in there[one.id])) for one in roster
    ]


def missing(course: Course, unit_id: str) -> list[Student]:
    """Who is on the roster and has not handed in a unit."""
    return [one for one in Roster.load(course.root) if unit_id not in _units_of(course, one.id)]


def summary(course: Course) -> list[str]:
    """How many handed in what, and who handed in and is not on the roster."""
    found = rows(course)
    lines = [
        f"{unit.id}: {count} of {len(found)} handed in."
        for unit in course.units
        if (count := sum(unit.id in row.there for row in found))
    ]
    roster = Roster.load(course.root)
    others = [
        f"{name} (is that {people[0].shown}?)" if len(people := roster.find(name)) == 1 else name
        for name in _ids_handed_in(course)
        if not roster.get(name)
    ]
    if others:
        lines.append(
            f"Handed in, and not on the roster: {', '.join(others)}. "
            f"Next: write them in {FILE_NAME} with these ids, or take their folders out of submitted/."
        )
    return lines


def _ids_handed_in(course: Course) -> list[str]:
    submitted = course.root / "submitted"
    there = submitted.iterdir() if submitted.is_dir() else ()
    return sorted(path.name for path in there if path.is_dir() and path.name[0] != ".")


def _units_of(course: Course, student: str) -> tuple[str, ...]:
    folder = course.root / "submitted" / student
    return tuple(unit.id for unit in course.units if (folder / unit.id).is_dir())
