"""The one way to fork (Linux): a warm process loads what is heavy once, and each child is a fork of it.

`observers.worker` is one, for answers in a process of their own; `grading.inside.parent` is one for hand-ins.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from autograder.processes.garbage import keep_all, no_collection

FORKS = sys.platform == "linux"
"""Elsewhere a process is started anew for each answer: a fork of a process with frameworks may hang there."""
PYPLOT = "matplotlib.pyplot"
LIGHT = ("numpy",)
MIDDLE = (*LIGHT, "scipy.optimize", PYPLOT)
HEAVY = (*MIDDLE, "tensorflow", "keras")
HEAVIEST = (*HEAVY, "torch", "jax")
"""What answers import: loaded once, before the fork. The less there is, the sooner a child is there. What is
not installed is left out. PyTorch's libraries alone are larger than the memory that a hand-in may map."""

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


@cache
def libc() -> ctypes.CDLL:
    """The C library; looked for when first needed, since this module is imported where there is no Linux."""
    return ctypes.CDLL(None, use_errno=True)


def checked(name: str, result: int) -> int:
    """What a function of the C library returned; raises an OSError with its name where that is an error."""
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result


def prctl(name: str, option: int, *arguments: int) -> None:
    """Change something about this process, as prctl(2) has it."""
    four = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    checked(f"prctl {name}", libc().prctl(ctypes.c_int(option), *four))


def load(modules: Iterable[str]) -> None:
    """Import what is installed of these, for all children.

    A module that is there already, or cannot be imported, costs nothing more.
    """
    missing = [name for name in modules if name not in sys.modules]
    with no_collection():
        for name in missing:
            with contextlib.suppress(Exception):  # a module that is not there is its own affair
                import_module(name)
    if not sys.modules.keys().isdisjoint(missing):
        keep_all()


def adopt_orphans() -> None:
    """Processes whose parent has ended become children of this one, which can then wait for them."""
    prctl("PR_SET_CHILD_SUBREAPER", _PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(parent: int | None = None) -> None:
    """End at the parent's end, however that comes. A change of user id undoes it, so ask after that.

    ``parent``, where it is known, may have ended before this was asked for.
    """
    prctl("PR_SET_PDEATHSIG", _PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def fork(work: Callable[[], object]) -> int:
    """The pid of a child that does this ``work`` and ends, without anything that a tidy end would do."""
    if pid := os.fork():
        return pid
    try:
        work()
    finally:
        os._exit(0)


def quiet() -> None:
    """Raise RuntimeError unless there is one thread and no TensorFlow context: a fork copies their locks."""
    context = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if threading.active_count() > 1 or context is not None:
        raise RuntimeError("The warm parent has threads or a TensorFlow context; it cannot fork safely.")


def end_orphans() -> None:
    """End all that is below this process, its own children and those that it has adopted."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # raises where none is left
            for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split():
                os.kill(int(pid), signal.SIGKILL)
            os.waitpid(-1, 0)


def end(pid: int) -> int:
    """End a child and whatever it started; gives its wait status."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    end_orphans()
    return status
