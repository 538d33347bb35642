"""What a worker of a cluster does with a task. The scheduler imports this too: nothing heavy at the top."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from functools import cache
from typing import TYPE_CHECKING

from autograder.course_file import CourseError

if TYPE_CHECKING:
    from autograder.grading.results import Graded

_ONE_AT_A_TIME = threading.Lock()


def grade_packed(packed: bytes, version: str) -> Graded:
    """Grade a pickled Task of a machine whose fingerprint is ``version``; one at a time in each process.

    Raises CourseError where this machine would not grade as that one does.
    """
    from distributed import get_worker

    from autograder.grading.engine.task import Task, fingerprint, grade_task

    with _ONE_AT_A_TIME:
        problem = "has other course code or other package versions than this machine"
        if fingerprint() == version:
            task: Task = pickle.loads(packed)
            problem = _missing_sandbox(task.settings.level) or _shows_too_much(task.settings.level)
        if problem:
            raise CourseError(f"{get_worker().address} {problem}")
        return grade_task(task)


def _shows_too_much(level: str) -> str:
    from autograder.grading.run.visible import exposed
    from autograder.grading.sandbox import Level

    seen = "" if level == Level.NONE else exposed()
    return f"would show student code {seen}" if seen else ""


@cache
def _missing_sandbox(level: str) -> str:
    """Why this machine cannot run student code at this level: tried in a fresh process, without threads."""
    from autograder.grading.sandbox.bubblewrap import PROBE

    command = [sys.executable, "-c", PROBE, level]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    problem = (tried.stderr if tried.returncode else tried.stdout).strip()
    return f"has no sandbox of level {level} ({problem.splitlines()[-1]})" if problem else ""
