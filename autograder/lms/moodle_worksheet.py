"""Moodle's grading worksheet: which column is what, and the folders of the feedback that Moodle takes back.

Headings are in the language of whoever downloaded it; their order is always the same. What Moodle calls a
participant is told by its content, "Participant 1234567" or "Teilnehmer/in1234567".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from autograder.course_file import CourseError
from autograder.lms import moodle
from autograder.lms.columns import people
from autograder.lms.sheet import Row, Sheet
from autograder.lms.worksheet import Worksheet, number
from autograder.roster import Student, clean_name

GRADE = ("grade", "bewertung", "betyg")
MOST = ("maximum grade", "bestwertung", "maxbetyg")
COMMENTS = re.compile("feedback|återkoppling|kommentar|comment", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
"""Around the name of one who has left the course."""
NO = {"no", "nein", "nej", "nei", "non", "nee", "não", "ei", "nie", "ne"}
DATED = re.compile(r".+\(.+\)")
"""Last modified (submission), Last modified (grade)."""
HOW = "In Moodle: the assignment, Submissions, Actions, Download grading worksheet"


def read_moodle(path: Path) -> Sheet:
    """Raises CourseError where a column is not found, and says which."""
    sheet = Worksheet.read(path)
    participant = next((n for n in range(len(sheet.header)) if _are_participants(_column(sheet, n))), None)
    if participant is None:
        raise _missing(sheet, "participants, such as Participant 1234567")
    grade, most, scale = _grade(sheet)
    dated = [n for n, heading in enumerate(sheet.header) if n > most and DATED.fullmatch(heading)]
    changeable = dated[0] - 1 if dated and dated[0] > most + 1 else None
    submitted = dated[0] if len(dated) > 1 else None
    after = dated[-1] if dated else most
    comments = next((n for n, h in enumerate(sheet.header) if n > after and COMMENTS.search(h)), None)
    found = people(sheet.table(*range(1, len(sheet.rows))))
    name = participant + 1 if participant + 1 < grade else None  # where Moodle has it, unless that is hidden
    address = next((n for n in range(grade) if _are_addresses(_column(sheet, n))), None)
    rows = []
    for index, one in enumerate(found, start=1):
        sheet.must_be_whole(index)
        key = moodle.participant(sheet.said(index, participant))
        called = clean_name(TAG.sub("", one.name or sheet.said(index, name)))
        keys = {**one.keys, moodle.SYSTEM: (key,)}
        locked = sheet.said(index, changeable).casefold() in NO
        rows.append(
            Row(
                index,
                sheet.lines[index],
                Student("", called, one.email or sheet.said(index, address), keys),
                before=sheet.said(index, grade),
                closed="Moodle says that this grade cannot be changed" if locked else "",
                handed_in=sheet.said(index, submitted) not in ("", "-"),
                comment="" if comments is None else sheet.rows[index][comments].text,
            )
        )
    comma = "," in sheet.said(1, most)
    return Sheet(moodle.SYSTEM, sheet, tuple(rows), scale, grade, comments, decimal_comma=comma)


def feedback_folder(person: Student) -> str:
    """The folder in which Moodle looks for a participant's feedback, in every version from 3.1 on.

    It is split at each _, so that a name may hold none.
    """
    [participant] = person.keys[moodle.SYSTEM]
    name = re.sub(r'[_/\\:*?"<>|.]+', " ", person.name).strip() or "Participant"
    return f"{name}_{participant}_assignsubmission_file_"


def participant_in(came_as: str) -> str:
    """The number of the participant in the name of a downloaded hand-in; "" where there is none."""
    found = (moodle.said_in(part) for part in came_as.split("/"))
    return next((said.key for said in found if said), "")


def _grade(sheet: Worksheet) -> tuple[int, int, float]:
    """The columns of the grade and of the best grade, and that grade.

    The first has a known heading, or is the only one with grades or nothing in it that is followed by the
    same number in every row.
    """
    pairs = []
    for column in range(len(sheet.header) - 1):
        scale = _same_number(_column(sheet, column + 1))
        grades = [number(cell) for cell in _column(sheet, column) if cell]
        if scale and all(grade is not None for grade in grades):
            pairs.append((column, column + 1, scale))
    known = [p for p in pairs if _is(sheet.header[p[0]], GRADE) or _is(sheet.header[p[1]], MOST)]
    if len(known or pairs) != 1:
        raise _missing(sheet, "grades, followed by one with the best grade (a number, no scale)")
    return (known or pairs)[0]


def _is(heading: str, names: Collection[str]) -> bool:
    return heading.casefold() in names


def _column(sheet: Worksheet, column: int) -> list[str]:
    return [sheet.said(row, column) for row in range(1, len(sheet.rows))]


def _are_participants(cells: list[str]) -> bool:
    """One word for all, and a number for each."""
    numbers = [moodle.participant(cell) for cell in cells]
    words = {cell.removesuffix(number) for cell, number in zip(cells, numbers, strict=True)}
    return len(words) == 1 and all(numbers) and len(set(numbers)) == len(cells)


def _are_addresses(cells: list[str]) -> bool:
    return any(cells) and all("@" in cell for cell in cells if cell)


def _same_number(cells: list[str]) -> float | None:
    values = {number(cell) for cell in cells}
    return values.pop() if len(values) == 1 else None


def _missing(sheet: Worksheet, what: str) -> CourseError:
    return CourseError(
        f"{sheet.path}: no column was found with {what}; the headings are {', '.join(sheet.header)[:300]}. "
        f"Next: {HOW}."
    )
