"""Archives that were handed in: read into memory file by file, bounded one by one and all together."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from operator import attrgetter
from pathlib import PurePosixPath
from typing import IO, Any

from autograder.grading.handins import formats, receipts, tars, zips
from autograder.grading.handins.allowance import OF_ONE, Allowance, TooMuch
from autograder.grading.handins.beside import Offer, by_folder, lies_in
from autograder.grading.handins.formats import archive_kind, can_be_opened, is_notebook
from autograder.grading.handins.intake import MAX_BYTES, BrokenHandin
from autograder.grading.handins.moments import STAMP_FILE, Claim, Source, read_stamp

MAX_DEPTH = 3
LONGEST_PATH, MOST_PARTS = 1_000, 20
"""Characters, and folders in one another, of a path whose names are read."""
TOO_LONG = "its name is too long"
ENDS = (BrokenHandin, MemoryError, RecursionError)
"""What ends one hand-in and nothing else."""
IGNORED = ("__MACOSX", "__pycache__")
LONGEST_STAMP = 1000
MOST_TOLD = 20
"""Files that are no notebooks, of one folder or archive, that are told one by one."""

Times = tuple[Claim, ...]


@dataclass(frozen=True)
class Opened:
    """A file with its content, or with the reason why it has none.

    ``came`` is its path from the folder or file given, through archives, ``where`` the same with the usual
    ends of names. ``times`` are when it was last written, and each archive around it; ``slip`` is the receipt
    beside it, written at ``slip_times``, ``stamp`` what a timestamp.txt there says, ``beside`` what else is
    there.
    """

    came: PurePosixPath
    content: bytes | None
    times: Times = ()
    problem: str = ""
    slip: bytes | None = None
    slip_times: Times = ()
    stamp: Claim | None = None
    beside: Sequence[Offer] = ()

    @property
    def where(self) -> PurePosixPath:
        return formats.as_named(self.came)


@dataclass(frozen=True)
class Member:
    """A file in an archive; ``read`` takes the most bytes that it may have."""

    path: PurePosixPath
    size: int
    times: Times
    read: Callable[[int], bytes]


def members_of(stream: IO[bytes], where: PurePosixPath, zone: tzinfo, left: Allowance) -> list[Member]:
    """The files of an archive, but for hidden ones, by names that lead nowhere, in their order."""
    try:
        if archive_kind(where) == formats.ZIP:
            listed = [_member(*found) for found in zips.members(stream, zone)]
        else:
            if stream.read(2) == b"\x1f\x8b":
                stream.seek(0)
                stream = io.BytesIO(tars.unpacked(stream.read(), left))
            listed = [_member(*found) for found in tars.members(stream)]
    except BrokenHandin:
        stream.close()
        raise
    return sorted((one for one in listed if not is_hidden(one.path)), key=attrgetter("path"))


def open_archive(
    members: Sequence[Member],
    where: PurePosixPath,
    times: Times,
    zone: tzinfo,
    left: Allowance,
    depth: int = 1,
) -> Iterator[Opened]:
    """All in it, in the order of the names; what lies beside can be read as long as its stream is open."""
    handed_in = [member for member in members if can_be_opened(member.path)]
    left.take([member.size for member in handed_in if member.size <= MAX_BYTES])
    named = {member.path: member for member in members}
    files = ((member.path, member.size, partial(_read_beside, member, left)) for member in members)
    beside, loose = by_folder(files, (member.path for member in handed_in if is_notebook(member.path)))
    yield from not_taken(where, loose)
    if not handed_in and not loose:
        yield Opened(where, None, problem="there is no notebook in it")
    for member in handed_in:
        name, folder, written = member.path, member.path.parent, (*member.times, *times)
        try:
            content = member.read(MAX_BYTES)
            if is_notebook(name):
                slip, stamp = named.get(folder / receipts.FILE_NAME), named.get(folder / STAMP_FILE)
                read = or_nothing(slip.read, receipts.MAX_BYTES) if slip else None
                said = read_claim(stamp.read, zone, Source.OWN_STAMP) if stamp else None
                slip_times = slip.times if slip else ()
                others = beside[lies_in(name)[0]]
                yield Opened(where / name, content, written, "", read, slip_times, said, others)
            elif depth < MAX_DEPTH:
                inner = left if left.around else Allowance(*OF_ONE, around=left)
                nested = members_of(io.BytesIO(content), name, zone, inner)
                yield from open_archive(nested, where / name, written, zone, inner, depth + 1)
            else:
                raise BrokenHandin(f"it lies more than {MAX_DEPTH} archives deep")
        except ENDS as error:
            if isinstance(error, TooMuch) and left.around:
                raise
            yield Opened(where / name, None, problem=why(error))


def read_claim(read: Callable[[int], bytes], zone: tzinfo, source: Source) -> Claim | None:
    """The time in a timestamp.txt; None where it holds none."""
    try:
        return Claim(read_stamp(read(LONGEST_STAMP).decode(), zone), source)
    except (BrokenHandin, ValueError, OverflowError):
        return None


def not_taken(where: PurePosixPath, loose: Sequence[PurePosixPath]) -> Iterator[Opened]:
    """What is neither a notebook nor an archive, and lies beside none: of many, the first ones."""
    for name in loose[:MOST_TOLD]:
        yield Opened(where / name, None, problem=formats.why_not(name))
    if (more := len(loose) - MOST_TOLD) > 0:
        yield Opened(where, None, problem=f"{more} more files in it are no notebooks")


def _member(name: str, size: int, times: Times, read: Callable[[int], bytes]) -> Member:
    """Of one whose name is too long only how that begins, and its end; it is not read."""
    name = name.lstrip("/")
    if not is_too_long(name):
        return Member(PurePosixPath(name), size, times, read)
    return Member(PurePosixPath(f"{name[:200]}…{PurePosixPath(name[-40:]).suffix}"), size, times, _too_long)


def _too_long(_: int) -> bytes:
    raise BrokenHandin(TOO_LONG)


def is_too_long(path: str) -> bool:
    return len(path) > LONGEST_PATH or path.count("/") + path.count("\\") >= MOST_PARTS


def _read_beside(member: Member, left: Allowance) -> bytes:
    left.take_beside(member.size)
    return member.read(MAX_BYTES)


def why(error: BaseException) -> str:
    """What to say of one of `ENDS`."""
    return str(error) if isinstance(error, BrokenHandin) else "it takes more memory than there is"


def or_nothing(read: Callable[..., bytes], *what: Any) -> bytes:
    """The content of a receipt; of one that cannot be read none, which is no receipt."""
    try:
        return read(*what)
    except BrokenHandin:
        return b""


def is_hidden(where: PurePosixPath) -> bool:
    return any(part in IGNORED or (part.startswith(".") and part.strip(".")) for part in where.parts)
