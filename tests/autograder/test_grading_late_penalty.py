"""A late hand-in costs what course.yml says for each day of the calendar that was begun; some have longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.extensions import Extensions
from autograder.grading.engine.stock import grade_unit
from autograder.grading.gradebook.late_penalty import penalty
from autograder.lateness import LatePolicy, in_words
from tests.autograder.conftest import RIGHT, UNIT

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def late(due: str, came: str, percent: int = 10, grace: int = 0, until: str = "") -> tuple[int, str]:
    """Days charged, and what is said; all three times are on the wall in Stockholm."""

    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)

    extensions = Extensions({("ada", UNIT): at(until)} if until else {})
    policy = LatePolicy(percent, grace, STOCKHOLM, {}, extensions)
    found = policy.lateness("ada", UNIT, at(came).astimezone(UTC), at(due))
    assert found.share == min(1.0, percent * found.days / 100)
    return found.days, str(found)


FRIDAY = "2027-02-19 18:00"


@pytest.mark.parametrize(
    ("due", "came", "days", "said"),
    [
        (FRIDAY, "2027-02-19 17:00", 0, ""),
        (FRIDAY, "2027-02-19 18:00:59", 0, ""),  # the due minute is in time
        (FRIDAY, "2027-02-19 18:01", 1, "1 minute late: 10 % off"),
        (FRIDAY, "2027-02-20 18:00:30", 1, "1 day late: 10 % off"),
        (FRIDAY, "2027-02-20 18:01", 2, "1 day 1 minute late: 20 % off"),
        (FRIDAY, "2027-02-22 17:00", 3, "2 days 23 hours late: 30 % off"),
        (FRIDAY, "2028-02-19 18:00", 365, "365 days late: 100 % off"),
        # the night of 28 March 2027 is an hour shorter, that of 31 October an hour longer
        ("2027-03-27 18:00", "2027-03-28 18:30", 2, "23 hours 30 minutes late: 20 % off"),
        ("2027-10-30 18:00", "2027-10-31 17:30", 1, "1 day 30 minutes late: 10 % off"),
    ],
)
def test_each_day_begun_of_the_courses_calendar_costs_its_share(due, came, days, said):
    assert late(due, came) == (days, said)


def test_the_hour_that_comes_twice_in_autumn_is_told_apart():
    due = datetime(2027, 10, 31, 2, 30, tzinfo=STOCKHOLM)
    came = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)  # 2:10 on the wall, for the second time
    found = LatePolicy(10, 0, STOCKHOLM).lateness("ada", UNIT, came, due)
    assert (found.days, str(found)) == (1, "40 minutes late: 10 % off")


@pytest.mark.parametrize(
    ("how", "came", "days", "said"),
    [
        ({"percent": 0}, "2027-02-19 19:20", 1, "1 hour 20 minutes late"),
        ({"grace": 10}, "2027-02-19 18:10", 0, "10 minutes late, within the 10 minutes of grace"),
        ({"grace": 10}, "2027-02-19 18:11", 1, "11 minutes late: 10 % off"),
        ({"grace": 10}, "2027-02-20 18:10", 1, "1 day 10 minutes late: 10 % off"),
        ({"until": "2027-02-21 23:59"}, "2027-02-21 23:59:59", 0, "extended to 2027-02-21 23:59"),
        (
            {"until": "2027-02-21 23:59"},
            "2027-02-22 00:09",
            1,
            "extended to 2027-02-21 23:59; 10 minutes late: 10 % off",
        ),
        ({"until": "2027-02-01 12:00"}, "2027-02-19 17:00", 0, ""),  # the due date has moved behind it
    ],
)
def test_grace_and_extensions_help_and_are_said(how, came, days, said):
    assert late(FRIDAY, came, **how) == (days, said)


def test_a_unit_without_a_due_date_knows_no_late_hand_in():
    assert str(LatePolicy(10, 0, STOCKHOLM).lateness("ada", UNIT, datetime.now(UTC), None)) == ""


@pytest.mark.parametrize(
    ("score", "share", "off"), [(10, 0, None), (10, 0.1, 1), (3, 0.5, 1.5), (10, 1, 10), (-1, 0.5, 0)]
)
def test_the_share_is_of_the_points_reached_and_never_more(score, share, off):
    assert penalty(score, share) == off


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (125, "2 hours 5 minutes"),
        (4500, "3 days 3 hours"),
    ],
)
def test_how_late_is_said_in_no_more_than_two_parts(minutes: int, said: str):
    assert in_words(minutes) == said


def test_what_course_yml_says_is_taken_off_the_total(mini_course: Course, hand_in: Callable[..., Path]):
    settings = mini_course.root / "course.yml"
    settings.write_text(settings.read_text().replace("grading:\n", "grading:\n  late_penalty_per_day: 10\n"))
    hand_in("ada", RIGHT, timestamp="2027-02-06 20:00:00 UTC")
    [result] = grade_unit(Course.load(mini_course.root), UNIT)
    # 27 hours late, two days begun: 20 % of 5 points
    assert (result.late_penalty, result.total) == (1.0, 4.0)
    assert result.remarks == ("1 day 3 hours late: 20 % off",)


@pytest.fixture
def course(mini_course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.chdir(mini_course.root)
    return mini_course


def said(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["extend", *words])
    return done.exit_code, done.output.strip()


def test_an_extension_is_kept_in_a_table_that_a_teacher_can_read(course: Course):
    assert said("ada", UNIT, "2027-02-21") == (0, f"ada may hand in {UNIT} until 2027-02-21 23:59.")
    assert said("bo", UNIT, "2027-02-08 12:00")[0] == 0
    assert said("ada", UNIT, "2027-02-22 08:00")[0] == 0
    rows = (course.root / "extensions.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows == ["student,unit,until", f"ada,{UNIT},2027-02-22 08:00", f"bo,{UNIT},2027-02-08 12:00"]
    assert Extensions.load(course).until("ada", UNIT) == datetime(2027, 2, 22, 8, tzinfo=STOCKHOLM)
    status, shown = said()
    assert status == 0 and shown.splitlines()[-1].split() == [
        "bo",
        UNIT,
        "2027-02-08",
        "12:00",
        "2027-02-05",
        "18:00",
    ]
    assert said("bo", UNIT, "--remove")[0] == 0
    assert Extensions.load(course).given.keys() == {("ada", UNIT)}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("ada", "01-multiplied", "2027-02-21"), "has no unit '01-multiplied'"),
        (("ada", UNIT, "2027-02-05 18:00"), f"{UNIT} is due 2027-02-05 18:00"),
        (("ada", UNIT, "next week"), "'next week' is no date"),
        (("ada", "02-later", "2027-02-21"), "02-later has no due date"),
        (("../x", UNIT, "2027-02-21"), "cannot be a student"),
        (("ada", UNIT), "until when?"),
        (("ada", UNIT, "--remove"), "has no extension"),
    ],
)
def test_an_extension_that_means_nothing_is_refused_in_a_sentence(course: Course, words, reason):
    status, shown = said(*words)
    assert status == 1 and reason in shown and "\n" not in shown
    assert not (course.root / "extensions.csv").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("student;unit;until\nada;02;2027-02-21\n", "line 2: the course has no unit '02'"),
        (f"student,unit,until\n\nada,{UNIT},21.2.2027\n", "line 3: '21.2.2027' is no date"),
        ("student,unit\n", "line 1: there is no column until"),
        (f"student,unit,until\nada,{UNIT},2027-02-21\nada,{UNIT},2027-02-22\n", "line 3: ada has another"),
        (f"student,unit,until\n,{UNIT},2027-02-21\n", "line 2: whose is it?"),
    ],
)
def test_a_slip_in_the_table_is_told_with_its_line(course: Course, text: str, reason: str):
    (course.root / "extensions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=reason):
        Extensions.load(course)


def test_a_table_saved_by_a_spreadsheet_is_read(course: Course):
    rows = f"Student;Unit;Until;why\r\nada;{UNIT};2027-02-21 18:00;ill\r\n"
    (course.root / "extensions.csv").write_text(rows, encoding="utf-8-sig")
    until = Extensions.load(course).until("ada", UNIT)
    assert until is not None and until - datetime(2027, 2, 21, 18, tzinfo=STOCKHOLM) == timedelta()
