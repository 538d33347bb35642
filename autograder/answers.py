"""Answers with a known verdict: right ones in many styles, and wrong ones, each with its mistake's name.

A check that rejects one of the right answers, accepts one of the wrong ones or misnames it is no good check:
`course try` and the tests say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from autograder.exercises import exercise

Answer = TypeVar("Answer", bound=Callable[..., Any])


@dataclass(frozen=True)
class Wrong:
    """A wrong answer; where it was made from a wrong formula, nobody has worked out its score."""

    name: str
    answer: Any
    misconception: str | None
    score: float | None


@dataclass
class Mutants:
    """The answers to one exercise: those that ``right`` and ``wrong`` collect, and those that are made."""

    exercise: str
    rights: dict[str, Any] = field(default_factory=dict)
    written: list[Wrong] = field(default_factory=list)

    @cached_property
    def made(self) -> list[Wrong]:
        """Answers that compute the wrong formulas of the exercise's mistakes, named as these are."""
        wanted = exercise(self.exercise)
        return [
            Wrong(f"{m.id} {i}" if i else m.id, answer, m.id, None)
            for m in wanted.mistakes
            if m.wrong is not None
            for i, answer in enumerate(wanted.probe.answers(m.wrong))
        ]

    @property
    def wrongs(self) -> list[Wrong]:
        return [*self.made, *self.written]

    def right(self, answer: Answer) -> Answer:
        self.rights[answer.__name__] = answer
        return answer

    def wrong(self, misconception: str | None, score: float | None = 0.0) -> Callable[[Answer], Answer]:
        def collect(answer: Answer) -> Answer:
            self.wrong_value(answer.__name__, answer, misconception, score)
            return answer

        return collect

    def right_value(self, name: str, answer: Any) -> None:
        self.rights[name] = answer

    def wrong_value(
        self, name: str, answer: Any, misconception: str | None, score: float | None = 0.0
    ) -> None:
        self.written.append(Wrong(name, answer, misconception, score))
