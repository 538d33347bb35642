"""A late hand-in costs what course.yml says: percent of the points reached, for each day begun."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.engine.stock import grade_unit
from autograder.grading.gradebook.gradebook import late_remark
from autograder.grading.gradebook.late_penalty import LatePenalty
from autograder.grading.nbgrader_inside import read_config
from tests.autograder.conftest import RIGHT, UNIT

HOUR = 3600


@pytest.fixture
def policy(small_course):
    """Build the late policy of a course with so many percent a day."""

    def policy(percent):
        text = (small_course / "course.yml").read_text(encoding="utf-8")
        settings = f"grading:\n  late_penalty_per_day: {percent}\n"
        (small_course / "course.yml").write_text(text + settings, encoding="utf-8")
        late = LatePenalty(config=read_config(Course.load(small_course)))
        return lambda score, hours: late.penalty(score, hours * HOUR)

    return policy


@pytest.mark.parametrize(("percent", "hours"), [(0, 100), (10, 0)])
def test_nothing_is_taken_off_where_it_costs_nothing_or_nobody_is_late(policy, percent, hours):
    assert policy(percent)(10, hours=hours) is None


@pytest.mark.parametrize(("hours", "penalty"), [(0.1, 1), (24, 1), (24.1, 2), (72, 3), (240, 10), (2400, 10)])
def test_each_day_begun_costs_its_share_and_never_more_than_the_score(policy, hours, penalty):
    assert policy(10)(10, hours=hours) == pytest.approx(penalty, rel=1e-12)  # one rounding


def test_the_share_is_of_the_points_reached(policy):
    assert policy(50)(3, hours=1) == 1.5


def test_what_course_yml_says_is_taken_off_the_total(mini_course: Course, hand_in: Callable[..., Path]):
    settings = mini_course.root / "course.yml"
    settings.write_text(settings.read_text().replace("grading:\n", "grading:\n  late_penalty_per_day: 10\n"))
    hand_in("ada", RIGHT, timestamp="2027-02-06 20:00:00 UTC")
    [result] = grade_unit(Course.load(mini_course.root), UNIT)
    # 27 hours late, two days begun: 20 % of 5 points
    assert (result.late_penalty, result.total) == (1.0, 4.0)
    assert result.remarks == ("27.0 hours late",)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, []), (1.5, ["1.5 hours late"]), (47, ["47.0 hours late"]), (60, ["2.5 days late"])],
)
def test_how_late_a_hand_in_came_is_said_in_hours_then_in_days(hours: float, said: list[str]) -> None:
    assert late_remark(3600 * hours) == said
