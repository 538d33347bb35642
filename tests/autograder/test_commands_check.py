"""`course check` says what nbgrader's own validate says, by exercise."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.commands.check import check, find_notebook
from autograder.course import Course, CourseError
from autograder.grading.handins import type_in
from autograder.grading.nbgrader_inside import at_work, read_config
from tests.autograder.conftest import RIGHT, UNIT, lesson_of, unit_source


def put(course: Course, **answers: str) -> Path:
    path = course.root / "work" / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(type_in(lesson_of(unit_source()), answers), path)
    return path


def failed_by_nbgrader(course: Course, path: Path) -> set[str]:
    with at_work():
        from nbgrader.validator import Validator

        results = Validator(config=read_config(course)).validate(str(path))
    return {
        name for name in ("double", "triple") for f in results.get("failed", []) if f'"{name}"' in f["source"]
    }


def test_the_verdicts_are_those_of_nbgraders_validate(mini_course: Course):
    for answers in (RIGHT, {**RIGHT, "double": "def double(x):\n    return x * x"}):
        path = put(mini_course, **answers)
        verdicts = check(mini_course, path)
        failed = {verdict.exercise for verdict in verdicts if not verdict.ok}
        assert failed == failed_by_nbgrader(mini_course, path)
    wrong, right, question = verdicts
    assert (wrong.status, wrong.score, wrong.misconception) == ("wrong", 1, "squared")
    assert (right.status, right.score) == ("right", 2)
    assert (question.status, question.score) == ("by a person", None)


def test_a_check_that_could_not_run_says_why(mini_course: Course):
    path = put(mini_course, **{**RIGHT, "triple": "import nothing_of_that_name"})
    _, triple, _ = check(mini_course, path)
    assert triple.status == "not checked"
    assert triple.message == "NameError: name 'triple' is not defined"


def test_a_notebook_is_found_by_path_unit_or_alone(mini_course: Course):
    path = put(mini_course)
    assert find_notebook(mini_course, None) == path
    assert find_notebook(mini_course, UNIT) == path
    assert find_notebook(mini_course, str(path)) == path
    with pytest.raises(CourseError, match="Did you mean 01-multiply"):
        find_notebook(mini_course, "01-mult")
    with pytest.raises(CourseError, match="no such notebook"):
        find_notebook(mini_course, "nothing.ipynb")


def test_a_notebook_of_another_kind_is_refused(mini_course: Course, tmp_path: Path):
    path = tmp_path / "other.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    with pytest.raises(CourseError, match="no exercise of this course"):
        check(mini_course, path)
    path.write_text("{")
    with pytest.raises(CourseError, match="broken JSON"):
        check(mini_course, path)
