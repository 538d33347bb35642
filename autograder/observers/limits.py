"""A time limit inside this process: best effort, since an answer may swallow every exception."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from autograder.observers.own_time import OwnTime

PATIENCE = 1.5
"""So many times as long as it may compute, an answer may take in all, waiting included."""
AGAIN = 0.5
"""Seconds until the next one: a bare ``except:`` around one step of a loop catches the first."""


class TimeIsUp(BaseException):
    """Raised inside the answer when its time is up; ``except Exception`` lets it through."""


class Interrupted(BaseException):
    """Someone pressed the stop button (or the answer raised KeyboardInterrupt: there is no telling)."""


@dataclass(frozen=True)
class _Limit:
    own: OwnTime
    seconds: float

    def over(self) -> bool:
        return self.own.computed() >= self.seconds or self.own.over(PATIENCE * self.seconds)


_limits: list[_Limit] = []
"""Those that are running."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in the block after ``seconds`` of computing, or PATIENCE times that of its own time.

    A busy machine is not the answer's fault, nor is a first import of TensorFlow. In the main thread an alarm
    rings; elsewhere, and on Windows, which has none, a thread watches: it cannot end a call that waits.
    """
    _limits.append(_Limit(OwnTime(), seconds))
    alarmed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    try:
        with _alarm(seconds) if alarmed else _watchdog(seconds):
            yield
    finally:
        _limits.pop()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    started = time.monotonic()

    def ring(_number: int, _frame: Any) -> None:
        check_time()

    old_handler = signal.signal(signal.SIGALRM, ring)
    old_delay, old_interval = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old_handler)
        if old_delay:
            left = max(0.001, old_delay - (time.monotonic() - started))
            signal.setitimer(signal.ITIMER_REAL, left, old_interval)


@contextmanager
def _watchdog(seconds: float) -> Iterator[None]:
    watched = threading.get_ident()
    over, raising = threading.Event(), threading.Lock()

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            wait = AGAIN
            try:
                check_time()
            except TimeIsUp:
                with raising:
                    if not over.is_set():
                        _raise_in(watched, TimeIsUp)

    with contextlib.suppress(RuntimeError):  # a Python without threads has no time limit
        threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        try:
            over.set()
        finally:  # it may be raised right here; the next one is AGAIN away
            over.set()
            with raising:
                _raise_in(watched, None)  # one that is on its way


def _raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Have a thread raise an exception before its next step; with None, take back one not yet raised."""
    raised = None if exception is None else ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def check_time() -> None:
    """Raise TimeIsUp where the time is up: also between the calls of an answer that caught it once."""
    if any(limit.over() for limit in _limits):
        raise TimeIsUp
