"""`course export`: grades and feedback in the form in which an LMS takes them back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.commands.feedback import feedback
from autograder.commands.showing import Step, print_lines, print_table
from autograder.course_file import CourseError
from autograder.grading.gradebook.filling import Filled, Line, fill
from autograder.grading.gradebook.final_grades import NOT_HANDED_IN, final_grades
from autograder.grading.handins.came_as import name_of
from autograder.lms.canvas_gradebook import HOW as HOW_IN_CANVAS
from autograder.lms.canvas_gradebook import feedback_name, read_canvas
from autograder.lms.moodle_worksheet import HOW as HOW_IN_MOODLE
from autograder.lms.moodle_worksheet import feedback_folder, participant_in, read_moodle
from autograder.lms.sheet import Row, Sheet
from autograder.roster import Roster
from autograder.whole_files import replacing, write_whole

if TYPE_CHECKING:
    from autograder.course import Course

FOLDER = "export"
HOW = {"moodle": HOW_IN_MOODLE, "canvas": HOW_IN_CANVAS}


@dataclass(frozen=True)
class Exported:
    """The files that were written, what became of whom, and what else is to be said."""

    files: tuple[Path, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    ok: bool = True

    def as_json(self) -> dict[str, Any]:
        lines = [line.as_json() for line in self.lines]
        return {
            "files": [str(f) for f in self.files],
            "lines": lines,
            "notes": list(self.notes),
            "ok": self.ok,
        }


def export_to_lms(
    course: Course,
    unit_id: str | None,
    system: str,
    into: Path | None,
    column: str | None = None,
    pages: bool = True,
    on_progress: Step | None = None,
) -> Exported:
    """Fill a copy of the worksheet in ``export/<unit>/``, with a zip of the feedback ``pages`` beside it.

    Raises CourseError before anything is written.
    """
    unit_id, into, folder = _asked(course, unit_id, system, into)
    roster = Roster.load(course.root)
    sheet = (
        read_canvas(into, unit_id, course.unit(unit_id).title, column)
        if system == "canvas"
        else read_moodle(into)
    )
    grades = final_grades(course, unit_id, [student.id for student in roster])
    filled = fill(sheet, roster, grades)
    if system == "moodle":
        _must_be_of(course, unit_id, sheet, filled)
    members: dict[str, Path] = {}
    notes: list[str] = []
    if pages and filled.rows:
        members, notes = _feedback(course, unit_id, system, filled, roster, on_progress)
    folder.mkdir(parents=True, exist_ok=True)
    zipped = folder / f"feedback-{system}-{unit_id}.zip"
    files = [write_whole(folder / into.name, filled.content), *([_pack(zipped, members)] if members else [])]
    if not members:
        zipped.unlink(missing_ok=True)  # of an earlier export
    ok = all(line.ok for line in filled.lines) and not notes
    if sheet.comments is None and system == "moodle" and any(grades[s].comments for s in filled.rows):
        notes.append("The worksheet has no column for comments: they are in the feedback pages alone.")
    return Exported(tuple(files), tuple(filled.lines), tuple(notes), ok)


def _asked(course: Course, unit_id: str | None, system: str, into: Path | None) -> tuple[str, Path, Path]:
    """The unit, its worksheet, and the folder for what is written. Raises CourseError."""
    if unit_id is None:
        raise CourseError(f"Which unit is it? Next: course export UNIT --to {system} --into FILE")
    unit_id = course.unit(unit_id).id
    if into is None:
        raise CourseError(
            f"Grades go into {system.capitalize()}'s own worksheet. {HOW[system]}. "
            f"Next: course export {unit_id} --to {system} --into FILE"
        )
    others = [one.id for one in course.units if one.id in into.name and one.id != unit_id]
    if others and unit_id not in into.name:
        raise CourseError(
            f"{into.name} is named for {others[0]}. Next: course export {others[0]}, or rename it."
        )
    folder = course.root / FOLDER / unit_id
    if into.resolve().parent == folder.resolve():
        raise CourseError(f"{into} is what an earlier export wrote. Next: download the worksheet again.")
    return unit_id, into, folder


def show(exported: Exported) -> None:
    """What needs a look, who has not handed in, and what was written."""
    looks = [line for line in exported.lines if not line.ok or line.note not in ("", NOT_HANDED_IN)]
    if looks:
        rows = [(str(line.line or "–"), line.student, line.grade or "–", line.note) for line in looks]
        print_table("Needs a look", ("line", "student", "grade", "why"), rows)
    in_rows = [line for line in exported.lines if line.line is not None]
    if in_rows:
        print_lines(f"{sum(bool(line.grade) for line in in_rows)} of {len(in_rows)} rows have their grade.")
    if missing := [line.student for line in in_rows if line.note == NOT_HANDED_IN]:
        print_lines(f"Not handed in, {len(missing)}: {', '.join(missing)}.")
    print_lines(*exported.notes, *(f"wrote {path}" for path in exported.files))


def _must_be_of(course: Course, unit_id: str, sheet: Sheet, filled: Filled) -> None:
    """A participant has another number in each assignment: most that are known must be the worksheet's."""
    came = {s: participant_in(name_of(course.root / "submitted", s, unit_id)) for s in filled.rows}
    known = {student: key for student, key in came.items() if key}
    others = [s for s, key in known.items() if (key,) != filled.rows[s].person.keys["moodle"]]
    if 2 * len(others) > len(known):
        raise CourseError(
            f"{sheet.worksheet.path}: this is the worksheet of another assignment. Moodle's numbers for "
            f"{len(others)} of {len(known)} students are others than in the hand-ins of {unit_id}. "
            "Next: download the one of this assignment."
        )


def _feedback(
    course: Course, unit_id: str, system: str, filled: Filled, roster: Roster, on_progress: Step | None
) -> tuple[dict[str, Path], list[str]]:
    """The pages of all whose grade is in the worksheet, by their names in the zip, and who has none."""
    written = feedback(course, unit_id, on_progress)
    pages = {path.parents[1].name: path for path in written.pages}
    names = {
        student: _member(course, unit_id, system, student, row)
        for student, row in filled.rows.items()
        if student in pages
    }
    notes = list(written.failed)
    if nameless := [roster.shown(student) for student, name in names.items() if not name]:
        notes.append(
            f"No feedback in the zip for {', '.join(nameless)}: Canvas asks for the name of the downloaded "
            "file, and the hand-in that counts did not come under such a name."
        )
    return {name: pages[student] for student, name in names.items() if name}, notes


def _member(course: Course, unit_id: str, system: str, student: str, row: Row) -> str:
    if system == "moodle":
        return f"{feedback_folder(row.person)}/{unit_id}.html"
    return feedback_name(name_of(course.root / "submitted", student, unit_id), row.person, unit_id)


def _pack(path: Path, members: Mapping[str, Path]) -> Path:
    with replacing(path) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in members.items():
            archive.write(page, name)
    return path
