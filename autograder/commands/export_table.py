"""`course export --to csv|xlsx|json`: the grades of a unit, or of the term with its weights, as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.commands.export import FOLDER, Exported
from autograder.course_file import CourseError
from autograder.grading.gradebook.filling import Line
from autograder.grading.gradebook.final_grades import FinalGrade, final_grades
from autograder.roster import Roster
from autograder.tables import as_csv
from autograder.whole_files import write_whole

if TYPE_CHECKING:
    from autograder.course import Course

PERSON = ("id", "name", "email")
Value = str | float | None
Table = Sequence[Sequence[Value]]
Grades = Mapping[str, Mapping[str, FinalGrade]]
"""By unit and student."""


def export_table(course: Course, unit_id: str | None, form: str) -> Exported:
    """Write ``export/<unit>.<form>``, or ``export/term.<form>``. Raises CourseError where nobody is there."""
    roster = Roster.load(course.root)
    units = [course.unit(unit_id)] if unit_id else list(course.units)
    ids = [student.id for student in roster]
    grades = {unit.id: final_grades(course, unit.id, ids) for unit in units}
    students = [*ids, *sorted({s for of_unit in grades.values() for s in of_unit} - set(ids))]
    if not students:
        raise CourseError("There is nobody yet. Next: course roster FILE, or course collect")
    people = [_person(roster, student) for student in students]
    if unit_id:
        heads, rows = _of_unit(grades[unit_id], students)
    else:
        heads, rows = _of_term(course, grades, students)
    table: Table = [[*PERSON, *heads], *([*p, *r] for p, r in zip(people, rows, strict=True))]
    folder = course.root / FOLDER
    folder.mkdir(exist_ok=True)
    path = write_whole(folder / f"{unit_id or 'term'}.{form}", FORMS[form](table))
    lines = [
        Line(roster.shown(student), None, "", f"{unit}: {grade.why}", ok=False)
        for unit, of_unit in grades.items()
        for student, grade in of_unit.items()
        if grade.why and grade.handed_in
    ]
    return Exported((path,), tuple(lines), ok=not lines)


def _person(roster: Roster, student: str) -> list[Value]:
    found = roster.get(student)
    return [student, found.name if found else "", found.email if found else ""]


def _of_unit(
    grades: Mapping[str, FinalGrade], students: Sequence[str]
) -> tuple[list[str], list[list[Value]]]:
    """The exercises, the late penalty, the total, of how many points, and what is open."""
    names = list(dict.fromkeys(name for grade in grades.values() for name in grade.scores))
    nobody = FinalGrade("", why="")
    rows: list[list[Value]] = []
    for student in students:
        grade = grades.get(student, nobody)
        scores = [grade.scores.get(name) for name in names]
        penalty = grade.penalty if grade.scores else None
        rows.append([*scores, penalty, grade.score, grade.points or None, grade.why])
    return [*names, "late penalty", "total", "points", "note"], rows


def _of_term(course: Course, grades: Grades, students: Sequence[str]) -> tuple[list[str], list[list[Value]]]:
    """The points in each unit, and two results in percent: of what is graded, and of all there is.

    The second counts a unit that was not handed in as nothing, and is left out where one waits.
    """
    weights = {unit.id: unit.weight for unit in course.units}
    points = {u: max((g.points for g in of_unit.values()), default=0.0) for u, of_unit in grades.items()}
    heads = [f"{u} (of {of:g}, weight {weights[u]})" if of else u for u, of in points.items()]
    rows: list[list[Value]] = []
    for student in students:
        mine = {unit: of_unit[student] for unit, of_unit in grades.items() if student in of_unit}
        shares = {unit: grade.share for unit, grade in mine.items() if grade.share is not None}
        reached = sum(weights[unit] * share for unit, share in shares.items())
        waiting = [unit for unit, grade in mine.items() if grade.score is None and grade.handed_in]
        so_far = _percent(reached, sum(weights[unit] for unit in shares))
        of_all = None if waiting else _percent(reached, sum(weights.values()))
        rows.append(
            [*(mine[u].score if u in mine else None for u in weights), so_far, of_all, ", ".join(waiting)]
        )
    return [*heads, "of what is graded, %", "of all units, %", "waits"], rows


def _percent(reached: float, of: float) -> float | None:
    return round(100 * reached / of, 2) if of else None


def _csv(table: Table) -> bytes:
    return as_csv([[_plain(value) for value in row] for row in table])


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _xlsx(table: Table) -> bytes:
    """Numbers are numbers, and every text is a text, whatever it begins with."""
    from io import BytesIO

    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for row, values in enumerate(table, start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            if isinstance(value, str):
                cell.value = "".join(letter for letter in value if letter.isprintable())
                cell.data_type = "s"
            elif value is not None:
                cell.value = round(value, 2)
            if row == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "D2"
    for column in range(1, len(table[0]) + 1):
        longest = max(len(_plain(row[column - 1])) for row in table)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(40, longest + 2)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _json(table: Table) -> bytes:
    """A unit is called by its id alone."""
    head, *rows = table
    names = [str(name).partition(" (")[0] for name in head]
    data: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in rows]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


FORMS: dict[str, Callable[[Table], bytes]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
