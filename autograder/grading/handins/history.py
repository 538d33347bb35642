"""What a student handed in for a unit, and when: the one in its place, and those kept aside."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.grading.handins.beside import MOST_BYTES, of_a_handin
from autograder.grading.handins.handin import Handin, receipt_beside
from autograder.grading.handins.intake import BrokenHandin, read_bytes
from autograder.grading.handins.moments import STAMP_FILE, read_stamp
from autograder.grading.handins.placing import (
    KEPT_AT,
    OLDER,
    UNSURE,
    digest_of,
    lay,
    marks_of,
    moment_of,
    set_aside,
    stamp_of,
)


@dataclass(frozen=True)
class Kept:
    """One of them; its ``digest`` is that of all its files. ``here`` where it is the one in its place.

    ``unsure`` where only whoever packed it says that it is this student's: such a one is no choice.
    """

    student: str
    unit: str
    moment: datetime
    digest: str
    notebook: Path
    here: bool = False
    unsure: bool = False

    @property
    def folder(self) -> Path:
        """Where the files beside it are, and its receipt."""
        return self.notebook.parent if self.here else self.notebook.with_suffix("")

    @property
    def label(self) -> str:
        return f"{self.student}, {self.moment:%Y-%m-%d %H:%M:%S} UTC, {self.digest}"


def history(submitted: Path, student: str, unit: str, zone: tzinfo) -> list[Kept]:
    """All of them, the newest last."""
    found = []
    here, aside = submitted / student / unit / f"{unit}.ipynb", submitted / OLDER / student / unit
    try:
        digest = digest_of(read_bytes(here), of_a_handin(here.parent)[0].contents)
        moment = moment_of(here, here.with_name(STAMP_FILE), zone)
        found.append(Kept(student, unit, moment, digest, here, here=True))
    except BrokenHandin:
        pass
    for path in [*aside.glob("*.ipynb"), *(aside / UNSURE).glob("*.ipynb")]:
        written, _, digest = path.stem.rpartition("-")
        try:
            moment = datetime.strptime(written, KEPT_AT).replace(tzinfo=UTC)
        except ValueError:
            continue  # somebody else laid it there
        found.append(Kept(student, unit, moment, digest, path, unsure=path.parent.name == UNSURE))
    return sorted(found, key=lambda one: (one.moment, one.here))


def several(submitted: Path, students: Iterable[str], unit: str, zone: tzinfo) -> dict[str, list[Kept]]:
    """What can count, of those students who have handed in more than once."""
    again = (student for student in students if (submitted / OLDER / student / unit).is_dir())
    found = {
        student: [one for one in history(submitted, student, unit, zone) if not one.unsure]
        for student in again
    }
    return {student: kept for student, kept in found.items() if len(kept) > 1 and any(k.here for k in kept)}


def read_kept(kept: Kept, given: Path | None = None, most_bytes: int = MOST_BYTES) -> Handin:
    """The hand-in itself; ``given`` is the teacher's folder, as in `Chosen`."""
    try:
        content = read_bytes(kept.notebook)
    except BrokenHandin as error:
        return Handin(problem=str(error))
    files, said = of_a_handin(kept.folder, given, most_bytes)
    return Handin(content, files=files, remarks=tuple(said), receipt=receipt_beside(kept.folder))


def bring_back(submitted: Path, kept: Kept, zone: tzinfo) -> None:
    """Let one that was kept aside change places with the one that is here. Raises BrokenHandin."""
    content, files = read_bytes(kept.notebook), of_a_handin(kept.folder)[0]
    marks = marks_of(kept.folder)
    if not _says(marks.get(STAMP_FILE, b""), kept.moment, zone):
        marks[STAMP_FILE] = stamp_of(kept.moment)
    set_aside(submitted, kept.student, kept.unit, zone)
    lay(submitted / kept.student / kept.unit, kept.unit, content, files.contents, marks)
    kept.notebook.unlink()
    shutil.rmtree(kept.folder, ignore_errors=True)


def _says(stamp: bytes, moment: datetime, zone: tzinfo) -> bool:
    """Is it this moment, which is told in whole seconds?"""
    try:
        return read_stamp(stamp.decode(), zone).replace(microsecond=0) == moment
    except ValueError:
        return False
