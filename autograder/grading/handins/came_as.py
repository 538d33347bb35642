"""Under which name a hand-in came: an LMS that takes feedback back asks for what it called the file."""

from __future__ import annotations

from pathlib import Path

from autograder.lms.systems import said_in

FOLDER = ".came-as"
"""In ``submitted/``; nbgrader does not look into folders with a dot."""
LONGEST = 1000


def note_name(submitted: Path, student: str, unit: str, where: str) -> None:
    """Note where the hand-in that counts lay, as it was collected; an earlier upload is no news."""
    if 0 < _upload(where) < _upload(name_of(submitted, student, unit)):
        return
    path = submitted / FOLDER / student / unit
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(where[:LONGEST], encoding="utf-8", errors="replace")


def name_of(submitted: Path, student: str, unit: str) -> str:
    """What was noted; nothing where it was put there in another way."""
    try:
        return (submitted / FOLDER / student / unit).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _upload(where: str) -> int:
    """The number of the upload, where the platform counts them."""
    return max((said.number for part in where.split("/") if (said := said_in(part))), default=0)
