"""The engine skips unchanged work and nothing else, keeps what people marked, and gives each a status."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from ruamel.yaml import YAML

from autograder.course import Course, CourseError
from autograder.grading import Outcome, Progress
from autograder.grading.engine import task, tasks
from autograder.grading.engine.engine import grade_unit
from autograder.grading.engine.task import fingerprint
from autograder.grading.engine.worker_pool import WorkerPool
from autograder.grading.gradebook.gradebook import gradebook_of
from autograder.grading.nbgrader_inside import at_work
from autograder.grading.results import Graded
from tests.grading.kills import compared
from tests.grading.small_class import (
    IN_TIME,
    LATE,
    UNIT,
    by_student,
    hand_in,
    left_by_grading,
    make_course,
    samples,
    the_class,
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
    pytest.mark.usefixtures("same_code"),
]

NO_CHILD = "a hand-in was run"
OPEN = dict.fromkeys(("which-constant", "activation", "activation-slope", "divide", "multiply-weights"))


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The class of six, graded by two workers. Nobody may change it."""
    course = make_course(tmp_path_factory.mktemp("graded") / "course", the_class())
    grade_unit(course, UNIT, jobs=2)
    return course


@pytest.fixture
def graded(tmp_path: Path, graded_once: Course) -> Course:
    """A copy of it."""
    return Course.load(Path(shutil.copytree(graded_once.root, tmp_path / "course")))


def change_settings(course: Course, **grading: Any) -> Course:
    path = course.root / "course.yml"
    content = YAML().load(path.read_text(encoding="utf-8"))
    content["grading"].update(grading)
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(content, file)
    return Course.load(course.root)


def in_gradebook(course: Course, do: Callable[[Any], Any]) -> Any:
    with at_work(), gradebook_of(course) as book:
        found = do(book)
        book.db.commit()
        return found


def mark(course: Course, student: str, exercise: str, score: float, comment: str = "") -> None:
    """As a person does in formgrader."""

    def do(book: Any) -> None:
        book.find_grade(exercise, UNIT, UNIT, student).manual_score = score
        if comment:
            book.find_comment(exercise, UNIT, UNIT, student).manual_comment = comment

    in_gradebook(course, do)


def test_each_hand_in_of_a_class_has_its_status_scores_and_late_penalty(graded_once: Course):
    left = left_by_grading(graded_once)
    notes = left["notes"]
    assert {student: note["status"] for student, note in notes.items()} == {
        "ada": "graded",
        "bo": "graded",
        "cy": "graded",
        "dee": "partly graded",
        "eve": "timed out",
        "fay": "broken",
    }
    assert notes["ada"]["scores"] == {
        **OPEN,
        "activation": 3,
        "activation-slope": 3,
        "divide": 2,
        "multiply-weights": 3,
    }
    assert notes["dee"]["scores"] == {**OPEN, "activation": 3, "activation-slope": 3}
    assert notes["fay"]["scores"] == OPEN
    assert notes["eve"]["reason"] == "the cell that starts with `import time` did not end in time"
    penalties = [
        row["late_submission_penalty"]
        for row in map(json.loads, left["gradebook"])
        if row["table"] == "submitted_notebook"
    ]
    assert sorted(penalty for penalty in penalties if penalty) == [0.9, 1.2]
    assert left["others"] == []


def test_unchanged_work_is_not_run_again(graded: Course, monkeypatch: pytest.MonkeyPatch):
    before = left_by_grading(graded)
    files = {path: path.stat().st_mtime_ns for path in (graded.root / "autograded").rglob("*.ipynb")}

    def refuse(*_: Any) -> Iterator[Graded]:
        raise AssertionError(NO_CHILD)

    monkeypatch.setattr(WorkerPool, "grade", refuse)
    processes = set(psutil.Process().children(recursive=True))
    steps: list[Progress] = []
    results = by_student(grade_unit(graded, UNIT, on_progress=steps.append))
    assert set(psutil.Process().children(recursive=True)) <= processes
    assert [(step.done, step.unchanged) for step in steps] == [(6, 6)]
    assert compared(before, left_by_grading(graded), "left") == []
    assert {path: path.stat().st_mtime_ns for path in files} == files
    assert results["dee"].reason.startswith("crashed: the cell that starts with `import os`")
    assert results["bo"].misconceptions["activation"] == "log10"
    assert (results["bo"].late_penalty, results["eve"].late_penalty) == (1.2, 0.9)


def test_a_changed_hand_in_is_graded_again_and_nobody_elses(graded: Course, here: list[str]):
    hand_in(graded, "cy", samples()["student-03"])
    results = by_student(grade_unit(graded, UNIT))
    assert here == ["cy"]
    assert results["cy"].total == 11
    assert left_by_grading(graded)["notes"]["cy"]["scores"]["divide"] == 2


def test_a_changed_lesson_limit_or_course_code_is_graded_again(
    graded: Course, here: list[str], monkeypatch: pytest.MonkeyPatch
):
    source = graded.source(UNIT)
    source.write_text(source.read_text(encoding="utf-8").replace("# ", "#  ", 1), encoding="utf-8")
    grade_unit(graded, UNIT, ["fay"])
    assert here == ["fay"]
    other = change_settings(graded, memory_mb=1999)
    grade_unit(other, UNIT, ["fay"])
    assert here == ["fay"] * 2
    monkeypatch.setattr(task, "fingerprint", lambda: "other code")
    grade_unit(other, UNIT, ["fay"])
    assert here == ["fay"] * 3
    grade_unit(other, UNIT, ["fay"])
    assert here == ["fay"] * 3


def test_the_course_code_and_the_packages_make_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    packages = tmp_path / "site-packages"
    (packages / "numpy-1.0.dist-info").mkdir(parents=True)
    module = tmp_path / "package" / "inner" / "module.py"
    module.parent.mkdir(parents=True)
    module.write_text("x = 1")
    monkeypatch.setattr(task, "__file__", str(module))
    monkeypatch.setattr(task, "site_packages", lambda: [packages])
    seen = {fingerprint.__wrapped__()}
    seen.add(fingerprint.__wrapped__())
    assert len(seen) == 1
    module.write_text("x = 2")
    seen.add(fingerprint.__wrapped__())
    (packages / "numpy-1.0.dist-info").rename(packages / "numpy-1.1.dist-info")
    seen.add(fingerprint.__wrapped__())
    assert len(seen) == 3


def test_marks_and_comments_by_hand_are_kept(graded: Course, here: list[str]):
    mark(graded, "bo", "which-constant", 2, "well seen")
    mark(graded, "bo", "activation", 2.5)
    hand_in(graded, "bo", samples()["student-08"], LATE)
    [result] = grade_unit(graded, UNIT, ["bo"])
    assert here == ["bo"]
    assert result.scores["which-constant"] == (2, 2)
    assert result.scores["activation"] == (2.5, 3)
    assert result.scores["activation-slope"] == (0, 3)
    assert result.late_penalty == pytest.approx(0.3 * 4.5)

    def look(book: Any) -> tuple[str, bool, float]:
        grade = book.find_grade("activation", UNIT, UNIT, "bo")
        comment = book.find_comment("which-constant", UNIT, UNIT, "bo")
        return comment.comment, grade.needs_manual_grade, grade.auto_score

    assert in_gradebook(graded, look) == ("well seen", True, 3)


def test_a_late_penalty_follows_marks_and_extensions_without_a_run(graded: Course, here: list[str]):
    mark(graded, "bo", "which-constant", 2)
    [result] = grade_unit(graded, UNIT, ["bo"])
    assert result.late_penalty == pytest.approx(0.3 * 6)
    in_gradebook(graded, lambda book: book.grant_extension(UNIT, "bo", days=2))
    [result] = grade_unit(graded, UNIT, ["bo"])
    assert result.late_penalty == pytest.approx(0.1 * 6)
    hand_in(graded, "bo", the_class()["bo"][0], IN_TIME)
    [result] = grade_unit(graded, UNIT, ["bo"])
    assert result.late_penalty == 0
    assert here == []


@pytest.mark.parametrize("damage", ["", "{", '{"key": 1}', "[]", "cut", "\0"])
def test_a_damaged_note_means_graded_again(graded: Course, here: list[str], damage: str):
    note = graded.root / ".grading" / UNIT / "fay.json"
    whole = json.loads(note.read_text())
    note.write_text(json.dumps({"key": whole["key"], "status": "?"}) if damage == "cut" else damage)
    [result] = grade_unit(graded, UNIT, ["fay"])
    assert here == ["fay"]
    assert result.status is Outcome.BROKEN
    assert json.loads(note.read_text()) == whole


def test_a_note_counts_only_with_what_is_in_the_gradebook_and_in_its_place(graded: Course, here: list[str]):
    def spoil(book: Any) -> None:
        book.find_grade("divide", UNIT, UNIT, "ada").auto_score = 0

    in_gradebook(graded, spoil)
    shutil.rmtree(graded.root / "autograded" / "fay")
    assert by_student(grade_unit(graded, UNIT))["ada"].scores["divide"] == (2, 2)
    assert here == ["ada", "fay"]
    (graded.root / "gradebook.db").unlink()
    assert grade_unit(graded, UNIT, ["fay"])[0].status is Outcome.BROKEN
    assert here == ["ada", "fay", "fay"]


def test_a_hand_in_is_read_once_and_graded_as_it_was_then(
    tmp_path: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
):
    course = make_course(tmp_path / "course", ["ada"])
    read: list[str] = []
    one = tasks.read_one
    monkeypatch.setattr(tasks, "read_one", lambda *asked: read.append(asked[1]) or one(*asked))

    def lose(_: Progress) -> None:
        shutil.rmtree(course.root / "submitted" / "ada", ignore_errors=True)

    [result] = grade_unit(course, UNIT, on_progress=lose)
    assert (read, here, result.status, result.total) == (["ada"], ["ada"], Outcome.GRADED, 11)


def test_a_hand_in_that_vanishes_meanwhile_has_a_reason_and_stops_nobody(
    tmp_path: Path, here: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tasks, "MOST_KEPT", 0)
    course = make_course(tmp_path / "course", ["ada", "fay"])

    def lose(_: Progress) -> None:
        shutil.rmtree(course.root / "submitted" / "ada", ignore_errors=True)

    results = by_student(grade_unit(course, UNIT, on_progress=lose))
    assert here == ["ada", "fay"]
    assert results["ada"].status is Outcome.BROKEN
    assert results["ada"].reason == f"{UNIT}.ipynb cannot be read: no such file or directory"
    assert all(score is None for score, _ in results["ada"].scores.values())
    hand_in(course, "ada", samples()["student-01"])
    assert by_student(grade_unit(course, UNIT))["ada"].total == 11


def test_only_the_students_named_are_graded(tmp_path: Path, here: list[str]):
    course = make_course(tmp_path / "course", ["ada", "cy", "fay"])
    assert [r.student for r in grade_unit(course, UNIT, ["fay", "cy", "fay"])] == ["cy", "fay"]
    assert here == ["cy", "fay"]
    assert sorted(left_by_grading(course)["notes"]) == ["cy", "fay"]
    with pytest.raises(CourseError, match=r"by 'fya'\. Did you mean fay"):
        grade_unit(course, UNIT, ["fya"])


def test_one_worker_that_is_killed_leaves_what_two_in_peace_leave(tmp_path: Path, graded_once: Course):
    course = make_course(tmp_path / "course", the_class())
    killed: list[int] = []

    def kill_first(step: Progress) -> None:
        if killed or not step.done:
            return
        workers = [c for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline())]
        if workers:
            killed.append(workers[-1].pid)
            workers[-1].kill()

    grade_unit(course, UNIT, jobs=1, on_progress=kill_first)
    assert killed
    assert compared(left_by_grading(graded_once), left_by_grading(course), "left") == []
