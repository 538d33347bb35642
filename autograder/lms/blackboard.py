"""Blackboard: the zip of an assignment, with a name for each file of each attempt."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

from autograder.lms.said import Said

SYSTEM = "blackboard"
IN_A_DOWNLOAD = re.compile(
    r"(?P<assignment>.+)_(?P<user>[^_]+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)",
    re.DOTALL,
)
"""``Hand-in 2_asa_attempt_2027-02-18-14-03-22_name.ipynb``."""


def said_in(name: str) -> Said | None:
    """What Blackboard says in the name of a file; None where it did not name it."""
    if not (found := IN_A_DOWNLOAD.fullmatch(name)):
        return None
    moment = None
    with suppress(ValueError):
        moment = datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
    return Said(SYSTEM, found["user"], found["user"], found["file"] or "", found["assignment"], moment)
