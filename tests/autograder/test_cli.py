"""The `course` command: light, clear, and honest in its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner, Result

from autograder.cli import app
from autograder.course import Course
from autograder.grading.notebooks.graded_cells import type_in
from tests.autograder.conftest import RIGHT, UNIT, lesson_of, unit_source

COMMANDS = ("build", "release", "lab", "app", "submit", "collect", "check", "grade")
COMMANDS += ("report", "feedback", "export", "demo", "doctor", "new exercise", "new unit", "try")
HEAVY = ("tensorflow", "keras", "nbgrader", "nbformat", "matplotlib", "IPython", "numpy")


@pytest.fixture
def course(mini_course: Course, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``course("grade", "--unsafe", "--json")`` as typed in the mini course's folder, without a Linux.

    The course's check is its own: nbgrader's way believes what that displays, the engine does not.
    """
    monkeypatch.chdir(mini_course.root)
    monkeypatch.setattr("autograder.grading.in_nbgraders_way", lambda: True)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str):
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    assert f"Example: course {command}" in shown.stdout


def test_help_loads_nothing_heavy():
    show = "import sys, autograder.cli as c; c.app(['--help'], standalone_mode=False)"
    code = f"{show}; print([m for m in {HEAVY} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("grade", "01-multipyl"), "Did you mean 01-multiply?"),
        (("grade",), "Nobody has handed in anything yet. Next: course collect"),
        (("grade", "--student", "ada"), "ada: no hand-in of that name"),
        (("feedback",), "Nobody is graded yet. Next: course grade"),
        (("feedback", "01-multipl"), "Did you mean 01-multiply?"),
        (("submit", "02-latr"), "Did you mean 02-later?"),
        (("submit", UNIT), f"no work/{UNIT}/{UNIT}.ipynb yet. Next: course lab"),
        (("check", UNIT), "Next: course lab"),
        (("check",), "In work/ there is none"),
        (("collect", "nowhere"), "nowhere: there is no such file or folder."),
        (("collect",), "handins: there is no such file or folder."),
        (("build", "01-multpily"), "Did you mean 01-multiply?"),
    ],
)
def test_a_users_error_is_one_sentence_and_status_1(
    course: Callable[..., Result], words: tuple, sentence: str
):
    run = course(*words)
    assert run.exit_code == 1
    assert sentence in run.stderr
    assert "Traceback" not in run.output
    assert len(run.stderr.strip().splitlines()) == 1


def test_outside_a_course_every_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for words in (
        ["grade"],
        ["lab"],
        ["app"],
        ["submit", "x"],
        ["check"],
        ["demo"],
        ["build"],
        ["feedback"],
        ["collect"],
    ):
        run = CliRunner().invoke(app, words)
        assert run.exit_code == 1
        assert "course.yml" in run.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(course: Callable[..., Result], mini_course: Course):
    (mini_course.root / "work").write_text("a file where a folder must be")
    run = course("lab", "--no-browser")
    assert run.exit_code == 1
    assert "work" in run.stderr
    assert "Traceback" not in run.output


def test_the_way_from_a_students_work_to_feedback(
    course: Callable[..., Result], mini_course: Course, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("autograder.grading.engine.alone.best_level", lambda: None)  # its check is its own
    monkeypatch.setattr("autograder.grading.engine.alone.on_linux", lambda: False)
    own = mini_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    own.parent.mkdir(parents=True)
    nbformat.write(type_in(lesson_of(unit_source()), {**RIGHT, "why": "So."}), own)
    assert course("check", UNIT).exit_code == 0
    assert "Packed" in course("submit", UNIT, "--name", "ada").stdout
    assert course("collect", "work/handin-01-multiply-ada.zip").exit_code == 0
    graded = course("grade", "--unsafe", "--json")
    assert graded.exit_code == 0
    [result] = json.loads(graded.stdout)
    assert (result["student"], result["total"], result["points"]) == ("ada", 5, 6)
    assert result["scores"]["why"] == {"score": None, "points": 1}
    assert course("feedback").exit_code == 0
    page = mini_course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html"
    assert "3 of 3 points" in page.read_text(encoding="utf-8")


def test_one_broken_hand_in_is_told_and_makes_the_status_1(
    course: Callable[..., Result], hand_in: Callable[..., Path]
):
    hand_in("ada", content="{")
    run = course("grade", "--unsafe")
    assert run.exit_code == 1
    assert "broken" in run.stdout
    assert course("feedback").exit_code == 0


def test_a_table_of_hand_ins_has_a_json_twin(course: Callable[..., Result], mini_course: Course):
    (mini_course.root / "handins").mkdir()
    (mini_course.root / "handins" / "what.ipynb").write_text("{}")
    run = course("collect", "--json")
    assert run.exit_code == 1
    [entry] = json.loads(run.stdout)
    assert (entry["fate"], entry["ok"]) == ("not taken", False)
