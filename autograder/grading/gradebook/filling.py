"""Grades go into the rows of an LMS's worksheet: each into its student's, and whatever stays out is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.grading.gradebook.final_grades import FinalGrade
from autograder.lms.sheet import Row, Sheet, match, with_comment
from autograder.lms.worksheet import number
from autograder.roster import Roster

Values = dict[tuple[int, int], str]
"""Texts by row and column."""


@dataclass(frozen=True)
class Line:
    """What became of a row, or of a student without one; ``ok`` where nobody needs to look.

    ``grade`` is what was written, "" where the row stays as it was.
    """

    student: str
    line: int | None
    grade: str
    note: str = ""
    ok: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Filled:
    """The worksheet's new content, what became of whom, and whose grade is in it, with the row."""

    content: bytes = b""
    lines: list[Line] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)


def fill(sheet: Sheet, roster: Roster, grades: Mapping[str, FinalGrade]) -> Filled:
    """Fill the rows of all who have a grade. ``grades`` has everybody of the class."""
    found = match(sheet.rows, roster, grades)
    filled, values = Filled(), {}
    for row in sheet.rows:
        if row.index in found.unknown:
            filled.lines.append(
                Line(row.person.name or row.shown, row.line, "", found.unknown[row.index], False)
            )
            continue
        grade = grades[found.students[row.index]]
        text, note, ok = _decided(sheet, row, grade)
        filled.lines.append(Line(roster.shown(grade.student), row.line, text, note, ok))
        if text:
            filled.rows[grade.student] = row
            values.update(_cells(sheet, row, grade, text))
    for student in sorted(grades.keys() - set(found.students.values())):
        has = f", and {grades[student].why or 'a grade'}" if grades[student].handed_in else ""
        filled.lines.append(Line(roster.shown(student), None, "", f"has no row in the worksheet{has}", False))
    filled.content = sheet.worksheet.filled(values)
    return filled


def _decided(sheet: Sheet, row: Row, grade: FinalGrade) -> tuple[str, str, bool]:
    """What is written as the grade, a note, and whether all is well."""
    stays = f"; {row.before} stays there" if row.before else ""
    if not grade.handed_in:
        if row.handed_in:
            return "", f"a hand-in is there, and none was collected here{stays}. Next: course collect", False
        return "", grade.why + stays, True
    if grade.score is None:
        return "", grade.why + stays, False
    if row.closed:
        return "", f"{row.closed}; here: {grade.score:g} of {grade.points:g} points", False
    if grade.share is None:
        return "", "the unit has no points", False
    value = round(grade.share * sheet.most, 2)
    if value > sheet.most and not sheet.beyond:
        return "", f"{value:g} is more than the best grade there, {sheet.most:g}{stays}", False
    before = number(row.before)
    notes = [f"was {row.before}"] if row.before and before != value else []
    text = row.before if before == value else sheet.written(value)
    return text, "; ".join([*notes, *([grade.why] if grade.why else [])]), not grade.why


def _cells(sheet: Sheet, row: Row, grade: FinalGrade, text: str) -> Values:
    """The cells of a row that change."""
    cells = {} if text == row.before else {(row.index, sheet.grade): text}
    if sheet.comments is not None:
        late = f"Late penalty: {grade.penalty:g} of {grade.points:g} points" if grade.penalty else ""
        comment = with_comment(row.comment, grade.comments, late)
        if comment != row.comment:
            cells[row.index, sheet.comments] = comment
    return cells
