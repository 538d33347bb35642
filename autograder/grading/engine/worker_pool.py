"""Many workers at once on this machine: processes that run `grade_task`.

Tasks are taken from their iterator only when a worker is free: however large the class, a few hand-ins are in
memory at a time. Each worker has a channel of its own, whose other end nobody else holds: where it is killed,
even in the middle of a word, the channel ends. (In concurrent.futures all share one, and the run would hang.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import cast

from autograder.grading.engine.task import Task, borrow, end_parent, grade_task, not_graded
from autograder.grading.results import Graded, Outcome
from autograder.grading.run.children import GRACE_SECONDS
from autograder.grading.run.own_code import remove as remove_own_code
from autograder.grading.run.settings import Settings
from autograder.grading.run.warm_parents import LentParent
from autograder.processes.forking import end_with_parent
from autograder.processes.garbage import keep_all, no_full_collection

Lent = tuple[Settings, Sequence[LentParent]]

TRIES = 3
"""How often a task is given out before it is taken for what ends the workers."""


class Worker:
    """One process that runs `grade_task`, and the task that it was given last."""

    def __init__(self, lent: Lent | None) -> None:
        """Start it without waiting; it loads what grading needs while the master gets ready."""
        spawn = multiprocessing.get_context("spawn")
        self.channel, theirs = spawn.Pipe()
        self.task: Task | None = None
        self._process = spawn.Process(target=_serve, args=(os.getpid(), lent, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, task: Task) -> None:
        """To one that has none. Where it has died, `take` tells."""
        self.task = task
        with suppress(OSError):
            self.channel.send(task)

    def take(self) -> Graded | None:
        """What became of its task; None where it has died."""
        try:
            graded: Graded = self.channel.recv()
        except (EOFError, OSError):
            return None
        return graded

    def end(self) -> None:
        """End it at once, whatever it is doing."""
        self._process.terminate()
        self._process.join(GRACE_SECONDS)
        self._process.kill()
        self._process.join()
        self.channel.close()


class WorkerPool:
    """Worker processes of this machine, as many as ``jobs``. A context manager that ends them."""

    def __init__(self, jobs: int, lent: Lent | None = None) -> None:
        """They have the use of the ``lent`` parents."""
        self._jobs, self._lent = jobs, lent
        self._idle: list[Worker] = []
        self._busy: dict[Connection, Worker] = {}

    def begin(self, tasks: int) -> None:
        """Start them without waiting, no more than there are tasks."""
        self._idle += [Worker(self._lent) for _ in range(min(self._jobs, tasks) - len(self._idle))]

    def grade(self, tasks: Iterable[Task]) -> Generator[Graded, None, None]:
        """Yield each result as it comes. A task whose worker died is tried again in another one."""
        fresh = iter(tasks)
        again: deque[Task] = deque()
        done: deque[Graded] = deque()
        deaths: Counter[str] = Counter()
        while True:
            while (
                len(self._busy) < self._jobs
                and len(done) <= self._jobs  # else whoever takes the results is slower than the workers
                and (task := again.popleft() if again else next(fresh, None))
            ):
                worker = self._idle.pop() if self._idle else Worker(self._lent)
                worker.give(task)
                self._busy[worker.channel] = worker
            if done:
                yield done.popleft()
            elif not self._busy:
                return
            for worker, graded in self._that_are_done(waiting=bool(self._busy) and not done):
                if graded:
                    done.append(graded)
                elif lost := worker.task:
                    deaths[lost.student] += 1
                    if deaths[lost.student] < TRIES:
                        again.append(lost)
                    else:
                        said = f"the process that graded it died, {TRIES} times"
                        done.append(replace(not_graded(lost, Outcome.FAILED, said), doubtful=True))

    def _that_are_done(self, *, waiting: bool) -> Iterator[tuple[Worker, Graded | None]]:
        """Workers that have done their task, with the result, or have died; ``waiting`` for one at least."""
        for channel in wait(list(self._busy), None if waiting else 0):
            worker = self._busy.pop(cast("Connection", channel))
            graded = worker.take()
            if graded:
                self._idle.append(worker)
            else:
                worker.end()
            yield worker, graded

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in (*self._idle, *self._busy.values()):
            worker.end()


def _serve(master: int, lent: Lent | None, channel: Connection) -> None:
    """What a worker does: grade what the master sends, until the channel ends."""
    _begin(master, lent)
    _load()
    with suppress(EOFError, OSError):
        while True:
            channel.send(grade_task(channel.recv()))
    _drop_work()


def _load() -> None:
    """Import what grading would need only when it judges and draws."""
    with no_full_collection():
        for name in ("autograder.judging", "mpmath", "matplotlib.figure", "matplotlib.backends.backend_agg"):
            import_module(name)
    keep_all()


def _begin(master: int, lent: Lent | None) -> None:
    """A worker ends when the master is killed, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _drop_work)
    end_with_parent(master)
    if lent:
        borrow(*lent)


def _drop_work(*_: object) -> None:
    """End a worker at once, with its warm parent and its files; what was loaded is just dropped."""
    end_parent()
    remove_own_code()
    os._exit(0)
