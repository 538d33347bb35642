"""What only the grader's older Python cannot read is open, not 0; what no Python can read stays wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from autograder.course import Course
from autograder.grading import Outcome, Result, grade_unit
from autograder.grading.handins.collecting import collect
from autograder.grading.handins.handin import Handin, receipt_beside
from autograder.grading.handins.receipts import FILE_NAME, Receipt, pack, versions, write_receipt
from autograder.grading.run.other_versions import doubt, remark, written_with
from autograder.grading.sandbox.probing import best_level
from tests.conftest import cell, nbgrader, notebook
from tests.grading.small_class import UNIT, make_course

ONCE = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEWER, OLDER = "99.1.0", "3.1.0"
UNREADABLE = "def divide(a, b, activation) as in no Python yet"


def ran(*errors: tuple[str, str] | None) -> nbformat.NotebookNode:
    """A notebook with a test of its own for each of these, as they were run: an error, or None."""
    cells = []
    for number, error in enumerate(errors):
        test = cell("code", "test()", f"t{number}", nbgrader(f"t{number}", grade=True, locked=True, points=2))
        if error:
            test["outputs"] = [
                {"output_type": "error", "ename": error[0], "evalue": error[1], "traceback": []}
            ]
        cells.append(test)
    return nbformat.from_dict(notebook(*cells))


SYNTAX = ("SyntaxError", "invalid syntax (123.py, line 1)")
NAME = ("NameError", "name 'divide' is not defined")


def test_what_is_not_right_from_the_unreadable_cell_on_is_doubtful():
    found = doubt(ran(NAME, None, SYNTAX, None, NAME), {"python": NEWER})
    assert found.exercises == ("t2", "t4")
    assert "the cell t2 has what Python 3." in found.reason
    assert "written with Python 99.1; open: t2, t4" in found.reason


@pytest.mark.parametrize("python", ["", OLDER, versions()["python"], "soon", "99"])
def test_an_error_that_the_students_python_had_too_is_no_doubt(python: str):
    assert doubt(ran(SYNTAX), {"python": python}).exercises == ()


@pytest.mark.parametrize(
    ("error", "doubtful"),
    [
        (("AttributeError", "module 'itertools' has no attribute 'batched'"), True),
        (("ImportError", "cannot import name 'batched' from 'itertools' (unknown location)"), True),
        (("AttributeError", "module 'numpy' has no attribute 'exponential'"), False),
        (("IndentationError", "unexpected indent (123.py, line 2)"), False),
        (NAME, False),
    ],
)
def test_a_newer_standard_library_counts_as_a_newer_python(error: tuple[str, str], doubtful: bool):
    assert bool(doubt(ran(error), {"python": NEWER}).exercises) is doubtful


def test_versions_that_differ_are_said_where_something_is_not_right():
    written = {"python": NEWER, "numpy": versions()["numpy"], "keras": "1.2.3"}
    said = (
        f"written with python 99.1, keras 1.2; graded with python {short('python')}, keras {short('keras')}"
    )
    assert remark(ran(None, NAME), written) == [said]
    assert remark(ran(None), written) == []
    assert remark(ran(NAME), versions()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ("ModuleNotFoundError", "No module named 'pandsa.core'"),
            "asks for pandsa.core, which is not there",
        ),
        (("EOFError", "EOF when reading a line"), "asks for input()"),
        (("StdinNotImplementedError", "raw_input was called"), "asks for input()"),
        (NAME, ""),
    ],
)
def test_what_was_missing_where_it_was_graded_is_said_beside_the_zero_that_it_cost(error, said):
    found = remark(ran(error, error, NAME), versions())
    assert len(found) == bool(said)
    assert all(said in line for line in found)
    assert remark(ran(None), versions()) == []


def short(package: str) -> str:
    return ".".join(versions()[package].split(".")[:2])


def test_the_newer_python_of_receipt_and_notebook_counts():
    saved = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "version": "3.14.2"}})
    assert written_with({"python": "3.12.1"}, saved)["python"] == "3.14.2"
    assert written_with({"python": "3.15.0"}, saved)["python"] == "3.15.0"
    assert written_with({}, nbformat.v4.new_notebook())["python"] == ""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path / "course")


def hand_in(course: Course, answer: str, python: str, kernel: str = "") -> Path:
    """Hand in a zip with a receipt of this Python; return the folder where it lies when it is collected."""
    lesson = json.loads(course.lesson(UNIT).read_bytes())
    if kernel:
        lesson["metadata"]["language_info"] = {"name": "python", "version": kernel}
    for one in lesson["cells"]:
        if one["id"] == "divide-answer":
            one["source"] = answer
    content = json.dumps(lesson).encode()
    written = write_receipt(UNIT, "ada", content, ONCE)
    receipt = Receipt(**{**written.as_json(), "versions": {**written.versions, "python": python}})
    pack(course.root / "ada.zip", content, receipt)
    collect(course, [course.root / "ada.zip"])
    return course.root / "submitted" / "ada" / UNIT


def receipt_versions(folder: Path, content: bytes) -> dict[str, str]:
    return Handin(content, receipt=receipt_beside(folder)).versions


def test_a_receipt_is_kept_beside_its_own_notebook_alone(course: Course):
    folder = hand_in(course, UNREADABLE, NEWER)
    content = (folder / f"{UNIT}.ipynb").read_bytes()
    assert receipt_versions(folder, content)["python"] == NEWER
    assert receipt_versions(folder, content + b" ") == {}
    (folder / FILE_NAME).write_bytes(b"[" * 10_000)
    assert receipt_versions(folder, content) == {}
    hand_in(course, UNREADABLE, NEWER)
    assert receipt_versions(folder, content)["python"] == NEWER
    newer = course.root / "in" / f"{UNIT}-ada.ipynb"  # without a receipt
    newer.parent.mkdir()
    newer.write_bytes(content + b" ")
    collect(course, [newer.parent])
    assert not (folder / FILE_NAME).exists()


@pytest.fixture(params=[False, True], ids=["sandbox", "unsafe"])
def unsafe(request: pytest.FixtureRequest) -> bool:
    if not request.param and best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    return request.param


def graded(course: Course, unsafe: bool) -> Result:
    [result] = grade_unit(course, UNIT, unsafe=unsafe)
    return result


def test_a_syntax_error_that_only_the_grader_has_is_open_with_its_reason(course: Course, unsafe: bool):
    hand_in(course, UNREADABLE, NEWER)
    result = graded(course, unsafe)
    assert result.status is Outcome.PARTLY_GRADED
    assert "the cell divide-answer has what Python 3." in result.reason
    assert result.scores["divide"][0] is None
    assert result.reason.endswith("open: divide")
    for unanswered in ("activation", "multiply-weights"):
        assert result.scores[unanswered][0] == 0
    assert any(said.startswith("written with python 99.1") for said in result.remarks)
    hand_in(course, UNREADABLE, OLDER, kernel=NEWER)
    assert graded(course, unsafe).scores["divide"][0] is None


def test_a_syntax_error_in_every_python_is_an_ordinary_wrong_answer(course: Course, unsafe: bool):
    hand_in(course, UNREADABLE, versions()["python"])
    result = graded(course, unsafe)
    assert (result.status, result.scores["divide"][0], result.remarks) == (Outcome.GRADED, 0, ())
