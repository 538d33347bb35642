"""A hand-in takes its place in ``submitted/``; what it replaces is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from autograder.grading.handins.beside import Files, of_a_handin
from autograder.grading.handins.intake import BrokenHandin, read_bytes
from autograder.grading.handins.moments import EARLIEST, is_possible, stamped
from autograder.grading.handins.receipts import FILE_NAME as RECEIPT
from autograder.grading.handins.submitted import SECRET

STAMP = "%Y-%m-%d %H:%M:%S UTC"
OLDER, WITHIN = ".older", ".within"
"""Folders of ``submitted/`` (nbgrader does not look into those with a dot): what was replaced; and what a
hand-in lay in, where that was not simply what was collected."""


class Fate(StrEnum):
    TAKEN = "taken"
    REPLACED = "taken, replaces an older one"
    KNOWN = "here already"
    OLDER = "older than the one here, kept aside"
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

    ``files`` lay beside it, and so did the ``receipt`` that was written for it, if there is one.
    """

    content: bytes
    moment: datetime
    word: Word
    within: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    receipt: bytes | None = None


def put(submitted: Path, student: str, unit: str, new: Arrival) -> Fate:
    """Write notebook, receipt and nbgrader's timestamp, or keep it aside where a newer one is here.

    Nobody's work is replaced on the word of whoever packed something: a hand-in is replaced by a newer one
    that came by its own name or out of the same archive, and by any whose word outweighs. Raises NotTaken.
    """
    folder = submitted / student / unit
    notebook, stamp = folder / f"{unit}.ipynb", folder / "timestamp.txt"
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
                _write(slip, new.receipt)
            return Fate.KNOWN
        if not outweighs and (new.word, new.within) not in ((Word.OWN_NAME, ""), (word, came_within)):
            raise NotTaken(
                f"only a name inside {new.within[:100]} says that it is {student}'s, who has one here that "
                f"came {f'in {came_within[:100]}' if came_within else 'by its own name'}. "
                f"Next: if it is, name it handin-{unit}-{student}.ipynb"
            )
        before = _moment_of(notebook, stamp)
        if new.moment < before and not outweighs:
            _keep(submitted / OLDER / student / unit, new.moment, new.content, new.files)
            return Fate.OLDER
        if here is None:
            raise NotTaken(f"{notebook} is here and cannot be read. Next: move it away")
        _keep(submitted / OLDER / student / unit, before, here, files)
        for name in files:
            _remove(folder, name)
        fate = Fate.REPLACED
    for name, content in new.files.items():
        _write(folder / name, content)
    _write(notebook, new.content)
    for mark in (slip, folder / SECRET):  # those of the notebook before
        mark.unlink(missing_ok=True)
    if new.receipt:
        _write(slip, new.receipt)
    _write(stamp, new.moment.astimezone(UTC).strftime(STAMP).encode())
    _note(within, new)
    return fate


def _note(within: Path, new: Arrival) -> None:
    """Note on whose word it is here; nothing where that is its own name."""
    if new.word is Word.OWN_NAME:
        within.unlink(missing_ok=True)
    else:
        _write(within, f"{new.word}: {new.within}".encode("utf-8", "replace"))


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


def _moment_of(notebook: Path, stamp: Path) -> datetime:
    """When what is here was handed in, as far as that can be true."""
    with suppress(BrokenHandin, ValueError):
        noted = stamped(read_bytes(stamp, 1000).decode())
        if noted is not None and is_possible(noted):
            return noted
    written = datetime.fromtimestamp(notebook.lstat().st_mtime, UTC)
    return written if is_possible(written) else EARLIEST


def _keep(folder: Path, moment: datetime, content: bytes, files: Mapping[str, bytes]) -> None:
    """Write it under its moment and digest, unless it is kept already, and ``files`` beside it."""
    digest = hashlib.sha256(content + Files(files).digest).hexdigest()[:16]
    kept = folder / f"{moment.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{digest}"
    if not (path := kept.with_suffix(".ipynb")).exists():
        for name, beside in files.items():
            _write(kept / name, beside)
        _write(path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
