"""Puts off Python's search through all objects while a check runs: with TensorFlow loaded it takes 0.2 s."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

NEVER = 1 << 30
"""So many younger collections come first."""

_running: list[int] = []
"""One entry for each block that runs: the threshold to put back."""

_lock = threading.Lock()


@contextmanager
def no_full_collection() -> Iterator[None]:
    """In the block only young objects are searched for garbage; all the others get their turn afterwards."""
    with _lock:
        young, middle, old = gc.get_threshold()
        _running.append(old)
        gc.set_threshold(young, middle, NEVER)
    try:
        yield
    finally:
        with _lock:  # whichever block ends last puts back what the first one found
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, _running.pop())
