"""What is said of an answer: plain data that a report shows and a gradebook keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

UNREADABLE = "unreadable"
"""In place of a mistake's name: what came back is no answer to what was asked for."""

UNJUDGED = "unjudged"
"""The same: the check itself failed, which is no fault of the answer's. Its points wait for a person."""


class Status(StrEnum):
    """The three outcomes of a check."""

    NOT_ATTEMPTED = "not_attempted"
    WRONG = "wrong"
    RIGHT = "right"


@dataclass(frozen=True)
class Criterion:
    """One named part of an exercise and the share of it, in [0, 1], that is right."""

    name: str
    weight: float
    share: float


@dataclass(frozen=True)
class Row:
    """One failing input: where, what the answer gave, what the formula gives, how far apart.

    ``call`` is what it was called with, where several rows may have that in common.
    """

    where: str
    yours: str
    expected: str
    gap: str
    call: str = ""


@dataclass(frozen=True)
class Picture:
    """Curves for the report: the answer's over the right one, on a fixed grid (never on probe points).

    ``x``, ``yours`` and ``expected`` have equal length; None stands where there is no finite value.
    ``wrong`` lists the x-intervals to shade.
    """

    x: tuple[float, ...]
    yours: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    x_label: str = "x"
    y_label: str = "y"
    wrong: tuple[tuple[float, float], ...] = ()
    symmetric_log: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Picture:
        return cls(
            x=tuple(data["x"]),
            yours=tuple(data["yours"]),
            expected=tuple(data["expected"]),
            x_label=data.get("x_label", "x"),
            y_label=data.get("y_label", "y"),
            wrong=tuple((a, b) for a, b in data.get("wrong", ())),
            symmetric_log=data.get("symmetric_log", False),
        )


@dataclass(frozen=True)
class Verdict:
    """What a judge says about an answer. Plain data; ``as_json`` and ``from_json`` are inverse.

    ``misconception`` is the id of the mistake that it shows, ``cause`` what that student probably did.
    """

    exercise: str
    status: Status
    score: float
    message: str
    misconception: str | None = None
    criteria: tuple[Criterion, ...] = ()
    table: tuple[Row, ...] = ()
    remarks: tuple[str, ...] = ()
    picture: Picture | None = None
    cause: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        picture = data.get("picture")
        return cls(
            exercise=data["exercise"],
            status=Status(data["status"]),
            score=float(data["score"]),
            message=data["message"],
            misconception=data.get("misconception"),
            cause=data.get("cause", ""),
            criteria=tuple(Criterion(**c) for c in data.get("criteria", ())),
            table=tuple(Row(**r) for r in data.get("table", ())),
            remarks=tuple(data.get("remarks", ())),
            picture=None if picture is None else Picture.from_json(picture),
        )
