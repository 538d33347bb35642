"""Tar archives that were handed in: their members, without a look at more than their headers.

tarfile reads a header; it does not walk through the archive, since it follows what a header says of others,
however long that takes, and ends without a word where one is damaged.
"""

from __future__ import annotations

import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import IO

from autograder.grading.handins.allowance import MAX_MEMBERS, Allowance
from autograder.grading.handins.intake import BrokenHandin
from autograder.grading.handins.moments import Claim, Source

BLOCK = tarfile.BLOCKSIZE
FILE_TYPES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)
OF_THE_NEXT = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
MORE = (*OF_THE_NEXT, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
"""Headers that say something of the next one, or of all."""
MOST_MORE, MOST_RECORDS = 10_000, 100
"""Bytes of what one of these says, and sentences of it."""
UNUSUAL = "it is packed in an unusual way: zip it as your system does by itself"
MOST_UNPACKED = 200_000_000
DAMAGED = "it is not a tar archive, or a damaged one"

Read = Callable[[int], bytes]


def unpacked(content: bytes, left: Allowance) -> bytes:
    """What is packed with gzip. Raises BrokenHandin where that is damaged, or more than there is room for."""
    limit = min(left.most_bytes - left.unpacked, MOST_UNPACKED)
    stream = zlib.decompressobj(wbits=31)
    try:
        opened = stream.decompress(content, limit + 1)
    except zlib.error:
        raise BrokenHandin("it is damaged, or not packed with gzip") from None
    left.take_unpacked(len(opened))
    if len(opened) > limit:
        raise BrokenHandin(f"it opens to more than {limit // 1_000_000} MB at once")
    if not stream.eof or stream.unused_data.strip(b"\0"):
        raise BrokenHandin("it is damaged, or packed in several parts")
    return opened


def members(stream: IO[bytes]) -> Iterator[tuple[str, int, tuple[Claim, ...], Read]]:
    """The name, size and time of each file, and how to read it. Raises BrokenHandin."""
    end, place, headers, files = stream.seek(0, 2), 0, 0, 0
    more: dict[str, str] = {}
    while (header := _block(stream, place)) is not None:
        place += BLOCK
        if header.size < 0 or place + header.size > end:
            raise BrokenHandin("it breaks off")
        headers, files = headers + 1, files + (header.type not in MORE)
        if files > MAX_MEMBERS or headers > 2 * MAX_MEMBERS:
            raise BrokenHandin(f"it holds more than {MAX_MEMBERS} files")
        if header.type in MORE:
            more |= _more(header, stream, place)
        elif header.type != tarfile.DIRTYPE:
            name = more.pop("path", header.name)
            time = _written(header, more.get("mtime"))
            yield name, header.size, (time,), partial(_read, stream, header, place)
        if header.type not in MORE:
            more = {}
        place += -(-header.size // BLOCK) * BLOCK


def _block(stream: IO[bytes], place: int) -> tarfile.TarInfo | None:
    """The header there; None at the end."""
    stream.seek(place)
    block = stream.read(BLOCK)
    if (place and not block) or (len(block) == BLOCK and not block.strip(b"\0")):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        raise BrokenHandin(DAMAGED) from None


def _more(header: tarfile.TarInfo, stream: IO[bytes], place: int) -> dict[str, str]:
    """What a header says of the next one, as far as that is looked at here: its path and time."""
    if header.size > MOST_MORE:
        raise BrokenHandin(UNUSUAL)
    stream.seek(place)
    said = stream.read(header.size)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return {"path": said.rstrip(b"\0").decode("utf-8", "surrogateescape")}
    if header.type not in OF_THE_NEXT:
        return {}
    records = list(islice(_records(said), MOST_RECORDS))
    if len(records) == MOST_RECORDS or any(re.match(r"size$|GNU\.sparse", name) for name, _ in records):
        raise BrokenHandin(UNUSUAL)
    return {name: value for name, value in records if name in ("path", "mtime")}


def _records(said: bytes) -> Iterator[tuple[str, str]]:
    """Each is its own length in digits, a space, and ``name=value`` with the end of a line."""
    place = 0
    while place < len(said):
        length = said[place : place + 8].partition(b" ")[0]
        if not length.isdigit() or int(length) <= len(length) + 1:
            raise BrokenHandin(DAMAGED)
        record = said[place + len(length) + 1 : place + int(length) - 1].decode("utf-8", "surrogateescape")
        name, _, value = record.partition("=")
        yield name, value
        place += int(length)


def _written(header: tarfile.TarInfo, more: str | None) -> Claim:
    """A tar notes the time in UTC."""
    try:
        return Claim(datetime.fromtimestamp(float(more or header.mtime), UTC), Source.ARCHIVE_UTC)
    except (ValueError, OverflowError, OSError):
        return Claim(None, Source.ARCHIVE_UTC)


def _read(stream: IO[bytes], header: tarfile.TarInfo, place: int, limit: int) -> bytes:
    if header.type in LINKS:
        raise BrokenHandin("it is a link")
    if header.type not in FILE_TYPES:
        raise BrokenHandin("it is not a regular file")
    if header.size > limit:
        raise BrokenHandin(f"it is larger than {limit // 1_000_000} MB")
    stream.seek(place)
    return stream.read(header.size)
