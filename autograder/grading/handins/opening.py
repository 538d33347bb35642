"""Opening what was handed in: folders, archives, archives of archives. Nothing is unpacked onto the disk."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from operator import itemgetter
from pathlib import Path, PurePosixPath

from autograder.grading.handins import receipts
from autograder.grading.handins.allowance import OF_A_CLASS, OF_ONE, Allowance
from autograder.grading.handins.archives import (
    ENDS,
    TOO_LONG,
    Member,
    Opened,
    is_hidden,
    is_too_long,
    members_of,
    not_taken,
    open_archive,
    or_nothing,
    read_claim,
    why,
)
from autograder.grading.handins.beside import Offer, by_folder, lies_in
from autograder.grading.handins.formats import (
    archive_kind,
    as_named,
    can_be_opened,
    is_notebook,
    why_not,
)
from autograder.grading.handins.intake import BrokenHandin, open_regular, read_bytes
from autograder.grading.handins.moments import STAMP_FILE, Claim, Source


@contextmanager
def open_all(
    path: Path, zone: tzinfo, comes_last: Callable[[PurePosixPath], bool]
) -> Iterator[tuple[list[PurePosixPath], Iterator[Opened]]]:
    """The names of what stands in a folder or an archive, without opening any hand-in, and all that came.

    Those are notebooks, what could not be opened, and what is not taken; of a folder's in the order of their
    names, but for those that are to come last. What lies beside a notebook can be read until this ends.
    """
    within = PurePosixPath(path.name)
    if path.is_dir():
        files, others, closed = _files(path)
        notebooks = (where for where, _ in files if is_notebook(where))
        beside, loose = by_folder(others, notebooks)
        left = [*closed, *not_taken(PurePosixPath(), loose)]
        yield [as_named(where) for where, _ in files], _open_folder(files, beside, left, zone, comes_last)
    elif not archive_kind(within):
        yield [as_named(within)], _open_file(path, within, zone)
    else:
        left_to_open = Allowance(*OF_A_CLASS)
        try:
            stream = open_regular(path)
            members = members_of(stream, within, zone, left_to_open)
        except BrokenHandin as error:
            yield [as_named(within)], iter([Opened(within, None, problem=str(error))])
            return
        with stream:
            names = [as_named(within / one.path) for one in members if can_be_opened(one.path)]
            yield names, _open_given(members, within, (_written(path),), zone, left_to_open)


def _open_folder(
    files: list[tuple[PurePosixPath, Path]],
    beside: dict[PurePosixPath, list[Offer]],
    closed: list[Opened],
    zone: tzinfo,
    comes_last: Callable[[PurePosixPath], bool],
) -> Iterator[Opened]:
    yield from closed
    for where, file in sorted(files, key=lambda file: comes_last(as_named(file[0]))):
        yield from _open_file(file, where, zone, beside.get(lies_in(where)[0], ()))


def _open_given(
    members: list[Member], where: PurePosixPath, times: tuple[Claim, ...], zone: tzinfo, left: Allowance
) -> Iterator[Opened]:
    try:
        yield from open_archive(members, where, times, zone, left)
    except ENDS as error:
        yield Opened(where, None, problem=why(error))


def _open_file(
    file: Path, where: PurePosixPath, zone: tzinfo, beside: Sequence[Offer] = ()
) -> Iterator[Opened]:
    """A notebook, or an archive that is somebody's hand-in."""
    times = (_written(file),)
    try:
        if not can_be_opened(where):
            raise BrokenHandin(why_not(where))
        content = read_bytes(file)
        if archive_kind(where):
            left = Allowance(*OF_ONE, around=Allowance(*OF_A_CLASS))
            members = members_of(io.BytesIO(content), where, zone, left)
            yield from open_archive(members, where, times, zone, left)
            return
        slip = None
        if os.path.lexists(receipt := file.with_name(receipts.FILE_NAME)):
            slip = or_nothing(read_bytes, receipt, receipts.MAX_BYTES)
        stamp = read_claim(partial(read_bytes, file.with_name(STAMP_FILE)), zone, Source.STAMP)
        yield Opened(where, content, times, "", slip, (), stamp, beside)
    except ENDS as error:
        yield Opened(where, None, problem=why(error))


def _files(
    folder: Path,
) -> tuple[list[tuple[PurePosixPath, Path]], list[Offer], list[Opened]]:
    """The notebooks and archives below a folder, in order, its other files, and what cannot be read.

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
            elif can_be_opened(where):
                found.append((where, folder / where))
            elif entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                others.append((where, size, partial(read_bytes, folder / where)))
    return sorted(found), sorted(others, key=itemgetter(0)), closed


def _written(file: Path) -> Claim:
    try:
        return Claim(datetime.fromtimestamp(file.lstat().st_mtime, UTC), Source.FILE)
    except (OSError, ValueError, OverflowError):
        return Claim(None, Source.FILE)
