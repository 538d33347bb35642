"""Shared by the tests of the engine: code that stays as it is, and grading without workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.grading.engine import engine, task
from autograder.grading.engine.task import Task, grade_task
from autograder.grading.engine.worker_pool import WorkerPool
from autograder.grading.results import Graded
from autograder.grading.sandbox.probing import best_level


@pytest.fixture(scope="module")
def same_code() -> Iterator[None]:
    """The course's code counts as unchanged while these tests run."""
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(task, "fingerprint", lambda: "this code")
        yield


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hand-ins are graded in this process, whose warm parent is there already; the list names them."""
    given: list[str] = []

    def in_this_process(_: WorkerPool, tasks: Iterator[Task]) -> Iterator[Graded]:
        for one in tasks:
            given.append(one.student)
            yield grade_task(one)

    monkeypatch.setattr(WorkerPool, "grade", in_this_process)
    monkeypatch.setattr(engine.ParentPool, "begin", lambda self, modules: None)  # noqa: ARG005
    monkeypatch.setattr(WorkerPool, "begin", lambda self, tasks: None)  # noqa: ARG005
    return given
