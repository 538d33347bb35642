"""A late hand-in costs what course.yml says: percent of the points reached, for each day begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading import grade_unit
from autograder.grading.late_penalty import SECONDS_PER_DAY, LatePenalty
from tests.autograder.conftest import RIGHT, UNIT


@pytest.mark.parametrize(
    ("percent", "seconds", "penalty"),
    [
        (10, 1, 1),
        (10, SECONDS_PER_DAY, 1),
        (10, SECONDS_PER_DAY + 1, 2),
        (10, 100 * SECONDS_PER_DAY, 10),
        (0, SECONDS_PER_DAY, None),
        (10, 0, None),
    ],
)
def test_each_day_begun_costs_its_percent_and_never_more_than_the_score(
    percent: int, seconds: float, penalty: float | None
):
    plugin = LatePenalty(percent_per_day=percent)
    assert plugin.late_submission_penalty("ada", 10.0, seconds) == penalty


def test_what_course_yml_says_is_taken_off_the_total(mini_course: Course, hand_in: Callable[..., Path]):
    settings = mini_course.root / "course.yml"
    settings.write_text(settings.read_text().replace("grading:\n", "grading:\n  late_penalty_per_day: 10\n"))
    hand_in("ada", RIGHT, timestamp="2027-02-06 20:00:00 UTC")
    [result] = grade_unit(Course.load(mini_course.root), UNIT)
    # 27 hours late, two days begun: 20 % of 5 points
    assert (result.late_penalty, result.total) == (1.0, 4.0)
    assert result.remarks == ("27.0 hours late",)
