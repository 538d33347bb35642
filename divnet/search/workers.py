"""Processes that train side by side: a training goes in, progress and a result come out."""

import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from divnet.search.plan import SearchError, Training
from divnet.search.trial import Result, run_training

Job = tuple[Any, Training]
"""A key of the caller's own, and what to train."""

_LIVES = 3  # how often a training may kill the process that runs it
_JOBS = 40  # that a process does; each compiled loop keeps some 40 MB of it, for as long as it lives


class Outcome(NamedTuple):
    """What became of a job: its epochs so far, and at its end its result."""

    key: Any
    epochs_done: int
    result: Result | None


def run_here(jobs: Iterator[Job], points: int, report: Callable[[Outcome], None]) -> None:
    """Run the jobs one after another in this process."""
    for key, training in jobs:

        def so_far(done: int, _epochs: int, key: Any = key) -> None:
            report(Outcome(key, done, None))

        result = run_training(training, points, so_far)
        report(Outcome(key, training.configuration.epochs, result))


def run_side_by_side(
    jobs: Iterator[Job], points: int, workers: int, report: Callable[[Outcome], None]
) -> None:
    """Run the jobs in so many processes; `report` is called in this one.

    A job whose process is killed is given to a new one. When this process ends, however it ends, its workers
    find nobody to report to, and end too.
    """
    busy: list[_Worker] = []
    try:
        while True:
            while len(busy) < workers and (job := next(jobs, None)) is not None:
                busy.append(_Worker(points, job))
            if not busy:
                return
            for pipe in wait([worker.pipe for worker in busy]):
                worker = next(worker for worker in busy if worker.pipe is pipe)
                outcome = worker.hear()
                if outcome is not None:
                    report(outcome)
                    if outcome.result is None:
                        continue
                    if worker.jobs < _JOBS and (job := next(jobs, None)) is not None:
                        worker.give(job)
                        continue
                busy.remove(worker)
                worker.end()
                if outcome is None:
                    busy.append(worker.successor())
    finally:
        for worker in busy:
            worker.process.terminate()
            worker.process.join()


class _Worker:
    """A process that does one job after another."""

    def __init__(self, points: int, job: Job):
        context = get_context("spawn")  # TensorFlow does not survive a fork
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, points), daemon=True)
        self.process.start()
        theirs.close()
        self.jobs = 0
        self._points, self._lives = points, _LIVES
        self.give(job)

    def give(self, job: Job) -> None:
        """Start a job; when the process is dead already, `hear` will tell."""
        self.job, self._lives, self.jobs = job, _LIVES, self.jobs + 1
        with suppress(OSError):
            self.pipe.send(job[1])

    def hear(self) -> Outcome | None:
        """Return what the process has to say; None where it was killed. Raises what the training raised."""
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(message, Exception):
            raise message
        return Outcome(self.job[0], *message)

    def end(self) -> None:
        """Let the process know that there is nothing more, and wait for its end."""
        self.pipe.close()
        self.process.join()

    def successor(self) -> "_Worker":
        """Return a new process for the job on which this one died."""
        if self._lives == 1:
            raise SearchError(
                f"search: {_LIVES} processes were killed as they trained {self.job[1].configuration}; "
                "is there enough memory?"
            )
        worker = _Worker(self._points, self.job)
        worker._lives = self._lives - 1
        return worker


def _work(pipe: Connection, points: int) -> None:
    """Train what comes out of the pipe until nobody is at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    with suppress(EOFError, OSError):
        while True:
            training = pipe.recv()
            try:
                result = run_training(training, points, lambda done, _epochs: pipe.send((done, None)))
            except OSError:  # nobody to report to
                raise
            except Exception as error:
                pipe.send(SearchError(f"search: {training.configuration}: {error}"))
            else:
                pipe.send((training.configuration.epochs, result))
