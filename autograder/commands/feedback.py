"""`course feedback`: nbgrader's feedback pages, one for each student, in ``feedback/``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.showing import Step
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course


def feedback(
    course: Course,
    unit_id: str | None = None,
    on_progress: Step | None = None,
) -> list[Path]:
    """Write ``feedback/<student>/<unit>/<unit>.html`` for everyone graded; return the pages.

    Raises CourseError where nobody is graded yet, or where nbgrader cannot write a page.
    """
    units = [course.unit(unit_id).id] if unit_id else [unit.id for unit in course.units]
    graded = [
        (path.parent.name, unit)
        for unit in units
        for path in sorted((course.root / "autograded").glob(f"[!.]*/{unit}"))
    ]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    pages = []
    for done, (student, unit) in enumerate(graded):
        if on_progress:
            on_progress(done, len(graded), student)
        pages.append(_page(course, student, unit))
    return pages


def _page(course: Course, student: str, unit: str) -> Path:
    from autograder.grading.gradebook import last_line
    from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

    with at_work() as log:
        from nbgrader.converters import GenerateFeedback
        from nbgrader.converters.base import NbGraderException

        config = read_config(course)
        folder = course_directory(course, config, assignment_id=unit, student_id=student)
        converter = GenerateFeedback(coursedir=folder, config=config)
        converter.force = True
        try:
            converter.start()
        except NbGraderException:
            raise CourseError(f"No feedback page for {student}, {unit}: {last_line(log)}.") from None
    return course.root / "feedback" / student / unit / f"{unit}.html"
