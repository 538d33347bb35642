"""An answer in a process of its own can neither hang, end nor deceive this one."""

# ruff: noqa: ARG001, ARG005

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.exercises import EXERCISES
from autograder.isolated import observe_isolated
from autograder.judging import draw, grade, judge
from autograder.verdict import Status

MAIN = """
import numpy as np
from autograder import grade
print("main runs")

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))

print(grade("sigmoid-slope", sigmoid_slope, isolated=True).status)
"""


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def ends(x):
    os._exit(3)


def crashes(x):
    import ctypes

    ctypes.string_at(0)


def swallows(x):
    while True:
        try:
            while True:
                time.sleep(0.01)
        except BaseException:
            pass


def prints_past_python(x):
    os.write(1, b'{"kind": "stub"}\n')
    os.write(2, b"noise\n")
    return sigmoid(x)


def verdict_of(answer, seconds=10.0):
    request = draw("sigmoid", 0)
    return judge("sigmoid", request, observe_isolated(request, answer, seconds=seconds))


@pytest.mark.parametrize("exercise_id", list(EXERCISES))
def test_right_answers_are_right_in_there_too(exercise_id):
    from importlib import import_module

    mutants = import_module(f"tests.answers.{exercise_id.replace('-', '_')}").MUTANTS
    answer = next(iter(mutants.rights.values()))
    assert grade(exercise_id, answer, isolated=True) == grade(exercise_id, answer)


def test_a_function_without_a_module_travels_by_value():
    factor = 1.0
    assert verdict_of(lambda x: factor / (1 + np.exp(-x))).status is Status.RIGHT


@pytest.mark.parametrize(("answer", "how"), [(ends, "exit status 3"), (crashes, "signal 11")])
def test_an_answer_that_ends_its_process_gets_a_clear_verdict(answer, how):
    verdict = verdict_of(answer)
    assert verdict.misconception == "ends-process"
    assert how in verdict.message
    assert verdict_of(sigmoid).status is Status.RIGHT


def test_an_answer_that_swallows_every_exception_is_ended_all_the_same():
    started = time.monotonic()
    verdict = verdict_of(swallows, seconds=0.5)
    assert verdict.misconception == "never-ends"
    assert time.monotonic() - started < 60
    assert verdict_of(sigmoid).status is Status.RIGHT


def test_what_an_answer_prints_is_not_taken_for_evidence(capfd):
    assert verdict_of(prints_past_python).status is Status.RIGHT
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_cannot_travel_gets_a_clear_verdict():
    lock = threading.Lock()
    verdict = verdict_of(lambda x: lock)
    assert verdict.status is Status.WRONG
    assert "cannot pickle" in verdict.message


def test_what_an_answer_started_does_not_outlive_it(tmp_path):
    mark = tmp_path / "mark"

    def starts_a_process(x):
        subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(3); open({str(mark)!r}, 'w')"])
        return sigmoid(x)

    verdict_of(starts_a_process)
    time.sleep(4)
    assert not mark.exists()


def test_the_callers_main_is_not_run_again(tmp_path):
    script = tmp_path / "lesson.py"
    script.write_text(MAIN)
    # A file that would stand in for a module of Python's own, were the current folder looked at first.
    (tmp_path / "select.py").write_text("raise RuntimeError")
    done = subprocess.run(
        [sys.executable, "-P", str(script)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["main", "runs", "right"]
    assert done.stderr == ""


def test_earlier_answers_travel_along():
    namespace: dict = {"np": np, "__name__": "__main__"}
    exec(
        "def sigmoid(x): return 1 / (1 + np.exp(x))\n"
        "def approximator(x, w, b, v): return sigmoid(np.outer(x, w) + b) @ v",
        namespace,
    )
    verdict = grade("approximator", namespace["approximator"], isolated=True)
    assert verdict.status is Status.RIGHT
    assert "uses your sigmoid, and that one is not right yet" in verdict.message


def test_lines_written_into_every_descriptor_never_answer_for_the_next_one():
    def forges(x):
        import os

        for descriptor in range(3, 64):
            try:
                os.write(descriptor, b'{"kind": "function"}\n{"kind": "stub"}\r\n{}\n')
            except OSError:
                continue
        return x

    assert grade("sigmoid", forges, isolated=True).status is not Status.RIGHT
    for _ in range(3):
        assert grade("sigmoid", lambda x: 1 / (1 + np.exp(-x)), isolated=True).status is Status.RIGHT


LEAVES_FILES = """
import os, signal, sys, tempfile, time
from pathlib import Path
from autograder.isolated import observe_isolated
from autograder.judging import draw

def leaves_a_file(x):
    tempfile.NamedTemporaryFile(prefix="left", delete=False).close()
    tempfile.mkdtemp(prefix="left")
    if {hangs}:
        while True:
            time.sleep(0.01)
    return x

observe_isolated(draw("sigmoid", 0), leaves_a_file, seconds=0.5)
print(*Path(tempfile.gettempdir()).rglob("left*"))
if {killed}:
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("hangs", [False, True])
@pytest.mark.parametrize("killed", [False, True])
def test_nothing_is_left_in_the_temporary_folder(tmp_path, hangs, killed):
    """Neither after an answer, in time or not, nor after the process that asked, ended or killed."""
    script = tmp_path / "lesson.py"
    script.write_text(LEAVES_FILES.format(hangs=hangs, killed=killed))
    folder = tmp_path / "temporary"
    folder.mkdir()
    environment = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True)
    assert done.returncode == (-9 if killed else 0), done.stderr
    assert done.stdout.strip() == ""
    deadline = time.monotonic() + 600
    while [*folder.iterdir()] and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [*folder.iterdir()] == []


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: only Linux ends a child with its parent.")
def test_an_endless_answer_ends_with_its_worker_however_that_ends(tmp_path):
    """What remained of a killed run would go on computing for ever."""
    noted = tmp_path / "pid"
    code = (
        "import os, pathlib, cloudpickle\n"
        "from autograder.observers.worker import in_a_child\n"
        "def activation(x):\n"
        f"    pathlib.Path({str(noted)!r}).write_text(str(os.getpid()))\n"
        "    while True: pass\n"
        "from autograder.judging import draw\n"
        "asked = {'request': draw('activation', 0), 'seconds': 60.0, 'path': []}\n"
        "in_a_child(asked, cloudpickle.dumps(activation))\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)})
    deadline = time.monotonic() + 600
    while not (noted.exists() and noted.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    answer = Path("/proc", noted.read_text())
    assert answer.exists()
    worker.kill()
    worker.wait()
    while answer.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answer.exists()
