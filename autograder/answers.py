"""Answers with a known verdict: right ones in many styles, and wrong ones, each with its mistake's name.

A check that rejects one of the right answers, accepts one of the wrong ones or misnames it is no good check:
`course try` and the tests say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Answer = TypeVar("Answer", bound=Callable[..., Any])


@dataclass(frozen=True)
class Wrong:
    """A wrong answer, the mistake that it must be called by (None for no name), and what it scores."""

    name: str
    answer: Any
    misconception: str | None
    score: float


@dataclass
class Mutants:
    """The collected answers to one exercise; ``right`` and ``wrong`` are decorators that collect."""

    exercise: str
    rights: dict[str, Any] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)

    def right(self, answer: Answer) -> Answer:
        self.rights[answer.__name__] = answer
        return answer

    def wrong(self, misconception: str | None, score: float = 0.0) -> Callable[[Answer], Answer]:
        def collect(answer: Answer) -> Answer:
            self.wrongs.append(Wrong(answer.__name__, answer, misconception, score))
            return answer

        return collect

    def right_value(self, name: str, answer: Any) -> None:
        self.rights[name] = answer

    def wrong_value(self, name: str, answer: Any, misconception: str | None, score: float = 0.0) -> None:
        self.wrongs.append(Wrong(name, answer, misconception, score))
