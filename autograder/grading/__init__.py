"""Grading a unit: the one seam behind which the engine can be replaced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from autograder.grading.results import Outcome, Result, Score

if TYPE_CHECKING:
    from autograder.course import Course

__all__ = ["OnProgress", "Outcome", "Result", "Score", "grade_unit"]

OnProgress = Callable[[int, int, str], None]
"""Called as (done, of how many, student) before each hand-in and once at the end (student: "")."""


def grade_unit(
    course: Course,
    unit_id: str,
    students: Sequence[str] | None = None,
    *,
    on_progress: OnProgress | None = None,
) -> list[Result]:
    """Grade the hand-ins of one unit in ``submitted/``: all of them, or those of ``students``.

    One hand-in's failure never stops the others: it has a status and a reason in its own Result.

    Raises CourseError where there is nothing to grade: an unknown unit or student, no hand-in at all.
    """
    from autograder.grading.stock import grade_unit

    return grade_unit(course, unit_id, students, on_progress=on_progress)
