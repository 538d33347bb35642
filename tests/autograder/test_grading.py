"""Grading a unit through nbgrader, on a mini course with real kernels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.course import Course, CourseError
from autograder.grading import Outcome, Progress, Result
from autograder.grading.engine.stock import grade_unit
from autograder.grading.notebooks.graded_cells import type_in
from tests.autograder.conftest import RIGHT, UNIT, lesson_of, unit_source

HandIn = Callable[..., Path]
SQUARED = {**RIGHT, "double": "def double(x):\n    return x * x"}


def only(course: Course, student: str = "ada") -> Result:
    [result] = grade_unit(course, UNIT, [student])
    return result


def test_honest_work_scores_by_criteria_and_names_the_misconception(mini_course: Course, hand_in: HandIn):
    hand_in("ada", {**RIGHT, "why": "Because."})
    hand_in("bo", SQUARED)
    hand_in("cy", {})
    steps: list[Progress] = []
    ada, bo, cy = grade_unit(mini_course, UNIT, on_progress=steps.append)
    assert ada.status is bo.status is cy.status is Outcome.GRADED
    assert dict(ada.scores) == {"double": (3, 3), "triple": (2, 2), "why": (None, 1)}
    assert (ada.total, ada.points, ada.waiting) == (5, 6, ("why",))
    assert dict(bo.scores) == {"double": (1, 3), "triple": (2, 2), "why": (0, 1)}
    assert bo.misconceptions == {"double": "squared"}
    assert cy.total == 0
    assert [(step.done, step.total, step.at_work) for step in steps] == [
        (0, 3, ("ada",)),
        (1, 3, ("bo",)),
        (2, 3, ("cy",)),
        (3, 3, ()),
    ]
    assert [step.last for step in steps] == [None, ada, bo, cy]


def test_one_broken_dead_or_endless_notebook_never_stops_the_others(mini_course: Course, hand_in: HandIn):
    lesson = lesson_of(unit_source())
    dead, endless = type_in(lesson, RIGHT), type_in(lesson, RIGHT)
    dead.cells.insert(4, new_code_cell("import os\nos._exit(1)"))
    endless.cells.insert(4, new_code_cell("while True:\n    pass"))
    hand_in("broken", content=nbformat.writes(type_in(lesson, RIGHT))[:-100])
    hand_in("dead", content=dead)
    hand_in("endless", content=endless)
    hand_in("fine", RIGHT)
    result = {r.student: r for r in grade_unit(mini_course, UNIT)}
    open_marks = {"double": (None, 3), "triple": (None, 2), "why": (None, 1)}
    assert result["broken"].status is Outcome.BROKEN
    assert "broken JSON" in result["broken"].reason
    assert dict(result["broken"].scores) == open_marks
    assert result["dead"].status is Outcome.PARTLY_GRADED
    assert result["dead"].reason == (
        "crashed: the kernel died in the cell that starts with `import os`; open: triple"
    )
    assert dict(result["dead"].scores) == {"double": (3, 3), "triple": (None, 2), "why": (0, 1)}
    assert result["endless"].status is Outcome.TIMED_OUT
    assert result["endless"].reason == "the cell that starts with `while True:` did not end in time"
    assert result["endless"].total == 5
    assert result["fine"].total == 5
    page = mini_course.root / "autograded" / "broken" / UNIT / f"{UNIT}.ipynb"
    assert "could not be graded" in page.read_text(encoding="utf-8")


def test_duplicated_deleted_and_edited_cells_are_put_right(mini_course: Course, hand_in: HandIn):
    notebook = type_in(lesson_of(unit_source()), RIGHT)
    answer, check_double = notebook.cells[2], notebook.cells[3]
    notebook.cells[5]["source"] = "pass"
    for duplicate in (answer, check_double):
        notebook.cells.append(nbformat.from_dict({**duplicate, "id": f"{duplicate.id}-2"}))
    del notebook.cells[6:8]
    notebook.cells[4].metadata.nbgrader.schema_version = 99
    hand_in("ada", content=notebook)
    result = only(mini_course)
    assert result.status is Outcome.GRADED
    assert dict(result.scores) == {"double": (3, 3), "triple": (2, 2), "why": (None, 1)}
    assert "double was there more than once: the last one counts" in result.remarks
    assert "why was missing: put back" in result.remarks


def test_a_check_that_never_gave_a_verdict_scores_nothing(mini_course: Course, hand_in: HandIn):
    notebook = type_in(
        lesson_of(unit_source()), {"double": "double = 2", "triple": "check = print\ntriple = 3"}
    )
    hand_in("ada", content=notebook)
    assert dict(only(mini_course).scores) == {"double": (0, 3), "triple": (0, 2), "why": (0, 1)}


def test_a_half_graded_hand_in_of_a_killed_run_is_graded_again(mini_course: Course, hand_in: HandIn):
    hand_in("ada", RIGHT)
    half = mini_course.root / "autograded" / "ada" / UNIT
    half.mkdir(parents=True)
    (half / f"{UNIT}.ipynb").write_text("{}", encoding="utf-8")
    (mini_course.root / "autograded" / ".grading-left-over").mkdir()
    assert only(mini_course).total == 5
    assert [p.name for p in (mini_course.root / "autograded").glob("[!.]*")] == ["ada"]
    assert not list((mini_course.root / "autograded").glob(".grading-*"))


def test_two_runs_at_once_do_not_mix(mini_course: Course, hand_in: HandIn):
    from filelock import FileLock

    hand_in("ada", RIGHT)
    (mini_course.root / "autograded").mkdir()
    with (
        FileLock(mini_course.root / "autograded" / ".grading.lock"),
        pytest.raises(CourseError, match="already"),
    ):
        grade_unit(mini_course, UNIT)


def test_marks_by_hand_survive_regrading(mini_course: Course, hand_in: HandIn):
    from nbgrader.api import Gradebook

    hand_in("ada", {**RIGHT, "why": "Because."})
    only(mini_course)
    with Gradebook(f"sqlite:///{mini_course.root}/gradebook.db") as gradebook:
        gradebook.find_grade("why", UNIT, UNIT, "ada").manual_score = 0.5
        gradebook.db.commit()
    assert only(mini_course).scores["why"] == (0.5, 1)


def test_a_late_hand_in_says_by_how_much(mini_course: Course, hand_in: HandIn):
    hand_in("ada", RIGHT, timestamp="2027-02-05 18:30:00 UTC")
    assert only(mini_course).remarks == ("1 hour 30 minutes late",)


def test_an_unknown_unit_or_student_is_answered_with_the_nearest_name(mini_course: Course, hand_in: HandIn):
    hand_in("student-01", RIGHT)
    with pytest.raises(CourseError, match="Did you mean 01-multiply"):
        grade_unit(mini_course, "01-multipyl")
    with pytest.raises(CourseError, match="Did you mean student-01"):
        grade_unit(mini_course, UNIT, ["student-1"])
    with pytest.raises(CourseError, match="Nobody has handed in 02-later"):
        grade_unit(mini_course, "02-later")
