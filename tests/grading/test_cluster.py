"""Grading on a real dask.distributed cluster: a scheduler and workers as processes, over the loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from distributed import Client

from autograder.commands.demo import make_scratch_course, take_in
from autograder.course import Course, CourseError
from autograder.grading import Outcome, Result, grade_unit
from autograder.grading.engine import cluster
from autograder.grading.engine.cluster import on_a_cluster
from autograder.grading.engine.task import Task, fingerprint
from autograder.grading.handins.handin import Handin
from autograder.grading.handins.sample_class import Sample, read_class
from autograder.grading.run.settings import Settings
from autograder.grading.sandbox import Limits
from autograder.grading.sandbox.probing import best_level

ROOT = Path(__file__).parents[2]
UNIT = "02-divide-by-hand"
DASK = str(Path(sys.executable).parent / "dask")
STUDENTS = ("student-01", "student-03", "student-05", "student-06", "student-09", "student-12")
SAMPLES = [s for s in read_class(ROOT / "tests/class") if s.unit == UNIT and s.student in STUDENTS]
AS_THE_README_SAYS = re.findall(
    r"dask worker tcp://\S+ (.+?) *(?:#.*)?$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
)
WITHOUT_A_SANDBOX = """
import errno, os, sys
import pyseccomp as s
from autograder.grading.sandbox.system_calls import forbid_new_privileges
rules = s.SyscallFilter(s.ALLOW)
for name in ("unshare", "mount", "pivot_root", "landlock_create_ruleset"):
    rules.add_rule(s.ERRNO(errno.EPERM), name)
forbid_new_privileges()
rules.load()
os.execv(sys.argv[1], sys.argv[1:])
"""


@contextmanager
def process(*command: str) -> Iterator[psutil.Popen]:
    """A process that is ended at the end, and asked to end first."""
    started = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(30)
        finally:
            for left in (started, *started.children(recursive=True)) if started.is_running() else ():
                left.kill()


def until(true: Any, what: str, seconds: float = 600) -> Any:
    """What ``true`` gives, as soon as that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds} s in vain: {what}")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without workers."""
    told = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    where = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    with process(DASK, "scheduler", *where):
        until(lambda: told.is_file() and told.read_text().rstrip().endswith("}"), "the scheduler's file")
        yield str(json.loads(told.read_text())["address"])


@contextmanager
def workers(scheduler: str, options: str, *before: str) -> Iterator[psutil.Popen]:
    """Workers of this scheduler, which has no others."""
    with Client(scheduler) as client:
        with process(*before, DASK, "worker", scheduler, *options.split()) as started:
            client.wait_for_workers(1, timeout=600)
            yield started
        until(lambda: not client.nthreads(), "the workers to leave")


@dataclass
class Graded:
    results: dict[str, Result]
    steps: int
    held_a_task: bool
    left_of_the_killed: list[psutil.Process]
    left_of_all: list[psutil.Process]


@pytest.fixture(scope="module")
def graded(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Six hand-ins on two workers; when the first result is in, a worker that holds a task is killed."""
    course = make_scratch_course(Course.load(ROOT), tmp_path_factory.mktemp("cluster") / "demo")
    take_in(course, SAMPLES)
    steps: list[Any] = []
    killed: list[psutil.Process] = []
    holds: list[bool] = []
    with workers(scheduler, AS_THE_README_SAYS[0]) as nanny, Client(scheduler) as client:

        def watch(*step: Any) -> None:
            steps.append(step)
            if len(steps) == 2:  # one result is in
                pids = client.run(os.getpid)
                worker, tasks = next((w, t) for w, t in client.processing().items() if t)
                holds.append(bool(tasks))
                victim = psutil.Process(pids[worker])
                killed.extend([victim, *victim.children(recursive=True)])
                victim.send_signal(signal.SIGKILL)

        results = grade_unit(course, UNIT, scheduler=scheduler, on_progress=watch)
        _, left_of_the_killed = psutil.wait_procs(killed, timeout=600)
        everything = nanny.children(recursive=True)
    _, left_of_all = psutil.wait_procs(everything, timeout=600)
    by_student = {result.student: result for result in results}
    return Graded(by_student, len(steps), holds == [True], left_of_the_killed, left_of_all)


def test_the_readme_says_how_to_start_workers():
    assert AS_THE_README_SAYS == ["--nthreads 1 --nworkers 2"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.student)
def test_a_cluster_that_loses_a_worker_gives_the_scores_of_the_table(graded: Graded, sample: Sample):
    assert graded.held_a_task
    assert sample.differences(graded.results[sample.student]) == []


def test_progress_on_a_cluster_is_told_as_on_one_machine(graded: Graded):
    assert graded.steps == len(SAMPLES) + 1


def test_what_a_worker_started_ends_with_it(graded: Graded):
    assert graded.left_of_the_killed == []
    assert graded.left_of_all == []


def tasks(number: int, *, problem: str = "") -> list[Task]:
    """Hand-ins with everything right, or ones that cannot be read."""
    lesson = nbformat.read(ROOT / "lessons" / UNIT / f"{UNIT}.ipynb", as_version=4)
    level = best_level()
    assert level is not None
    settings = Settings(level, Limits(), 60, 2_000_000)
    content = SAMPLES[0].notebook(lesson)
    text = nbformat.writes(lesson)
    return [Task(UNIT, f"student-{i}", text, settings, Handin(content, problem)) for i in range(number)]


class TestOneWorkerWithManyThreads:
    @pytest.fixture(scope="class", autouse=True)
    @staticmethod
    def worker(scheduler: str) -> Iterator[None]:
        with workers(scheduler, "--nthreads 4 --no-nanny"):
            yield

    def test_it_grades_rightly_and_few_hand_ins_are_in_memory(self, scheduler: str):
        drawn = 0

        def counted() -> Iterator[Task]:
            nonlocal drawn
            for task in [*tasks(4), *tasks(40, problem="no notebook")]:
                drawn += 1
                yield task

        under_way, statuses = [], []
        for came, result in enumerate(on_a_cluster(counted(), scheduler)):
            under_way.append(drawn - came)
            statuses.append(result.status)
        assert statuses.count(Outcome.GRADED) == 4
        assert statuses.count(Outcome.BROKEN) == 40
        assert max(under_way) <= cluster.AHEAD

    def test_it_refuses_work_for_other_course_code(self, scheduler: str, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(cluster, "fingerprint", lambda: "of another version")
        with pytest.raises(CourseError, match=r"tcp://\S+ has other course code or other package versions"):
            list(on_a_cluster(tasks(3), scheduler))


def test_the_fingerprint_is_of_the_environment_not_of_what_was_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = fingerprint.__wrapped__()
    vendored = tmp_path / "vendored-1.0.dist-info"
    vendored.mkdir()
    (vendored / "METADATA").write_text("Metadata-Version: 2.1\nName: vendored\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)  # as setuptools does with its own, once it is imported
    assert fingerprint.__wrapped__() == before


def test_a_worker_without_a_sandbox_is_refused(scheduler: str):
    with (
        workers(scheduler, "--nthreads 1 --no-nanny", sys.executable, "-c", WITHOUT_A_SANDBOX),
        pytest.raises(CourseError, match=r"tcp://\S+ has no sandbox of level \w+ \(.*not permitted"),
    ):
        list(on_a_cluster(tasks(3), scheduler))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tls://127.0.0.1:1"])
def test_nobody_at_the_address_is_one_sentence(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    with pytest.raises(CourseError, match=rf"^No scheduler answers at {address} \(.*\)\. Next: start one"):
        list(on_a_cluster(tasks(1), address))


def test_a_scheduler_without_workers_is_one_sentence(scheduler: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1)
    with pytest.raises(CourseError, match=r"has no workers\. Next: start some with \.venv/bin/dask worker"):
        list(on_a_cluster(tasks(1), scheduler))
