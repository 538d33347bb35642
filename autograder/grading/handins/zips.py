"""Zips that were handed in: their members, read one at a time.

Names of members only tell whose a notebook may be: a path like ``../../x`` or a link leads nowhere.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import IO

from autograder.grading.handins.allowance import MAX_MEMBERS
from autograder.grading.handins.intake import BrokenHandin
from autograder.grading.handins.moments import Claim, Source, in_zip

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others open a few bytes to gigabytes at once (bzip2), and nothing makes such zips unless it is told to."""

Read = Callable[[int], bytes]


def members(stream: IO[bytes], zone: tzinfo) -> Iterator[tuple[str, int, tuple[Claim, ...], Read]]:
    """The name, size and times of each file, and how to read it. Raises BrokenHandin."""
    with _damaged("it is not a zip file, or a damaged one"):
        archive = zipfile.ZipFile(stream)
    if len(archive.infolist()) > MAX_MEMBERS:
        raise BrokenHandin(f"it holds more than {MAX_MEMBERS} files")
    for member in archive.infolist():
        if not member.is_dir():
            read = partial(_read, archive, member)
            yield member.filename.replace("\\", "/"), member.file_size, _written(member, zone), read


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The member's content, which is never more than its header claims."""
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


def _written(member: zipfile.ZipInfo, zone: tzinfo) -> tuple[Claim, ...]:
    """In UTC, where it says so, and in a zone that it does not name: the course's is meant."""
    exact = in_zip(member.extra)
    try:
        local = datetime(*member.date_time, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        local = None
    first = (Claim(exact, Source.ARCHIVE_UTC),) if exact else ()
    return (*first, Claim(local, Source.ARCHIVE))
