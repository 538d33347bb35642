"""What has been graded already, so that a run that was killed goes on, and unchanged work is not run again.

One small file for each hand-in, written in one step and only after its grades are in the gradebook and its
notebook in its place. Without the file, with one that cannot be read, or with another key in it, the hand-in
is graded again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.results import Outcome
from autograder.whole_files import write_whole

FOLDER = ".grading"


@dataclass(frozen=True)
class Noted:
    """A result but for what the gradebook knows; ``scores`` are those that grading gave, and left there.

    ``asks`` is why a person should look at an exercise; it counts until the gradebook says that one has.
    """

    student: str
    status: Outcome
    reason: str
    remarks: tuple[str, ...]
    misconceptions: dict[str, str]
    scores: dict[str, float | None]
    asks: dict[str, str]


class Journal:
    """The journal of one unit, in the course's folder ``.grading/<unit>/``."""

    def __init__(self, root: Path, unit_id: str) -> None:
        self._folder = root / FOLDER / unit_id

    def note(self, key: str, noted: Noted) -> None:
        """Note that a hand-in is graded and entered."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{noted.student}"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"key": key, **vars(noted)}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file(noted.student))

    def misses(self, students: Iterable[str]) -> bool:
        """Is there no note at all of one of them?"""
        return not all(self._file(student).exists() for student in students)

    def recall(self, student: str, key: str) -> Noted | None:
        """What was noted of this very hand-in, if all that its grade depends on is unchanged."""
        entry = self.entry(student)
        if entry.get("key") != key:
            return None
        try:
            return Noted(
                student,
                Outcome(entry["status"]),
                str(entry["reason"]),
                tuple(map(str, entry["remarks"])),
                dict(entry["misconceptions"]),
                dict(entry["scores"]),
                dict(entry["asks"]),
            )
        except (KeyError, TypeError, ValueError):
            return None

    def entry(self, student: str) -> dict[str, Any]:
        """What the file says; nothing where there is none, or none that can be read."""
        try:
            found = json.loads(self._file(student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def tried(self, student: str) -> dict[str, dict[str, Any]]:
        """Key and points of each hand-in that was tried to find the best, by its digest."""
        try:
            found = json.loads(self._tried(student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def note_tried(self, student: str, digest: str, found: dict[str, Any]) -> None:
        write_whole(self._tried(student), json.dumps({**self.tried(student), digest: found}).encode())

    def forget(self, student: str) -> None:
        """Before anything of a hand-in is changed: from here on it counts as not graded."""
        self._file(student).unlink(missing_ok=True)

    def _tried(self, student: str) -> Path:
        return self._folder / "tried" / f"{student}.json"

    def _file(self, student: str) -> Path:
        return self._folder / f"{student}.json"
