"""What the sandbox can read of this course holds no answer; evidence that is no evidence earns nothing."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course, CourseError
from autograder.exercises import EXERCISES, exercise
from autograder.grading.engine.engine import grade_unit
from autograder.grading.run.visible import exposed, lay_out
from autograder.grading.sandbox.view import OURS, site_packages, view_of_python
from autograder.judging import draw, judge

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")
CONSTANTS = ("1.359140915", "109.0858178", "1403.359435", "3.912023", "33.3333", "1_000_000 *", "e / 2")
"""Of the deck's formulas and weights."""


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    lay_out(tmp_path)
    return tmp_path


def test_of_autograder_only_the_observers_and_the_sandbox_itself_can_be_read(readable: Path):
    packages = {path.relative_to(readable).parent.as_posix() for path in readable.rglob("*")} - {"."}
    assert packages == {
        "autograder",
        "autograder/observers",
        "autograder/processes",
        "autograder/grading",
        "autograder/grading/inside",
        "autograder/grading/sandbox",
    }
    assert {path.name for path in (readable / "autograder").glob("*.py")} == {"__init__.py"}
    assert {path.suffix for path in readable.rglob("*") if path.is_file()} == {".py"}


def test_no_constant_of_the_formulas_and_no_judge_stands_in_it(readable: Path):
    for path in readable.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert [constant for constant in CONSTANTS if constant in text] == [], path
        names = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
        assert names & {"judge", "reference", "compare"} == set(), path


def test_no_hint_and_no_misconception_stands_in_it(readable: Path):
    everything = "\n".join(path.read_text(encoding="utf-8") for path in readable.rglob("*.py"))
    for name in EXERCISES:
        for said in exercise(name).hints:
            assert said not in everything
        for misconception in exercise(name).mistakes:
            assert misconception.hint not in everything


def test_it_imports_nothing_of_the_course_but_itself(readable: Path):
    there = {_module(path, readable) for path in readable.rglob("*.py")}
    for path in readable.rglob("*.py"):
        for name in _imported(path):
            if name.split(".")[0] in OURS:
                assert name in there or name.rpartition(".")[0] in there, f"{path}: {name}"


def test_the_course_itself_is_nowhere_in_the_jails_view():
    root = Path(__file__).parents[2]
    view = view_of_python()
    for name in ("autograder", "divnet", "source", "solutions", "lessons", "gradebook.db", "submitted"):
        shown = [path for path in view.readable if (root / name).is_relative_to(path)]
        hidden = [path for path in view.hidden if (root / name).is_relative_to(path)]
        assert not shown or hidden, f"{name} can be read below {shown}"


def test_packages_of_a_users_own_can_be_read_but_for_the_course_among_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own = tmp_path / ".local" / "lib" / "site-packages"
    (own / "divnet").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(own), str(tmp_path), *sys.path])
    view = view_of_python()
    assert own in view.readable and tmp_path not in view.readable
    assert own / "divnet" in view.hidden
    assert site_packages()[0] == own  # it goes before the others, as in Python itself


SHOWS_TOO_MUCH = {
    "the course's own folder": ("course", "the course with its solutions"),
    "a folder around it": ("", "the course with its solutions"),
    "a link to it": ("link", "the course with its solutions"),
    "the folder of hand-ins": ("course/submitted", "course/submitted"),
    "a folder among the sources": ("course/source/environment", "course/source"),
    "where the gradebook lies": ("books", "the gradebook"),
    "where other hand-ins are graded": ("temporary", "the files of other hand-ins"),
    "the teacher's home": ("home", "your home folder"),
}


@pytest.fixture
def a_course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course whose gradebook lies elsewhere; beside it a home folder, and one of temporary files."""
    around = small_course.parent
    for name in ("home", "temporary", "books", "course/submitted", "course/source/environment"):
        (around / name).mkdir(exist_ok=True)
    (around / "link").symlink_to(small_course)
    monkeypatch.setenv("HOME", str(around / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(around / "temporary"))
    with (small_course / "course.yml").open("a") as file:
        file.write(f"grading:\n  gradebook: sqlite:///{around}/books/gradebook.db\n")
    return Course.load(small_course)


@pytest.mark.parametrize(("environment", "seen"), SHOWS_TOO_MUCH.values(), ids=SHOWS_TOO_MUCH)
@pytest.mark.parametrize("which", ["prefix", "base_prefix"])
def test_an_environment_that_shows_what_is_not_to_be_seen_is_refused(
    a_course: Course, environment: str, seen: str, which: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, which, str(a_course.root.parent / environment))
    with pytest.raises(CourseError, match=f"^Student code would see .*{seen}.* Next: keep the two apart"):
        grade_unit(a_course, "01-double")


@pytest.mark.parametrize("environment", ["course/.venv", "course/environments/one", "elsewhere"])
def test_an_environment_in_a_folder_of_its_own_is_none_too_much(
    a_course: Course, environment: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "prefix", str(a_course.root.parent / environment))
    assert exposed(a_course) == ""


def _module(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forged(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Evidence of the right form that says nothing, or says that all is right."""
    blank = {"kind": request["observer"], "uses": [], "needs": {}, "stopped": None}
    nothing: dict[str, Any] = {"kind": "numbers", "type": "x", "dtype": "float64", "shape": [0], "values": []}
    large = {**nothing, "shape": [10**12], "values": [1]}
    yield from ({}, blank, {**blank, "status": "right", "score": 1.0, "verdict": {"score": 1.0}})
    for calls in (
        [],
        {},
        None,
        True,
        [{}] * 50,
        [{"result": nothing}] * 50,
        [{"result": large}] * 50,
        [None] * 50,
    ):
        yield {**blank, "calls": calls}
    for value in (None, {}, True, nothing, large, [], {"kind": "group", "items": []}):
        yield {**blank, "value": value}
    yield {**blank, "uses": ["activation"], "needs": {"activation": {"kind": "right"}}, "calls": []}


@pytest.mark.parametrize("name", list(EXERCISES))
def test_evidence_that_says_nothing_earns_nothing(name: str):
    request = draw(name, 1)
    assert [
        verdict.score for verdict in (judge(name, request, said) for said in forged(request)) if verdict.score
    ] == []
