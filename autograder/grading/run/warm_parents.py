"""The host's side of the sandbox: warm parents, one's own and lent ones, and their jailed children."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from autograder import QUIET_TENSORFLOW
from autograder.grading.handins.beside import NONE, Files
from autograder.grading.inside import frames
from autograder.grading.run.children import BACKSTOP_SECONDS, GRACE_SECONDS, MOST_BYTES, Child, Lost, child_of
from autograder.grading.run.visible import START, lay_out
from autograder.grading.sandbox import Level, Limits, bubblewrap, view_of_python
from autograder.grading.sandbox.view import site_packages
from autograder.processes.forking import HEAVY
from autograder.processes.own_folder import OwnFolder


class WarmParent:
    """A process with the imports done; `child` gives a jailed fork of it. A context manager."""

    def __init__(
        self,
        level: Level,
        limits: Limits | None = None,
        modules: tuple[str, ...] = HEAVY,
        output_bytes: int = 2_000_000,
        in_bubblewrap: bool | None = None,
    ) -> None:
        """``in_bubblewrap`` left out: where it works."""
        self.level, self.limits, self.modules = level, limits or Limits(), modules
        self.output_bytes = output_bytes
        self._in_bubblewrap = in_bubblewrap
        self._own = OwnFolder("course-sandbox-")
        self._folder = self._own.path
        self._host, self._theirs = socket.socketpair()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def in_bubblewrap(self) -> bool:
        """Does it stand in one? It does where that works, unless it was said otherwise."""
        return not bubblewrap.problem(self.level) if self._in_bubblewrap is None else self._in_bubblewrap

    def start(self) -> None:
        """Start it and wait until it is warm. Raises Lost where it does not come up."""
        self.begin()
        with self._or_closed():
            self._wait_until_warm()

    def begin(self) -> None:
        """Start it without waiting: a child that is asked for comes when it is warm."""
        with self._or_closed():
            self._begin()

    def lend(self) -> LentParent:
        """A way for other processes to its children, which may be had before it is begun.

        They may outlive this object, and it them.
        """
        return LentParent(self._host.dup(), self._folder, self.modules)

    def __enter__(self) -> WarmParent:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the parent; children end with their host's sockets."""
        self._theirs.close()
        self._host.close()  # by which it ends, and with it, in bubblewrap, whatever else is in there
        if self._process is not None:
            try:
                self._process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        self._own.remove()

    def child(self, files: Files = NONE) -> Child:
        """A fresh jailed fork, with ``files`` in its folder. Raises Lost where it cannot be had."""
        return child_of(self._host, self._folder, files=files)

    @contextmanager
    def _or_closed(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        visible, root = self._folder / "visible", self._folder / "root"
        lay_out(visible)
        root.mkdir()
        self._folder.chmod(0o755)
        view = view_of_python(visible)
        with self._theirs as theirs:
            command = [_python(), "-I", "-S", str(visible / START), str(visible), str(theirs.fileno())]
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
        self._host.settimeout(BACKSTOP_SECONDS)
        try:
            frames.send(self._host, config)
        except OSError as error:
            raise _not_started(error) from None

    def _wait_until_warm(self) -> None:
        deadline = time.monotonic() + BACKSTOP_SECONDS
        try:
            answer = frames.receive(self._host, MOST_BYTES, lambda: time.monotonic() > deadline)
        except (OSError, frames.BadFrame) as error:
            raise _not_started(error) from None
        if not answer or answer.get("version") != frames.VERSION:
            raise _not_started(f"it answered {answer}")
        self._host.settimeout(None)


class LentParent:
    """A warm parent that belongs to another process, which may not be warm yet. Goes to processes it starts.

    Each of them may ask for children: what is asked for with descriptors is never mixed up (unix(7)).
    """

    def __init__(self, host: socket.socket, folder: Path, modules: tuple[str, ...]) -> None:
        self._host, self._folder, self.modules = host, folder, modules

    def child(self, files: Files = NONE) -> Child:
        """A fresh jailed fork, with ``files`` in its folder. Raises Lost where it cannot be had."""
        return child_of(self._host, self._folder, files)

    def close(self) -> None:
        """Ask for no more; the parent and its children stay."""
        self._host.close()


def _python() -> str:
    """This Python, by the name that tells it of its environment, in a folder whose name holds no link.

    Where no link can be read, names of modules must not hold one either.
    """
    program = Path(sys.executable)
    return str(program.parent.resolve() / program.name)


def _not_started(why: object) -> Lost:
    return Lost("died", f"the warm parent did not start ({why})", doubtful=True)


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the teacher's own environment but the language, and no settings in the teacher's home."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    ours = {"COURSE_GRADING": "1", "MPLBACKEND": "agg", "HOME": str(home)}
    return {**kept, **threads, **QUIET_TENSORFLOW, **ours}
