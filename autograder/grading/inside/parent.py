"""The warm parent: imports once what hand-ins need, then forks a jailed child for each.

Started by the host with a Unix socket as its only way in. The first message configures it, each one after
that asks for a child and carries three descriptors: the child's channel, its keeper's control channel, and an
archive of what lies beside the notebook. The parent takes nothing else from anyone, so a child can do nothing
to it or to its siblings.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from autograder.grading.inside import blocked_imports, child, frames, usage
from autograder.grading.sandbox import Jail, Level, Limits, View
from autograder.processes.forking import PYPLOT, adopt_orphans, end_orphans, fork, load, quiet
from autograder.processes.garbage import keep_all

CONFIG_LIMIT = 1_000_000
OURS = ("autograder.observers", "numpy.ma")
"""What a child needs to observe, which NumPy would load only when it is asked for: once, before the fork."""
INTERRUPT, KILL, HANDED = b"i", b"k", b"p"
"""Words of the host to a keeper; and of the keeper, with a descriptor of the jailed process."""
FAILS = "import math\n\n\ndef root(x):\n    y = math.sqrt(x)  # below 0\n    return y\n\n\nroot(-1.0)"
"""A cell whose error has what most have: a call, numbers, a text, a comment."""
LOOK_SECONDS = 0.05
LOOKS_AT_THE_DISK = 5
"""Every so many, since they take longer."""


def main(descriptor: int) -> None:
    """Serve until the host closes."""
    host = socket.socket(fileno=descriptor)
    config = frames.receive(host, CONFIG_LIMIT)
    if config is None:
        return
    blocked_imports.install()
    load((*config["modules"], *OURS))
    _look_up_kernels()
    shell = _warm_shell(config["output_bytes"], pictures=PYPLOT in config["modules"])
    jail = _jail(config)
    jail.prepare()
    adopt_orphans()
    quiet()
    keep_all()
    frames.send(host, {"version": frames.VERSION, "threads": len(list(Path("/proc/self/task").iterdir()))})
    while True:
        data, descriptors, _, _ = socket.recv_fds(host, 4096, 3)
        if not data:
            os._exit(0)  # nothing in here is worth a tidy end, which takes TensorFlow a second
        channel, control, files = descriptors
        scratch = Path(data.decode())
        fork(partial(_child, host, jail, scratch, channel, control, files, shell))
        for descriptor in descriptors:
            os.close(descriptor)
        _reap()


def _child(
    host: socket.socket, jail: Jail, scratch: Path, spoken: int, kept: int, files: int, shell: Any
) -> None:
    """Enter the jail and serve, by the descriptors of its channel, its keeper's, and what lies beside."""
    host.close()
    channel, control = socket.socket(fileno=spoken), socket.socket(fileno=kept)
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        adopt_orphans()

        def watch(pid: int) -> None:
            channel.close()
            os.close(files)
            keep(pid, control, jail.limits, None if jail.level is Level.NAMESPACES else scratch)

        placed = Jail(jail.level, jail.view, jail.limits, jail.root, scratch)
        placed.enter(watch)
        control.close()
        child.lay_out(files)
        child.settle(placed.folder, channel)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        frames.send(channel, {"entered": True})
        child.serve(channel, shell)
    except BaseException as error:
        with contextlib.suppress(BaseException):
            frames.send(channel, {"failed": f"{type(error).__name__}: {error}"})


def keep(pid: int, control: socket.socket, limits: Limits, scratch: Path | None) -> None:
    """Watch over a jailed process: hand it to the host, pass on its word, end with it, say how it ended.

    With a ``scratch`` folder, watch over what it uses there and of threads, too: nothing else bounds that.
    """
    ended = os.pidfd_open(pid)
    socket.send_fds(control, [HANDED], [ended])
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(control, select.POLLIN)
    why = ""
    for look in count():
        ready = dict(poll.poll(1000 * LOOK_SECONDS if scratch else None))
        if ended in ready:
            break
        if scratch and (why := _too_much(pid, limits, scratch, disk=look % LOOKS_AT_THE_DISK == 0)):
            signal.pidfd_send_signal(ended, signal.SIGKILL)
            poll.poll()
            break
        if control.fileno() in ready:
            word = control.recv(1)
            signal.pidfd_send_signal(ended, signal.SIGINT if word == INTERRUPT else signal.SIGKILL)
            if not word:
                poll.unregister(control)
    _, status, spent = os.wait4(pid, 0)
    if spent.ru_utime + spent.ru_stime >= limits.cpu_seconds:
        why = why or "cpu"
    end_orphans()
    with contextlib.suppress(OSError):
        control.sendall(f"{why or os.waitstatus_to_exitcode(status)}".encode())


def _too_much(pid: int, limits: Limits, scratch: Path, *, disk: bool) -> str:
    """What a process has too much of: "threads", "disk" where that is looked at, or nothing."""
    if usage.threads(pid) > limits.threads:
        return "threads"
    if disk and usage.disk_bytes(pid, scratch, limits.file_bytes) > limits.scratch_bytes:
        return "disk"
    return ""


def _look_up_kernels() -> None:
    """Have TensorFlow look for kernels where it was started. In a jail it might not, and would die of it."""
    if "tensorflow" in sys.modules:
        import_module("tensorflow.python.framework.kernels").get_registered_kernels_for_op("NoOp")


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


def _reap() -> None:
    """Take note of keepers that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
