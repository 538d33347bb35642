"""Many workers at once on this machine: processes that run `grade_task`.

Tasks are taken from their iterator only when a worker is about to be free: however large the class, a few
hand-ins are in memory at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from autograder.grading.kernels import LentParent
from autograder.grading.results import Outcome
from autograder.grading.task import Graded, Settings, Task, borrow, end_parent, grade_task, not_graded

Lent = tuple[Settings, Sequence[LentParent]]

TRIES = 3
"""How often a task is given out before it is taken for what ends the workers."""
IN_HAND = 2
"""Tasks given out for each worker: one at work, one that waits, so that nobody idles."""


def on_this_machine(tasks: Iterable[Task], jobs: int, lent: Lent | None = None) -> Iterator[Graded]:
    """Grade with ``jobs`` processes; yield each result as it comes. They have the use of ``lent`` parents.

    When a worker dies, what was given out is tried again one by one: what ends its worker then is known.
    """
    fresh = iter(tasks)
    suspects: deque[Task] = deque()
    deaths: Counter[str] = Counter()
    while True:
        if suspects:
            lost = yield from _until_one_dies(_taken_from(suspects), 1, 1, lent)
        elif not (lost := (yield from _until_one_dies(fresh, jobs, IN_HAND * jobs, lent))):
            return
        for task in lost:
            deaths[task.student] += 1
            if deaths[task.student] < TRIES:
                suspects.append(task)
            else:
                yield not_graded(task, Outcome.FAILED, f"the process that graded it died, {TRIES} times")


def _until_one_dies(
    tasks: Iterator[Task], jobs: int, in_hand: int, lent: Lent | None
) -> Generator[Graded, None, list[Task]]:
    """Yield the results of these tasks; return those that were given out when a worker died, if one did."""
    given: dict[Future[Graded], Task] = {}
    spawn = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(jobs, spawn, initializer=_begin, initargs=(os.getpid(), lent)) as pool:
        try:
            while True:
                while len(given) < in_hand and (task := next(tasks, None)) is not None:
                    try:
                        given[pool.submit(grade_task, task)] = task
                    except BrokenProcessPool:
                        return [task, *given.values()]
                if not given:
                    return []
                done, _ = wait(given, return_when=FIRST_COMPLETED)
                for future in done:
                    if isinstance(future.exception(), BrokenProcessPool):
                        return list(given.values())
                    del given[future]
                    yield future.result()
        except BaseException:  # Ctrl-C, or the gradebook cannot be written: nobody waits for what is at work
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


def _taken_from(tasks: deque[Task]) -> Iterator[Task]:
    while tasks:
        yield tasks.popleft()


def _begin(master: int, lent: Lent | None) -> None:
    """A worker ends when the master is killed, and leaves Ctrl-C to it."""
    from autograder.grading.sandbox.system_calls import end_with_parent

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _drop_work)
    end_with_parent(signal.SIGKILL)
    if os.getppid() != master:  # it was killed before this was asked for
        os._exit(1)
    if lent:
        borrow(*lent)


def _drop_work(*_: object) -> None:
    """End a worker at once, with its warm parent and that one's temporary files."""
    end_parent()
    os._exit(1)
