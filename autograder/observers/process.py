"""A child process kept within bounds: its memory, its time, what it says, and all that it starts."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path

from autograder.observers.own_time import OwnTime

MEMORY = 2 << 30
"""Bytes that an answer may use on top of what is loaded already."""

SAID = 64 << 20
"""Bytes of evidence that are read at most: an answer that found the pipe could write for ever."""

FILE = 64 << 20
"""Bytes in any one file that an answer writes."""

LOOK = 0.1
"""Seconds after which one who waits for a child looks how much time it has used."""

SET_PARENT_DEATH_SIGNAL, SET_CHILD_SUBREAPER = 1, 36


def bound() -> None:
    """Bound this process's memory and files, where the platform lets us."""
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_DATA": _data_in_use() + MEMORY, "RLIMIT_FSIZE": FILE, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _data_in_use() -> int:
    with contextlib.suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/self/status").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("VmData")).split()[1])
    return 0


def adopt() -> None:
    """Become the parent of whatever a child leaves behind, so that it can be ended (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(parent: int) -> None:
    """End when the process ``parent``, which forked this one, ends, however that comes about (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it has ended before we asked
            os._exit(0)


def end_all(pid: int) -> int:
    """End a child and all it started, also what has left its process group; gives its wait status."""
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    for _ in range(1000):  # what was adopted may have children of its own
        try:
            orphans = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        except OSError:
            break
        if not orphans:
            break
        for orphan in map(int, orphans):
            with contextlib.suppress(OSError):
                os.kill(orphan, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(orphan, 0)
    return status


def remove(folder: str) -> None:
    """Remove a folder and all in it, also where a process that is being ended still writes there."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not Path(folder).exists():
            return
        time.sleep(0.05)


def read_line(pipe: int, child: int, seconds: float) -> bytes | None:
    """What a child writes up to the end of its line, or None if that takes too much time of its own."""
    own = OwnTime(child)
    data = bytearray()
    while not data.endswith(b"\n"):
        while not select.select([pipe], [], [], LOOK)[0]:
            if own.over(seconds):
                return None
        more = os.read(pipe, 1 << 16)
        if not more or len(data) > SAID:
            break
        data += more
    return bytes(data)


def how(status: int) -> str:
    """A wait status in words."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit status {code}"
