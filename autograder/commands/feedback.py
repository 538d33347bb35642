"""`course feedback`: nbgrader's feedback pages, one for each student, in ``feedback/``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.showing import Step
from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course


@dataclass
class Written:
    """The pages that were written, and a sentence for each that could not be."""

    pages: list[Path] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def feedback(
    course: Course,
    unit_id: str | None = None,
    on_progress: Step | None = None,
) -> Written:
    """Write ``feedback/<student>/<unit>/<unit>.html`` for everyone graded, each page by itself.

    Raises CourseError where nobody is graded yet, and where the gradebook cannot be used.
    """
    from autograder.grading.gradebook.gradebook import gradebook_of
    from autograder.grading.messages import told_in_a_sentence

    units = [course.unit(unit_id).id] if unit_id else [unit.id for unit in course.units]
    graded = [
        (path.parent.name, unit)
        for unit in units
        for path in sorted((course.root / "autograded").glob(f"[!.]*/{unit}"))
    ]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    with told_in_a_sentence(course):
        gradebook_of(course).close()  # what is wrong with it is said once
    written = Written()
    for done, (student, unit) in enumerate(graded):
        if on_progress:
            on_progress(done, len(graded), student)
        try:
            written.pages.append(_page(course, student, unit))
        except CourseError as error:
            written.failed.append(str(error))
    return written


def _page(course: Course, student: str, unit: str) -> Path:
    """Write one page. Raises CourseError, whatever nbgrader stumbles over in a hand-in."""
    from autograder.grading.gradebook.gradebook import last_line
    from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

    with at_work() as log:
        from nbgrader.converters import GenerateFeedback

        config = read_config(course)
        folder = course_directory(course, config, assignment_id=unit, student_id=student)
        converter = GenerateFeedback(coursedir=folder, config=config)
        converter.force = True
        try:
            converter.start()
        except Exception as error:
            why = last_line(log or [f"{type(error).__name__}: {error}"]).rstrip(".")
            raise CourseError(f"No feedback page for {student}, {unit}: {why}.") from None
    return course.root / "feedback" / student / unit / f"{unit}.html"
