"""A way of damaging a hand-in, written down as data: all kinds of it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

GRADED, BROKEN, EITHER = ("graded",), ("broken",), ("graded", "broken", "timed out")
Notebook = dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """``put`` writes the damaged hand-in into a student's folder; ``ends`` are the statuses it may have."""

    kind: str
    does: str
    put: Callable[[Path, bytes, Random], None]
    ends: tuple[str, ...] = EITHER


def of_bytes(
    kind: str, does: str, change: Callable[[bytes, Random], bytes], ends: tuple[str, ...] = EITHER
) -> Damage:
    """The notebook's file is there, with other bytes in it."""

    def put(path: Path, content: bytes, random: Random) -> None:
        path.write_bytes(change(content, random))

    return Damage(kind, does, put, ends)
