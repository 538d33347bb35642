"""The pages for those who build on this: what they say to type can be typed, and does what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.grading.sandbox.probing import best_level

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:`(exercises/[\w/]+\.py)`:\n\n)?^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
STUB = "return x**2"


@pytest.mark.skipif(best_level() is None, reason="no sandbox works on this machine")
def test_the_exercise_of_the_guide_is_written_tried_built_handed_in_graded_and_reported(tmp_path: Path):
    said, folder = "", tmp_path
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for name, kind, text in BLOCK.findall((ROOT / "docs" / "writing-an-exercise.md").read_text("utf-8")):
        if kind == "python":
            assert (folder / name).is_file()
            (folder / name).write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            if line.startswith("cd "):
                folder /= line[3:]
                continue
            if line == "course build":
                source = folder / "source/01-first/01-first.ipynb"
                notebook = source.read_text("utf-8")
                assert STUB in notebook
                source.write_text(notebook.replace(STUB, "return np.logaddexp(0, x)"), encoding="utf-8")
            run = subprocess.run(
                line, shell=True, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True
            )
            assert run.returncode == 0, f"{line}\n{run.stdout}{run.stderr}"
            said += run.stdout
    assert "2 of 2 right answers accepted" in said
    assert re.search(r"made from log10 +log10", said)
    assert re.search(r"softplus +right +2 of 2", said)
    assert (folder / "report" / "01-first.html").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_that_a_page_names_is_there(page: Path):
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    from typer.main import get_command

    from autograder.cli import app

    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:`|^)(?:\.venv/bin/)?course ([a-z]+)\b", text, re.MULTILINE))
    assert named <= commands
    for where in re.findall(r"`((?:autograder|divnet|tests|docs)/[\w./-]*\w)`", text):
        assert (ROOT / where).exists(), where


def test_a_course_of_ones_own_has_the_settings_of_this_one():
    own = ROOT / "autograder" / "templates" / "course" / "nbgrader_config.py"
    assert own.read_text("utf-8") == (ROOT / "nbgrader_config.py").read_text("utf-8")
