"""Hand-ins come into ``submitted/<student>/<unit>/``, where nbgrader looks for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError
from autograder.grading import receipts
from autograder.grading.intake import BrokenHandin, parse, read_bytes
from autograder.grading.opening import Opened, open_all
from autograder.grading.receipts import STUDENT_ID, Receipt

if TYPE_CHECKING:
    from autograder.course import Course

STAMP = "%Y-%m-%d %H:%M:%S UTC"


class Fate(StrEnum):
    TAKEN = "taken"
    REPLACED = "taken, replaces an older one"
    KNOWN = "here already"
    OLDER = "older than the one here, kept aside"
    REFUSED = "not taken"


@dataclass(frozen=True)
class Entry:
    """What became of one file, and why; ``ok`` where nobody needs to look at it."""

    where: str
    fate: Fate
    student: str = ""
    unit: str = ""
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.fate is not Fate.REFUSED and not self.note

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ok": self.ok}


def collect(course: Course, paths: Iterable[Path]) -> list[Entry]:
    """Take every hand-in found in ``paths`` and say what became of each: folders, zips of zips, notebooks.

    A newer hand-in replaces an older one, which is kept in ``submitted/.older/``. Raises CourseError for a
    path that does not exist.
    """
    entries = []
    for path in paths:
        if not path.exists():
            raise CourseError(f"{path}: there is no such file or folder.")
        opened = list(open_all(path, ZoneInfo(course.time_zone)))
        slips = {file.where.parent: file for file in opened if file.where.name == receipts.FILE_NAME}
        entries += [
            _take(course, file, slips.get(file.where.parent))
            for file in opened
            if file.where.name != receipts.FILE_NAME
        ]
    return entries


def _take(course: Course, file: Opened, slip: Opened | None) -> Entry:
    if file.content is None:
        return Entry(str(file.where), Fate.REFUSED, note=file.problem)
    try:
        receipt = receipts.read_receipt(slip.content) if slip and slip.content else None
    except ValueError:
        receipt = None
    named = whose(file.where, [unit.id for unit in course.units])
    student, unit = (receipt.student, receipt.unit) if receipt else named
    ours = any(part.startswith("handin-") for part in file.where.parts)
    if problem := _refusal(course, student, unit, receipt, named if ours else ("", "")):
        return Entry(str(file.where), Fate.REFUSED, note=problem)
    fits = receipt is not None and receipt.fits(file.content)
    moment = receipt.moment if receipt and fits else file.changed
    kept = slip.content if slip and fits else None
    fate = _put(course, student, unit, file.content, moment, kept)
    return Entry(str(file.where), fate, student, unit, _note(file.content, receipt, slip, fits))


def whose(where: PurePosixPath, units: list[str]) -> tuple[str, str]:
    """The student and the unit that the names of a file, its zips and its folders tell; "" for unknown.

    ``ada/02-x/02-x.ipynb``, ``ada/02-x.ipynb``, ``02-x-ada.ipynb``, ``handin-02-x-ada.zip/…``: all by ada.
    """
    names = [re.sub(r"\.(ipynb|zip)$", "", part, flags=re.IGNORECASE) for part in reversed(where.parts)]
    unit = next((u for name in names for u in sorted(units, key=len, reverse=True) if u in name), "")
    for name in names:
        rest = name.replace(unit, "", 1) if unit else name
        rest = re.sub(r"^handin(?![A-Za-z0-9])", "", rest.strip("-_ ")).strip("-_ ")
        if rest and rest not in ("..", "."):
            return (rest if STUDENT_ID.fullmatch(rest) else ""), unit
    return "", unit


def _refusal(course: Course, student: str, unit: str, receipt: Receipt | None, named: tuple[str, str]) -> str:
    """Why this file cannot be taken; nothing where it can."""
    known = [u.id for u in course.units]
    if unit not in known:
        return (
            f"which unit? The course has {', '.join(known)}"
            if not unit
            else f"the course has no unit {unit!r}"
        )
    if not STUDENT_ID.fullmatch(student):
        return f"whose is it? Name it handin-{unit}-STUDENT.ipynb"
    if receipt and all(named) and named != (student, unit):  # only a name that `course submit` gave
        return f"its receipt says {student}, {unit}; its name says {named[0]}, {named[1]}"
    return ""


def _note(content: bytes, receipt: Receipt | None, slip: Opened | None, fits: bool) -> str:
    """What a person should know about a hand-in that was taken."""
    said = []
    if receipt and not fits:
        said.append("the notebook is not the one that its receipt was written for (the hash differs)")
    elif slip and not receipt:
        said.append("its receipt cannot be read")
    try:
        parse(content)
    except BrokenHandin as error:
        said.append(str(error))
    return "; ".join(said)


def _put(
    course: Course, student: str, unit: str, content: bytes, moment: datetime, receipt: bytes | None
) -> Fate:
    """Write notebook, receipt and nbgrader's timestamp, or keep it aside where a newer one is here."""
    folder = course.root / "submitted" / student / unit
    notebook, stamp = folder / f"{unit}.ipynb", folder / "timestamp.txt"
    slip = folder / receipts.FILE_NAME
    fate = Fate.TAKEN
    if notebook.exists():
        if notebook.read_bytes() == content:
            if receipt:
                _write(slip, receipt)
            return Fate.KNOWN
        before = _moment_of(notebook, stamp)
        if moment < before:
            _write(_aside(course, student, unit, moment), content)
            return Fate.OLDER
        _write(_aside(course, student, unit, before), notebook.read_bytes())
        fate = Fate.REPLACED
    _write(notebook, content)
    slip.unlink(missing_ok=True)  # the one of the notebook before
    if receipt:
        _write(slip, receipt)
    _write(stamp, moment.astimezone(UTC).strftime(STAMP).encode())
    return fate


def _moment_of(notebook: Path, stamp: Path) -> datetime:
    try:
        return datetime.strptime(read_bytes(stamp, 1000).decode().strip(), STAMP).replace(tzinfo=UTC)
    except (BrokenHandin, ValueError):
        return datetime.fromtimestamp(notebook.stat().st_mtime, UTC)


def _aside(course: Course, student: str, unit: str, moment: datetime) -> Path:
    """A free name; nbgrader does not look into a folder with a dot."""
    folder = course.root / "submitted" / ".older" / student / unit
    name = moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    number = 1
    while (path := folder / (f"{name}.ipynb" if number == 1 else f"{name}-{number}.ipynb")).exists():
        number += 1
    return path


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
