"""A student's copy of the lessons is theirs: it is never overwritten."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from autograder.commands.lab import HANDED_OUT, lay_out, open_lab, port_is_free
from autograder.course import Course, CourseError
from autograder.own_work import newer_beside
from tests.autograder.conftest import UNIT


def own(course: Course) -> Path:
    return course.root / "work" / UNIT / f"{UNIT}.ipynb"


def beside(course: Course) -> list[str]:
    return sorted(path.name for path in own(course).parent.iterdir() if "new" in path.name)


def test_the_lessons_are_laid_out_once(mini_course: Course):
    assert lay_out(mini_course) == [f"{UNIT} is new in work/.", "02-later is new in work/."]
    assert own(mini_course).read_bytes() == mini_course.lesson(UNIT).read_bytes()
    own(mini_course).write_text("my work")
    assert lay_out(mini_course) == []
    assert own(mini_course).read_text() == "my work"


def test_a_newer_lesson_is_laid_beside_once_and_said(mini_course: Course):
    lay_out(mini_course)
    own(mini_course).write_text("my work")
    mini_course.lesson(UNIT).write_text("the newer lesson")
    [said] = lay_out(mini_course)
    assert lay_out(mini_course) == []
    [name] = beside(mini_course)
    assert said == f"{UNIT} has a newer version: it lies beside yours as {name}. Yours is untouched."
    assert (own(mini_course).parent / name).read_text() == "the newer lesson"
    mini_course.lesson(UNIT).write_text("the newest lesson")
    lay_out(mini_course)
    assert len(beside(mini_course)) == 2
    assert own(mini_course).read_text() == "my work"


def test_what_the_student_has_not_changed_is_brought_up_to_date(mini_course: Course):
    data = mini_course.lesson(UNIT).with_name("data.csv")
    data.write_text("1")
    lay_out(mini_course)
    mini_course.lesson(UNIT).write_text("the newer lesson")
    data.write_text("2")
    assert sorted(lay_out(mini_course)) == [
        f"{UNIT} has a newer version, which takes the place of yours: you had not changed it.",
        f"data.csv of {UNIT} has a newer version, which takes the place of yours: you had not changed it.",
    ]
    assert own(mini_course).read_text() == "the newer lesson"
    assert own(mini_course).with_name("data.csv").read_text() == "2"


def test_a_file_beside_a_lesson_that_the_student_changed_stays_and_the_newer_one_lies_beside(
    mini_course: Course,
):
    data = mini_course.lesson(UNIT).with_name("data.csv")
    data.write_text("1")
    lay_out(mini_course)
    own(mini_course).with_name("data.csv").write_text("mine")
    data.write_text("2")
    [said] = lay_out(mini_course)
    assert lay_out(mini_course) == []
    [name] = beside(mini_course)
    assert name.startswith("data (new ") and name.endswith(").csv")
    assert said == (
        f"data.csv of {UNIT} has a newer version: it lies beside yours as {name}. Yours is untouched."
    )
    assert own(mini_course).with_name("data.csv").read_text() == "mine"


def test_newer_versions_are_told_apart_by_day_and_number(tmp_path: Path):
    names = [f"01-x (new 2027-02-{end}).ipynb" for end in ("03", "03 2", "03 10", "10")]
    for name in [*reversed(names), "01-x.ipynb", "01-x (old).ipynb", "01-x (new 2027-02-03).csv"]:
        (tmp_path / name).touch()
    assert [path.name for path in newer_beside(tmp_path / "01-x.ipynb")] == names


def test_a_copy_deleted_by_the_student_comes_again(mini_course: Course):
    lay_out(mini_course)
    own(mini_course).unlink()
    assert lay_out(mini_course) == [f"{UNIT} is new in work/."]


@pytest.mark.parametrize("note", ["", "[]", "{"])
def test_a_lost_note_of_what_was_handed_out_costs_nothing(mini_course: Course, note: str):
    lay_out(mini_course)
    own(mini_course).write_text("my work")
    (mini_course.root / "work" / HANDED_OUT).write_text(note)
    lay_out(mini_course)
    assert own(mini_course).read_text() == "my work"
    assert json.loads((mini_course.root / "work" / HANDED_OUT).read_text())[UNIT]


def test_a_port_in_use_is_refused_with_what_to_do(mini_course: Course):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not port_is_free(port)
        with pytest.raises(CourseError, match=f"Port {port} is taken"):
            open_lab(mini_course, port)


def test_without_lessons_there_is_one_sentence(mini_course: Course):
    for unit in mini_course.units:
        mini_course.lesson(unit.id).unlink()
    with pytest.raises(CourseError, match="Next: course build"):
        lay_out(mini_course)
