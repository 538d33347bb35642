"""Many workers at once on this machine: processes that run `grade_task`.

Tasks are taken from their iterator only when a worker is about to be free: however large the class, a few
hand-ins are in memory at a time.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.util import Finalize

from autograder.grading.kernels import LentParent
from autograder.grading.results import Outcome
from autograder.grading.task import Graded, Settings, Task, borrow, end_parent, grade_task, not_graded

Lent = tuple[Settings, Sequence[LentParent]]

TRIES = 3
"""How often a task is given out before it is taken for what ends the workers."""
IN_HAND = 2
"""Tasks given out for each worker: one at work, one that waits, so that nobody idles."""


class Workers:
    """The processes that run `grade_task`. A context manager that ends those which are at work."""

    def __init__(self, jobs: int, lent: Lent | None = None) -> None:
        """``jobs`` of them, which have the use of the ``lent`` parents."""
        self.jobs, self._lent = jobs, lent
        self._begun: ProcessPoolExecutor | None = None
        self._others = set(multiprocessing.active_children())

    def begin(self) -> None:
        """Start them without waiting; what grading needs is loaded while the master gets ready."""
        self._begun = self._pool(self.jobs)
        with suppress(BrokenProcessPool):  # they are found dead, and new ones started, when there is work
            for _ in range(self.jobs):
                self._begun.submit(load)

    @contextmanager
    def pool(self, jobs: int) -> Iterator[ProcessPoolExecutor]:
        """Those that were begun, if nobody has had them yet, or so many new ones; they end afterwards."""
        pool, self._begun = self._begun or self._pool(jobs), None
        try:
            yield pool
        except BaseException:  # Ctrl-C, or the gradebook cannot be written: nobody waits for what is at work
            self._end(pool)
            raise
        pool.shutdown()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._begun is not None:
            self._end(self._begun)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, spawn, initializer=_begin, initargs=(os.getpid(), self._lent))

    def _end(self, pool: ProcessPoolExecutor) -> None:
        for worker in set(multiprocessing.active_children()) - self._others:
            worker.terminate()
        pool.shutdown(cancel_futures=True)


def on_this_machine(tasks: Iterable[Task], workers: Workers) -> Iterator[Graded]:
    """Grade with processes of this machine; yield each result as it comes.

    When a worker dies, what was given out is tried again one by one: what ends its worker then is known.
    """
    fresh = iter(tasks)
    suspects: deque[Task] = deque()
    deaths: Counter[str] = Counter()
    while True:
        if suspects:
            lost = yield from _until_one_dies(_taken_from(suspects), workers, 1, 1)
        elif not (lost := (yield from _until_one_dies(fresh, workers, workers.jobs, IN_HAND * workers.jobs))):
            return
        for task in lost:
            deaths[task.student] += 1
            if deaths[task.student] < TRIES:
                suspects.append(task)
            else:
                yield not_graded(task, Outcome.FAILED, f"the process that graded it died, {TRIES} times")


def _until_one_dies(
    tasks: Iterator[Task], workers: Workers, jobs: int, in_hand: int
) -> Generator[Graded, None, list[Task]]:
    """Yield the results of these tasks; return those that were given out when a worker died, if one did."""
    given: dict[Future[Graded], Task] = {}
    with workers.pool(jobs) as pool:
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


def load() -> None:
    """Import what grading needs only when it judges and draws."""
    gc.disable()
    for name in ("autograder.judging", "matplotlib.figure", "matplotlib.backends.backend_agg"):
        import_module(name)
    gc.enable()
    gc.freeze()  # what is here to stay need not be looked through again and again


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
    Finalize(None, _drop_work, exitpriority=0)  # without a tidy end of all that was loaded


def _drop_work(*_: object) -> None:
    """End a worker at once, with its warm parent and that one's temporary files."""
    end_parent()
    os._exit(0)
