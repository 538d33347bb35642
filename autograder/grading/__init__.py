"""Grading a unit: in the sandbox (`engine`), or in nbgrader's own way without one (`stock`)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.grading.progress import OnProgress, Progress
from autograder.grading.results import Outcome, Result, Score

if TYPE_CHECKING:
    from autograder.course import Course

# jsonschema, which nbformat needs, takes what it finds to know web addresses by. This package would read a
# grammar for more than a second whenever a process starts, and no notebook's schema asks for web addresses.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__all__ = ["OnProgress", "Outcome", "Progress", "Result", "Score", "grade_unit"]


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
    ``unsafe``, student code runs as the teacher, one hand-in after the other.

    Raises CourseError where there is nothing to grade: an unknown unit or student, no hand-in at all; and
    where this machine has no sandbox, unless ``unsafe``.
    """
    if unsafe:
        from autograder.grading.stock import grade_unit

        return grade_unit(course, unit_id, students, on_progress=on_progress)
    from autograder.grading import engine

    return engine.grade_unit(
        course, unit_id, students, on_progress=on_progress, jobs=jobs, scheduler=scheduler
    )
