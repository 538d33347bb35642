"""Many workers at once: processes of this machine, or a dask.distributed cluster. They run `grade_task`."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from autograder.course_file import CourseError
from autograder.grading.results import Outcome
from autograder.grading.task import Graded, Task, grade_task, not_graded

TRIES = 3
"""How often a task is given out before it is taken for what ends the workers."""


def on_this_machine(tasks: Sequence[Task], jobs: int) -> Iterator[Graded]:
    """Grade with ``jobs`` processes; yield each result as it comes. A worker that dies costs a second try."""
    left = {task.student: task for task in tasks}
    tries = dict.fromkeys(left, 0)
    while left:
        with ProcessPoolExecutor(
            jobs, multiprocessing.get_context("spawn"), initializer=_die_with_master
        ) as pool:
            given: dict[Future[Graded], Task] = {}
            waiting = iter(list(left.values()))
            try:
                while True:
                    while len(given) < 2 * jobs and (task := next(waiting, None)) is not None:
                        given[pool.submit(grade_task, task)] = task
                    if not given:
                        break
                    done, _ = wait(given, return_when=FIRST_COMPLETED)
                    for future in done:
                        graded = future.result()
                        del given[future], left[graded.student]
                        yield graded
            except BrokenProcessPool:
                for task in given.values():
                    tries[task.student] += 1
        for student, count in tries.items():
            if count >= TRIES and student in left:
                said = f"the process that graded it died, {TRIES} times"
                yield not_graded(left.pop(student), Outcome.FAILED, said)


def on_a_cluster(tasks: Sequence[Task], scheduler: str) -> Iterator[Graded]:
    """Grade with the workers of a dask.distributed scheduler, at an address such as tcp://host:8786.

    Raises CourseError where nobody answers there, or dask.distributed is not installed.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise CourseError(
            "--scheduler needs dask.distributed. Next: .venv/bin/python -m pip install distributed"
        ) from None
    try:
        client = Client(scheduler, timeout=20)
    except (OSError, ValueError) as error:
        raise CourseError(f"No scheduler answers at {scheduler} ({error}). Next: dask scheduler") from None
    with client:
        given = {client.submit(grade_task, task, key=task.key, retries=TRIES): task for task in tasks}
        for future in as_completed(given):
            task = given[future]
            if (failure := future.exception()) is None:
                yield future.result()
            else:
                yield not_graded(task, Outcome.FAILED, f"the cluster could not grade it ({failure})")


def _die_with_master() -> None:
    """A worker ends when the master is killed, and leaves Ctrl-C to it."""
    from autograder.grading.sandbox.system_calls import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(signal.SIGKILL)
