"""What a late hand-in costs, as course.yml says it: a plugin of nbgrader's AssignLatePenalties."""

from __future__ import annotations

import math

from nbgrader.plugins import BasePlugin
from traitlets import Integer

SECONDS_PER_DAY = 24 * 60 * 60


class LatePenalty(BasePlugin):
    """Takes off a percentage of the points reached for each day begun after the due date."""

    percent_per_day = Integer(
        0, min=0, max=100, help="percent of the points reached, for each day begun after the due date"
    ).tag(config=True)

    def late_submission_penalty(
        self,
        student_id: str,  # noqa: ARG002
        score: float,
        total_seconds_late: float,
    ) -> float | None:
        """score · percent · days / 100 in hundredths of a point, never more than the score; None for none."""
        days = math.ceil(total_seconds_late / SECONDS_PER_DAY)
        share = min(1.0, self.percent_per_day * max(0, days) / 100)
        return round(score * share, 2) if share else None
