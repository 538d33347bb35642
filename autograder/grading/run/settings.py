"""How hand-ins are run."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grading.sandbox import Level, Limits


@dataclass(frozen=True)
class Settings:
    """How hand-ins of one unit are run: the same for all of a run."""

    level: Level
    limits: Limits
    cell_seconds: float
    output_bytes: int  # of one cell
