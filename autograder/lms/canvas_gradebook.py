"""Canvas's gradebook as CSV: which rows are students, which column is a unit, and names of feedback files."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from autograder.course_file import CourseError
from autograder.lms import canvas
from autograder.lms.columns import people
from autograder.lms.sheet import Row, Sheet
from autograder.lms.worksheet import Worksheet, number
from autograder.roster import Student

POINTS = "points possible"
READ_ONLY = re.compile(r"read\s+only", re.IGNORECASE)
ASSIGNMENT = re.compile(r"(.*\S)\s*\((\d+)\)")
"""A column's heading: the assignment's name, and Canvas's number for it."""
CLOSED = {"n/a": "Canvas has this assignment not for this student (N/A)", "ex": "excused in Canvas (EX)"}
HOW = "In Canvas: Grades, Export, Export Entire Gradebook"


def read_canvas(path: Path, unit_id: str, title: str, column: str | None = None) -> Sheet:
    """The gradebook, with the column of this unit, or the one that is named. Raises CourseError."""
    sheet = Worksheet.read(path)
    named = {heading.casefold(): place for place, heading in reversed([*enumerate(sheet.header)])}
    if "id" not in named or not ({"student", "lastname"} & named.keys()):
        raise CourseError(f"{path}: this is no gradebook of Canvas: no columns Student and ID. Next: {HOW}.")
    points = next(
        (row for row in range(1, len(sheet.rows)) if POINTS in sheet.rows[row][0].text.casefold()), None
    )
    if points is None:
        raise CourseError(f"{path}: there is no row Points Possible. Next: {HOW}.")
    grade = _column(sheet, points, unit_id, title, column)
    most = number(sheet.said(points, grade))
    if not most:
        raise CourseError(
            f"{path}: Canvas has no points for {sheet.header[grade]}. "
            "Next: give it some in Canvas, and export again."
        )
    student, own = named.get("student", named.get("lastname")), named["id"]
    there = [
        index
        for index in range(points + 1, len(sheet.rows))
        if canvas.is_person(sheet.said(index, student), sheet.said(index, own))
    ]
    rows = []
    for index, one in zip(there, people(sheet.table(*there)), strict=True):
        sheet.must_be_whole(index)
        before = sheet.said(index, grade)
        keys = {**one.keys, canvas.SYSTEM: (sheet.said(index, own),)}
        person = Student("", one.name, one.email, keys)
        rows.append(Row(index, sheet.lines[index], person, before, CLOSED.get(before.casefold(), "")))
    comma = sheet.delimiter == ";" and "," in sheet.said(points, grade)
    return Sheet(canvas.SYSTEM, sheet, tuple(rows), most, grade, beyond=True, decimal_comma=comma)


def feedback_name(came_as: str, person: Student, unit_id: str) -> str:
    """The name by which Canvas knows a feedback file again; "" where the hand-in did not come from Canvas.

    Canvas takes the first two numbers between _ for the student's, and for the file's that it is feedback on.
    """
    for part in PurePosixPath(came_as).parts:
        said = canvas.said_in(part)
        if said and (said.key,) == person.keys[canvas.SYSTEM]:
            return f"{said.name}_{said.key}_{said.number}_feedback-{unit_id}.html"
    return ""


def _column(sheet: Worksheet, points: int, unit_id: str, title: str, wanted: str | None) -> int:
    """The one assignment that is called like the unit, or as is wanted."""
    found = {
        place: match[1]
        for place, heading in enumerate(sheet.header)
        if (match := ASSIGNMENT.fullmatch(heading)) and not READ_ONLY.search(sheet.said(points, place))
    }
    if wanted is None:
        meant = [
            p
            for p, name in found.items()
            if unit_id in name.casefold() or title.casefold() in name.casefold()
        ]
    else:
        words = wanted.strip().casefold()
        meant = [p for p, name in found.items() if words in (sheet.header[p].casefold(), name.casefold())]
    if len(meant) == 1:
        return meant[0]
    said = f"{len(meant)} columns could be" if meant else "no column is"
    names = ", ".join(sheet.header[place] for place in (meant or found)) or "none"
    raise CourseError(
        f"{sheet.path}: {said} {wanted or unit_id}; there are: {names[:300]}. "
        "Next: name one, as in --column 'Divide by hand (1234)'."
    )
