"""Exercises and points may change after a class was graded: marks stay, old points are told from new ones."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.commands.report_page import summary
from autograder.grading.gradebook.class_report import class_report, graded_results
from autograder.grading.gradebook.gradebook import OLDER_MARK, gradebook_of, register
from autograder.grading.gradebook.late_penalty import Export
from autograder.grading.nbgrader_inside import at_work, read_config
from tests.conftest import cell, nbgrader
from tests.grading.desk import Desk
from tests.grading.parity_class import RIGHT, UNIT, WRITTEN

ANSWERED = {**RIGHT, **WRITTEN}
Cells = list[dict[str, Any]]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Two hand-ins; of ada's, a question and a check are marked by hand."""
    desk = Desk(tmp_path_factory.mktemp("desk") / "course")
    for student in ("ada", "bo"):
        desk.hand_in(ANSWERED, student=student)
    desk.mark("why", 1.5)
    desk.mark("mean", 2.0)
    return desk


@pytest.fixture
def desk(fresh: Desk, tmp_path: Path) -> Desk:
    return fresh.copied(tmp_path / "course")


def change(desk: Desk, make: Callable[[Cells], Cells]) -> str:
    """Change the cells of the source; return the sentence with which the gradebook follows."""
    path = desk.course.source(UNIT)
    source = json.loads(path.read_text(encoding="utf-8"))
    source["cells"] = make(source["cells"])
    path.write_text(json.dumps(source), encoding="utf-8")
    with at_work() as log:
        made = register(desk.course, UNIT, read_config(desk.course), desk.course.root / ".lessons", log)
    desk.lesson = made.lesson
    return made.changed


def name_of(one: dict[str, Any]) -> str:
    return one["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix("-answer")


def without(name: str) -> Callable[[Cells], Cells]:
    return lambda cells: [one for one in cells if name_of(one) != name]


def with_points(name: str, points: float) -> Callable[[Cells], Cells]:
    def make(cells: Cells) -> Cells:
        for one in cells:
            if name_of(one) == name and "points" in one["metadata"]["nbgrader"]:
                one["metadata"]["nbgrader"]["points"] = points
        return cells

    return make


def with_a_new_one(cells: Cells) -> Cells:
    answer = "### BEGIN SOLUTION\ndef half(x):\n    return x / 2\n### END SOLUTION"
    return [
        *cells,
        cell("code", answer, "half-answer", nbgrader("half-answer", solution=True)),
        cell("code", "assert half(4) == 2", "half", nbgrader("half", grade=True, locked=True, points=2)),
    ]


def marks(desk: Desk, student: str = "ada") -> dict[str, Any]:
    return {n: g["manual_score"] for n, g in desk.grades(student).items() if g["manual_score"] is not None}


def test_nothing_is_said_where_nothing_changed_and_where_cells_only_change_places(desk: Desk):
    assert change(desk, lambda cells: cells) == ""
    before = desk.grades()
    assert change(desk, lambda cells: [*cells[:2], *reversed(cells[2:])]) == ""
    assert desk.grades() == before


def test_an_exercise_that_is_added_waits_in_each_hand_in_and_every_mark_stays(desk: Desk):
    before = {n: (g["auto_score"], g["manual_score"]) for n, g in desk.grades().items()}
    said = change(desk, with_a_new_one)
    assert said == f"{UNIT} is not as it was graded: half new. Every mark given by hand stays."
    after = {n: (g["auto_score"], g["manual_score"]) for n, g in desk.grades().items()}
    assert after == {**before, "half": (None, None)}
    assert desk.grades("bo")["half"]["max_score"] == 2


def test_an_exercise_that_is_gone_counts_no_more_and_its_marks_come_back_with_it(desk: Desk):
    path = desk.course.source(UNIT)
    before, original = desk.grades(), json.loads(path.read_text(encoding="utf-8"))["cells"]
    said = change(desk, lambda cells: without("mean")(without("why")(cells)))
    assert "mean, why gone (marks are kept, and come back with it)" in said
    assert marks(desk) == {}
    assert desk.grades().keys() == before.keys() - {"mean", "why"}
    assert change(desk, lambda _: original).startswith(f"{UNIT} is not as it was graded: mean, why new.")
    kept = ("auto_score", "manual_score", "max_score", "needs_manual_grade")
    again = desk.grades()
    assert {n: [g[k] for k in kept] for n, g in again.items()} == {
        n: [g[k] for k in kept] for n, g in before.items()
    }


def test_marks_that_wait_to_come_back_stay_when_something_else_changes(desk: Desk):
    original = json.loads(desk.course.source(UNIT).read_text(encoding="utf-8"))["cells"]
    change(desk, without("why"))
    change(desk, lambda cells: with_points("mean", 3)(without("clip")(cells)))
    change(desk, lambda _: original)
    assert marks(desk) == {"why": 1.5, "mean": 2.0}


def test_a_mark_by_hand_asks_for_a_look_where_its_points_change(desk: Desk):
    assert "why 4 points, not 2" in change(desk, with_points("why", 4))
    [ada] = [one for one in graded_results(desk.course, UNIT) if one.student == "ada"]
    assert ada.scores["why"] == (1.5, 4.0)
    assert ada.asks["why"] == OLDER_MARK
    assert "mean" not in ada.asks


def test_the_report_says_which_hand_ins_were_graded_by_other_points(desk: Desk):
    assert class_report(desk.course, UNIT).graded_before == ""
    change(desk, with_points("mean", 5))
    desk.hand_in(ANSWERED, student="bo")
    said = summary(class_report(desk.course, UNIT))
    assert f"1 hand-in was graded before the exercises or points of {UNIT} changed (ada)" in said
    assert f"Next: course grade {UNIT}" in said
    desk.hand_in(ANSWERED, student="ada")
    assert class_report(desk.course, UNIT).graded_before == ""


def test_the_export_says_so_too(desk: Desk, caplog: pytest.LogCaptureFixture):
    change(desk, with_a_new_one)
    exporter = Export(config=read_config(desk.course), to=str(desk.course.root / "grades.csv"))
    with gradebook_of(desk.course) as book, caplog.at_level(logging.WARNING):
        exporter.log = logging.getLogger("export")
        exporter.export(book)
    assert "2 hand-ins were graded before" in caplog.text


def test_a_hand_in_of_a_new_exercise_is_entered_as_any_other(desk: Desk):
    change(desk, with_a_new_one)
    desk.hand_in({**ANSWERED, "half": "def half(x):\n    return x / 2"}, student="bo")
    assert desk.grades("bo").keys() == desk.grades("ada").keys()
    assert marks(desk) == {"why": 1.5, "mean": 2.0}
