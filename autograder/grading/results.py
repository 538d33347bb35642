"""What grading says about one student's hand-in of one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

Score = tuple[float | None, float]
"""(score, points); the score is None where a person has still to give it."""


class Outcome(StrEnum):
    """How far grading came with a hand-in. Only ``GRADED`` means that every cell was run to its end."""

    GRADED = "graded"
    BROKEN = "broken"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    SUSPICIOUS = "suspicious"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """One student's hand-in of one unit.

    ``scores`` holds every exercise of the unit, also those that grading never reached: their score is
    None, never a silent zero. ``reason`` is empty where all went well. ``remarks`` says what was repaired
    before grading, or that the hand-in was late.
    """

    student: str
    unit: str
    status: Outcome
    reason: str = ""
    scores: Mapping[str, Score] = field(default_factory=dict)
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    late_penalty: float = 0.0

    @property
    def total(self) -> float:
        """The points so far, late penalty taken off; what waits for a person counts nothing yet."""
        given = sum(score for score, _ in self.scores.values() if score is not None)
        return max(0.0, given - self.late_penalty)

    @property
    def points(self) -> float:
        return sum(points for _, points in self.scores.values())

    @property
    def waiting(self) -> tuple[str, ...]:
        """The exercises that a person has still to mark."""
        return tuple(name for name, (score, _) in self.scores.items() if score is None)

    def as_json(self) -> dict[str, Any]:
        scores = {name: {"score": score, "points": points} for name, (score, points) in self.scores.items()}
        return {**asdict(self), "scores": scores, "total": self.total, "points": self.points}
