"""Opening what was handed in: folders, zips, zips of zips. Nothing is ever unpacked onto the disk."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from operator import itemgetter
from pathlib import Path, PurePosixPath

from autograder.grading.handins import receipts
from autograder.grading.handins.allowance import OF_A_CLASS, OF_ONE, Allowance
from autograder.grading.handins.beside import Offer, by_folder
from autograder.grading.handins.intake import BrokenHandin, open_regular, read_bytes
from autograder.grading.handins.zips import (
    ENDS,
    HANDED_IN,
    TOO_LONG,
    Opened,
    Times,
    archive_of,
    is_hidden,
    is_too_long,
    notebooks_and_zips,
    open_zip,
    or_nothing,
    why,
)


@contextmanager
def open_all(
    path: Path, zone: tzinfo, comes_last: Callable[[PurePosixPath], bool]
) -> Iterator[tuple[list[PurePosixPath], Iterator[Opened]]]:
    """The names of what stands in a folder or a zip, told without opening any hand-in, and all hand-ins.

    Those are notebooks, and what could not be opened; of a folder's in the order of their names, but for
    those that are to come last. What lies beside a notebook can be read until this ends.
    """
    within = PurePosixPath(path.name)
    if path.is_dir():
        files, others, closed = _files(path)
        beside = by_folder(others, (where for where, _ in files if where.suffix.lower() == ".ipynb"))
        yield [where for where, _ in files], _open_folder(files, beside, closed, zone, comes_last)
    elif within.suffix.lower() != ".zip":
        yield [within], _open_file(path, within, zone)
    else:
        try:
            stream = open_regular(path)
            archive = archive_of(stream)
        except BrokenHandin as error:
            yield [within], iter([Opened(within, None, problem=str(error))])
            return
        with stream:
            names = [within / name for name, _ in notebooks_and_zips(archive)]
            yield names, _open_given(archive, within, (_written(path),), zone)


def _open_folder(
    files: list[tuple[PurePosixPath, Path]],
    beside: dict[PurePosixPath, list[Offer]],
    closed: list[Opened],
    zone: tzinfo,
    comes_last: Callable[[PurePosixPath], bool],
) -> Iterator[Opened]:
    yield from closed
    for where, file in sorted(files, key=lambda file: comes_last(file[0])):
        yield from _open_file(file, where, zone, beside.get(where.parent, ()))


def _open_given(
    archive: zipfile.ZipFile, where: PurePosixPath, times: Times, zone: tzinfo
) -> Iterator[Opened]:
    try:
        yield from open_zip(archive, where, times, zone, Allowance(*OF_A_CLASS))
    except ENDS as error:
        yield Opened(where, None, problem=why(error))


def _open_file(
    file: Path, where: PurePosixPath, zone: tzinfo, beside: Sequence[Offer] = ()
) -> Iterator[Opened]:
    """A notebook, or a zip that is somebody's hand-in."""
    times = (_written(file),)
    try:
        content = read_bytes(file)
        if where.suffix.lower() == ".zip":
            left = Allowance(*OF_ONE, around=Allowance(*OF_A_CLASS))
            yield from open_zip(archive_of(io.BytesIO(content)), where, times, zone, left)
            return
        slip = None
        if os.path.lexists(receipt := file.with_name(receipts.FILE_NAME)):
            slip = or_nothing(read_bytes, receipt, receipts.MAX_BYTES)
        yield Opened(where, content, times, slip=slip, beside=beside)
    except ENDS as error:
        yield Opened(where, None, problem=why(error))


def _files(
    folder: Path,
) -> tuple[list[tuple[PurePosixPath, Path]], list[Offer], list[Opened]]:
    """The notebooks and zips below a folder, in order, its other files, and folders that cannot be read.

    No link is followed.
    """
    found, others, closed, waiting = [], [], [], [PurePosixPath()]
    while waiting:
        within = waiting.pop()
        try:
            entries = list(os.scandir(folder / within))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            closed.append(Opened(within, None, problem=f"this folder cannot be read: {why}"))
            continue
        for entry in entries:
            where = within / entry.name
            if is_hidden(where):
                continue
            if is_too_long(str(where)):
                closed.append(Opened(where, None, problem=TOO_LONG))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(where)
            elif where.suffix.lower() in HANDED_IN:
                found.append((where, folder / where))
            elif entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                others.append((where, size, partial(read_bytes, folder / where)))
    return sorted(found), sorted(others, key=itemgetter(0)), closed


def _written(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.lstat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):
        return None
