"""All systems that name hand-ins or list a class."""

from __future__ import annotations

from pathlib import Path

from autograder.course_file import CourseError
from autograder.lms import blackboard, canvas, columns, exchange, moodle
from autograder.lms.said import Said
from autograder.roster import Student
from autograder.tables import read_table


def said_in(name: str) -> Said | None:
    """What a system says in the name that it gave to a file or a folder; None where none did."""
    readers = (moodle.said_in, exchange.said_in, blackboard.said_in, canvas.said_in)
    return next((said for read in readers if (said := read(name))), None)


def read_list(path: Path) -> list[Student]:
    """Who is in a platform's list of a class, or in any table with names. Raises CourseError."""
    table = read_table(path)
    found = moodle.listed(table) or canvas.listed(table)
    if found is None and columns.has_people(table):
        found = columns.people(table)
    if not found:
        there = ", ".join(table.columns)[:200]
        raise CourseError(
            f"{path}: nobody is listed there, as far as this can be read; its columns are {there}. "
            f"Allowed: Moodle's participants or grading worksheet, Canvas's gradebook, or {columns.ALLOWED}. "
            "Next: rename the columns in its first line."
        )
    return found
