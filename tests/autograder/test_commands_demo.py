"""`course demo` grades in the sandbox; where there is none, it says first that its own class runs as you."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.commands import build
from autograder.commands.demo import demo
from autograder.course import Course
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
