"""Which exercises a unit has, and in which order: its notebook alone says so, with its check cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.building.canonical import read_notebook
from autograder.course_file import CourseError
from autograder.records import course_root

if TYPE_CHECKING:
    from autograder.course import Course


def checked_in(cell: Mapping[str, Any]) -> str | None:
    """The exercise of a graded cell of this course, ``check("<grade_id>", …)``; None for any other cell.

    A teacher's own tests are none, nor is an answer in code that a person marks, whatever is typed there.
    """
    meta = cell["metadata"].get("nbgrader", {})
    if cell["cell_type"] != "code" or not meta.get("grade", False) or meta.get("solution"):
        return None
    name = str(meta["grade_id"])
    asked = re.search(rf"""^check\(\s*["']{re.escape(name)}["']""", cell["source"], re.MULTILINE)
    return name if asked else None


def checks_in(notebook: Path) -> tuple[str, ...]:
    """The exercises that a notebook checks, in its order; none where the file cannot be read."""
    try:
        cells = read_notebook(notebook)["cells"]
        return tuple(name for cell in cells if (name := checked_in(cell)))
    except (CourseError, KeyError, TypeError, AttributeError):
        return ()


def checks_of(course: Course, unit_id: str) -> tuple[str, ...]:
    """The exercises of a unit, by its lesson; by its source where that is not built."""
    lesson = course.lesson(unit_id)
    return checks_in(lesson if lesson.is_file() else course.source(unit_id))


def by_unit(course: Course) -> dict[str, tuple[str, ...]]:
    """The exercises of each unit, all in the course's order."""
    return {unit.id: checks_of(course, unit.id) for unit in course.units}


def judged_here(course: Course) -> dict[str, tuple[str, ...]]:
    """The same without what is judged only when it is handed in."""
    from autograder.exercises import EXERCISES

    return {
        unit: tuple(name for name in checks if name in EXERCISES) for unit, checks in by_unit(course).items()
    }


def judged_when_handed_in(exercise_id: str) -> bool:
    """Is it missing here because students do not get it: one that a notebook of this course checks?"""
    from autograder import own_exercises
    from autograder.course import Course

    root = course_root()
    if root is None or own_exercises.folder() is None or exercise_id in own_exercises.ids():
        return False
    return any(exercise_id in checks for checks in by_unit(Course.load(root)).values())
