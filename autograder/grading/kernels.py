"""The host's side of the sandbox: a warm parent, and jailed children that run one hand-in each."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder import QUIET_TENSORFLOW
from autograder.grading.inside import frames
from autograder.grading.inside.parent import INTERRUPT, KILL
from autograder.grading.own_folder import OwnFolder
from autograder.grading.sandbox import Level, Limits, bubblewrap, view_of_python
from autograder.grading.sandbox.view import site_packages
from autograder.grading.visible import START, lay_out

MODULES = ("numpy", "scipy.optimize", "matplotlib.pyplot", "tensorflow", "keras")
"""What hand-ins import: loaded once, before the fork."""
START_SECONDS = 120
ENTER_SECONDS = 30
GRACE_SECONDS = 3
"""How long a cell that was interrupted may take to stop."""
MOST_BYTES = 30_000_000
"""Of one message out of the sandbox."""


class Lost(Exception):
    """The child is gone or had to be ended: ``why`` is "time", "died" or "message"; the text says more."""

    def __init__(self, why: str, text: str) -> None:
        super().__init__(text)
        self.why = why


class WarmParent:
    """A process with the imports done; `child` gives a jailed fork of it. A context manager."""

    def __init__(
        self,
        level: Level,
        limits: Limits | None = None,
        modules: tuple[str, ...] = MODULES,
        output_bytes: int = 2_000_000,
        in_bubblewrap: bool | None = None,
    ) -> None:
        """``in_bubblewrap`` left out: where it works."""
        self.level, self.limits, self.modules = level, limits or Limits(), modules
        self.output_bytes = output_bytes
        self.in_bubblewrap = not bubblewrap.problem(level) if in_bubblewrap is None else in_bubblewrap
        self._own = OwnFolder("course-sandbox-")
        self._folder = self._own.path
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is warm. Raises Lost where it does not come up."""
        self.begin()
        try:
            self._wait_until_warm()
        except BaseException:
            self.close()
            raise

    def begin(self) -> None:
        """Start it without waiting: a child that is asked for comes when it is warm."""
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def lend(self) -> LentParent:
        """A way for other processes to its children; they may outlive this object, and it them."""
        return LentParent(self._host.dup(), self._folder, self.modules)

    def __enter__(self) -> WarmParent:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the parent; children end with their host's sockets."""
        if self._process is not None:
            self._host.close()  # by which it ends, and with it, in bubblewrap, whatever else is in there
            try:
                self._process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        self._own.remove()

    def child(self) -> Child:
        """A fresh jailed fork. Raises Lost where it cannot be had."""
        return _child_of(self._host, self._folder, ENTER_SECONDS)

    def _begin(self) -> None:
        visible, root = self._folder / "visible", self._folder / "root"
        lay_out(visible)
        root.mkdir()
        self._folder.chmod(0o755)
        self._host, theirs = socket.socketpair()
        view = view_of_python(visible)
        with theirs:
            command = [sys.executable, "-I", "-S", str(visible / START), str(visible), str(theirs.fileno())]
            command += map(str, site_packages())
            if self.in_bubblewrap:
                command = bubblewrap.wrapped(command, view, self._folder)
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("COURSE_SANDBOX_DEBUG") else subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the master
                env=_environment(self._folder),
            )
        config = {
            "level": str(self.level),
            "limits": asdict(self.limits),
            "readable": [str(path) for path in view.readable],
            "hidden": [str(path) for path in view.hidden],
            "root": str(root),
            "modules": list(self.modules),
            "output_bytes": self.output_bytes,
        }
        self._host.settimeout(START_SECONDS)
        try:
            frames.send(self._host, config)
        except OSError as error:
            raise Lost("died", f"the warm parent did not start ({error})") from None

    def _wait_until_warm(self) -> None:
        try:
            answer = frames.receive(self._host, MOST_BYTES)
        except (OSError, frames.BadFrame) as error:
            raise Lost("died", f"the warm parent did not start ({error})") from None
        if not answer or answer.get("version") != frames.VERSION:
            raise Lost("died", f"the warm parent did not start (it answered {answer})")
        self._host.settimeout(None)


class LentParent:
    """A warm parent that belongs to another process, which may not be warm yet. Goes to processes it starts.

    Each of them may ask for children: what is asked for with descriptors is never mixed up (unix(7)).
    """

    def __init__(self, host: socket.socket, folder: Path, modules: tuple[str, ...]) -> None:
        self._host, self._folder, self.modules = host, folder, modules

    def child(self) -> Child:
        """A fresh jailed fork. Raises Lost where it cannot be had."""
        return _child_of(self._host, self._folder, START_SECONDS)

    def close(self) -> None:
        """Ask for no more; the parent and its children stay."""
        self._host.close()


def _child_of(host: socket.socket, folder: Path, seconds: float) -> Child:
    try:
        scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=folder))
    except FileNotFoundError:
        raise Lost("died", "the warm parent is gone, and its folder with it") from None
    channel, inner_channel = socket.socketpair()
    control, inner_control = socket.socketpair()
    with inner_channel, inner_control:
        descriptors = [inner_channel.fileno(), inner_control.fileno()]
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

    def receive(self, seconds: float) -> dict[str, Any]:
        """The next message. A cell that takes longer is interrupted, and ended if that does not help."""
        while True:
            try:
                message = frames.receive(self._channel, MOST_BYTES, seconds)
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
        _clear_away(self._scratch)

    def _how_it_ended(self) -> Lost:
        """What its keeper says of its end."""
        self._control.settimeout(GRACE_SECONDS)
        try:
            said = self._control.recv(16).decode()
        except OSError:
            said = ""
        if said == "disk":
            return Lost("died", "it filled its scratch folder")
        return Lost("died", f"its process ended with status {said}" if said else "its process ended")


def _clear_away(folder: Path) -> None:
    """Remove a folder, also one so deep that Python would give up."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except RecursionError:
        subprocess.run(["rm", "-rf", "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the teacher's own environment but the language, and no settings in the teacher's home."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    ours = {"COURSE_GRADING": "1", "MPLBACKEND": "agg", "HOME": str(home)}
    return {**kept, **threads, **QUIET_TENSORFLOW, **ours}
