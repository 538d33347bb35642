"""Partial credit as nbgrader itself reads it: determine_grade on the cell after the preprocessor."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade

from autograder.grading.partial_credit import PartialCredit
from autograder.grading.points import points_for
from autograder.report import VERDICT_MIME
from tests.autograder.conftest import graded


def verdict(score: object, exercise: str = "double") -> nbformat.NotebookNode:
    return new_output("display_data", {VERDICT_MIME: {"exercise": exercise, "score": score}})


def error() -> nbformat.NotebookNode:
    return new_output("error", ename="CheckFailed", evalue="", traceback=["Run All stops here."])


def stderr() -> nbformat.NotebookNode:
    return new_output("stream", name="stderr", text="a warning\n")


def grade(*outputs: nbformat.NotebookNode, source: str = 'check("double", double)') -> float:
    test = graded("double", grade=True, locked=True, points=3)
    cell = new_code_cell(source, metadata=test, outputs=list(outputs))
    cell, _ = PartialCredit().preprocess_cell(cell, {}, 0)
    return determine_grade(cell)[0]


@pytest.mark.parametrize(
    ("share", "points"), [(0, 0), (1 / 3, 1), (0.3333333, 1), (2 / 3, 2), (0.5, 1.5), (1, 3)]
)
def test_a_verdict_that_raised_scores_its_share(share: float, points: float):
    assert grade(verdict(share), error()) == points


def test_a_line_on_stderr_does_not_make_a_right_answer_zero():
    assert grade(stderr(), verdict(1)) == 3
    assert grade(verdict(1), stderr()) == 3


def test_without_a_verdict_of_its_own_exercise_a_check_scores_zero():
    assert grade() == 0
    assert grade(error()) == 0
    assert grade(verdict(1, exercise="triple")) == 0
    assert grade(new_output("execute_result", {"text/plain": "3"})) == 0


def test_the_last_verdict_counts():
    assert grade(verdict(1), verdict(1 / 3)) == 1
    assert grade(new_output("execute_result", {"text/plain": "3"}), verdict(1 / 3)) == 1


@pytest.mark.parametrize("share", [float("nan"), float("inf"), None, "1", [1]])
def test_a_share_that_is_no_number_scores_zero(share: object):
    assert points_for(share, 3) == 0


def test_a_share_outside_its_range_is_brought_back():
    assert (points_for(7, 3), points_for(-1, 3)) == (3, 0)


def test_a_teachers_own_test_is_left_to_nbgrader():
    assert grade(source="assert double(2) == 4") == 3
    assert grade(error(), source="assert double(2) == 4") == 0


def test_the_report_stays_and_no_error_is_left():
    test = graded("double", grade=True, locked=True, points=3)
    cell = new_code_cell('check("double", double)', metadata=test, outputs=[verdict(0.5), error()])
    cell, _ = PartialCredit().preprocess_cell(cell, {}, 0)
    assert [o.output_type for o in cell.outputs] == ["execute_result", "display_data", "stream"]
    assert cell.outputs[2].text == "Run All stops here.\n"
