"""Python's search for garbage, put off or spared. All that this course does about it stands here.

With TensorFlow loaded, one look through all objects takes 0.2 s.
"""

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


@contextmanager
def no_collection() -> Iterator[None]:
    """In the block, in which much is imported, nothing is searched: TensorFlow is there a fourth sooner."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def keep_all() -> None:
    """What is here now is here to stay: nothing of it is looked through again, nor copied in each fork.

    At the end of a process Python would look once more: with all that `course` loads 0.4 s.
    """
    gc.freeze()  # what is garbage already stays, too
