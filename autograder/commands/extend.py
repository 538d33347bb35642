"""`course extend`: one student has longer for a unit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course import read_moment
from autograder.course_file import CourseError
from autograder.extensions import AS_WRITTEN, Extensions
from autograder.grading.handins.receipts import STUDENT_ID
from autograder.roster import Roster

if TYPE_CHECKING:
    from autograder.course import Course

COLUMNS = ("student", "unit", "until", "instead of")


def extend(course: Course, name: str, unit_id: str, until: str | None, *, remove: bool = False) -> str:
    """Enter an extension in ``extensions.csv``, or take it out; return what is so now. Raises CourseError."""
    due = course.unit(unit_id).due
    extensions, student = Extensions.load(course), find_student(course, name)
    if remove:
        if extensions.until(student, unit_id) is None:
            raise CourseError(f"{student} has no extension of {unit_id}. Next: course extend lists them all.")
        extensions.changed(student, unit_id, None).save(course.root)
        return f"{student} has no extension of {unit_id} any more." + _next(course, unit_id)
    if due is None:
        raise CourseError(
            f"{unit_id} has no due date, so that nobody is late. Next: give it one in course.yml."
        )
    moment = _moment(course, until)
    if moment <= due:
        raise CourseError(f"{unit_id} is due {due:{AS_WRITTEN}} for everyone. Next: give a later date.")
    extensions.changed(student, unit_id, moment).save(course.root)
    return f"{student} may hand in {unit_id} until {moment:{AS_WRITTEN}}." + _next(course, unit_id)


def listed(course: Course) -> list[tuple[str, str, str, str]]:
    """All extensions, as rows of `COLUMNS`."""
    due, roster = {unit.id: unit.due for unit in course.units}, Roster.load(course.root)
    return [
        (
            roster.shown(student),
            unit,
            f"{until:{AS_WRITTEN}}",
            f"{due[unit]:{AS_WRITTEN}}" if due[unit] else "–",
        )
        for (student, unit), until in Extensions.load(course).given.items()
    ]


def find_student(course: Course, name: str) -> str:
    """The student meant, as it is written in the roster, or else in ``submitted/``."""
    if roster := Roster.load(course.root):
        found = roster.find(name)
        if len(found) != 1:
            which = f"can be {', '.join(one.shown for one in found)}" if found else "is not on the roster"
            raise CourseError(f"{name!r} {which}. Next: give the id, as in roster.csv.")
        return found[0].id
    if not STUDENT_ID.fullmatch(name):
        raise CourseError(f"{name!r} cannot be a student's name here. Next: give it as in submitted/.")
    there = (path.name for path in (course.root / "submitted").glob("[!.]*"))
    return next((one for one in there if one.casefold() == name.casefold()), name)


def _moment(course: Course, text: str | None) -> datetime:
    try:
        return read_moment(text).replace(tzinfo=ZoneInfo(course.time_zone))
    except ValueError:
        found = f"{text!r} is no date" if text else "until when?"
        raise CourseError(f"{found}. Next: give a day, as 2027-02-21, or '2027-02-21 18:00'.") from None


def _next(course: Course, unit_id: str) -> str:
    """Which hand-in is the best is found when they are graded."""
    return f" Next: course grade {unit_id}" if course.grading.counts == "best" else ""
