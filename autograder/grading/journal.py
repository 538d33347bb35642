"""What has been graded already, so that a run that was killed goes on, and unchanged work is not run again.

One small file for each hand-in, written in one step and only after its grades are in the gradebook and its
notebook in its place. Without the file, or with another key in it, the hand-in is graded again.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

FOLDER = ".grading"


class Journal:
    """The journal of one unit, in the course's folder ``.grading/<unit>/``."""

    def __init__(self, root: Path, unit_id: str) -> None:
        self._folder = root / FOLDER / unit_id

    def knows(self, student: str, key: str) -> bool:
        """Was this very hand-in graded, with all that its grade depends on unchanged?"""
        return self._read(student).get("key") == key

    def note(self, student: str, key: str, entry: dict[str, object]) -> None:
        """Note that a hand-in is graded and entered."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"key": key, **entry}, file)
            file.flush()
            os.fsync(handle)
        Path(name).replace(self._file(student))

    def entry(self, student: str) -> dict[str, object]:
        """What was noted with the key."""
        return self._read(student)

    def forget(self, student: str) -> None:
        """Before anything of a hand-in is changed: from here on it counts as not graded."""
        self._file(student).unlink(missing_ok=True)

    def _file(self, student: str) -> Path:
        return self._folder / f"{student}.json"

    def _read(self, student: str) -> dict:
        try:
            found = json.loads(self._file(student).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
