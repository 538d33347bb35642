"""A student's own copy of a unit in ``work/``, and the newer lessons that were laid beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course


def own_copy(course: Course, unit_id: str) -> Path:
    """The student's notebook of a unit. Raises CourseError where there is none."""
    unit = course.unit(unit_id).id
    own = course.root / "work" / unit / f"{unit}.ipynb"
    if own.exists():
        return own
    if not course.lesson(unit).is_file():
        raise CourseError(f"{unit} is to come: there is no lesson of it in lessons/ yet.")
    raise CourseError(f"There is no {own.relative_to(course.root)} yet. Next: course lab")


def newer_beside(own: Path) -> list[Path]:
    """The newer versions of a file that lie beside it, as `beside` names them, the oldest first."""
    folder, begins = own.parent, f"{own.stem} (new "
    there = folder.iterdir() if folder.is_dir() else ()
    found = [path for path in there if path.name.startswith(begins) and path.suffix == own.suffix]
    day = len(begins) + len("2027-02-05")
    return sorted(found, key=lambda path: (path.name[:day], len(path.name), path.name))


def beside(own: Path, now: datetime) -> Path:
    """A free name for a newer version of a file."""
    number = 1
    while True:
        more = "" if number == 1 else f" {number}"
        path = own.with_name(f"{own.stem} (new {now:%Y-%m-%d}{more}){own.suffix}")
        if not path.exists():
            return path
        number += 1
