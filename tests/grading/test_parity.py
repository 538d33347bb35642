"""Whatever nbgrader can grade, `course grade` grades to the same points; all who show a total show the same.

Thirty hand-ins of a unit with a cell of every kind are graded by `nbgrader autograde` and by `course grade`,
each in a copy of the same course.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import Course
from autograder.grading.gradebook.gradebook import gradebook_of
from autograder.grading.nbgrader_inside import at_work
from tests.grading.parity_class import (
    HAND_INS,
    POINTS,
    QUESTIONS,
    SETTLED,
    TASK,
    TESTED,
    UNIT,
    hand_in,
    make_course,
)

ROOT = Path(__file__).parents[2]
COURSE = "from autograder.cli import app; app()"
NBGRADER = "from nbgrader.apps.nbgraderapp import main; main()"
EXERCISES = (*TESTED, *QUESTIONS, TASK)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")


def run(root: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Course]:
    """The course as `course grade` left it, and as `nbgrader autograde` did."""
    folder = tmp_path_factory.mktemp("parity")
    stock, ours = folder / "stock", folder / "ours"
    make_course(stock, ROOT / "nbgrader_config.py")
    made = run(stock, NBGRADER, "generate_assignment", UNIT, "--create")
    assert made.returncode == 0, made.stderr
    hand_in(stock, nbformat.read(stock / "lessons" / UNIT / f"{UNIT}.ipynb", as_version=4))
    shutil.copytree(stock, ours, ignore=shutil.ignore_patterns("gradebook.db"))
    done = -1  # where the machine is busy, nbgrader gives up on some: it tries those again
    while done < (now := len(list((stock / "autograded").glob(f"*/{UNIT}/*.ipynb")))):
        done = now
        run(stock, NBGRADER, "autograde", UNIT, "--create")
    graded = run(ours, COURSE, "grade", UNIT)
    assert "Traceback" not in graded.stderr, graded.stderr
    return Course.load(ours), Course.load(stock)


def scores(course: Course) -> dict[str, dict[str, float | None]]:
    """What grading gave, by student and exercise; only of those who have a graded notebook."""
    with at_work(), gradebook_of(course) as book:
        return {
            submission.student_id: {grade.name: grade.auto_score for grade in submission.notebooks[0].grades}
            for submission in book.assignment_submissions(UNIT)
            if (course.root / "autograded" / submission.student_id / UNIT / f"{UNIT}.ipynb").is_file()
        }


@pytest.fixture(scope="module")
def given(both: tuple[Course, Course]) -> tuple[dict[str, Any], dict[str, Any]]:
    ours, stock = both
    return scores(ours), scores(stock)


def test_there_are_thirty_and_stock_nbgrader_gave_full_points_for_each_exercise(given: tuple[Any, Any]):
    ours, stock = given
    assert len(HAND_INS) >= 30
    assert set(ours) == set(HAND_INS)
    best = {name: max(scores[name] or 0 for scores in stock.values()) for name in TESTED}
    assert best == {name: points for name, (points, *_) in TESTED.items()}


@pytest.mark.parametrize("student", HAND_INS)
def test_points_are_equal_wherever_stock_gives_any(given: tuple[Any, Any], student: str):
    """Where stock gives none, ours are none, too, or a person gives them."""
    ours, stock = given[0][student], given[1].get(student, {})
    assert {name: ours[name] for name, score in stock.items() if score} == {
        name: pytest.approx(score) for name, score in stock.items() if score
    }
    assert [name for name, score in stock.items() if not score and ours[name]] == (
        ["mean"] if student == "deleted-a-test" else []  # nbgrader leaves it open; here it is put back
    )


def test_a_question_or_a_task_that_stock_leaves_to_a_person_waits_here_too(given: tuple[Any, Any]):
    ours, stock = given
    waits = {(s, name) for s in stock for name in (*QUESTIONS, TASK) if stock[s][name] is None}
    assert {name for _, name in waits} == {*SETTLED}
    assert [pair for pair in sorted(waits) if ours[pair[0]][pair[1]] is not None] == []


def test_what_stock_gives_no_score_at_all_keeps_what_was_reached_and_the_rest_is_open(
    given: tuple[Any, Any],
):
    ours, stock = given
    assert not {"crashes", "crashes-in-c"} & set(stock)
    reached = {"crashes": ["sigmoid", "mean", "clip"], "crashes-in-c": ["sigmoid", "mean"]}
    for student, names in reached.items():
        for name, (points, *_) in TESTED.items():
            assert ours[student][name] == (points if name in names else None), (student, name)


def test_a_warning_costs_nothing_before_a_person_has_looked(given: tuple[Any, Any]):
    assert not given[1].get("warns", {}).get("mean")
    assert given[0]["warns"]["mean"] is None


@pytest.fixture(scope="module")
def settled(both: tuple[Course, Course]) -> Course:
    """Ours, after a teacher has marked what waits; one gets extra credit, and one is late."""
    course = both[0]
    with at_work(), gradebook_of(course) as book:
        for submission in book.assignment_submissions(UNIT):
            for grade in submission.notebooks[0].grades:
                if grade.name in SETTLED and grade.auto_score is None:
                    grade.manual_score, grade.needs_manual_grade = SETTLED[grade.name], False
                if grade.name == "why" and submission.student_id == "right-02":
                    grade.extra_credit = 0.75
        book.db.commit()
    return course


def test_totals_are_equal_in_all_five_places(settled: Course):
    root = settled.root
    written = run(root, COURSE, "feedback", UNIT)
    assert written.returncode == 0, written.stdout
    exported = run(root, NBGRADER, "export", "--to", "grades.csv")
    assert exported.returncode == 0, exported.stderr
    with (root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    formgrader = {one["student"]: one for one in what_formgrader_shows(settled)}
    [report] = json.loads(run(root, COURSE, "report", UNIT, "--json").stdout)
    table = {one["student"]: one for one in json.loads(run(root, COURSE, "grade", UNIT, "--json").stdout)}
    assert set(table) == set(rows) == set(formgrader) == set(HAND_INS)
    assert table["right-but-late"]["late_penalty"] > 0
    assert table["right-02"]["total"] == pytest.approx(table["right-01"]["total"] + 0.75)
    for student, one in table.items():
        page = (root / "feedback" / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
        score, most = re.search(r"<caption>([\d.]+) of ([\d.]+) points", page).groups()  # type: ignore[union-attr]
        total = pytest.approx(one["total"], abs=0.006)  # feedback shows two decimals
        assert (float(score), float(most)) == (total, POINTS), student
        assert float(rows[student]["score"]) == total
        assert float(rows[student]["late_submission_penalty"]) == pytest.approx(one["late_penalty"])
        assert formgrader[student]["score"] == pytest.approx(one["total"] + one["late_penalty"])
        assert {one["points"], float(rows[student]["max_score"]), formgrader[student]["max_score"]} == {
            POINTS
        }
        assert list(one["scores"]) == list(EXERCISES)
    assert report["points"] == POINTS
    assert report["mean"] == pytest.approx(sum(one["total"] for one in table.values()) / len(table))


def what_formgrader_shows(course: Course) -> list[dict[str, Any]]:
    """The answer of its address /formgrader/api/submissions/UNIT."""
    asked = (
        "import json, sys\nfrom nbgrader.apps import NbGraderAPI\n"
        "from nbgrader.coursedir import CourseDirectory\n"
        "from autograder.course import Course\nfrom autograder.grading.nbgrader_inside import read_config\n"
        "config = read_config(Course.load('.'))\n"
        "api = NbGraderAPI(CourseDirectory(config=config, root='.'), config=config)\n"
        "print(json.dumps(api.get_submissions(sys.argv[1])))"
    )
    return json.loads(run(course.root, asked, UNIT).stdout)
