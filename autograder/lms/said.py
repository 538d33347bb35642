"""What a system that knew who handed in says in the name that it gave to a file or a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Said:
    """``key`` is the person's in that ``system``, "" where it tells none; ``name`` may be a full name.

    ``file`` is the name that the student gave, where one name holds both; ``moment`` is when it was handed in
    (without a zone: in the platform's), ``number`` grows from one upload to the next, ``late`` is the
    platform's mark.
    """

    system: str
    key: str
    name: str = ""
    file: str = ""
    unit: str = ""
    moment: datetime | None = None
    number: int = 0
    late: bool = False

    @property
    def shown(self) -> str:
        return " ".join(
            part for part in (self.name, f"({self.system} {self.key})" if self.key else "") if part
        )
