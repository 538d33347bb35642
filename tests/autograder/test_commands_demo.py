"""`course demo` grades in the sandbox; where there is none, it says first that its own class runs as you."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.commands import build
from autograder.commands.demo import demo, fitting, make_scratch_course
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.grading import Outcome, Result
from autograder.grading.handins import sample_class
from autograder.grading.sandbox import probing
from autograder.grading.sandbox.probing import best_level

ROOT = Path(__file__).parents[2]


@contextmanager
def nothing_shown(*_: str):
    yield lambda *_: None


@pytest.mark.parametrize("sandboxed", [True, False])
def test_the_demo_says_where_it_grades(
    sandboxed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    if sandboxed and best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    one = next(s for s in sample_class.read_class(ROOT / "tests" / "class") if s.student == "student-06")
    monkeypatch.setattr(sample_class, "read_class", lambda _: [one])
    monkeypatch.setattr(build, "build", lambda *_, **__: build.BuildReport())
    if not sandboxed:
        monkeypatch.setattr(probing, "best_level", lambda: None)
    shown = demo(Course.load(ROOT), nothing_shown, nothing_shown, tmp_path / "demo")
    said = capsys.readouterr().out
    assert shown.ok
    assert ("Graded 1 hand-ins in the sandbox" in said) is sandboxed
    assert (
        "This machine has no sandbox: these hand-ins, which are the course's own, run as you." in said
    ) is (not sandboxed)


UNIT = "02-divide-by-hand"
SAMPLES = sample_class.read_class(ROOT / "tests" / "class")
Cells = list[dict[str, Any]]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The unit 02 of the course, as a teacher has it."""
    return make_scratch_course(Course.load(ROOT), tmp_path / "course", units={UNIT})


def change(course: Course, make: Callable[[Cells], Cells]) -> None:
    path = course.lesson(UNIT)
    lesson = json.loads(path.read_text(encoding="utf-8"))
    lesson["cells"] = make(lesson["cells"])
    path.write_text(json.dumps(lesson), encoding="utf-8")


def grade_id(cell: dict[str, Any]) -> str:
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def test_a_unit_counts_while_it_has_the_exercises_of_the_table_in_their_order(course: Course):
    own = [sample for sample in SAMPLES if sample.unit == UNIT]
    assert fitting(course, SAMPLES) == (own, [])
    new = {"grade": True, "grade_id": "new", "points": 1, "solution": False, "task": False, "locked": True}
    cell = {"cell_type": "code", "id": "new", "metadata": {"nbgrader": new}, "source": "", "outputs": []}
    change(course, lambda cells: [*cells, {**cell, "execution_count": None}])
    assert fitting(course, SAMPLES) == (own, [])


@pytest.mark.parametrize(
    "make",
    [
        lambda cells: [cell for cell in cells if grade_id(cell) != "divide"],
        lambda cells: [*cells[::-1]],
    ],
)
def test_a_unit_that_has_others_is_left_out(course: Course, make: Callable[[Cells], Cells]):
    change(course, make)
    with pytest.raises(CourseError, match="No unit of this course is one of the sample class"):
        fitting(course, SAMPLES)


def test_where_points_changed_the_same_share_is_expected_and_of_new_exercises_nothing():
    sample = next(s for s in SAMPLES if s.unit == UNIT and s.student == "student-06")
    points = {**sample.points, "activation": 6.0}
    scores = {n: (None if s == "waits" else float(s), float(points[n])) for n, s in sample.scores.items()}
    scores |= {"activation": (2.0, 6.0), "new": (0.0, 4.0)}
    named = {**sample.misconceptions, "new": "some-mistake"}
    assert sample.differences(Result("x", UNIT, Outcome.GRADED, "", scores, named)) == []
    scores["activation"] = (1.0, 6.0)
    assert sample.differences(Result("x", UNIT, Outcome.GRADED, "", scores, named)) == [
        "activation: 1.0, not 2.0"
    ]


def test_neither_limits_nor_the_gradebook_of_the_teacher_are_the_demos(course: Course, tmp_path: Path):
    path = course.root / "course.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "  cpu_seconds: 1\n  gradebook: sqlite:///mine.db\n", encoding="utf-8")
    scratch = make_scratch_course(Course.load(course.root), tmp_path / "demo")
    assert scratch.grading.gradebook is None
    assert scratch.grading.cpu_seconds == 600


def test_outside_the_repository_the_demo_says_where_it_can_be_run(course: Course, tmp_path: Path):
    with pytest.raises(CourseError, match="the sample class belongs to the repository"):
        demo(course, nothing_shown, nothing_shown, tmp_path / "demo")
