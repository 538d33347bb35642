"""Whatever dies is replaced, what kills its worker is found, and memory does not grow with the class."""

from __future__ import annotations

import json
import os
import struct
import sys
import time
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
import pytest

from autograder.grading import Outcome
from autograder.grading.engine import engine, task, worker_pool
from autograder.grading.engine.engine import grade_unit
from autograder.grading.engine.task import Task, not_graded
from autograder.grading.engine.worker_pool import Lent, WorkerPool
from autograder.grading.handins.handin import Handin
from autograder.grading.results import Graded
from autograder.grading.run.settings import Settings
from autograder.grading.sandbox import Level, Limits
from tests.grading.kills import kills
from tests.grading.small_class import UNIT, hand_in, make_course, samples

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
    pytest.mark.usefixtures("same_code"),
]

MOST_LOOKS = 1500
EMPTY = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_warm_parent_that_was_killed_is_replaced(tmp_path: Path, here: list[str]):
    graded = make_course(tmp_path / "course")
    hand_in(graded, "cy", samples()["student-03"])
    grade_unit(graded, UNIT, ["cy"])
    [(_, old)] = task._parents.items()
    _kill(old._process.pid)
    hand_in(graded, "cy", samples()["student-01"])
    assert grade_unit(graded, UNIT, ["cy"])[0].total == 11
    assert not old._folder.exists()
    [(_, new)] = task._parents.items()
    slow = replace(
        samples()["student-01"],
        answers=[("own", "import time\ntime.sleep(3)"), *samples()["student-01"].answers],
    )
    hand_in(graded, "cy", slow)
    killer = Thread(target=_kill_when_at_work, args=(new._process.pid,))
    killer.start()
    [result] = grade_unit(graded, UNIT, ["cy"])
    killer.join()
    assert list(task._parents.values()) != [new]
    assert (result.status, result.total) == (Outcome.GRADED, 11)
    assert here == ["cy"] * 3


def _kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.kill()
    process.wait()


def _kill_when_at_work(pid: int) -> None:
    """Wait for a jailed child, then kill the warm parent, or what stands around it."""
    parent = psutil.Process(pid)
    idle = _running_below(parent)
    for _ in range(MOST_LOOKS):
        if _running_below(parent) >= idle + 2:  # its keeper, and itself
            parent.kill()
            return
        time.sleep(0.02)


def _running_below(process: psutil.Process) -> int:
    return sum(child.status() != psutil.STATUS_ZOMBIE for child in process.children(recursive=True))


class Deadly(str):
    """Ends the process that it is sent to."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


def some_tasks(students: Sequence[str]) -> Iterator[Task]:
    settings = Settings(Level.NAMESPACES, Limits(), 1, 1)
    for student in students:
        yield Task("unit", student, EMPTY, settings, Handin(problem="nothing in it"))


def test_what_ends_its_worker_three_times_is_found_and_the_others_are_graded():
    tasks = [
        replace(one, handin=Handin(problem=Deadly())) if one.student == "b" else one
        for one in some_tasks("abc")
    ]
    with WorkerPool(1) as pool:
        results = {graded.student: graded for graded in pool.grade(tasks)}
    assert (results["b"].status, results["b"].reason) == (
        Outcome.FAILED,
        "the process that graded it died, 3 times",
    )
    assert results["a"].status is results["c"].status is Outcome.BROKEN


def half_a_word(_master: int, _lent: Lent | None, channel: Connection) -> None:
    """A worker that is killed while it tells what became of its task."""
    channel.recv()
    os.write(channel.fileno(), struct.pack("!i", 1000) + b"the first ten")
    os._exit(1)


def test_a_worker_that_is_killed_in_the_middle_of_its_result_does_not_hold_up_the_run(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(worker_pool, "_serve", half_a_word)
    with WorkerPool(2) as these:
        results = list(these.grade(some_tasks("ab")))
    assert {(one.student, one.status) for one in results} == {("a", Outcome.FAILED), ("b", Outcome.FAILED)}


def test_the_pool_takes_a_task_only_when_a_worker_is_free():
    taken: list[Task] = []
    done = 0
    tasks = (taken.append(one) or one for one in some_tasks("abcdefghij"))
    with WorkerPool(2) as pool:
        for graded in pool.grade(tasks):
            done += 1
            assert len(taken) <= done + 2 + 2  # at work, and done while this one was looked at
            assert graded.reason == "nothing in it"
    assert done == 10


def test_however_large_the_class_few_hand_ins_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    course = make_course(tmp_path / "course")
    for number in range(20):
        path = hand_in(course, f"student-{number:02}", samples()["student-12"])
        path.write_bytes(bytes(10**5))
    seen: list[weakref.ref[Any]] = []
    most = 0

    def grade(_: WorkerPool, tasks: Iterator[Task]) -> Iterator[Graded]:
        nonlocal most
        for one in tasks:
            assert len(one.handin.content) == 10**5
            graded = not_graded(one, Outcome.BROKEN, "nothing in it")
            seen.extend((weakref.ref(one), weakref.ref(graded)))
            most = max(most, sum(one() is not None for one in seen))
            yield graded

    monkeypatch.setattr(WorkerPool, "grade", grade)
    monkeypatch.setattr(engine.ParentPool, "begin", lambda self, modules: None)  # noqa: ARG005
    monkeypatch.setattr(WorkerPool, "begin", lambda self, tasks: None)  # noqa: ARG005
    assert len(grade_unit(course, UNIT)) == 20
    assert 2 <= most <= 6


def test_killed_at_any_moment_and_started_again_nothing_is_lost(tmp_path: Path):
    assert kills(tmp_path, 3, 1, ["bo", "dee"], jobs=1) == 3
