"""The folder that is nbgrader's exchange: what keeps the users of a machine from handing out and in by it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

EVERYONE = stat.S_IROTH | stat.S_IWOTH | stat.S_IXOTH


class Trouble(NamedTuple):
    """What is wrong, and what mends it."""

    found: str
    mend: str

    def __str__(self) -> str:
        return f"{self.found}. Next: {self.mend}"


def trouble(exchange: Path, course: Path) -> Trouble | None:
    """What keeps teacher or students from using ``exchange``, or shows them the ``course``; None for nothing.

    An exchange in the course's own folder is for who is there alone: nobody else need reach it.
    """
    make = f"sudo mkdir -p {exchange}, then sudo chmod 777 {exchange}"
    if sys.platform == "win32":
        return Trouble("nbgrader's exchange is not available on Windows", "course collect takes hand-ins in")
    if not exchange.exists():
        return Trouble(f"there is no folder {exchange}", make)
    if not exchange.is_dir():
        return Trouble(f"{exchange} is no folder", "name another one in course.yml")
    if not os.access(exchange, os.R_OK | os.W_OK | os.X_OK):
        return Trouble(f"you may not write in {exchange}", f"sudo chmod 777 {exchange}")
    if course in exchange.parents:
        return None
    if exchange.stat().st_mode & EVERYONE != EVERYONE:
        return Trouble(f"students may not write in {exchange}", f"sudo chmod 777 {exchange}")
    for folder in exchange.parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            return Trouble(f"students cannot reach {exchange}: {folder} is closed", f"chmod o+x {folder}")
    if is_open(course) and (course / "source").is_dir():
        return Trouble(
            f"every user of this machine can read {course}, solutions included", f"chmod 700 {course}"
        )
    return None


def is_open(folder: Path) -> bool:
    """Can every user of this machine go into it?"""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))
