"""A jailed child that runs one hand-in, as the host has to do with it."""

from __future__ import annotations

import contextlib
import socket
import tempfile
from pathlib import Path
from typing import Any

from autograder.grading.beside import NONE, Files
from autograder.grading.inside import frames
from autograder.grading.inside.parent import INTERRUPT, KILL
from autograder.grading.own_folder import remove_all

ENTER_SECONDS = 30
TOO_MUCH = {"disk": "it filled its scratch folder", "threads": "it started more threads than it may"}
"""Why its keeper ended it, by the keeper's word."""
GRACE_SECONDS = 3
"""How long a cell that was interrupted may take to stop."""
MOST_BYTES = 30_000_000
"""Of one message out of the sandbox."""
MOST_OF_EVIDENCE = 8_000_000
"""The same where evidence was asked for: five times the largest of an honest answer, 48 000 numbers drawn."""


class Lost(Exception):
    """The child is gone or had to be ended: ``why`` is "time", "died" or "message"; the text says more."""

    def __init__(self, why: str, text: str) -> None:
        super().__init__(text)
        self.why = why


def child_of(host: socket.socket, folder: Path, seconds: float = ENTER_SECONDS, files: Files = NONE) -> Child:
    """Ask the warm parent at ``host`` for a fresh fork, whose scratch folder in ``folder`` has ``files``.

    Raises Lost where there is none, or it has not entered its jail after so many seconds.
    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=folder))
    except FileNotFoundError:
        raise Lost("died", "the warm parent is gone, and its folder with it") from None
    channel, inner_channel = socket.socketpair()
    control, inner_control = socket.socketpair()
    with inner_channel, inner_control, files.archive() as archive:
        descriptors = [inner_channel.fileno(), inner_control.fileno(), archive]
        try:
            socket.send_fds(host, [str(scratch).encode()], descriptors)
        except OSError as error:
            channel.close()
            control.close()
            raise Lost("died", f"the warm parent is gone ({error})") from None
    return Child(channel, control, scratch, seconds)


class Child:
    """One jailed child; talks with `frames`. Everything it says is data, and none of it is believed."""

    def __init__(
        self, channel: socket.socket, control: socket.socket, scratch: Path, seconds: float = ENTER_SECONDS
    ) -> None:
        """Raises Lost where it has not entered the jail after so many seconds."""
        self._channel, self._control, self._scratch = channel, control, scratch
        self.interrupted = False
        try:
            entered = self.receive(seconds)
        except Lost:
            self.close()
            raise
        if "entered" not in entered:
            self.close()
            raise Lost("died", f"the sandbox could not be entered: {entered.get('failed')}")

    def send(self, message: dict[str, Any]) -> None:
        """Raises Lost where nobody listens."""
        try:
            self._channel.settimeout(ENTER_SECONDS)
            frames.send(self._channel, message)
        except OSError:
            raise self._how_it_ended() from None

    def receive(self, seconds: float, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
        """The next message. A cell that takes longer is interrupted, and ended if that does not help."""
        while True:
            try:
                message = frames.receive(self._channel, most_bytes, seconds)
            except TimeoutError:
                if self.interrupted:
                    raise Lost("time", "it did not stop when it was interrupted") from None
                self.interrupted = True
                seconds = GRACE_SECONDS
                with contextlib.suppress(OSError):
                    self._control.send(INTERRUPT)
                continue
            except frames.BadFrame as error:
                raise Lost("message", f"it sent {error}") from None
            except OSError:
                raise self._how_it_ended() from None
            if message is None:
                raise self._how_it_ended()
            return message

    def close(self) -> None:
        """End the child, whatever it is doing, and wait until it has ended."""
        with contextlib.suppress(OSError):
            self._control.send(KILL)
            self._control.settimeout(ENTER_SECONDS)
            self._control.recv(16)
        self._control.close()
        self._channel.close()
        remove_all(self._scratch)

    def _how_it_ended(self) -> Lost:
        """What its keeper says of its end."""
        self._control.settimeout(GRACE_SECONDS)
        try:
            said = self._control.recv(16).decode()
        except OSError:
            said = ""
        if said in TOO_MUCH:
            return Lost("died", TOO_MUCH[said])
        return Lost("died", f"its process ended with status {said}" if said else "its process ended")
