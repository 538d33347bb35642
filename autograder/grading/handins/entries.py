"""The lines of what `course collect` tells: what became of each file, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from autograder.grading.handins.beside import Offer
from autograder.grading.handins.placing import Fate

LONGEST_NAME = 200
"""Characters that are shown of where something lies."""


@dataclass(frozen=True)
class Entry:
    """What became of one file, and why; ``ok`` where nobody needs to look at it."""

    where: str
    fate: Fate
    student: str = ""
    unit: str = ""
    note: str = ""
    handed_in: str = ""
    """When, and who says so."""

    @property
    def ok(self) -> bool:
        return self.fate is not Fate.REFUSED and not self.note

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ok": self.ok}


def of_nobody(files: Sequence[Offer]) -> str:
    names = ", ".join(str(where)[:40] for where, *_ in files[:3])
    return (
        f"other files here, {len(files)} (such as {names}), are nobody's: what belongs to a notebook lies "
        "with it in a folder or a zip of its own"
    )


def shown(where: PurePosixPath) -> str:
    """A path as text, also where its names are no Unicode, and not longer than a line or two."""
    text = str(where).encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"
