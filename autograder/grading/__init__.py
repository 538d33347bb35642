"""Grading a unit: by the `engine`, or in nbgrader's own way (`stock`) where there is no Linux for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.course_file import CourseError
from autograder.grading.engine.progress import OnProgress, Progress
from autograder.grading.results import Outcome, Result, Score

if TYPE_CHECKING:
    from autograder.course import Course

# jsonschema, which nbformat needs, takes what it finds to know web addresses by. This package would read a
# grammar for 1.7 s of processor time whenever a process starts, and no notebook's schema asks for addresses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__all__ = ["OnProgress", "Outcome", "Progress", "Result", "Score", "grade_unit", "in_nbgraders_way"]


def grade_unit(
    course: Course,
    unit_id: str,
    students: Sequence[str] | None = None,
    *,
    on_progress: OnProgress | None = None,
    jobs: int | None = None,
    scheduler: str | None = None,
    unsafe: bool = False,
) -> list[Result]:
    """Grade the hand-ins of one unit in ``submitted/``: all of them, or those of ``students``.

    One hand-in's failure never stops the others: it has a status and a reason in its own Result.

    ``jobs`` processes work side by side, one a core if left out, or the workers of ``scheduler``. With
    ``unsafe``, student code runs as the teacher; where `in_nbgraders_way`, one hand-in after the other.

    Raises CourseError where there is nothing to grade: an unknown unit or student, no hand-in at all; and
    where this machine has no sandbox, unless ``unsafe``.
    """
    if unsafe and in_nbgraders_way():
        from autograder.grading.engine import stock

        if scheduler or (jobs or 1) > 1:
            raise CourseError(
                "On this system hand-ins are graded one after the other, here. "
                "Next: leave out --jobs and --scheduler, or grade on Linux."
            )
        return stock.grade_unit(course, unit_id, students, on_progress=on_progress)
    from autograder.grading.engine import engine
    from autograder.grading.sandbox import Level

    level = Level.NONE if unsafe else None
    return engine.grade_unit(
        course, unit_id, students, level=level, on_progress=on_progress, jobs=jobs, scheduler=scheduler
    )


def in_nbgraders_way() -> bool:
    """Where there is no Linux, student code is run as nbgrader runs it: `unsafe`, and without a journal."""
    return sys.platform != "linux"
