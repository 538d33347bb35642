"""Of several hand-ins the last or the best counts; none is lost, and none is run without need."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

from autograder.commands.extend import extend
from autograder.commands.history import rows
from autograder.course import Course
from autograder.grading.engine.engine import grade_unit
from autograder.grading.gradebook.class_report import graded_results
from autograder.grading.handins.collecting import Fate, collect
from autograder.grading.results import Result
from tests.grading.small_class import UNIT, make_course, samples
from tests.grading.test_engine import change_settings, mark

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
    pytest.mark.usefixtures("same_code"),
]
DUE = "2026-02-19 18:00"
PARTLY, FULLY, LITTLE = "student-08", "student-01", "student-06"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = make_course(tmp_path / "course", counts="best")
    path = course.root / "course.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2027-02-19 18:00", DUE), encoding="utf-8")
    return Course.load(course.root)


def hand_in(course: Course, sample: str, received: str) -> Fate:
    folder = course.root.parent / received / "ada"
    folder.mkdir(parents=True, exist_ok=True)
    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    (folder / f"{UNIT}.ipynb").write_bytes(samples()[sample].notebook(lesson))
    (folder / "own.txt").write_text(sample, encoding="utf-8")
    [entry] = collect(course, [folder.parent], received=received)
    return entry.fate


def graded(course: Course) -> Result:
    [result] = grade_unit(course, UNIT)
    return result


def lies_here(course: Course) -> tuple[str, str]:
    folder = course.root / "submitted" / "ada" / UNIT
    return (folder / "own.txt").read_text(), (folder / "timestamp.txt").read_text()


def test_the_best_after_lateness_counts_and_follows_an_extension(course: Course, here: list[str]):
    hand_in(course, PARTLY, "2026-02-18 12:00")
    hand_in(course, FULLY, "2026-02-20 12:00")  # a day late: 11 points less 10 %
    assert hand_in(course, LITTLE, "2026-02-20 13:00") is Fate.REPLACED
    first = graded(course)
    assert lies_here(course) == (FULLY, "2026-02-20 11:00:00 UTC")
    assert (first.total, first.late_penalty) == (9.9, 1.1)
    assert first.remarks[-1].startswith(
        "the best of 3 hand-ins counts, of 2026-02-20 12:00: 9.9 points, not "
    )
    assert len(here) == 3  # the best was run once
    assert (graded(course).total, len(here)) == (9.9, 3)
    # the one that came last is kept, and known
    assert hand_in(course, LITTLE, "2026-02-20 13:00") is Fate.KNOWN

    course = change_settings(course, late_penalty_per_day=80)
    in_time = graded(course)
    assert lies_here(course)[0] == PARTLY and in_time.late_penalty == 0
    assert in_time.total == 3
    assert len(here) == 4  # it is entered by a run of its own
    extend(course, "ada", UNIT, "2026-02-20")
    assert (graded(course).total, lies_here(course)[0], len(here)) == (11, FULLY, 5)
    [shown] = graded_results(course, UNIT)
    assert (shown.total, shown.remarks) == (11, ("extended to 2026-02-20 23:59",))

    student, handed_in = rows(course, "ada")
    assert student == "ada"
    assert [(row.handed_in, row.what) for row in handed_in] == [
        ("2026-02-18 12:00", "kept aside"),
        ("2026-02-20 12:00", "counts"),
        ("2026-02-20 13:00", "kept aside"),
    ]
    assert handed_in[1].points == 11 and all((course.root / row.file).is_file() for row in handed_in)

    course = change_settings(course, counts="last")
    assert graded(course).remarks[-1] == "the last of 3 hand-ins counts, of 2026-02-20 13:00"
    assert lies_here(course)[0] == LITTLE


def test_marks_by_hand_stay_whichever_counts(course: Course, here: list[str]):
    hand_in(course, FULLY, "2026-02-18 12:00")
    graded(course)
    mark(course, "ada", "which-constant", 2)
    exact, secret = "2026-02-18 11:00:00.123456 UTC", "0" * 128  # by which the exchange knows it
    folder = course.root / "submitted" / "ada" / UNIT
    for name, text in (("timestamp.txt", exact), ("submission_secret.txt", secret)):
        (folder / name).write_text(text)
    hand_in(course, PARTLY, "2026-02-18 13:00")
    result = graded(course)
    assert (lies_here(course)[0], result.total, result.scores["which-constant"]) == (FULLY, 13, (2, 2))
    assert len(here) == 2 + 1
    assert lies_here(course)[1] == exact and (folder / "submission_secret.txt").read_text() == secret


def test_what_only_an_inner_name_said_is_no_choice(course: Course, tmp_path: Path, here: list[str]):
    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    forged = tmp_path / "box" / "mallory" / "ada" / f"{UNIT}.ipynb"
    other = tmp_path / "box" / "mallory" / "bo" / f"{UNIT}.ipynb"
    for path in (forged, other):
        path.parent.mkdir(parents=True)
        path.write_bytes(samples()[FULLY].notebook(lesson))
    collect(course, [tmp_path / "box"])
    hand_in(course, PARTLY, "2026-02-18 12:00")
    grade_unit(course, UNIT, ["ada"])
    assert lies_here(course)[0] == PARTLY and here == ["ada"]
    assert [row.what for row in rows(course, "ada")[1]].count("counts") == 1
