"""Grading is held to the table beside the sample class, and stock nbgrader to the same scores."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest

from autograder.commands import build
from autograder.commands.check import check
from autograder.commands.demo import Shown, demo, make_scratch_course, take_in
from autograder.commands.report import write_page
from autograder.course import Course
from autograder.grading import OnProgress, Outcome, Result
from autograder.grading.gradebook.class_report import class_report
from autograder.grading.gradebook.gradebook import read_scores
from autograder.grading.handins.sample_class import Sample, read_answers, read_class
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

ROOT = Path(__file__).parents[2]
WARM_UP, UNIT = "01-warm-up", "02-divide-by-hand"
SAMPLES = read_class(Path(__file__).parent)
HONEST = [s for s in SAMPLES if s.unit == UNIT and s.status == "graded" and not s.damage]


@dataclass
class Class:
    shown: Shown
    said: str
    course: Course
    stock: Course
    stock_status: int
    stock_log: str

    def result(self, sample: Sample) -> Result:
        return next(r for r in self.shown.results if (r.unit, r.student) == (sample.unit, sample.student))


@contextlib.contextmanager
def no_bar(_: str) -> Iterator[Callable[[int, int, str], None]]:
    yield lambda *_: None


@contextlib.contextmanager
def unwatched() -> Iterator[OnProgress]:
    yield lambda _: None


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """`course demo` in a scratch folder, and at the same time stock nbgrader on the honest ones of unit 02.

    The build is left out: that lessons/ and solutions/ are as built has a test of its own.
    """
    course = Course.load(ROOT)
    stock = make_scratch_course(course, tmp_path_factory.mktemp("stock") / "demo", cell_timeout=120)
    take_in(stock, HONEST)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    with (stock.root / "stock.log").open("w") as log:
        subprocess.run(
            [*nbgrader, "generate_assignment", UNIT, "--force"], cwd=stock.root, stderr=log, check=True
        )
        run = subprocess.Popen([*nbgrader, "autograde", UNIT], cwd=stock.root, stdout=log, stderr=log)
        with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as said:
            patch.setattr(build, "build", lambda *_, **__: build.BuildReport())
            folder = tmp_path_factory.mktemp("demo") / "demo"
            shown = demo(course, no_bar, unwatched, folder)
        status = run.wait()
    graded_course = Course.load(folder)
    return Class(shown, said.getvalue(), graded_course, stock, status, (stock.root / "stock.log").read_text())


def test_the_class_is_as_the_course_says_it_is():
    assert len([s for s in SAMPLES if s.unit == WARM_UP]) == 6
    assert len([s for s in SAMPLES if s.unit == UNIT]) == 12
    files = {(path.parent.name, path.stem) for path in Path(__file__).parent.glob("*/student-*.py")}
    assert files == {(s.unit, s.student) for s in SAMPLES}
    shares = {s.scores["activation"] / 3 for s in SAMPLES if s.unit == UNIT and s.status == "graded"}
    assert {1 / 3, 1} <= shares
    assert any(0 in s.scores.values() for s in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.unit}-{s.student}")
def test_grading_gives_what_the_table_says(graded: Class, sample: Sample):
    assert sample.differences(graded.result(sample)) == []


def test_the_demo_says_so_and_writes_a_feedback_page_for_each(graded: Class):
    assert graded.shown.ok
    assert f"{len(SAMPLES)} of {len(SAMPLES)} scored as tests/class/class.yml says" in graded.said
    assert len(graded.shown.pages) == len(SAMPLES)
    page = next(p for p in graded.shown.pages if UNIT in str(p) and "student-06" in str(p))
    assert "1 of 3 points" in page.read_text(encoding="utf-8")
    broken = next(p for p in graded.shown.pages if "student-12" in str(p))
    assert "could not be graded" in broken.read_text(encoding="utf-8")


def test_what_is_built_on_a_wrong_answer_is_said_to_cost_nothing_in_check_and_feedback(graded: Class):
    page = next(p for p in graded.shown.pages if WARM_UP in str(p) and "student-05" in str(p))
    assert page.read_text(encoding="utf-8").count("that costs its points there, and none here") == 3
    path = graded.course.root / "submitted" / "student-05" / WARM_UP / f"{WARM_UP}.ipynb"
    assert [v.exercise for v in check(graded.course, path).exercises if not v.ok] == ["sigmoid"]


@pytest.mark.parametrize("sample", HONEST, ids=lambda s: s.student)
def test_stock_nbgrader_gives_honest_work_the_same_scores(graded: Class, sample: Sample):
    assert graded.stock_status == 0, graded.stock_log[-2000:]
    with at_work():
        folder = course_directory(graded.stock, read_config(graded.stock))
        scores, _ = read_scores(folder, UNIT, sample.student)
    assert scores == dict(graded.result(sample).scores)


@pytest.mark.parametrize("student", ["student-01", "student-06"])
def test_nbgraders_validate_gives_the_verdict_of_course_check(graded: Class, student: str):
    with at_work():
        from nbgrader.validator import Validator

        path = graded.stock.root / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        results = Validator(config=read_config(graded.stock)).validate(str(path))
    failed = {cell["source"].split('"')[1] for cell in results.get("failed", [])}
    assert failed == {verdict.exercise for verdict in check(graded.stock, path).exercises if not verdict.ok}
    assert bool(failed) == (student == "student-06")


def test_a_wrong_score_status_or_misconception_is_noticed(graded: Class):
    sample = next(s for s in SAMPLES if s.unit == UNIT and s.student == "student-06")
    result = graded.result(sample)
    assert sample.differences(replace(result, scores={**result.scores, "activation": (2.0, 3.0)})) == [
        "activation: 2.0, not 1.0"
    ]
    assert sample.differences(replace(result, scores={**result.scores, "which-constant": (0.0, 2.0)})) == [
        "which-constant: 0.0, not None"
    ]
    assert sample.differences(replace(result, status=Outcome.CRASHED)) == ["status crashed, not graded"]
    assert len(sample.differences(replace(result, misconceptions={}))) == 1


def test_every_file_handed_in_is_what_the_table_says_of_it():
    lesson = nbformat.read(ROOT / "lessons" / UNIT / f"{UNIT}.ipynb", as_version=4)
    by_student = {s.student: s for s in SAMPLES if s.unit == UNIT}
    damaged = nbformat.reads(by_student["student-11"].notebook(lesson).decode(), as_version=4)
    ids = [cell.metadata.nbgrader.grade_id for cell in damaged.cells if "nbgrader" in cell.metadata]
    assert ids.count("activation") == ids.count("activation-answer") == 2
    assert "divide" not in ids
    dead = nbformat.reads(by_student["student-09"].notebook(lesson).decode(), as_version=4)
    assert "os._exit" in dead.cells[[c.get("id") for c in dead.cells].index("activation-slope") + 1].source
    with pytest.raises(ValueError, match=r"\S"):
        nbformat.reads(by_student["student-12"].notebook(lesson).decode(errors="replace"), as_version=4)


def test_an_answer_file_is_cut_at_its_marks():
    text = '"""About."""\nimport numpy\n\n# %% a\nx = 1\n\n\n# %% own\ny\n# %% q\n# words\n'
    assert read_answers(text) == [("a", "x = 1"), ("own", "y"), ("q", "# words")]


def test_the_report_counts_what_the_table_says(graded: Class):
    found = class_report(graded.course, UNIT)
    expected = [sample for sample in SAMPLES if sample.unit == UNIT]
    assert found.students == len(expected)
    assert sum(found.distribution) == found.students - 1  # the broken one has no score
    assert found.statuses["broken"] == 1
    by_name = {exercise.name: exercise for exercise in found.exercises}
    right = [s for s in expected if s.scores.get("activation") == by_name["activation"].points]
    assert by_name["activation"].right == len(right)
    named = {mistake.id: mistake.students for mistake in by_name["activation"].mistakes}
    assert named == {"ten-million": ("student-05",), "log10": ("student-06",)}
    page = write_page(graded.course, found).read_text(encoding="utf-8")
    assert "takes the logarithm to base 10" in page
    assert json.loads(json.dumps(found.as_json()))["students"] == len(expected)
