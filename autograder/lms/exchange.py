"""nbgrader's exchange: a folder for each hand-in."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime

from autograder.lms.said import Said

SYSTEM = "exchange"
IN_THE_INBOX = re.compile(
    r"(?P<user>[^+]+)\+(?P<unit>[^+]+)\+(?P<day>\d{4}-\d\d-\d\d)[ _T](?P<time>\d\d.\d\d.\d\d(?:\.\d+)?) ?"
    r"(?P<zone>[^+]*)(?:\+[\w=-]+)?"
)
"""``asa+02-unit+2027-02-18 14:03:22.123456 UTC+random``; where a colon cannot be, another sign is."""


def said_in(name: str) -> Said | None:
    """What the exchange says in the name of a folder; None where it did not name it."""
    if not (found := IN_THE_INBOX.fullmatch(name)):
        return None
    moment = None
    if found["zone"] in ("UTC", ""):
        with suppress(ValueError):
            clock = re.sub(r"\D", ":", found["time"][:8]) + found["time"][8:]
            moment = datetime.fromisoformat(f"{found['day']} {clock}").replace(tzinfo=UTC)
    return Said(SYSTEM, found["user"], found["user"], unit=found["unit"], moment=moment)
