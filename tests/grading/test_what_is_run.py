"""What is run of a hand-in: hidden tests, a teacher's own after a crash, what lies beside the notebook."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from autograder.commands.feedback import feedback
from autograder.course import Course
from autograder.grading import Outcome, Result
from autograder.grading.engine.engine import grade_unit
from autograder.grading.engine.task import end_parent
from autograder.grading.sandbox import Level
from autograder.grading.sandbox.probing import best_level, probe
from tests.conftest import cell, nbgrader
from tests.grading.own_tests import HIDDEN, RIGHT, UNIT, hand_in, make_own_course, own_cells
from tests.grading.pages import squeezed, text_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")

WRITES = "%%writefile helper.py\ndef cubed(x):\n    return x * x * x"
WRITES_ANEW = "%%writefile other.py\nVALUE = 1"
CHANGES = """\
import importlib
import other
open("other.py", "w").write("VALUE = 2")
importlib.reload(other)"""
FAILS = "raise SystemExit('imported in the place of another')"
IN_THE_WAY = {f"{name}_py": FAILS for name in ("autograder", "numpy", "json", "random", "sitecustomize")}
STUDENTS = {
    "ada": (RIGHT, (), {}),
    "bo": ({**RIGHT, "square": "def square(x):\n    return x * 2"}, (), {}),
    "cy": ({**RIGHT, "mean": "import os\nos._exit(1)"}, (), {}),
    "dee": ({**RIGHT, "cube": "import helper\ncube = helper.cubed"}, (WRITES,), {}),
    "eli": ({**RIGHT, "cube": "from own import cube"}, (), {"own_py": "def cube(x):\n    return x**3"}),
    "fay": ({**RIGHT, "mean": "def mean(numbers):\n    return 99.0"}, (), {"units_py": "MEAN = 99.0"}),
    "gus": (
        {**RIGHT, "cube": "def cube(x):\n    return x**3 * other.VALUE / 2"},
        (WRITES_ANEW, CHANGES),
        {},
    ),
    "hal": (RIGHT, ("import json, random, numpy, autograder",), IN_THE_WAY),
}
EXPECTED = {
    "ada": (2, 2, 2),
    "bo": (0, 2, 2),
    "cy": (2, None, None),
    "dee": (2, 2, 2),
    "eli": (2, 2, 2),
    "fay": (2, 0, 2),
    "gus": (2, 2, 2),
    "hal": (2, 2, 2),
}
STOCK_GIVES_NONE = ("cy",)
STOCK_DIFFERS = ("hal",)  # its kernel has autograder and numpy still to import


def scores(result: Result) -> tuple[float | None, ...]:
    return tuple(score for score, _ in result.scores.values())


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, Result]]:
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    course = make_own_course(tmp_path_factory.mktemp("own") / "course")
    for student, (answers, before, files) in STUDENTS.items():
        hand_in(course, student, answers, *before, **files)
    return course, {result.student: result for result in grade_unit(course, UNIT, jobs=2)}


@pytest.fixture
def in_this_process() -> Iterator[None]:
    yield
    end_parent()


@pytest.mark.parametrize("student", STUDENTS)
def test_each_gets_the_points_of_what_was_reached(graded: tuple[Course, dict[str, Result]], student: str):
    assert scores(graded[1][student]) == EXPECTED[student]


def test_tests_that_a_crash_left_out_are_open_and_named(graded: tuple[Course, dict[str, Result]]):
    result = graded[1]["cy"]
    assert result.status is Outcome.PARTLY_GRADED
    assert result.reason.endswith("; open: mean, cube")


def test_at_the_other_level_the_points_are_the_same(graded: tuple[Course, dict[str, Result]]):
    if not probe(Level.LANDLOCK).works:
        pytest.skip("NOT TESTED: this machine has no Landlock.")
    students = ["ada", "bo", "dee", "eli", "gus"]
    results = grade_unit(graded[0], UNIT, students, jobs=1, level=Level.LANDLOCK)
    assert {r.student: scores(r) for r in results} == {student: EXPECTED[student] for student in students}


def test_stock_nbgrader_gives_the_same_points_wherever_it_gives_any(
    graded: tuple[Course, dict[str, Result]], tmp_path: Path
):
    root = Path(shutil.copytree(graded[0].root, tmp_path / "course"))
    (root / "gradebook.db").unlink()
    shutil.rmtree(root / "autograded")
    for words in (["generate_assignment", UNIT], ["autograde", UNIT]):
        command = [sys.executable, "-m", "nbgrader", *words]
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert words[0] == "autograde" or run.returncode == 0, run.stderr
    query = """
        SELECT submitted_assignment.student_id, grade.auto_score FROM grade
        JOIN base_cell ON base_cell.id = grade.cell_id
        JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
        JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
        WHERE base_cell.name = ?"""
    with closing(sqlite3.connect(root / "gradebook.db")) as book:
        by_cell = [dict(book.execute(query, [name]).fetchall()) for name in RIGHT]
    found = {student: tuple(one.get(student) for one in by_cell) for student in STUDENTS}
    for student in STOCK_GIVES_NONE:
        assert None in found.pop(student)
    for student in STOCK_DIFFERS:
        del found[student]
    assert found == {student: EXPECTED[student] for student in found}


def test_feedback_shows_neither_a_hidden_test_nor_its_message(graded: tuple[Course, dict[str, Result]]):
    feedback(graded[0], UNIT)
    page = (graded[0].root / "feedback/bo" / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    assert squeezed("A hidden test did not pass.") in text_of(page)
    assert squeezed("assert square(2) == 4") in text_of(page)
    for hidden in ("HIDDEN TESTS", "negative numbers", "square(-3)"):
        assert squeezed(hidden) not in text_of(page)
    kept = nbformat.read(graded[0].root / "autograded/bo" / UNIT / f"{UNIT}.ipynb", as_version=4)
    assert HIDDEN in next(one.source for one in kept.cells if one.id == "square"), "for the teacher"


def test_what_lies_beside_the_notebook_decides_whether_it_is_graded_again(
    graded: tuple[Course, dict[str, Result]], monkeypatch: pytest.MonkeyPatch
):
    from autograder.grading.engine import task

    course = graded[0]
    monkeypatch.setattr(task, "fingerprint", lambda: "this code")
    ran: list[str] = []

    def grade(*students: str) -> list[str]:
        ran.clear()
        grade_unit(
            course,
            UNIT,
            students,
            jobs=1,
            on_progress=lambda now: ran.append(now.last.student) if now.last else None,
        )
        return [*ran]

    grade("ada", "eli")
    assert grade("ada", "eli") == []
    own = course.root / "submitted/eli" / UNIT / "own.py"
    own.write_text("def cube(x):\n    return x * x * x", encoding="utf-8")
    assert grade("ada", "eli") == ["eli"]
    data = course.root / "source" / UNIT / "data/numbers.csv"
    before = data.read_text(encoding="utf-8")
    data.write_text(before + "\n", encoding="utf-8")
    assert sorted(grade("ada", "eli")) == ["ada", "eli"]


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize(
    ("grade_id", "called", "said"),
    [
        ("activatoin", "activatoin", r"which is not known here \(did you mean activation\?\)"),
        ("cube", "activation", "another exercise: its grade_id must be activation"),
    ],
)
def test_a_check_that_nobody_can_judge_leaves_its_exercise_open(
    tmp_path: Path, here: list[str], grade_id: str, called: str, said: str
):
    source = f'from autograder import check\ncheck("{called}", cube)'
    odd = cell("code", source, grade_id, nbgrader(grade_id, grade=True, locked=True, points=2))
    course = make_own_course(tmp_path, [*own_cells()[:-1], odd])
    hand_in(course, "ada", RIGHT)
    [result] = grade_unit(course, UNIT)
    assert here == ["ada"]
    assert result.status is Outcome.PARTLY_GRADED
    assert scores(result) == (2, 2, None)
    assert re.search(said, result.reason)
    assert result.reason.endswith(f"; open: {grade_id}")
