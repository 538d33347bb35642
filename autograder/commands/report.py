"""`course report`: how the class did, as a page with bars and as JSON."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.report_page import as_html, share, sign_of, summary
from autograder.commands.roster import missing
from autograder.commands.showing import number, print_lines, print_table
from autograder.course_file import CourseError
from autograder.grading.gradebook.class_report import ClassReport, ExerciseReport, class_report
from autograder.roster import Roster

if TYPE_CHECKING:
    from autograder.course import Course

FOLDER = "report"


def reports(course: Course, unit_id: str | None) -> list[ClassReport]:
    """The report of one unit, or of each that somebody is graded in. Raises CourseError where nobody is."""
    if unit_id:
        return [class_report(course, course.unit(unit_id).id)]
    graded = [unit.id for unit in course.units if any((course.root / "autograded").glob(f"[!.]*/{unit.id}"))]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    return [class_report(course, unit) for unit in graded]


def write_page(course: Course, report: ClassReport) -> Path:
    """Write ``report/<unit>.html`` and return its path."""
    path = course.root / FOLDER / f"{report.unit}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_html(*_named(course, report)), encoding="utf-8")
    return path


def show(course: Course, report: ClassReport) -> None:
    """The same on the terminal."""
    report, absent = _named(course, report)
    rows = [
        [e.name, number(e.points), share(e), str(e.partly), str(e.wrong), str(e.waiting), _most(e)]
        for e in report.exercises
    ]
    columns = ["exercise", "points", "right", "partly", "wrong", "waiting", "most frequent mistake"]
    print_lines(f"{report.unit}: {summary(report)}", "")
    print_table("", columns, rows, whole=1)
    looks = [f"  {sign_of(one)} {one.status}  {one.student}: {one.reason}" for one in report.needs_a_look]
    if looks:
        print_lines("Needs a look:", *looks, "")
    if absent:
        print_lines(f"Not handed in ({len(absent)}): {', '.join(absent)}", "")


def _named(course: Course, report: ClassReport) -> tuple[ClassReport, list[str]]:
    """The report with names beside ids, and who has not handed in: as far as there is a roster."""
    shown = Roster.load(course.root).shown
    exercises = (
        replace(
            exercise,
            mistakes=tuple(replace(m, students=(*map(shown, m.students),)) for m in exercise.mistakes),
        )
        for exercise in report.exercises
    )
    looks = (replace(look, student=shown(look.student)) for look in report.needs_a_look)
    absent = [student.shown for student in missing(course, report.unit)]
    return replace(report, exercises=tuple(exercises), needs_a_look=tuple(looks)), absent


def _most(exercise: ExerciseReport) -> str:
    if not exercise.mistakes:
        return ""
    first = exercise.mistakes[0]
    return f"{first.id} ({len(first.students)})"
