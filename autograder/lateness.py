"""How late a hand-in came, and what share of its points that costs.

A due date means its whole minute. A day late is one of the course's calendar, from the due time of one day to
the same time of the next, be it 23 or 25 hours long; each that was begun costs its percentage.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.extensions import AS_WRITTEN, Extensions
from autograder.wording import counted

if TYPE_CHECKING:
    from autograder.course import Course

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Lateness:
    """So many minutes after the due date, of which so many days are charged, and the share that is taken off.

    ``extended`` is until when the student had leave, ``grace`` the minutes that cost nobody anything.
    """

    minutes: int = 0
    days: int = 0
    share: float = 0.0
    grace: int = 0
    extended: str = ""

    def __str__(self) -> str:
        """In words; nothing where there is nothing to say."""
        parts = [f"extended to {self.extended}"] if self.extended else []
        if self.minutes:
            cost = f": {100 * self.share:g} % off" if self.share else ""
            if not self.days:
                cost = f", within the {counted(self.grace, 'minute')} of grace"
            parts.append(f"{in_words(self.minutes)} late{cost}")
        return "; ".join(parts)


@dataclass(frozen=True)
class LatePolicy:
    """What course.yml and extensions.csv say: percent a day, minutes of grace, due dates, who has longer."""

    percent_per_day: int
    grace_minutes: int
    zone: ZoneInfo
    due: Mapping[str, datetime | None] = field(default_factory=dict)
    extensions: Extensions = field(default_factory=Extensions)

    @classmethod
    def of(cls, course: Course) -> LatePolicy:
        """Raises CourseError where extensions.csv is no good."""
        grading = course.grading
        return cls(
            grading.late_penalty_per_day,
            grading.grace_minutes,
            ZoneInfo(course.time_zone),
            {unit.id: unit.due for unit in course.units},
            Extensions.load(course),
        )

    def lateness(self, student: str, unit: str, moment: datetime, due: datetime | None) -> Lateness:
        """Of a hand-in that came at ``moment`` to a unit that is ``due``; an extension can but help."""
        if due is None:
            return Lateness()
        until = self.extensions.until(student, unit)
        extended = "" if until is None or until <= due else f"{until.astimezone(self.zone):{AS_WRITTEN}}"
        if extended and until:
            due = until
        came = moment.astimezone(UTC).replace(second=0, microsecond=0)
        minutes = max(0, math.ceil((came - due) / MINUTE))
        days = self._days(due, came - self.grace_minutes * MINUTE)
        share = min(1.0, self.percent_per_day * days / 100)
        return Lateness(minutes, days, share, self.grace_minutes, extended)

    def _days(self, due: datetime, came: datetime) -> int:
        """Days of the calendar that were begun, by the clock on the wall."""
        if came <= due:
            return 0
        begin, end = (moment.astimezone(self.zone).replace(tzinfo=None) for moment in (due, came))
        return max(1, math.ceil((end - begin) / DAY))


def in_words(minutes: int) -> str:
    """20 minutes; 1 hour 20 minutes; 2 days 3 hours: no more than two parts."""
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join([counted(number, unit) for number, unit in parts if number][:2])
