"""Which cells of a notebook Python could not even begin to run: what they define is still the one before."""

from __future__ import annotations

import re
import sys
from typing import Any

_not_begun: dict[int, str] = {}
"""The kind of error that kept a cell from running, by the cell's number."""


def not_begun(name: str) -> str | None:
    """Why the cell that defines ``name`` did not run when it was run last; None where there is none such."""
    running = shell()
    sources = running.user_ns.get("In", []) if running is not None else []
    defines = re.compile(rf"^(\s*(async\s+)?def\s+{name}\b|{name}\s*=[^=])", re.MULTILINE)
    latest = (number for number in reversed(range(len(sources))) if defines.search(str(sources[number])))
    return _not_begun.get(next(latest, -1))


def follow() -> None:
    """From now on, in IPython, note what could not begin."""
    if (running := shell()) is not None:
        running.events.register("post_run_cell", _note)


def _note(result: Any) -> None:
    number = result.execution_count
    if result.error_before_exec is not None and number is not None:
        _not_begun[number] = type(result.error_before_exec).__name__


def shell() -> Any:
    """IPython's, where this process runs one."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()
