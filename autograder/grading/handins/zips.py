"""Zips that were handed in: read into memory one member at a time, bounded one by one and all together.

Names of members only tell whose a notebook may be: a path like ``../../x`` or a link leads nowhere.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from operator import itemgetter
from pathlib import PurePosixPath
from typing import IO, Any

from autograder.grading.handins import receipts
from autograder.grading.handins.allowance import MAX_MEMBERS, OF_ONE, Allowance, TooMuch
from autograder.grading.handins.beside import Offer, by_folder
from autograder.grading.handins.intake import MAX_BYTES, BrokenHandin

MAX_DEPTH = 3
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others open a few bytes to gigabytes at once (bzip2), and nothing makes such zips unless it is told to."""
HANDED_IN = (".ipynb", ".zip")
LONGEST_PATH, MOST_PARTS = 1_000, 20
"""Characters, and folders in one another, of a path whose names are read."""
TOO_LONG = "its name is too long"
ENDS = (BrokenHandin, MemoryError, RecursionError)
"""What ends one hand-in and nothing else."""
IGNORED = ("__MACOSX", "__pycache__")

Times = tuple[datetime | None, ...]


@dataclass(frozen=True)
class Opened:
    """A file with its content, or with the reason why it has none.

    ``where`` is its path from the folder or file given, through zips; ``times`` are when it was last written,
    and each zip around it; ``slip`` is the receipt beside it, ``beside`` what else lies there.
    """

    where: PurePosixPath
    content: bytes | None
    times: Times = ()
    problem: str = ""
    slip: bytes | None = None
    beside: Sequence[Offer] = ()


def open_zip(
    archive: zipfile.ZipFile,
    where: PurePosixPath,
    times: Times,
    zone: tzinfo,
    left: Allowance,
    depth: int = 1,
) -> Iterator[Opened]:
    """All in it, in the order of the names; what lies beside can be read as long as its stream is open."""
    members = _members(archive)
    handed_in = notebooks_and_zips(archive)
    left.take([member.file_size for _, member in handed_in if member.file_size <= MAX_BYTES])
    slips = {name.parent: member for name, member in members if name.name == receipts.FILE_NAME}
    files = ((name, m.file_size, partial(_read_beside, archive, m, left)) for name, m in members)
    beside = by_folder(files, (name for name, _ in handed_in if name.suffix.lower() == ".ipynb"))
    for name, member in handed_in:
        written = (_moment(member, zone), *times)
        try:
            content = _read(archive, member, MAX_BYTES)
            if name.suffix.lower() != ".zip":
                slip = slips.get(name.parent)
                read = or_nothing(_read, archive, slip, receipts.MAX_BYTES) if slip else None
                yield Opened(where / name, content, written, slip=read, beside=beside[name.parent])
            elif depth < MAX_DEPTH:
                inner = left if left.around else Allowance(*OF_ONE, around=left)
                nested = archive_of(io.BytesIO(content))
                yield from open_zip(nested, where / name, written, zone, inner, depth + 1)
            else:
                raise BrokenHandin(f"it lies more than {MAX_DEPTH} zips deep")
        except ENDS as error:
            if isinstance(error, TooMuch) and left.around:
                raise
            yield Opened(where / name, None, problem=why(error))


def archive_of(stream: IO[bytes]) -> zipfile.ZipFile:
    try:
        with _damaged("it is not a zip file, or a damaged one"):
            archive = zipfile.ZipFile(stream)
        if len(archive.infolist()) > MAX_MEMBERS:
            raise BrokenHandin(f"it holds more than {MAX_MEMBERS} files")
        return archive
    except BrokenHandin:
        stream.close()
        raise


def _members(archive: zipfile.ZipFile) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """Its files, but for hidden ones, by names that lead nowhere, in their order."""
    named = ((_path(member), member) for member in archive.infolist() if not member.is_dir())
    return sorted(((path, member) for path, member in named if not is_hidden(path)), key=itemgetter(0))


def _path(member: zipfile.ZipInfo) -> PurePosixPath:
    """Where it lies; of a name that is too long only how it begins, and its suffix."""
    name = member.filename.replace("\\", "/").lstrip("/")
    if is_too_long(name):
        name = f"{name[:200]}…{PurePosixPath(name[-40:]).suffix}"
    return PurePosixPath(name)


def is_too_long(path: str) -> bool:
    return len(path) > LONGEST_PATH or path.count("/") + path.count("\\") >= MOST_PARTS


def notebooks_and_zips(archive: zipfile.ZipFile) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    return [(name, member) for name, member in _members(archive) if name.suffix.lower() in HANDED_IN]


def _read_beside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: Allowance) -> bytes:
    left.take_beside(member.file_size)
    return _read(archive, member, MAX_BYTES)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The member's content, which is never more than its header claims."""
    if is_too_long(member.filename):
        raise BrokenHandin(TOO_LONG)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BrokenHandin("it is a link")
    if member.flag_bits & 1:
        raise BrokenHandin("it has a password")
    if member.compress_type not in METHODS:
        raise BrokenHandin("it is packed in an unusual way: zip it as your system does by itself")
    if member.file_size > limit:
        raise BrokenHandin(f"it is larger than {limit // 1_000_000} MB")
    with _damaged("it is damaged inside its zip"), archive.open(member) as stream:
        return stream.read(limit + 1)


@contextmanager
def _damaged(sentence: str) -> Iterator[None]:
    """Of a damaged zip Python raises whatever it stumbles over: BadZipFile, zlib.error, struct.error …"""
    try:
        yield
    except Exception:
        raise BrokenHandin(sentence) from None


def why(error: BaseException) -> str:
    """What to say of one of `ENDS`."""
    return str(error) if isinstance(error, BrokenHandin) else "it takes more memory than there is"


def or_nothing(read: Callable[..., bytes], *what: Any) -> bytes:
    """The content of a receipt; of one that cannot be read none, which is no receipt."""
    try:
        return read(*what)
    except BrokenHandin:
        return b""


def _moment(member: zipfile.ZipInfo, zone: tzinfo) -> datetime | None:
    """A zip notes the time without a zone: the course's is meant."""
    try:
        return datetime(*member.date_time, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def is_hidden(where: PurePosixPath) -> bool:
    return any(part in IGNORED or (part.startswith(".") and part.strip(".")) for part in where.parts)
