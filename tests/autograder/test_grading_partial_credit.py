"""Partial credit as nbgrader itself reads it: determine_grade on the cell after the preprocessor."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.utils import determine_grade

from autograder.grading.gradebook.partial_credit import PartialCredit
from autograder.grading.notebooks.points import is_check, points_for, score_of
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


def result(text: object) -> nbformat.NotebookNode:
    return new_output("execute_result", {"text/plain": text})


def own_test(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    test = graded("own", grade=True, locked=True, points=3)
    return new_code_cell("assert True", metadata=test, outputs=list(outputs))


@pytest.mark.parametrize(
    "outputs",
    [
        (),
        (error(),),
        (result("2"),),
        (result("'a text'"),),
        (result("-1"),),
        (result("nan"),),
        (verdict(0.5),),
    ],
    ids=["nothing", "error", "a number", "a text", "below 0", "no number", "displayed"],
)
def test_a_teachers_own_test_scores_as_in_nbgrader(outputs: tuple[nbformat.NotebookNode, ...]):
    cell = own_test(*outputs)
    assert score_of(cell) == (determine_grade(cell)[0], "")


@pytest.mark.parametrize(
    "shown", [result("4"), result([]), new_output("execute_result", {"image/png": "AAAA"})]
)
def test_where_nbgrader_gives_up_a_person_is_asked(shown: nbformat.NotebookNode):
    with pytest.raises((KeyError, ValueError)):
        determine_grade(own_test(shown))
    assert score_of(own_test(shown)) == (None, "its result is no number of points from 0 to 3")


@pytest.mark.parametrize("outputs", [(stderr(),), (stderr(), result("2")), (result("2"), stderr())])
def test_a_test_that_passed_and_warned_is_no_silent_zero(outputs: tuple[nbformat.NotebookNode, ...]):
    score, why = score_of(own_test(*outputs))
    nbgraders = determine_grade(own_test(*outputs))[0]
    assert (score, why) == (
        (nbgraders, "") if nbgraders else (None, "it passed, but something was written to stderr")
    )


def test_a_test_that_failed_and_warned_scores_zero():
    assert score_of(own_test(stderr(), error())) == (0, "")
    assert score_of(own_test(stderr(), result("0"))) == (0, "")


def test_what_a_person_marks_has_no_score_and_needs_no_reason():
    task = new_markdown_cell("Measure.", metadata=graded("task", task=True, points=3))
    question = new_markdown_cell("So.", metadata=graded("why", grade=True, solution=True, points=3))
    assert score_of(task) == score_of(question) == (None, "")


def test_an_answer_in_code_that_a_person_marks_is_no_check_whatever_is_typed_there():
    asked = graded("design", grade=True, solution=True, points=3)
    assert not is_check(new_code_cell('check("design", 3)', metadata=asked))


def test_the_report_stays_and_neither_an_error_nor_where_to_run_on_is_left():
    test = graded("double", grade=True, locked=True, points=3)
    cell = new_code_cell('check("double", double)', metadata=test, outputs=[verdict(0.5), error()])
    cell, _ = PartialCredit().preprocess_cell(cell, {}, 0)
    assert [o.output_type for o in cell.outputs] == ["execute_result", "display_data"]
