"""`autograder` as student code sees it while it is graded: `check` observes, the host outside judges.

This file takes the place of ``autograder/__init__.py`` in what the sandbox can read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Verdict", "check", "grade", "hint", "progress", "solution"]


@dataclass(frozen=True)
class Verdict:
    """The form of a verdict. While grading, `grade` cannot know one."""

    exercise: str
    status: str = "not_attempted"
    score: float = 0.0
    message: str = "This answer is judged elsewhere."
    misconception: str | None = None


class CheckFailed(Exception):
    """An answer is not right yet; shown as its one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


_ask: Callable[[str, Any], str | None] | None = None
"""Observes an answer for the host and returns the line to stop with, if any; None outside a graded cell."""


def check(exercise_id: str, answer: Any, *, seed: int | None = None) -> None:  # noqa: ARG001
    """Hand the answer's evidence out. In a cell that is not graded, nothing happens."""
    if _ask is not None and (line := _ask(exercise_id, answer)):
        raise CheckFailed(line)


def grade(exercise_id: str, answer: Any, *, seed: int | None = None, isolated: bool = False) -> Verdict:  # noqa: ARG001
    """A verdict that says nothing: nobody in here can judge."""
    return Verdict(str(exercise_id))


def hint(exercise_id: str) -> None:
    """Nothing: hints are not given while grading."""


def solution(exercise_id: str) -> None:
    """Nothing: solutions are not shown while grading."""


def progress() -> None:
    """Nothing: progress is not kept while grading."""
