"""When something was handed in: of several claims the first that can be true, the best source first."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""No course is older than this."""
CLOCK_SKEW = timedelta(minutes=15)
"""How far a student's clock may be ahead."""
UTC_SLACK, LOCAL_SLACK = timedelta(minutes=15), timedelta(hours=27)
"""How far a receipt and the zip around it may be apart; zones on earth differ by up to 26 hours."""
STAMP_FILE = "timestamp.txt"
"""Where nbgrader notes it, beside a hand-in and beside its feedback."""
STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?([A-Za-z]{1,5}|[+-]\d\d:?\d\d)?"
)
"""As nbgrader and its exchange write it: ``2026-11-24 14:03:22.123456 UTC``."""


class Source(StrEnum):
    """Who says so. What stands in an archive or a receipt, its maker can have written."""

    PLATFORM = "platform"
    STAMP = STAMP_FILE
    GIVEN = "--received"
    RECEIPT = "receipt, a claim"
    OWN_STAMP = f"own {STAMP_FILE}, a claim"
    ARCHIVE_UTC = "archive"
    ARCHIVE = "archive, local time"
    FILE = "file"
    NOBODY = "time of collecting"


@dataclass(frozen=True)
class Claim:
    """``moment`` is None for a date that there is not, such as 1980-00-00."""

    moment: datetime | None
    source: Source


@dataclass(frozen=True)
class When:
    """The moment that counts, who says so, and what a person should know of that.

    ``doubt`` is about claims that cannot be true; ``written`` tells two of the same moment apart; ``marked``
    is what a platform says of it.
    """

    moment: datetime
    source: Source
    doubt: str = ""
    contradiction: str = ""
    written: datetime = EARLIEST
    marked: str = ""

    @property
    def is_sure(self) -> bool:
        """Is it said by somebody else than the student?"""
        return self.source in (Source.PLATFORM, Source.STAMP, Source.GIVEN)

    def shown(self, zone: tzinfo) -> str:
        marked = f", {self.marked}" if self.marked else ""
        return f"{shown(self.moment, zone)} ({self.source}){marked}"


def is_possible(moment: datetime | None) -> bool:
    """Can something have been handed in then?"""
    return moment is not None and EARLIEST <= moment <= datetime.now(UTC) + CLOCK_SKEW


def first_possible(claims: Iterable[Claim], zone: tzinfo) -> When:
    """The first claim that can be true, or now, with what is to be said of the claims before it."""
    impossible = []
    for claim in claims:
        if claim.moment is not None and is_possible(claim.moment):
            break
        impossible.append("none that there is" if claim.moment is None else shown(claim.moment, zone)[:10])
    else:
        claim = Claim(datetime.now(UTC), Source.NOBODY)
    moment = claim.moment or EARLIEST
    if not impossible:
        return When(moment, claim.source)
    said = ", ".join(dict.fromkeys(impossible))
    return When(moment, claim.source, f"its date cannot be right ({said}): {shown(moment, zone)} counts")


def contradiction(receipt: datetime, archive: Iterable[Claim], zone: tzinfo) -> str:
    """What is to be said where the archive that a receipt lies in says that it was made at another time."""
    slack = {Source.ARCHIVE_UTC: UTC_SLACK, Source.ARCHIVE: LOCAL_SLACK}
    for claim in archive:
        if claim.moment is None or claim.source not in slack or not is_possible(claim.moment):
            continue
        if abs(claim.moment - receipt) > slack[claim.source]:
            return (
                f"its receipt says {shown(receipt, zone)}, its archive {shown(claim.moment, zone)}: "
                "ask when it was handed in"
            )
    return ""


def read_stamp(text: str, zone: tzinfo) -> datetime:
    """The time in a ``timestamp.txt``, whose zone may be called as the course's is. Raises ValueError."""
    found = STAMP.fullmatch(text.strip())
    if not found:
        raise ValueError("this is no time")
    day, time, name = found.groups()
    moment = datetime.fromisoformat(f"{day} {time}")
    if name and name[0] in "+-":
        return datetime.fromisoformat(f"{day} {time}{name}").astimezone(UTC)
    if name in (None, "UTC", "GMT", "Z"):
        return moment.replace(tzinfo=UTC)
    for fold in (0, 1):
        own = moment.replace(tzinfo=zone, fold=fold)
        if own.tzname() == name:
            return own.astimezone(UTC)
    raise ValueError(f"{name} is not the zone of the course")


def in_zip(extra: bytes) -> datetime | None:
    """The time in UTC that a zip may have in a field of its own: Unix's (0x5455), or Windows's (0x000a)."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        try:
            if kind == 0x5455 and field[:1] and field[0] & 1:
                return datetime.fromtimestamp(struct.unpack_from("<l", field, 1)[0], UTC)
            if kind == 0x000A:
                ticks = struct.unpack_from("<Q", field, 8)[0]  # after 4 bytes unused, tag 1 and its size
                return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        except (struct.error, ValueError, OverflowError, OSError):
            return None
    return None


def shown(moment: datetime, zone: tzinfo) -> str:
    """In this zone; the last hours that there are, in their own."""
    with suppress(OverflowError):
        moment = moment.astimezone(zone)
    return f"{moment:%Y-%m-%d %H:%M}"
