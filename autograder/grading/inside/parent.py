"""The warm parent: imports once what hand-ins need, then forks a jailed child for each.

Started by the host with a Unix socket as its only way in. The first message configures it, each one after
that asks for a child and carries two descriptors: the child's channel and its keeper's control channel. The
parent takes nothing else from anyone, so a child can do nothing to it or to its siblings.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import select
import signal
import socket
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.grading.inside import absent, child, frames
from autograder.grading.sandbox import Jail, Level, Limits, View
from autograder.grading.sandbox.limits import MOST_FILES
from autograder.grading.sandbox.system_call_filter import load_library
from autograder.grading.sandbox.system_calls import adopt_orphans

CONFIG_LIMIT = 1_000_000
PYPLOT = "matplotlib.pyplot"
OURS = ("autograder.observers",)
"""What a child needs of this course: compiled once, before the fork."""
INTERRUPT, KILL, HANDED = b"i", b"k", b"p"
"""Words of the host to a keeper; and of the keeper, with a descriptor of the jailed process."""
FAILS = "import math\n\n\ndef root(x):\n    y = math.sqrt(x)  # below 0\n    return y\n\n\nroot(-1.0)"
"""A cell whose error has what most have: a call, numbers, a text, a comment."""
DISK_CHECK_SECONDS = 0.25
DEEPEST = 50
"""Folders in one another in a scratch folder."""
HIDDEN_BYTES = 10
"""A file that was deleted and is still open cannot be counted: the disk itself may get fuller by this many
times what a scratch folder may hold while a hand-in runs."""


def main(descriptor: int) -> None:
    """Serve until the host closes."""
    host = socket.socket(fileno=descriptor)
    config = frames.receive(host, CONFIG_LIMIT)
    if config is None:
        return
    gc.disable()  # to look for garbage while TensorFlow comes in takes a fourth of the time
    absent.install()
    load_library()
    for name in (*config["modules"], *OURS):
        with contextlib.suppress(ImportError):
            import_module(name)
    shell = _warm_shell(config["output_bytes"], pictures=PYPLOT in config["modules"])
    jail = _jail(config)
    jail.prepare()
    adopt_orphans()
    _quiet()
    gc.enable()
    gc.collect()
    gc.freeze()  # what is here to stay need not be looked through, and copied, in every child
    frames.send(host, {"version": frames.VERSION, "threads": len(list(Path("/proc/self/task").iterdir()))})
    while True:
        data, descriptors, _, _ = socket.recv_fds(host, 4096, 2)
        if not data:
            os._exit(0)  # nothing in here is worth a tidy end, which takes TensorFlow a second
        channel, control = descriptors
        scratch = Path(data.decode())
        pid = os.fork()
        if pid == 0:
            host.close()
            _child(jail, scratch, socket.socket(fileno=channel), socket.socket(fileno=control), shell)
        os.close(channel)
        os.close(control)
        _reap()


def _child(jail: Jail, scratch: Path, channel: socket.socket, control: socket.socket, shell: Any) -> None:
    """Enter the jail and serve; never returns."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

        def watch(pid: int) -> None:
            channel.close()
            keep(pid, control, scratch if jail.level is Level.LANDLOCK else None, jail.limits)

        placed = Jail(jail.level, jail.view, jail.limits, jail.root, scratch)
        placed.enter(watch)
        control.close()
        child.settle(placed.folder, channel)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        frames.send(channel, {"entered": True})
        child.serve(channel, shell)
    except BaseException as error:
        with contextlib.suppress(BaseException):
            frames.send(channel, {"failed": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(0)


def keep(pid: int, control: socket.socket, scratch: Path | None, limits: Limits) -> None:
    """Watch over a jailed process: hand it to the host, pass on its word, end with it, say how it ended."""
    most_bytes = limits.scratch_bytes
    ended = os.pidfd_open(pid)
    socket.send_fds(control, [HANDED], [ended])
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(control, select.POLLIN)
    why = ""
    free = _free(scratch)
    while True:
        ready = dict(poll.poll(1000 * DISK_CHECK_SECONDS if scratch else None))
        if ended in ready:
            break
        filled = free - _free(scratch) > HIDDEN_BYTES * most_bytes
        if scratch and (filled or _disk_use(scratch) > most_bytes):
            why = "disk"
            signal.pidfd_send_signal(ended, signal.SIGKILL)
        elif control.fileno() in ready:
            word = control.recv(1)
            signal.pidfd_send_signal(ended, signal.SIGINT if word == INTERRUPT else signal.SIGKILL)
            if not word:
                poll.unregister(control)
    _, status, used = os.wait4(pid, 0)
    if used.ru_utime + used.ru_stime >= limits.cpu_seconds:
        why = why or "cpu"
    with contextlib.suppress(OSError):
        control.sendall(f"{why or os.waitstatus_to_exitcode(status)}".encode())


def _free(folder: Path | None) -> int:
    """The bytes that are free where the folder lies."""
    if folder is None:
        return 0
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _disk_use(folder: Path) -> float:
    """The bytes in a folder; infinitely many where files are too many, lie too deep, or cannot be counted."""
    total = files = 0
    folders = [(folder, 0)]
    while folders:
        place, depth = folders.pop()
        try:
            entries = os.scandir(place)
        except FileNotFoundError:
            continue
        except OSError:
            return math.inf
        with entries:
            for entry in entries:
                files += 1
                if depth > DEEPEST or files > MOST_FILES:
                    return math.inf
                with contextlib.suppress(OSError):  # it is gone by now
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((Path(entry.path), depth + 1))
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total


def _warm_shell(output_bytes: int, *, pictures: bool) -> Any:
    """A shell that has run a cell and shown an error: the first of each takes long. It shows ``pictures``."""
    from autograder.grading.inside.shell import new_shell

    shell = new_shell(output_bytes)
    for source in ("1 + 1", FAILS, *(["%matplotlib inline"] if pictures else [])):
        shell.run(source, 0)
    shell.reset()
    return shell


def _jail(config: dict[str, Any]) -> Jail:
    view = View(tuple(map(Path, config["readable"])), tuple(map(Path, config["hidden"])))
    return Jail(Level(config["level"]), view, Limits(**config["limits"]), Path(config["root"]), Path())


def _quiet() -> None:
    """One thread, and no TensorFlow context, or a fork would copy locks that nobody holds."""
    context = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if threading.active_count() > 1 or context is not None:
        raise RuntimeError("The warm parent has threads or a TensorFlow context; it cannot fork safely.")


def _reap() -> None:
    """Take note of keepers that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
