"""`course feedback`: nbgrader's feedback pages, one for each student, in ``feedback/``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from autograder.grading.gradebook import gradebook_of
    from autograder.grading.nbgrader_inside import at_work, read_config
    from autograder.grading.trouble import told_in_a_sentence

    units = [course.unit(unit_id).id] if unit_id else [unit.id for unit in course.units]
    graded = [
        (path.parent.name, unit)
        for unit in units
        for path in sorted((course.root / "autograded").glob(f"[!.]*/{unit}"))
    ]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    written = Written()
    with told_in_a_sentence(course), at_work() as log:
        gradebook_of(course).close()  # what is wrong with it is said once
        config = read_config(course)
        for done, (student, unit) in enumerate(graded):
            if on_progress:
                on_progress(done, len(graded), student)
            log.clear()
            if problem := _problem(course, config, student, unit, log):
                written.failed.append(f"No feedback page for {student}, {unit}: {problem}.")
            else:
                written.pages.append(course.root / "feedback" / student / unit / f"{unit}.html")
    return written


def _problem(course: Course, config: Any, student: str, unit: str, log: list[str]) -> str:
    """Write one page; return why there is none, or nothing."""
    from nbgrader.converters import GenerateFeedback

    from autograder.grading.gradebook import last_line
    from autograder.grading.nbgrader_inside import course_directory

    folder = course_directory(course, config, assignment_id=unit, student_id=student)
    converter = GenerateFeedback(coursedir=folder, config=config)
    converter.force = True
    try:
        converter.start()
    except Exception as error:  # whatever nbgrader stumbles over in one hand-in, the others get their pages
        return last_line(log or [f"{type(error).__name__}: {error}"]).rstrip(".")
    return ""
