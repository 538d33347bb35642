"""`course report`: how the class did, as a page with bars and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.report_page import as_html, share, sign_of, summary
from autograder.commands.showing import number, print_lines, print_table
from autograder.course_file import CourseError
from autograder.grading.gradebook.class_report import ClassReport, ExerciseReport, class_report

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
    path.write_text(as_html(report), encoding="utf-8")
    return path


def show(report: ClassReport) -> None:
    """The same on the terminal."""
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


def _most(exercise: ExerciseReport) -> str:
    if not exercise.mistakes:
        return ""
    first = exercise.mistakes[0]
    return f"{first.id} ({len(first.students)})"
