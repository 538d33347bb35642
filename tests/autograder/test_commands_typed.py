"""A message names a command as it can be typed where the message is read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from autograder.cli import app
from autograder.commands import typed
from autograder.commands.typed import as_typed


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `course` in an environment of the current folder that no shell finds by its name."""
    path = tmp_path / ".venv" / "bin" / "course"
    path.parent.mkdir(parents=True)
    path.write_text("")
    path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "argv", [str(path)])
    monkeypatch.setattr(typed, "_subcommands", frozenset(get_command(app).commands))  # type: ignore[attr-defined]
    return path


def test_where_the_shell_does_not_find_it_its_path_is_said(program: Path, monkeypatch: pytest.MonkeyPatch):
    short = os.path.join(".venv", "bin", "course")  # noqa: PTH118 (as it is typed)
    assert as_typed("There is none. Next: course lab") == f"There is none. Next: {short} lab"
    assert as_typed("(course new exercise ID), course report") == (
        f"({short} new exercise ID), {short} report"
    )
    for said in ("The course has no unit", f"{short} lab", "of course", "my-course lab"):
        assert as_typed(said) == said
    folder = program.parents[2] / "work" / "01"
    folder.mkdir(parents=True)
    assert typed.course(folder) == os.path.join("..", "..", short)  # noqa: PTH118
    monkeypatch.setenv("PATH", str(program.parent))
    assert as_typed("Next: course lab") == "Next: course lab"


def test_of_another_of_that_name_the_shell_finds_it_is_not_that_one(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = tmp_path / "bin" / program.name
    other.parent.mkdir()
    other.write_text("")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert as_typed("Next: course lab").endswith(f"{program.name} lab")
    assert as_typed("Next: course lab") != "Next: course lab"


def test_a_path_with_spaces_is_quoted(tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch):
    spaced = Path(program.rename(tmp_path / "my course"))
    (spaced.parent / "a b").mkdir()
    monkeypatch.setattr(sys, "argv", [str(spaced.rename(tmp_path / "a b" / "course"))])
    assert typed.course() in ("'a b/course'", '"a b\\course"')


def test_errors_usage_and_examples_name_it_so(program: Path):
    run = "import sys; from autograder.cli import app; sys.argv = sys.argv[1:]; app()"
    for words, said in {
        ("lab",): "holds a course.yml",
        ("grade", "--what"): "course grade --help' for help",
        ("lab", "--help"): "course lab --port 8899",
    }.items():
        shown = subprocess.run(
            [sys.executable, "-c", run, program, *words], capture_output=True, text=True, check=False
        )
        assert said in shown.stdout + shown.stderr
        assert (".venv" in shown.stdout + shown.stderr) == (words != ("lab",))
