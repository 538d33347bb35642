"""Moodle's grading worksheet: which column is what, and the folders of the feedback that Moodle takes back.

Headings are in the language of whoever downloaded it; their order is always the same. What Moodle calls a
participant is told by its content, "Participant 1234567" or "Teilnehmer/in1234567".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from autograder.course_file import CourseError
from autograder.lms.sheet import Row, Sheet
from autograder.lms.worksheet import Worksheet, number
from autograder.roster import Student, clean_name

PARTICIPANT = re.compile(r"(\D*\D)(\d+)")
NAME = ("full name", "vollständiger name", "fullständigt namn", "fullständiga namn", "name", "namn")
ID_NUMBER = ("id number", "id-nummer", "idnummer", "matrikelnummer", "personnummer")
EMAIL = ("email address", "e-mail-adresse", "e-postadress")
LOGIN = ("username", "anmeldename", "användarnamn")
GRADE = ("grade", "bewertung", "betyg")
MOST = ("maximum grade", "bestwertung", "maxbetyg")
COMMENTS = re.compile("feedback|återkoppling|kommentar|comment", re.IGNORECASE)
NO = {"no", "nein", "nej"}
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
    columns = {system: _named(sheet, names) for system, names in _PERSON.items()}
    if columns["name"] is None and participant + 1 < grade:
        columns["name"] = participant + 1  # where Moodle has it, unless it hides who that is
    if columns["email"] is None:
        columns["email"] = next((n for n in range(grade) if _are_addresses(_column(sheet, n))), None)
    rows = []
    for index in range(1, len(sheet.rows)):
        sheet.must_be_whole(index)
        said = {system: sheet.said(index, column) for system, column in columns.items()}
        [(_, key)] = PARTICIPANT.findall(sheet.said(index, participant))
        keys = {"moodle": (key,), "id_number": (said["id_number"],), "login": (said["login"],)}
        name = clean_name(re.sub(r"<[^>]*>", "", said["name"]))
        person = Student(
            "", name, said["email"], {system: keys[system] for system in keys if keys[system][0]}
        )
        locked = sheet.said(index, changeable).casefold() in NO
        rows.append(
            Row(
                index,
                sheet.lines[index],
                person,
                before=sheet.said(index, grade),
                closed="Moodle says that this grade cannot be changed" if locked else "",
                handed_in=sheet.said(index, submitted) not in ("", "-"),
                comment="" if comments is None else sheet.rows[index][comments].text,
            )
        )
    comma = "," in sheet.said(1, most)
    return Sheet("moodle", sheet, tuple(rows), scale, grade, comments, decimal_comma=comma)


def feedback_folder(person: Student) -> str:
    """The folder in which Moodle looks for a participant's feedback, in every version from 3.1 on.

    It is split at each _, so that a name may hold none.
    """
    [participant] = person.keys["moodle"]
    name = re.sub(r'[_/\\:*?"<>|.]+', " ", person.name).strip() or "Participant"
    return f"{name}_{participant}_assignsubmission_file_"


def participant_in(came_as: str) -> str:
    """The number of the participant in the name of a downloaded hand-in; "" where there is none."""
    found = re.search(r"_(\d+)_assignsubmission_", came_as)
    return found[1] if found else ""


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


def _named(sheet: Worksheet, names: Collection[str]) -> int | None:
    return next((n for n, heading in enumerate(sheet.header) if _is(heading, names)), None)


def _is(heading: str, names: Collection[str]) -> bool:
    return heading.casefold() in names


_PERSON = {"name": NAME, "id_number": ID_NUMBER, "email": EMAIL, "login": LOGIN}


def _column(sheet: Worksheet, column: int) -> list[str]:
    return [sheet.said(row, column) for row in range(1, len(sheet.rows))]


def _are_participants(cells: list[str]) -> bool:
    """One word for all, and a number for each."""
    found = [PARTICIPANT.fullmatch(cell) for cell in cells]
    words = {match[1] for match in found if match}
    return len(words) == 1 and all(found) and len(set(cells)) == len(cells)


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
