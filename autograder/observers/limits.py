"""A time limit inside this process: best effort, since an answer may swallow every exception."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 3

_ends: list[tuple[float, float]] = []
"""Of each limit that is running: where the clock, and the processor's, will stand when the time is up."""


class TimeIsUp(BaseException):
    """Raised inside the answer when its time is up; ``except Exception`` lets it through."""


class Interrupted(BaseException):
    """Someone pressed the stop button (or the answer raised KeyboardInterrupt: there is no telling)."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in the block: in the main thread, where the platform has SIGALRM.

    After ``seconds`` of computing, or PATIENCE times that on the clock: a busy machine is not the answer's
    fault, nor is a first import of TensorFlow. Everywhere else ``check_time`` must be called for it.
    """
    started = time.monotonic()
    _ends.append((started + PATIENCE * seconds, time.process_time() + seconds))
    try:
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return

        def ring(_number: int, _frame: Any) -> None:
            check_time()

        old_handler = signal.signal(signal.SIGALRM, ring)
        # Again every half second: a bare ``except:`` around one step of a loop catches the first.
        old_delay, old_interval = signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old_handler)
            if old_delay:
                left = max(0.001, old_delay - (time.monotonic() - started))
                signal.setitimer(signal.ITIMER_REAL, left, old_interval)
    finally:
        _ends.pop()


def check_time() -> None:
    """Raise TimeIsUp where the time is up: also between the calls of an answer that caught it once."""
    for clock, processor in _ends:
        if time.monotonic() >= clock or time.process_time() >= processor:
            raise TimeIsUp
