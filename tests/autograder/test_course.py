"""course.yml: what is read from it, and the one message about each mistake in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.course import Course, CourseError, find_course

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "course.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "course.yml").write_text(text.replace(old, new, 1), encoding="utf-8")


def message(folder: Path) -> str:
    with pytest.raises(CourseError) as caught:
        Course.load(folder)
    return str(caught.value)


def test_a_course_is_read_with_its_units_in_order_and_its_defaults(small_course):
    course = Course.load(small_course / "course.yml")
    assert course.title == "A small course"
    assert [unit.id for unit in course.units] == ["01-double"]
    assert course.root == small_course
    assert course.language == "en"
    assert course.grading.cell_timeout == 30
    assert course.grading.late_penalty_per_day == 0


def test_a_day_means_its_last_minute_in_the_courses_time_zone(small_course):
    due = Course.load(small_course).unit("01-double").due
    assert due == datetime(2027, 2, 5, 23, 59, tzinfo=STOCKHOLM)
    assert due.utcoffset().total_seconds() == 3600


def test_a_due_date_may_have_a_time_and_may_be_left_out(small_course):
    change(small_course, "2027-02-05", "2027-02-05 18:00")
    assert Course.load(small_course).units[0].due == datetime(2027, 2, 5, 18, tzinfo=STOCKHOLM)
    change(small_course, "2027-02-05 18:00", "null")
    assert Course.load(small_course).units[0].due is None
    change(small_course, "    due: null\n", "")
    assert Course.load(small_course).units[0].due is None


def test_the_course_is_found_from_a_folder_inside_it(small_course, monkeypatch):
    assert find_course(small_course / "source" / "01-double").root == small_course
    monkeypatch.chdir(small_course / "source")
    assert find_course().root == small_course


def test_outside_a_course_the_message_says_where_to_go(tmp_path):
    with pytest.raises(CourseError, match="go to the folder of the course"):
        find_course(tmp_path)


def test_the_courses_own_file_is_valid():
    course = find_course(Path(__file__).parent)
    assert [unit.id for unit in course.units][:2] == ["01-warm-up", "02-divide-by-hand"]


def test_a_unit_that_is_not_there_is_answered_with_the_nearest(small_course):
    with pytest.raises(CourseError, match="Did you mean 01-double"):
        Course.load(small_course).unit("1-duble")


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "allowed", "next_step"),
    [
        ("title: A", "titel: A", 1, "titel", "unknown key", "title, language", "write title"),
        (
            "    minutes: 10",
            "    zebra: 10",
            6,
            "units[0].zebra",
            "unknown key",
            "minutes",
            "delete the line",
        ),
        (
            "minutes: 10",
            "minuts: 10",
            6,
            "units[0].minuts",
            "unknown key",
            "id, title, minutes",
            "write minutes",
        ),
        (
            "    minutes: 10\n",
            "",
            4,
            "units[0]",
            "the key minutes is missing",
            "whole number",
            "add minutes: 90",
        ),
        ("minutes: 10", 'minutes: "10"', 6, "units[0].minutes", 'found "10"', "whole number", "minutes: 90"),
        ("minutes: 10", "minutes: ten", 6, "units[0].minutes", 'found "ten"', "whole number", "minutes: 90"),
        ("minutes: 10", "minutes: 10.5", 6, "units[0].minutes", "found 10.5", "whole number", "minutes: 90"),
        ("minutes: 10", "minutes: true", 6, "units[0].minutes", "found true", "whole number", "minutes: 90"),
        ("minutes: 10", "minutes: 0", 6, "units[0].minutes", "found 0", "from 1", "minutes: 90"),
        ("minutes: 10", "minutes:", 6, "units[0].minutes", "found null", "whole number", "minutes: 90"),
        ("02-05", "02-30", 9, "units[0].due", 'found "2027-02-30"', "a day", "due: 2027-02-05"),
        ("2027-02-05", "soon", 9, "units[0].due", 'found "soon"', "a day", "due: 2027-02-05"),
        ("2027-02-05", "5", 9, "units[0].due", "found 5", "a day", "due: 2027-02-05"),
        ("2027-02-05", "2027-02-05 25:00", 9, "units[0].due", "25:00", "a day", "due: 2027-02-05"),
        ("Europe/St", "Europa/St", 2, "time_zone", "Europa/St", "IANA", "write Europe/Stockholm"),
        ("Europe/Stockholm", "Europe/Munich", 2, "time_zone", "Munich", "IANA", "write Europe/Berlin"),
        ("Europe/Stockholm", "Europe/Atlantis", 2, "time_zone", "Atlantis", "IANA", "write for instance"),
        (
            "time_zone: Europe/Stockholm",
            "language: de",
            2,
            "language",
            'found "de"',
            "en, the one",
            "language: en",
        ),
        ("Europe/Stockholm", "1", 2, "time_zone", "found 1", "IANA", "time_zone: Europe/Stockholm"),
        (
            "id: 01-double",
            "id: 01-duble",
            4,
            "units[0].id",
            "unit without a notebook",
            "01-double",
            "write 01-d",
        ),
        (
            "id: 01-double",
            "id: 99-x",
            4,
            "units[0].id",
            "unit without a notebook",
            "01-double",
            "99-x/99-x.ipynb",
        ),
        ("id: 01-double", "id: ../01", 4, "units[0].id", 'found "../01"', "small letters", "id: 01-warm-up"),
        (
            "      - Double a number.",
            "      Double it.",
            7,
            "units[0].objectives",
            "Double it",
            "list",
            "write",
        ),
        ("- Double a", "- 5 # a", 8, "units[0].objectives[0]", "found 5", "list", "write"),
        ("title: A", "title: [A", 2, "", "not YAML", "key: value", "missing colon"),
        ("title: A", "title: A: ", 1, "", "not YAML", "key: value", "missing colon"),
        ("time_zone", "title", 2, "title", "twice, first in line 1", "each key once", "delete one"),
        *(
            (
                "units:\n",
                f"exchange: {found}\nunits:\n",
                3,
                "exchange",
                f'found "{found}"',
                "the whole path",
                "exchange: /srv/nbgrader/exchange",
            )
            for found in ("exchange", "../exchange", "~/exchange", "C:/exchange", "/")
        ),
        ("units:\n", "course_id: a/b\nunits:\n", 3, "course_id", 'found "a/b"', "letters", "learning-to-"),
        ("units:\n", "grading: 5\nunits:\n", 3, "grading", "found 5", "keys", "write"),
        ("units:\n", "grading: {}\nunits:\n  - 7\n", 5, "units[0]", "found 7", "id, title", "key: value"),
    ],
)
def test_a_mistake_gives_one_message(small_course, old, new, line, key, found, allowed, next_step):
    change(small_course, old, new)
    text = message(small_course)
    where, _, rest = text.partition(" Allowed: ")
    can, _, advice = rest.partition(" Next: ")
    assert where.startswith(f"{small_course / 'course.yml'}, line {line}")
    assert f"key {key}:" in where if key else "key" not in where.partition(": ")[0]
    assert found in where
    assert allowed in can
    assert next_step in advice
    assert "\n" not in text


def test_an_exchange_that_holds_the_course_is_refused(small_course):
    change(small_course, "units:\n", f"exchange: {small_course.parent}\nunits:\n")
    text = message(small_course)
    assert "which holds the course. Allowed: a folder of its own" in text
    assert text.endswith("Next: write /srv/nbgrader/exchange.")


@pytest.mark.parametrize(
    ("title", "course_id"), [("Åsas kurs: α & β", "asas-kurs"), ("除法", "course"), ("A, b", "a-b")]
)
def test_a_course_has_a_name_for_the_exchange(small_course, title, course_id):
    change(small_course, "title: A small course", f'title: "{title}"')
    course = Course.load(small_course)
    assert (course.course_id, course.exchange_folder) == (course_id, small_course / "exchange")


def test_a_unit_that_stands_twice_is_named_with_both_lines(small_course):
    text = (small_course / "course.yml").read_text(encoding="utf-8")
    unit = text[text.index("  - id") :]
    (small_course / "course.yml").write_text(text + unit, encoding="utf-8")
    assert "line 10, key units[1].id" in message(small_course)
    assert "line 4 names already" in message(small_course)


@pytest.mark.parametrize("content", ["", "# only a remark\n", "\n\n"])
def test_an_empty_file_is_said_to_be_empty(small_course, content):
    (small_course / "course.yml").write_text(content, encoding="utf-8")
    assert "the file is empty" in message(small_course)


@pytest.mark.parametrize("content", ["5\n", "- a\n", "text\n"])
def test_a_file_without_keys_is_told_which_keys_there_are(small_course, content):
    (small_course / "course.yml").write_text(content, encoding="utf-8")
    assert "the keys title, language, time_zone, units, grading" in message(small_course)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert "there is no such file" in message(tmp_path)


def test_a_file_in_another_encoding_is_said_to_be_so(small_course):
    (small_course / "course.yml").write_bytes("title: Käse".encode("latin-1"))
    assert "UTF-8" in message(small_course)


def test_a_value_that_contains_itself_is_refused(small_course):
    (small_course / "course.yml").write_text("title: A\nunits: &u\n  - *u\n", encoding="utf-8")
    assert "contains itself" in message(small_course)


def test_a_students_copy_without_source_is_a_course(small_course):
    (small_course / "source").rename(small_course / "lessons")
    assert Course.load(small_course).units[0].id == "01-double"
