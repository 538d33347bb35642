"""What a student has done so far: one small JSON file beside the units, safe to lose and safe to share.

Which folder: the one that holds the unit's folder. In a notebook at ``work/01-warm-up/`` the file is
``work/.course-progress.json``. The rule: the parent of the current folder if that parent lies inside the
course (below the folder of ``course.yml``), else the current folder itself.

While grading (``COURSE_GRADING`` is set in the environment), while a solved notebook is built
(``COURSE_BUILDING``), in the teacher's folders (``source/``, ``autograded/``, ...) and in a folder that
cannot be written, records live in this session only.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from autograder.verdict import Status, Verdict

FILE_NAME = ".course-progress.json"
LOCK_SECONDS = 2.0
TEACHERS_FOLDERS = frozenset({"source", "solutions", "submitted", "autograded", "feedback", "handins"})
CANNOT_KEEP = "Your progress cannot be kept in this folder. Checks and hints work all the same."
_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_ORDER = (Status.NOT_ATTEMPTED, Status.WRONG, Status.RIGHT)


@dataclass(frozen=True)
class Record:
    """What is kept about one exercise: the best outcome so far, answers checked, hints seen."""

    status: Status = Status.NOT_ATTEMPTED
    score: float = 0.0
    attempts: int = 0
    hints: int = 0

    @classmethod
    def from_json(cls, data: Any) -> Record:
        record = cls(Status(data["status"]), data["score"], data["attempts"], data["hints"])
        counts = (record.attempts, record.hints)
        if not (0 <= record.score <= 1 and all(isinstance(n, int) and n >= 0 for n in counts)):
            raise ValueError(f"no such record: {data!r}")
        return record


Records = dict[str, Record]

_session: Records = {}
_said: set[str] = set()


def course_root(start: Path | None = None) -> Path | None:
    """The nearest folder with a ``course.yml``, from the current folder upward."""
    try:
        here = (start or Path.cwd()).resolve()
        return next((folder for folder in (here, *here.parents) if (folder / "course.yml").is_file()), None)
    except OSError:  # the current folder is gone, or one above it may not be looked into
        return None


def records_file() -> Path:
    """Where the records of the current folder stand (see the rule above)."""
    here = Path.cwd().resolve()
    root = course_root(here)
    inside = root is not None and here.parent != root and here.parent.is_relative_to(root)
    return (here.parent if inside else here) / FILE_NAME


def record_verdict(verdict: Verdict) -> list[str]:
    """Keep the best outcome and count the attempt; returns notes for the student, mostly none."""

    def better(old: Record) -> Record:
        rank = _ORDER.index(verdict.status), verdict.score
        best = max((_ORDER.index(old.status), old.score), rank)
        attempts = old.attempts + (verdict.status is not Status.NOT_ATTEMPTED)
        return replace(old, status=_ORDER[best[0]], score=best[1], attempts=attempts)

    return _change(verdict.exercise, better)


def record_hint(exercise_id: str) -> list[str]:
    """Count one more hint seen; returns notes for the student, mostly none."""
    return _change(exercise_id, lambda old: replace(old, hints=old.hints + 1))


def read_records(file: Path | None = None) -> tuple[Records, list[str]]:
    """All records of the current folder, or of a file, and notes for the student, mostly none."""
    notes: list[str] = []
    if file is None and _session_only():
        return dict(_session), notes
    try:
        path = file or records_file()
        try:
            found = _parse(path)
        except _DAMAGE:
            with _lock(path):
                found, notes = _load(path)
    except OSError:
        found, notes = {}, _once(CANNOT_KEEP)
    return {**found, **_session}, notes


def _change(exercise_id: str, change: Callable[[Record], Record]) -> list[str]:
    notes: list[str] = []
    if not _session_only():
        try:
            path = records_file()
            with _lock(path):
                found, notes = _load(path)
                records = {**found, **_session}
                records[exercise_id] = change(records.get(exercise_id, Record()))
                _save(path, records)
            _session.clear()
            return notes
        except (
            OSError,
            NotImplementedError,
        ):  # read-only, disk full, no locks here: never the check's problem
            notes = _once(CANNOT_KEEP)
    known, _ = read_records()
    _session[exercise_id] = change(known.get(exercise_id, Record()))
    return notes


def _session_only() -> bool:
    if os.environ.get("COURSE_GRADING") or os.environ.get("COURSE_BUILDING"):
        return True
    if (root := course_root()) is None:
        return False
    return not TEACHERS_FOLDERS.isdisjoint(Path.cwd().resolve().relative_to(root).parts[:1])


def _lock(path: Path) -> Any:
    from filelock import FileLock

    # Its Timeout is an OSError too.
    return FileLock(f"{path}.lock", timeout=LOCK_SECONDS)


def _parse(path: Path) -> Records:
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    return {key: Record.from_json(value) for key, value in data["exercises"].items()}


def _load(path: Path) -> tuple[Records, list[str]]:
    """The records in a file; a damaged file is kept aside and an empty one goes on in its place."""
    try:
        return _parse(path), []
    except _DAMAGE:
        aside = _free_name(path)
        path.replace(aside)
        return {}, [f"The file with your progress was damaged. It is kept as {aside.name}; a new one begins."]


def _free_name(path: Path) -> Path:
    names = (f"{path.name}.damaged{'' if n == 1 else f'-{n}'}" for n in range(1, 10_000))
    return next(free for name in names if not (free := path.with_name(name)).exists())


def _save(path: Path, records: Records) -> None:
    """Replace the file in one step, so that no reader ever sees half of it."""
    exercises = {exercise: asdict(record) for exercise, record in sorted(records.items())}
    text = json.dumps({"version": 1, "exercises": exercises}, indent=1)
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _once(note: str) -> list[str]:
    if note in _said:
        return []
    _said.add(note)
    return [note]
