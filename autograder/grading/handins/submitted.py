"""What was handed in, and the folder that a run of grading works in: the same for both engines."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError, nearest
from autograder.grading.handins.intake import BrokenHandin, read_bytes
from autograder.grading.handins.moments import STAMP_FILE, read_stamp

if TYPE_CHECKING:
    from autograder.course import Course

SECRET = "submission_secret.txt"
"""What nbgrader lays beside a hand-in that came through the exchange, and then beside its feedback: of it the
name is made under which only this student finds that there."""


def who_handed_in(course: Course, unit_id: str) -> list[str]:
    """The students with a folder for this unit in ``submitted/``, in order."""
    found = (course.root / "submitted").glob(f"[!.]*/{unit_id}")
    return sorted(path.parent.name for path in found if path.is_dir())


def handed_in(course: Course, unit_id: str, students: Sequence[str] | None = None) -> list[str]:
    """All of them, or these ``students``. Raises CourseError where there is none, or one of these is not."""
    course.unit(unit_id)
    if not (there := who_handed_in(course, unit_id)):
        raise CourseError(f"Nobody has handed in {unit_id} yet. Next: course collect FOLDER-OR-ZIP")
    for student in students or ():
        if student not in there:
            meant = nearest(student, there)
            raise CourseError(
                f"There is no hand-in of {unit_id} by {student!r}."
                + (f" Did you mean {meant}?" if meant else f" There are: {', '.join(there)}.")
            )
    return there if students is None else sorted(set(students))


def graded_pages(root: Path, unit_id: str) -> list[Path]:
    """The graded notebooks of a unit in ``autograded/``, in the order of the students' names."""
    return sorted((root / "autograded").glob(f"[!.]*/{unit_id}/{unit_id}.ipynb"))


@contextmanager
def scratch_folder(course: Course) -> Iterator[Path]:
    """A folder beside the graded ones, for one run at a time; what a killed run left is cleared away."""
    from filelock import FileLock, Timeout

    autograded = course.root / "autograded"
    autograded.mkdir(exist_ok=True)
    try:
        with FileLock(autograded / ".grading.lock", timeout=0):
            for left in autograded.glob(".grading-*"):
                shutil.rmtree(left)
            with tempfile.TemporaryDirectory(prefix=".grading-", dir=autograded) as scratch:
                yield Path(scratch)
    except Timeout:
        raise CourseError("This course is being graded already. Next: wait for that run to end.") from None


def timestamp_of(course: Course, unit_id: str, student: str) -> str | None:
    """When it was handed in, as its timestamp.txt says, in words that nbgrader reads; None for no time.

    nbgrader takes the names of some zones, such as CEST, for UTC.
    """
    try:
        moment = read_stamp(_text(course, unit_id, student, STAMP_FILE), ZoneInfo(course.time_zone))
    except (BrokenHandin, ValueError, ArithmeticError):
        return None
    return f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"


def secret_of(course: Course, unit_id: str, student: str) -> str | None:
    """What the exchange knows it by; None where it did not come that way."""
    try:
        text = _text(course, unit_id, student, SECRET)
    except (BrokenHandin, ValueError):
        return None
    return text if re.fullmatch(r"[0-9a-f]{32,256}", text) else None


def _text(course: Course, unit_id: str, student: str, name: str) -> str:
    return read_bytes(course.root / "submitted" / student / unit_id / name, limit=1000).decode().strip()


def place(course: Course, unit_id: str, student: str, graded: Path) -> Path:
    """Move a graded folder to its place in ``autograded/``, as a whole; return where it is now."""
    final = course.root / "autograded" / student / unit_id
    if final.exists():
        shutil.rmtree(final)
    final.parent.mkdir(parents=True, exist_ok=True)
    return graded.rename(final)
