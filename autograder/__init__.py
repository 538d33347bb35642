"""The course's checks: ``check``, ``grade``, ``hint``, ``solution``, ``progress`` and ``Verdict``.

Names are loaded when first used, so that ``import autograder`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.exercise import Verdict
    from autograder.judging import grade
    from autograder.notebook import check, hint, progress, solution

__all__ = ["Verdict", "check", "grade", "hint", "progress", "solution"]

_HOME = {
    "Verdict": "autograder.exercise",
    "grade": "autograder.judging",
    "check": "autograder.notebook",
    "hint": "autograder.notebook",
    "solution": "autograder.notebook",
    "progress": "autograder.notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
