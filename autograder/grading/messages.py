"""A gradebook or a disk that cannot be written ends a run with one sentence; what is entered stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.course import Course

STAYS = "what is graded already stays"
_SQLITE_SAYS = {
    "locked": ("is in use by another program", f"close it, and grade again; {STAYS}"),
    "is full": ("cannot grow, since the disk is full", f"make room, and grade again; {STAYS}"),
    "disk I/O error": ("cannot be written", f"look whether the disk is full, and grade again; {STAYS}"),
    "readonly": ("may not be written", "make it and its folder writable, and grade again"),
    "unable to open": ("cannot be opened", "make it and its folder readable and writable, and grade again"),
    "malformed": (
        "is damaged",
        "put a copy in its place, or move it away to start anew",
    ),
    "not a database": ("is no gradebook", "move that file away"),
}


@contextmanager
def told_in_a_sentence(course: Course) -> Iterator[None]:
    """Turn what the disk or the gradebook refuses into a CourseError."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CourseError(
            f"{where}{error.strerror or error}. "
            f"Next: make room there, or make the folder writable, and grade again; {STAYS}."
        ) from None
    except Exception as error:
        if (said := _refused(error)) is None:
            raise
        raise _about_the_gradebook(course, said) from None


def _refused(error: Exception) -> str | None:
    """What the database said, where it is the one that refused; nbgrader hides it in an error of its own."""
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import DatabaseError

    refused = error.__context__ if isinstance(error, InvalidEntry) else error
    return str(refused.orig) if isinstance(refused, DatabaseError) else None


def _about_the_gradebook(course: Course, said: str) -> CourseError:
    where = "The gradebook" if course.grading.gradebook else f"{course.root / 'gradebook.db'}"
    for sign, (what, advice) in _SQLITE_SAYS.items():
        if sign in said:
            return CourseError(f"{where} {what}. Next: {advice}.")
    first = (said.strip().splitlines() or ["no reason given"])[0].rstrip(".")
    return CourseError(f"{where} refuses: {first}. Next: mend that, and grade again; {STAYS}.")
