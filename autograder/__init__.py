"""The course's checks: ``check``, ``grade``, ``hint``, ``solution``, ``progress`` and ``Verdict``.

Names are loaded when first used, so that ``import autograder`` costs next to nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.judging import grade
    from autograder.notebook import check, hint, progress, solution
    from autograder.verdict import Verdict

__all__ = ["Verdict", "check", "grade", "hint", "progress", "solution"]

_HOME = {
    "Verdict": "autograder.verdict",
    "grade": "autograder.judging",
    "check": "autograder.notebook",
    "hint": "autograder.notebook",
    "solution": "autograder.notebook",
    "progress": "autograder.notebook",
}


QUIET_TENSORFLOW = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
"""TensorFlow greets on stderr, and nbgrader scores a cell 0 when anything reaches stderr; only both together
keep it silent, and only when they are set before its first import."""

for _name, _value in QUIET_TENSORFLOW.items():
    os.environ.setdefault(_name, _value)  # also for the kernels that this process starts


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
