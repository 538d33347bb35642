"""A hundred hand-ins with hostile and broken outputs: each is graded, has its page, opens in formgrader."""

from __future__ import annotations

import json
import shutil
import sys
import urllib.request
from pathlib import Path

import nbformat
import pytest

from autograder.commands.feedback import feedback
from autograder.course import Course
from autograder.grading import Outcome, Result
from autograder.grading.engine.engine import grade_unit
from autograder.grading.sandbox.probing import best_level
from tests.attacks.active import active
from tests.browser.jupyter import jupyterlab
from tests.grading.hostile import hand_ins

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
]
UNIT, HONEST = "01-double", "honest"
OWN_TEST = (r"check(\"double\", double)", "assert double(2) == 4")
LARGEST = 4_000_000
"""Characters of a page, its style sheets and the pictures in it included."""


@pytest.fixture(scope="module")
def graded(_built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, dict[str, Result]]:
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    folder = tmp_path_factory.mktemp("hostile") / "course"
    course = Course.load(Path(shutil.copytree(_built_once, folder)))
    for kind in ("source", "lessons"):
        path = folder / kind / UNIT / f"{UNIT}.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace(*OWN_TEST), encoding="utf-8")
    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    for cell in lesson.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "double-answer":
            cell.source = "def double(x):\n    return 2 * x"
    for student, notebook in [(HONEST, lesson), *hand_ins(lesson)]:
        path = course.root / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    results = grade_unit(course, UNIT, jobs=2)
    return course, {result.student: result for result in results}


@pytest.fixture(scope="module")
def pages(graded: tuple[Course, dict[str, Result]]) -> dict[str, str]:
    course, _ = graded
    feedback(course, UNIT)
    written = sorted(course.root.glob(f"feedback/*/{UNIT}/{UNIT}.html"))
    return {path.parents[1].name: path.read_text(encoding="utf-8") for path in written}


def test_each_is_graded_and_the_answer_has_its_points(graded: tuple[Course, dict[str, Result]]):
    _, results = graded
    assert len(results) == 101
    assert {r.student: (r.status, r.reason) for r in results.values() if r.status is not Outcome.GRADED} == {}
    assert {result.scores["double"] for result in results.values()} == {(2.0, 2.0)}


def test_each_has_a_page_of_bounded_size_that_can_do_nothing(pages: dict[str, str]):
    assert len(pages) == 101
    honest = active(pages[HONEST])
    assert {student: found for student, page in pages.items() if (found := active(page) - honest)} == {}
    assert {student: len(page) for student, page in pages.items() if len(page) > LARGEST} == {}
    assert {student for student, page in pages.items() if "2 of 2 points" not in page} == set()


@pytest.fixture(scope="module")
def in_formgrader(
    graded: tuple[Course, dict[str, Result]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    course, _ = graded
    with jupyterlab(course.root, tmp_path_factory.mktemp("settings")) as address:
        listed = json.loads(_read(f"{address}/formgrader/api/submitted_notebooks/{UNIT}/{UNIT}"))
        return {
            one["student"]: _read(f"{address}/formgrader/submissions/{one['id']}/").replace(one["id"], "ID")
            for one in listed
        }


def _read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
        return answer.read().decode()


def test_formgrader_opens_each_and_nothing_in_it_can_act(in_formgrader: dict[str, str]):
    assert len(in_formgrader) == 101
    honest = active(in_formgrader[HONEST])
    assert {
        student for student, page in in_formgrader.items() if 'class="score tabbable"' not in page
    } == set()
    assert {s: found for s, page in in_formgrader.items() if (found := active(page) - honest)} == {}
