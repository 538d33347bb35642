"""Opening what was handed in: folders, zips, zips of zips. Nothing is ever unpacked onto the disk.

Members are read into memory one by one and bounded; their names only tell whose a notebook may be, so a
path like ``../../x`` or a link inside a zip leads nowhere.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.grading.intake import MAX_BYTES, BrokenHandin, read_bytes

MAX_DEPTH = 3
MAX_MEMBERS = 20_000
MAX_ARCHIVE = 200_000_000
IGNORED = ("__MACOSX", "__pycache__")


@dataclass(frozen=True)
class Opened:
    """A file with its content, or with the reason why it has none.

    ``where`` is its path from the folder or file given, through zips; ``changed`` when it was last written.
    """

    where: PurePosixPath
    content: bytes | None
    changed: datetime
    problem: str = ""


def open_all(path: Path, zone: tzinfo) -> Iterator[Opened]:
    """Every notebook and receipt in a folder, in a zip, or the one file; and what could not be opened."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            where = PurePosixPath(file.relative_to(path).as_posix())
            if _wanted(where) and (file.is_symlink() or not file.is_dir()) and not _through_link(file, path):
                yield from _open_file(file, where, zone)
    else:
        yield from _open_file(path, PurePosixPath(path.name), zone)


def _open_file(file: Path, where: PurePosixPath, zone: tzinfo) -> Iterator[Opened]:
    changed = datetime.fromtimestamp(file.lstat().st_mtime, UTC)
    try:
        if where.suffix.lower() != ".zip":
            yield Opened(where, read_bytes(file), changed)
        elif file.is_symlink():
            raise BrokenHandin("it is a link")
        else:
            with file.open("rb") as stream:
                yield from _open_zip(stream, where, changed, zone, depth=1)
    except BrokenHandin as error:
        yield Opened(where, None, changed, str(error))


def _open_zip(
    stream: IO[bytes], where: PurePosixPath, changed: datetime, zone: tzinfo, depth: int
) -> Iterator[Opened]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise BrokenHandin("it is not a zip file, or a damaged one") from None
    with archive:
        members = [m for m in archive.infolist() if not m.is_dir() and _wanted(PurePosixPath(m.filename))]
        if len(members) > MAX_MEMBERS:
            raise BrokenHandin(f"it holds more than {MAX_MEMBERS} files")
        for member in members:
            inside = where / PurePosixPath(member.filename.replace("\\", "/").lstrip("/"))
            written = _moment(member, zone) or changed
            try:
                nested = inside.suffix.lower() == ".zip"
                if nested and depth >= MAX_DEPTH:
                    raise BrokenHandin(f"it lies more than {MAX_DEPTH} zips deep")
                content = _read_member(archive, member, MAX_ARCHIVE if nested else MAX_BYTES)
                if nested:
                    yield from _open_zip(io.BytesIO(content), inside, written, zone, depth + 1)
                else:
                    yield Opened(inside, content, written)
            except BrokenHandin as error:
                yield Opened(inside, None, written, str(error))


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The member's content; what its header claims of its size is not believed."""
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BrokenHandin("it is a link")
    try:
        with archive.open(member) as stream:
            content = stream.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        why = "it has a password" if "password" in str(error) else "it is damaged inside its zip"
        raise BrokenHandin(why) from None
    if len(content) > limit:
        raise BrokenHandin(f"it is larger than {limit // 1_000_000} MB")
    return content


def _moment(member: zipfile.ZipInfo, zone: tzinfo) -> datetime | None:
    """A zip notes the time without a zone: the course's is meant."""
    try:
        return datetime(*member.date_time, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _wanted(where: PurePosixPath) -> bool:
    hidden = any(part in IGNORED or (part.startswith(".") and part.strip(".")) for part in where.parts)
    return not hidden and (where.suffix.lower() in (".ipynb", ".zip") or where.name == "receipt.json")


def _through_link(file: Path, root: Path) -> bool:
    """Does a folder on the way to the file point elsewhere?"""
    return any(
        parent.is_symlink() for parent in file.parents if parent.is_relative_to(root) and parent != root
    )
