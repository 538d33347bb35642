"""When something was handed in: of several claims the first that can be true."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""No course is older than this."""
CLOCK_SKEW = timedelta(days=1)
"""How far a student's clock may be ahead."""


def is_possible(moment: datetime | None) -> bool:
    """Can something have been handed in then? None is a date that there is not, such as 1980-00-00."""
    return moment is not None and EARLIEST <= moment <= datetime.now(UTC) + CLOCK_SKEW


def stamped(text: str) -> datetime | None:
    """The moment that nbgrader's timestamp.txt says, UTC where it names no zone; None where that is none."""
    from nbgrader.utils import parse_utc

    try:
        moment: datetime = parse_utc(text.strip())
    except (ValueError, ArithmeticError):
        return None
    return moment.replace(tzinfo=UTC)


def first_possible(claims: Iterable[datetime | None]) -> tuple[datetime, str]:
    """The first claim that can be true, or now, and what to say of the claims before it."""
    impossible = []
    for claim in claims:
        if claim is not None and is_possible(claim):
            break
        impossible.append("none that there is" if claim is None else f"{claim:%Y-%m-%d}")
    else:
        claim = datetime.now(UTC)
    if not impossible:
        return claim, ""
    said = ", ".join(dict.fromkeys(impossible))
    return claim, f"its date cannot be right ({said}): {claim:%Y-%m-%d %H:%M} UTC counts"
