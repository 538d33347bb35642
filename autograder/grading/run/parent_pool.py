"""The warm parents of a run, started ahead, and what each hand-in needs of them."""

from __future__ import annotations

import re
from types import TracebackType
from typing import TYPE_CHECKING

from autograder.grading.run.warm_parents import WarmParent
from autograder.processes.forking import HEAVIEST, HEAVY, LIGHT, MIDDLE

if TYPE_CHECKING:
    from autograder.grading.run.settings import Settings

_IMPORTS = r"\b(?:import|from)\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*"
_WHERE = {
    HEAVIEST: re.compile(_IMPORTS + r"(?:torch|jax)\b"),
    HEAVY: re.compile(_IMPORTS + r"(?:tensorflow|keras)\b"),
    MIDDLE: re.compile(_IMPORTS + r"(?:scipy|matplotlib|pylab)\b|%(?:matplotlib|pylab)\b"),
}
"""Modules by a text that needs them, the most first."""


def modules_for(text: str) -> tuple[str, ...]:
    """What to import before the fork: what costs time, TensorFlow seconds, only where a text imports it."""
    return next((modules for modules, needed in _WHERE.items() if needed.search(text)), LIGHT)


class ParentPool:
    """The warm parents of a run on this machine, shared by its workers. A context manager that ends them."""

    def __init__(self, settings: Settings) -> None:
        s = self.settings = settings
        self._parents: dict[tuple[str, ...], WarmParent] = {
            modules: WarmParent(s.level, s.limits, modules, s.output_bytes)
            for modules in (LIGHT, *reversed(_WHERE))
        }
        self._begun: set[tuple[str, ...]] = set()
        self.lent = [parent.lend() for parent in self._parents.values()]
        """Each of them, to go to the workers."""

    def begin(self, modules: tuple[str, ...]) -> None:
        """Start the one with these modules, if that was not done before, without waiting for it."""
        if modules not in self._begun:
            self._begun.add(modules)
            self._parents[modules].begin()

    def no_more(self) -> None:
        """Who asks for a child of one that was not begun gets none from now on, instead of waiting for it."""
        for modules in self._parents.keys() - self._begun:
            self._parents[modules].close()

    def __enter__(self) -> ParentPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lent in self.lent:
            lent.close()
        for parent in self._parents.values():
            parent.close()
