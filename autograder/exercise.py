"""An exercise is probe → observe → judge; what comes out is a Verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

Inputs = dict[str, Any]
"""What a probe draws: plain JSON-able data, never an object that only one process can hold."""

Evidence = dict[str, Any]
"""What an observer wrote down about a student's answer: plain JSON-able data."""

UNREADABLE = "unreadable"
"""In place of a mistake's name: what came back is no answer to what was asked for."""


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
    """One failing input: where, what the answer gave, what the formula gives, how far apart."""

    where: str
    yours: str
    expected: str
    gap: str


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
    """What a judge says about an answer. Plain data; ``as_json`` and ``from_json`` are inverse."""

    exercise: str
    status: Status
    score: float
    message: str
    misconception: str | None = None
    criteria: tuple[Criterion, ...] = ()
    table: tuple[Row, ...] = ()
    remarks: tuple[str, ...] = ()
    picture: Picture | None = None

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
            criteria=tuple(Criterion(**c) for c in data.get("criteria", ())),
            table=tuple(Row(**r) for r in data.get("table", ())),
            remarks=tuple(data.get("remarks", ())),
            picture=None if picture is None else Picture.from_json(picture),
        )


@dataclass(frozen=True)
class Misconception:
    """A mistake with a name: what the student did, why it is tempting, how it shows, a hint.

    ``fits(inputs, evidence)`` tells whether the evidence shows this mistake. The hint never gives the answer.
    """

    id: str
    did: str
    tempting: str
    shows: str
    hint: str
    fits: Callable[[Inputs, Evidence], bool]


@dataclass(frozen=True)
class Exercise:
    """One exercise: ``probe(rng)`` draws inputs, the observer runs the answer, ``judge`` compares.

    ``answer`` is the name the student defines, ``observer`` the name of a function in
    ``autograder.observers``, ``needs`` the ids of exercises whose answers this one may build on,
    ``hints`` three steps, from a nudge to nearly there. What happens
    beyond ``domain`` is remarked upon and never scored.
    """

    id: str
    unit: str
    title: str
    answer: str
    observer: str
    probe: Callable[[np.random.Generator], Inputs]
    judge: Callable[[Inputs, Evidence], Verdict]
    misconceptions: tuple[Misconception, ...]
    hints: tuple[str, str, str]
    needs: tuple[str, ...] = ()
    domain: str = ""
