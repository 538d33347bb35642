"""Canvas: the gradebook as CSV, and the zip of all submissions of an assignment."""

from __future__ import annotations

import re

from autograder.lms import columns
from autograder.lms.said import Said
from autograder.roster import Student
from autograder.tables import Table

SYSTEM = "canvas"
IN_A_DOWNLOAD = re.compile(
    r"(?P<name>[^\s.,()-]+?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<upload>\d{3,})_(?P<file>.+)", re.DOTALL
)
"""``obergasa_LATE_12345_67890_name-1.ipynb``: the user's number stays, the upload's is new each time."""
OF_NOBODY = ("", "points possible", "student, test", "test student")
"""In the place of a student's name: what stands above the class, and the student that a teacher plays."""


def said_in(name: str) -> Said | None:
    """What Canvas says in the name of a file; None where it did not name it."""
    found = IN_A_DOWNLOAD.fullmatch(name)
    if not found or found["name"] != found["name"].lower():
        return None
    upload, late = int(found["upload"]), found["late"] is not None
    return Said(SYSTEM, found["user"], found["name"], found["file"], number=upload, late=late)


def is_person(row_name: str, row_id: str) -> bool:
    """Is this row of a gradebook somebody's?"""
    return row_id.isdigit() and row_name.strip().casefold() not in OF_NOBODY


def is_gradebook(table: Table) -> bool:
    """Canvas's has these columns, and before the class a row with the points of each assignment."""
    if not (table.column(["Student"]) and table.column(["ID"])):
        return False
    above = any(row["Student"].casefold() == "points possible" for _, row in table.rows if "Student" in row)
    return above or bool(table.column(["SIS Login ID", "SIS User ID"]))


def listed(table: Table) -> list[Student] | None:
    """Who is in a gradebook, with Canvas's numbers; None where the table is none."""
    if not is_gradebook(table):
        return None
    student, number = table.column(["Student"]), table.column(["ID"])
    rows = tuple((line, row) for line, row in table.rows if is_person(row[student], row[number]))
    people = columns.people(Table(table.path, table.columns, rows))
    return [
        Student("", one.name, one.email, {**one.keys, SYSTEM: (row[number],)})
        for one, (_, row) in zip(people, rows, strict=True)
    ]
