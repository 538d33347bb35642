"""Many machines at once: tasks go to the workers of a dask.distributed cluster."""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.grading.engine.cluster_worker import grade_packed
from autograder.grading.engine.task import Task, fingerprint, not_graded
from autograder.grading.results import Graded, Outcome

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 15
PATIENCE_SECONDS = 60
"""How long grading waits for a worker where the cluster has none."""
LOOK_SECONDS = 5
"""How often it looks, while no result comes, whether there are workers at all."""
AHEAD = 2
"""Tasks under way for each worker: one that it runs, and the next. More would only fill the memory."""


def on_a_cluster(tasks: Iterable[Task], scheduler: str) -> Iterator[Graded]:
    """Grade with the workers of a dask.distributed scheduler, at an address such as tcp://host:8786.

    Each result is yielded as it comes. A worker that dies costs a second try elsewhere. Raises CourseError
    where dask.distributed is not installed, where nobody answers at the address, where the cluster has no
    worker, or where a worker cannot grade as this machine would.
    """
    waiting = iter(tasks)
    with _connected(scheduler) as client:
        given: dict[Future[Graded], Task] = {}
        while True:
            room = AHEAD * max(1, len(_workers(client, scheduler))) - len(given)
            for task in islice(waiting, max(0, room)):
                packed = pickle.dumps(task)
                given[client.submit(grade_packed, packed, fingerprint(), pure=False)] = task
            if not given:
                return
            for future in _next_done(client, given, scheduler):
                yield _result(future, given.pop(future))


def _connected(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs dask.distributed. Next: .venv/bin/python -m pip install distributed"
        ) from None

    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what goes wrong is told once, below
    came: SimpleQueue[Client | Exception] = SimpleQueue()

    def connect() -> None:
        try:
            came.put(Client(scheduler, timeout=CONNECT_SECONDS))
        except Exception as error:
            came.put(error)

    # In a thread, since Client waits for ever where something listens that never says a word.
    threading.Thread(target=connect, daemon=True).start()
    try:
        answer = came.get(timeout=2 * CONNECT_SECONDS)
    except Empty:
        answer = TimeoutError("what listens there says nothing")
    if isinstance(answer, Exception):
        raise CourseError(
            f"No scheduler answers at {scheduler} ({_first_line(answer)}). "
            "Next: start one with .venv/bin/dask scheduler, and give the address that it prints."
        )
    return answer


def _workers(client: Client, scheduler: str) -> dict[str, Any]:
    """The cluster's workers; waits for the first. Raises CourseError where there is none, or no scheduler."""
    try:
        if not (workers := client.nthreads()):
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
            workers = client.nthreads()
    except TimeoutError:
        raise CourseError(
            f"The scheduler at {scheduler} has no workers. Next: start some with .venv/bin/dask worker "
            f"{scheduler} --nthreads 1, and grade again; what is graded already stays."
        ) from None
    except OSError:
        raise _gone(scheduler) from None
    return workers


def _next_done(client: Client, given: Iterable[Future[Any]], scheduler: str) -> list[Future[Any]]:
    """The tasks that have ended, one at least."""
    from concurrent.futures import CancelledError

    from distributed import wait

    while True:
        try:
            return list(wait(list(given), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            _workers(client, scheduler)
        except (CancelledError, OSError):
            raise _gone(scheduler) from None


def _result(future: Future[Any], task: Task) -> Graded:
    """Of a task that has ended. What a worker did not grade for a reason of its own ends the run."""
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return not_graded(task, Outcome.FAILED, "every worker of the cluster that graded it died")
    except Exception as error:
        raise CourseError(
            f"A worker of the cluster cannot grade: {_first_line(error)}. "
            "Next: set that machine up as this one, or end its worker; then grade again. "
            "What is graded already stays."
        ) from None


def _gone(scheduler: str) -> CourseError:
    return CourseError(
        f"The scheduler at {scheduler} no longer answers. Next: start it and its workers again, and grade "
        "again; what is graded already stays."
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
