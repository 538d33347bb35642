"""On Windows and macOS, by doubles: lessons and checks work, and `course grade` says what it cannot do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import double_unit, write_course, write_notebook
from tests.grading.doubles import SYSTEMS, run_on

NAMES = {"win32": "Windows", "darwin": "macOS"}


@pytest.fixture(params=SYSTEMS, scope="module")
def system(request: pytest.FixtureRequest) -> str:
    return request.param


IMPORTED = """
import importlib, json, os, pkgutil, sys
import autograder, divnet
names = [found.name for package in (autograder, divnet)
         for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
from autograder.commands import lab
has = [hasattr(lab.os, name) for name in ("fork", "pidfd_open")]
print(json.dumps([len(names), lab.sys.platform, lab.os.name, *has]))
"""


def test_every_module_can_be_imported(system: str, tmp_path: Path) -> None:
    run = run_on(system, IMPORTED, tmp_path / "start")
    assert run.returncode == 0, run.stderr
    count, platform, kind, forks, has_pidfd = json.loads(run.stdout)
    assert count > 250
    windows = system == "win32"
    assert (platform, kind, forks, has_pidfd) == (system, "nt" if windows else "posix", not windows, False)


CHECKED = """
import json, math
import numpy as np
from autograder import check, grade
from autograder.judging import draw
from autograder.isolated import observe_isolated
from autograder.observers import observe

def right(x): return 1 / (1 + np.exp(-np.clip(x, -700, 700)))
def wrong(x): return np.tanh(x)
def endless(x):
    while True: pass

said = {"shown": check("sigmoid", right)}
for isolated in (False, True):
    said[f"right, {isolated}"] = grade("sigmoid", right, isolated=isolated).status
    said[f"wrong, {isolated}"] = grade("sigmoid", wrong, isolated=isolated).status
request = draw("sigmoid", 1)
for look in (observe, observe_isolated):
    said[look.__name__] = look(request, endless, seconds=1)
print(json.dumps(said, default=repr))
"""


def test_checks_judge_and_an_endless_answer_is_ended(system: str, tmp_path: Path) -> None:
    run = run_on(system, CHECKED, tmp_path / "start")
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout.splitlines()[-1])
    for isolated in (False, True):
        assert said[f"right, {isolated}"] == "right"
        assert said[f"wrong, {isolated}"] == "wrong"
    for ended in ("observe", "observe_isolated"):
        assert said[ended]["stopped"] == {"why": "time", "seconds": 1}


COMMANDS = """
import json, socket, sys
from pathlib import Path
from typer.testing import CliRunner
from autograder.cli import app
from autograder.commands import doctor

doctor._tensorflow = lambda _: doctor.Finding("TensorFlow", True, "")  # seconds, and nothing of ours
said = {}
def run(*words):
    result = CliRunner().invoke(app, words)
    fault = "" if isinstance(result.exception, (SystemExit, type(None))) else repr(result.exception)
    said[" ".join(words)] = [result.exit_code, result.output + fault]
taken = socket.create_server(("127.0.0.1", 0))
run("--help")
for command in app.registered_commands:
    run(command.name or command.callback.__name__, "--help")
run("lab", "--port", str(taken.getsockname()[1]))
work = Path("work/01-double/01-double.ipynb")
said["laid out"] = work.is_file()
run("submit", "01-double", "--name", "ada")
run("collect", "work/handin-01-double-ada.zip")
before = sorted(map(str, Path().rglob("*")))
run("grade", "01-double")
said["changed"] = sorted(set(map(str, Path().rglob("*"))) ^ set(before))
run("doctor", "--json")
print(json.dumps({"said": said, "port": taken.getsockname()[1]}))
"""


@pytest.fixture(scope="module")
def commands(system: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp(system)
    course = write_course(folder / "course")
    write_notebook(course / "lessons/01-double/01-double.ipynb", double_unit())
    shutil.copytree(course / "lessons", course / "submitted" / "grace")
    run = run_on(system, COMMANDS, folder / "start", course)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_every_command_says_what_it_does(commands: dict[str, Any]) -> None:
    helps = {words: status for words, (status, _) in _runs(commands).items() if words.endswith("--help")}
    assert len(helps) > 10
    assert set(helps.values()) == {0}


def test_lessons_are_laid_out_handed_in_and_collected(commands: dict[str, Any]) -> None:
    runs = _runs(commands)
    status, said = runs[f"lab --port {commands['port']}"]
    assert status == 1
    assert f"Port {commands['port']} is taken" in said
    assert commands["said"]["laid out"]
    assert runs["submit 01-double --name ada"][0] == 0
    status, said = runs["collect work/handin-01-double-ada.zip"]
    assert (status, "ada" in said) == (0, True), said


def test_grading_is_refused_in_a_sentence_and_changes_nothing(commands: dict[str, Any], system: str) -> None:
    status, said = _runs(commands)["grade 01-double"]
    assert status == 1
    assert said.startswith("There is no sandbox to run student code in")
    assert f"this is {NAMES[system]}" in said
    for way in ("grade on Linux", "WSL", "--unsafe"):
        assert way in said
    assert "Traceback" not in said
    assert commands["said"]["changed"] == []


def test_the_doctor_says_so_and_finds_no_fault_in_it(commands: dict[str, Any], system: str) -> None:
    _, said = _runs(commands)["doctor --json"]
    sandbox = next(finding for finding in json.loads(said) if finding["what"].startswith("sandbox"))
    assert (sandbox["ok"], sandbox["needed"]) == (False, False)
    assert f"this is {NAMES[system]}" in sandbox["found"]
    assert "Lessons and checks work without" in sandbox["found"]


def _runs(commands: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """Exit status and what was said, by the words of each command."""
    return {words: tuple(said) for words, said in commands["said"].items() if isinstance(said, list) and said}
