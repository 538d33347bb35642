"""A jailed child that runs one hand-in, as the host has to do with it."""

from __future__ import annotations

import contextlib
import os
import re
import select
import socket
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.grading.handins.beside import NONE, Files
from autograder.grading.inside import frames
from autograder.grading.inside.parent import INTERRUPT, KILL
from autograder.observers.own_time import OwnTime
from autograder.processes.own_folder import remove_all

TOO_MUCH = {"disk": "it filled its scratch folder", "threads": "it started more threads than it may"}
"""Why its keeper ended it, by the keeper's word."""
BACKSTOP_SECONDS = 600
"""On the clock, for what takes a moment on a quiet machine: that nothing waits for ever."""
GRACE_SECONDS = 3
"""Of its own time: how long a cell that was interrupted may take to stop, and a process to end."""
MOST_BYTES = 30_000_000
"""Of one message out of the sandbox."""
MOST_OF_EVIDENCE = 8_000_000
"""The same where evidence was asked for: five times the largest of an honest answer, 48 000 numbers drawn."""


class Lost(Exception):
    """The child is gone or had to be ended: ``why`` is "time", "died" or "message"; the text says more.

    ``doubtful`` where that may be the machine's doing: a signal, the clock.
    """

    def __init__(self, why: str, text: str, *, doubtful: bool = False) -> None:
        super().__init__(text)
        self.why, self.doubtful = why, doubtful


def child_of(host: socket.socket, folder: Path, files: Files = NONE) -> Child:
    """Ask the warm parent at ``host`` for a fresh fork, whose scratch folder in ``folder`` has ``files``.

    Raises Lost where there is none, or it does not enter its jail.
    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=folder))
    except FileNotFoundError:
        raise Lost("died", "the warm parent is gone, and its folder with it", doubtful=True) from None
    channel, inner_channel = socket.socketpair()
    control, inner_control = socket.socketpair()
    with inner_channel, inner_control, files.archive() as archive:
        descriptors = [inner_channel.fileno(), inner_control.fileno(), archive]
        try:
            socket.send_fds(host, [str(scratch).encode()], descriptors)
        except OSError as error:
            channel.close()
            control.close()
            raise Lost("died", f"the warm parent is gone ({error})", doubtful=True) from None
    return Child(channel, control, scratch)


class Child:
    """One jailed child; talks with `frames`. Everything it says is data, and none of it is believed.

    ``spent`` is the time of its own that it was waited for, ``computed`` that of the processor;
    ``interrupted`` and ``doubtful`` tell whether a cell was stopped, and one by the clock.
    """

    def __init__(self, channel: socket.socket, control: socket.socket, scratch: Path) -> None:
        """Raises Lost where it does not enter its jail."""
        self._channel, self._control, self._scratch = channel, control, scratch
        self._process: int | None = None
        self.interrupted = self.doubtful = False
        self.spent = self.computed = 0.0
        try:
            self._enter()
        except Lost:
            self.close()
            raise

    def _enter(self) -> None:
        deadline = time.monotonic() + BACKSTOP_SECONDS
        self._control.settimeout(BACKSTOP_SECONDS)
        try:
            entered = frames.receive(self._channel, MOST_BYTES, lambda: time.monotonic() > deadline)
        except (OSError, frames.BadFrame) as error:
            entered = {"failed": f"{type(error).__name__}: {error}"}
        if entered is None:
            raise self._how_it_ended()
        if "entered" not in entered:
            said = f"the sandbox could not be entered: {entered.get('failed')}"
            raise Lost("died", said, doubtful=True)
        with contextlib.suppress(OSError, IndexError):
            self._process = socket.recv_fds(self._control, 1, 1)[1][0]
        if self._process is None:
            raise self._how_it_ended()
        self._pid = _pid_of(self._process)

    def send(self, message: dict[str, Any], seconds: float) -> None:
        """Raises Lost where nobody listens, or not for so long."""
        own = OwnTime(self._pid)
        try:
            frames.send(self._channel, message, lambda: own.over(seconds))
        except TimeoutError:
            raise Lost("time", "it did not listen", doubtful=own.idled()) from None
        except OSError:
            raise self._how_it_ended() from None
        finally:
            self._count(own)

    def receive(self, seconds: float, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
        """The next message. A cell that takes more of its own time is interrupted, then ended."""
        own = OwnTime(self._pid)

        def over() -> bool:
            return own.over(seconds)

        try:
            while True:
                try:
                    message = frames.receive(self._channel, most_bytes, over)
                except TimeoutError:
                    if self.interrupted:
                        said = "it did not stop when it was interrupted"
                        raise Lost("time", said, doubtful=self.doubtful) from None
                    self.interrupted = True
                    self.doubtful |= own.idled()
                    seconds = own.passed() + GRACE_SECONDS
                    with contextlib.suppress(OSError):
                        self._control.send(INTERRUPT)
                    continue
                except frames.BadFrame as error:
                    late = isinstance(error, frames.Unfinished)
                    raise Lost("message", f"it sent {error}", doubtful=late) from None
                except OSError:
                    raise self._how_it_ended() from None
                if message is None:
                    raise self._how_it_ended()
                if "failed" in message:
                    raise Lost("died", f"its process failed ({str(message['failed'])[:200]})")
                return message
        finally:
            self._count(own)

    def close(self) -> None:
        """End the child, whatever it is doing, and wait until it has ended."""
        with contextlib.suppress(OSError):
            self._control.send(KILL)
            self._control.settimeout(BACKSTOP_SECONDS)
            while self._control.recv(16):
                """Until its keeper has said all and is gone."""
        self._control.close()
        self._channel.close()
        if self._process is not None:
            os.close(self._process)
        remove_all(self._scratch)

    def _count(self, own: OwnTime) -> None:
        self.spent += own.passed()
        self.computed += own.computed()

    def _how_it_ended(self) -> Lost:
        """What its keeper says of its end. One that lives on without its channel is ended."""
        if self._process is not None:
            own = OwnTime(self._pid)
            while not select.select([self._process], [], [], frames.LOOK_SECONDS)[0]:
                if own.over(GRACE_SECONDS):
                    return Lost("died", "it closed the channel to its grader", doubtful=True)
        try:
            self._control.settimeout(BACKSTOP_SECONDS)
            said = self._control.recv(16).decode()
        except OSError:
            said = ""
        if said == "cpu":
            return Lost("time", "it used up its processor time, cpu_seconds in course.yml")
        if said in TOO_MUCH:
            return Lost("died", TOO_MUCH[said])
        how = f"its process ended with status {said}" if said else "its process ended"
        return Lost("died", how, doubtful=not said.isdigit())


def _pid_of(process: int) -> int:
    """The pid in this process's own view of one that a descriptor stands for, wherever it was opened."""
    told = Path(f"/proc/self/fdinfo/{process}").read_text(encoding="ascii")
    found = re.search(r"^Pid:\s*(\d+)", told, re.MULTILINE)
    return int(found[1]) if found else 0
