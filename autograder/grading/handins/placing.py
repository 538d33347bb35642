"""A hand-in takes its place in ``submitted/``; what it replaces is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from autograder.grading.handins.beside import Files, of_a_handin
from autograder.grading.handins.intake import BrokenHandin, read_bytes
from autograder.grading.handins.moments import EARLIEST, STAMP_FILE, When, is_possible, read_stamp
from autograder.grading.handins.receipts import FILE_NAME as RECEIPT
from autograder.grading.handins.receipts import MAX_BYTES
from autograder.grading.handins.submitted import SECRET
from autograder.whole_files import write_whole

STAMP = "%Y-%m-%d %H:%M:%S UTC"
KEPT_AT = "%Y-%m-%dT%H%M%SZ"
MARKS = (STAMP_FILE, RECEIPT, SECRET)
"""What lies beside a hand-in about it: when it came, its receipt, and by what the exchange knows it."""
UNSURE = "unsure"
OLDER, WITHIN = ".older", ".within"
"""Folders of ``submitted/`` (nbgrader does not look into those with a dot): what was replaced; and what a
hand-in lay in, where that was not simply what was collected."""


class Fate(StrEnum):
    TAKEN = "taken"
    REPLACED = "taken, replaces an older one"
    KNOWN = "here already"
    CORRECTED = "here already, its time corrected"
    OLDER = "older than the one here, kept aside"
    OURS = "the course's own, no hand-in"
    REFUSED = "not taken"


class Word(StrEnum):
    """On whose word a hand-in is somebody's; the first counts most."""

    OWN_NAME = "own name"
    ARCHIVE = "archive"
    """A name inside the one thing that was collected, such as the archive of a class."""
    INNER_NAME = "inner name"
    """A name inside one of many things: whoever packed that chose it."""

    def outweighs(self, other: Word) -> bool:
        ranks = list(Word)
        return ranks.index(self) < ranks.index(other)


class NotTaken(BrokenHandin):
    """The text says why."""


@dataclass(frozen=True)
class Arrival:
    """A notebook, when it was handed in, on whose word, and what its name stood in.

    ``files`` lay beside it, and so did the ``receipt`` that was written for it, if there is one. ``zone`` is
    the course's.
    """

    content: bytes
    when: When
    word: Word
    within: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    receipt: bytes | None = None
    zone: tzinfo = UTC

    @property
    def moment(self) -> datetime:
        return self.when.moment.astimezone(UTC)

    @property
    def marks(self) -> dict[str, bytes]:
        return {STAMP_FILE: stamp_of(self.moment), **({RECEIPT: self.receipt} if self.receipt else {})}


def put(submitted: Path, student: str, unit: str, new: Arrival) -> Fate:
    """Write notebook, receipt and nbgrader's timestamp, or keep it aside where a newer one is here.

    Nobody's work is replaced on the word of whoever packed something: a hand-in is replaced by a newer one
    that came by its own name or out of the same archive, and by any whose word outweighs. Raises NotTaken.
    """
    folder = submitted / student / unit
    notebook, stamp = folder / f"{unit}.ipynb", folder / STAMP_FILE
    slip, within = folder / RECEIPT, submitted / WITHIN / student / unit
    fate = Fate.TAKEN
    if os.path.lexists(notebook):
        word, came_within = _word(within)
        outweighs = new.word.outweighs(word)
        here, files = _content(notebook), of_a_handin(folder)[0].contents
        if (here, files) == (new.content, new.files):
            if outweighs:
                _note(within, new)
            if new.receipt:
                write_whole(slip, new.receipt)
            noted = moment_of(notebook, stamp, new.zone)
            if new.when.is_sure and noted.replace(microsecond=0) != new.moment.replace(microsecond=0):
                write_whole(stamp, stamp_of(new.moment))
                return Fate.CORRECTED
            return Fate.KNOWN
        if not outweighs and (new.word, new.within) not in ((Word.OWN_NAME, ""), (word, came_within)):
            raise NotTaken(
                f"only a name inside {new.within[:100]} says that it is {student}'s, who has one here that "
                f"came {f'in {came_within[:100]}' if came_within else 'by its own name'}. "
                f"Next: if it is, name it handin-{unit}-{student}.ipynb"
            )
        before = moment_of(notebook, stamp, new.zone)
        aside = submitted / OLDER / student / unit
        if new.moment < before and not outweighs:
            _keep(aside, new.moment, new.content, new.files, new.marks)
            return Fate.OLDER
        if here is None:
            raise NotTaken(f"{notebook} is here and cannot be read. Next: move it away")
        later = new.moment.replace(microsecond=0) > before
        if later and not outweighs and _kept(aside, new.moment, new.content, new.files).exists():
            return Fate.KNOWN  # aside, because an older one counts
        set_aside(submitted, student, unit, new.zone, unsure=outweighs and word is Word.INNER_NAME)
        fate = Fate.REPLACED
    lay(folder, unit, new.content, new.files, new.marks)
    _note(within, new)
    return fate


def set_aside(submitted: Path, student: str, unit: str, zone: tzinfo, *, unsure: bool = False) -> None:
    """Keep what is here in `OLDER`, and remove the files beside it; ``unsure`` where it may be another's."""
    folder = submitted / student / unit
    notebook = folder / f"{unit}.ipynb"
    files = of_a_handin(folder)[0].contents
    aside = submitted / OLDER / student / unit / (UNSURE if unsure else "")
    moment = moment_of(notebook, folder / STAMP_FILE, zone)
    _keep(aside, moment, read_bytes(notebook), files, marks_of(folder))
    for name in files:
        _remove(folder, name)


def lay(
    folder: Path, unit: str, content: bytes, files: Mapping[str, bytes], marks: Mapping[str, bytes]
) -> None:
    """Write notebook, files and `MARKS` into a hand-in's place; those of the notebook before go."""
    for name, beside in files.items():
        write_whole(folder / name, beside)
    write_whole(folder / f"{unit}.ipynb", content)
    for name in MARKS:
        if name in marks:
            write_whole(folder / name, marks[name])
        else:
            (folder / name).unlink(missing_ok=True)


def marks_of(folder: Path) -> dict[str, bytes]:
    """Those of a hand-in that can be read."""
    found = {}
    for name in MARKS:
        with suppress(BrokenHandin):
            found[name] = read_bytes(folder / name, MAX_BYTES)
    return found


def stamp_of(moment: datetime) -> bytes:
    return f"{moment.astimezone(UTC):{STAMP}}".encode()


def _note(within: Path, new: Arrival) -> None:
    """Note on whose word it is here; nothing where that is its own name."""
    if new.word is Word.OWN_NAME:
        within.unlink(missing_ok=True)
    else:
        write_whole(within, f"{new.word}: {new.within}".encode("utf-8", "replace"))


def _word(within: Path) -> tuple[Word, str]:
    if not within.exists():
        return Word.OWN_NAME, ""
    word, _, came_within = within.read_text(encoding="utf-8").partition(": ")
    return Word(word), came_within


def _remove(folder: Path, name: str) -> None:
    """Remove a file in ``folder``, and the folders around it that are empty then."""
    path = folder / name
    path.unlink(missing_ok=True)
    with suppress(OSError):
        while (path := path.parent) != folder:
            path.rmdir()


def _content(notebook: Path) -> bytes | None:
    try:
        return read_bytes(notebook)
    except BrokenHandin:
        return None


def moment_of(notebook: Path, stamp: Path, zone: tzinfo) -> datetime:
    """When what is here was handed in, as far as that can be true."""
    with suppress(BrokenHandin, ValueError):
        noted = read_stamp(read_bytes(stamp, 1000).decode(), zone)
        if is_possible(noted):
            return noted
    written = datetime.fromtimestamp(notebook.lstat().st_mtime, UTC)
    return written if is_possible(written) else EARLIEST


def digest_of(content: bytes, files: Mapping[str, bytes]) -> str:
    """The same for the same notebook with the same files beside it."""
    return hashlib.sha256(content + Files(files).digest).hexdigest()[:16]


def _kept(folder: Path, moment: datetime, content: bytes, files: Mapping[str, bytes]) -> Path:
    return folder / f"{moment.astimezone(UTC):{KEPT_AT}}-{digest_of(content, files)}.ipynb"


def _keep(
    folder: Path,
    moment: datetime,
    content: bytes,
    files: Mapping[str, bytes],
    marks: Mapping[str, bytes],
) -> None:
    """Write it under its moment and digest, unless it is kept already, with files and marks beside it."""
    path = _kept(folder, moment, content, files)
    if path.exists():
        return
    for name, beside in {**files, **marks}.items():
        write_whole(path.with_suffix("") / name, beside)
    write_whole(path, content)
