"""`course check` says what grading will say, in the sandbox and in a kernel; a hostile file harms nobody."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.commands.build import build
from autograder.commands.check import Checked, Report, check, find_notebook
from autograder.course import Course, CourseError
from autograder.grading.engine import alone
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.grading.notebooks.graded_cells import type_in
from autograder.grading.sandbox.probing import best_level
from tests.conftest import cell, nbgrader, notebook, write_notebook
from tests.grading.hosts import run_on

ROOT = Path(__file__).parents[2]
UNIT = "01-every-kind"
COURSE_YML = f"""\
title: A course with a cell of every kind
units:
  - id: {UNIT}
    title: Answer
    minutes: 10
    objectives: [Answer.]
grading:
  cell_timeout: 60
"""
RIGHT = {
    "sigmoid": "def sigmoid(x):\n    return 0.5 + 0.5 * np.tanh(np.asarray(x) / 2)",
    "cube": "def cube(x):\n    return x**3",
    "area": "def area(r):\n    return np.pi * r**2",
    "secret": "secret = 42",
    "program": "print('by hand')",
    "why": "Since.",
}
TESTS = {
    "sigmoid": 'check("sigmoid", sigmoid)',
    "cube": "assert cube(2) == 8",
    "area": "assert area(1) > 3\n### BEGIN HIDDEN TESTS\nassert area(2) == 4 * area(1)\n### END HIDDEN TESTS",
    "secret": "### BEGIN HIDDEN TESTS\nassert secret == 42\n### END HIDDEN TESTS",
}
SEEN = {  # of the right answers: status, score, what is said of it
    "sigmoid": ("right", 2, "Right"),
    "cube": ("right", 2, "tests pass"),
    "area": ("when graded", None, "hidden tests when it is handed in"),
    "secret": ("when graded", None, "hidden tests when it is handed in"),
    "program": ("by a person", None, "reads this one"),
    "why": ("by a person", None, "reads this one"),
}


def solved(name: str) -> str:
    """With what a student writes between the markers: of a function its body."""
    head, colon, body = RIGHT[name].rpartition(":\n")
    indent = "    " if colon else ""
    return f"{head}{colon}{indent}### BEGIN SOLUTION\n{body}\n{indent}### END SOLUTION"


def every_kind() -> dict:
    cells = [cell("code", "import numpy as np\nfrom autograder import check", "imports")]
    for name, tests in TESTS.items():
        cells += [
            cell("code", solved(name), f"{name}-answer", nbgrader(f"{name}-answer", solution=True)),
            cell("code", tests, name, nbgrader(name, grade=True, locked=True, points=2)),
        ]
    for name, kind in (("program", "code"), ("why", "markdown")):
        cells.append(cell(kind, solved(name), name, nbgrader(name, grade=True, solution=True, points=1)))
    return notebook(*cells)


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every-kind") / "course"
    write_notebook(folder / f"source/{UNIT}/{UNIT}.ipynb", every_kind())
    (folder / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    build(Course.load(folder))
    return folder


@pytest.fixture
def course(_built: Path, tmp_path: Path) -> Course:
    return Course.load(shutil.copytree(_built, tmp_path / "course"))


@pytest.fixture(params=["sandbox", "kernel"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """In the sandbox, and as where there is none and no Linux."""
    if request.param == "kernel":
        monkeypatch.setattr(alone, "best_level", lambda: None)
        monkeypatch.setattr(alone, "on_linux", lambda: False)
    elif best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    return request.param


def put(
    course: Course, answers: Mapping[str, str], *own: str, without: str = "", where: str = "work"
) -> Path:
    """A student's notebook: answers, cells of one's own before the first, one cell deleted."""
    typed = type_in(nbformat.read(course.lesson(UNIT), as_version=4), answers)
    typed.cells = [c for c in typed.cells if c.get("id") != without]
    typed.cells[1:1] = [nbformat.v4.new_code_cell(source) for source in own]
    path = course.root / where / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(typed, path)
    return path


def by_name(report: Report) -> dict[str, Checked]:
    return {checked.exercise: checked for checked in report.exercises}


@pytest.mark.usefixtures("either_way")
def test_each_kind_of_exercise_says_who_judges_it(course: Course):
    steps: list[tuple[int, int]] = []
    report = check(course, put(course, RIGHT), lambda done, total, _: steps.append((done, total)))
    seen = by_name(report)
    assert {name: (one.status, one.score) for name, one in seen.items()} == {
        name: (status, score) for name, (status, score, _) in SEEN.items()
    }
    assert all(SEEN[name][2] in one.message for name, one in seen.items())
    assert (report.ok, report.notes) == (True, [])
    assert steps == [(done, 10) for done in range(11)]


@pytest.mark.usefixtures("either_way")
def test_wrong_answers_say_what_was_seen(course: Course):
    wrong = {
        "sigmoid": "def sigmoid(x):\n    return np.tanh(x)",
        "cube": "def cube(x):\n    return x * x",
        "area": "def area(r):\n    return r",
    }
    report = check(course, put(course, {**RIGHT, **wrong}))
    seen = by_name(report)
    assert not report.ok
    assert (seen["sigmoid"].status, seen["sigmoid"].misconception) == ("wrong", "tanh")
    for name in ("cube", "area"):
        assert (seen[name].status, seen[name].score) == ("wrong", 0)
        assert seen[name].message.startswith("AssertionError")
    untouched = by_name(check(course, put(course, {})))
    assert untouched["sigmoid"].status == "not_attempted"
    assert untouched["cube"].status == "wrong"


@pytest.mark.usefixtures("either_way")
def test_an_answer_that_cannot_be_read_says_so_and_the_others_count(course: Course):
    seen = by_name(check(course, put(course, {**RIGHT, "sigmoid": "def sigmoid(x)\n    return x"})))
    assert (seen["sigmoid"].status, seen["sigmoid"].score) == ("not checked", 0)
    assert seen["sigmoid"].message.startswith("SyntaxError: expected ':'")
    assert seen["cube"].status == "right"


@pytest.mark.usefixtures("either_way")
def test_check_is_there_where_the_cell_that_imports_it_was_deleted(course: Course):
    own_import = f"import numpy as np\n{RIGHT['sigmoid']}"
    path = put(course, {**RIGHT, "sigmoid": own_import}, without="imports")
    assert by_name(check(course, path))["sigmoid"].status == "right"


@pytest.mark.usefixtures("either_way")
def test_a_loop_without_end_costs_itself_alone(course: Course):
    settings = course.root / "course.yml"
    settings.write_text(settings.read_text().replace("timeout: 60", "timeout: 5"))
    report = check(Course.load(course.root), put(course, RIGHT, "while True:\n    pass"))
    assert all(one.ok for one in report.exercises)
    assert report.notes == ["the cell that starts with `while True:` did not end in time"]


@pytest.mark.usefixtures("either_way")
def test_what_was_not_reached_is_open_and_says_why(course: Course):
    ends = f"{RIGHT['area']}\nimport os\nos._exit(3)"
    report = check(course, put(course, {**RIGHT, "area": ends}))
    seen = by_name(report)
    assert (seen["sigmoid"].status, seen["cube"].status, report.ok) == ("right", "right", False)
    assert [note for note in report.notes if "area-answer" in note]


@pytest.mark.usefixtures("either_way")
def test_a_check_that_was_changed_or_lost_is_put_right_and_said(course: Course):
    path = put(course, RIGHT, without="sigmoid")
    report = check(course, path)
    assert by_name(report)["sigmoid"].status == "right"
    assert report.notes == ["sigmoid was missing: put back"]


def test_the_verdicts_are_those_of_nbgraders_validate(course: Course):
    for answers in (RIGHT, {**RIGHT, "cube": "cube = abs", "sigmoid": "def sigmoid(x):\n    return x"}):
        path = put(course, answers)
        with at_work():
            from nbgrader.validator import Validator

            failed = Validator(config=read_config(course)).validate(str(path)).get("failed", [])
        unlike = {name for name, one in by_name(check(course, path)).items() if not one.ok}
        assert unlike == {name for name in TESTS for one in failed if f"{name}" in one["source"]}


needs_a_sandbox = pytest.mark.skipif(best_level() is None, reason="NOT TESTED: this machine has no sandbox.")

EXPLORES = "from divnet.network import divide, DECK_WEIGHTS\nprint(divide(20, 5, DECK_WEIGHTS))"


@needs_a_sandbox
def test_a_cell_that_explores_the_courses_own_code_spoils_no_verdict(course: Course):
    assert all(one.ok for one in check(course, put(course, RIGHT, EXPLORES)).exercises)


@needs_a_sandbox
def test_a_hostile_file_reaches_nothing_of_the_one_who_checks_it(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (home / "secret").write_text("only the teacher's")
    hostile = [
        f"import os\nos.system('touch {home}/by-a-program')",
        f"from pathlib import Path\nPath({str(home / '.profile')!r}).write_text('evil')",
        f"leaked = open({str(home / 'secret')!r}).read()",
    ]
    before = sorted(tmp_path.rglob("*"))
    path = put(course, {**RIGHT, "cube": "def cube(x):\n    raise ValueError(leaked)"}, *hostile)
    monkeypatch.chdir(course.root)
    run = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert [one["status"] for one in json.loads(run.stdout)].count("wrong") == 1
    assert "only the teacher's" not in run.output
    new = set(tmp_path.rglob("*")) - set(before)
    assert [p for p in new if not p.is_relative_to(course.root)] == []
    assert sorted(p.name for p in course.root.iterdir()) == sorted(
        {p.name for p in before if p.parent == course.root} | {"work"}
    )


NO_SANDBOX = ("no namespaces, by a filter", "no Landlock")


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: hosts are forbidden what Linux has.")
@pytest.mark.parametrize(("where", "warned"), [("work", False), ("submitted/ada", True)])
def test_where_there_is_no_sandbox_a_teacher_is_warned(course: Course, where: str, warned: bool):
    path = put(course, RIGHT, where=where)
    run = run_on(NO_SANDBOX, f"from autograder.cli import app; app(['check', {str(path)!r}])", course.root)
    assert run.returncode == 0, run.stderr
    assert "Right" in run.stdout
    assert ("lies outside work/, and this machine has no sandbox" in run.stderr) is warned
    assert "Traceback" not in run.stderr


def test_a_notebook_is_found_by_path_unit_or_alone(course: Course):
    path = put(course, RIGHT)
    assert find_notebook(course, None) == path
    assert find_notebook(course, UNIT) == path
    assert find_notebook(course, str(path)) == path
    with pytest.raises(CourseError, match=f"Did you mean {UNIT}"):
        find_notebook(course, UNIT[:-1])
    with pytest.raises(CourseError, match="no such notebook"):
        find_notebook(course, "nothing.ipynb")


def test_a_notebook_of_another_kind_is_refused(course: Course, tmp_path: Path):
    path = tmp_path / "other.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    with pytest.raises(CourseError, match="no exercise of this course"):
        check(course, path)
    path.write_text("{")
    with pytest.raises(CourseError, match="broken JSON"):
        check(course, path)


def test_a_name_that_is_no_text_is_no_exercise(course: Course, tmp_path: Path):
    odd = notebook(cell("code", "1", "a", nbgrader(["a"], solution=True)))  # type: ignore[arg-type]
    with pytest.raises(CourseError, match="no exercise of this course"):
        check(course, write_notebook(tmp_path / "odd.ipynb", odd))


def test_without_a_lesson_the_next_step_is_to_build_one(course: Course):
    path = put(course, RIGHT)
    shutil.rmtree(course.root / "lessons")
    with pytest.raises(CourseError, match="Next: course build"):
        check(course, path)


def test_nothing_is_left_running_or_lying_about(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    check(course, put(course, RIGHT))
    assert os.listdir(temporary) == []  # noqa: PTH208 (names)
