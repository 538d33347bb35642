"""Which level of the sandbox this machine has: tried for real, not guessed from versions."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.sandbox.jail import SANDBOXES, Jail, Level
from autograder.grading.sandbox.system_call_filter import load_library
from autograder.grading.sandbox.view import view_of_python
from autograder.processes.limits import Limits

ADVICE = (
    "Allow one of the two: user namespaces (sysctl user.max_user_namespaces=10000; Debian: also "
    "kernel.unprivileged_userns_clone=1; Ubuntu 24.04: kernel.apparmor_restrict_unprivileged_userns=0; "
    "Docker: --security-opt seccomp=unconfined --cap-add SYS_ADMIN), or Landlock (Linux 6.2 or newer). "
    "Or grade on a machine that holds nothing of value, with --unsafe."
)
ADVICE_ELSEWHERE = (
    "grade on Linux (on Windows: in WSL 2; on macOS: in a virtual machine or Docker), or, on a machine that "
    "holds nothing of value, with --unsafe, where student code runs as you. All else works here: lessons, "
    "labs, checks, handing in, course collect, course check and course feedback."
)
SYSTEMS = {"darwin": "macOS", "win32": "Windows"}


def on_linux() -> bool:
    return sys.platform == "linux"


def refusal() -> str:
    """Why student code is not run on this machine, and what to do."""
    if not on_linux():
        return f"There is no sandbox to run student code in: {_not_linux()}. Next: {ADVICE_ELSEWHERE}"
    return f"This machine has no sandbox to run student code in. {ADVICE}"


def _not_linux() -> str:
    return f"it is made of Linux's own means, and this is {SYSTEMS.get(sys.platform, sys.platform)}"


@dataclass(frozen=True)
class Probe:
    """Whether a level can be had here; ``problem`` says why not."""

    level: Level
    problem: str = ""

    @property
    def works(self) -> bool:
        return not self.problem


def best_level() -> Level | None:
    """The safest level that works here, or None."""
    return next((level for level in SANDBOXES if probe(level).works), None)


def probe(level: Level) -> Probe:
    """Enter a jail of this level in a child, try what must fail there, say what did not. At NONE all may."""
    if not on_linux():
        return Probe(level, _not_linux())
    if level is Level.NONE:
        return Probe(level)
    try:
        load_library()
    except RuntimeError:
        return Probe(level, "libseccomp is missing (Debian, Ubuntu: apt install libseccomp2)")
    with tempfile.TemporaryDirectory(prefix="course-probe-") as folder:
        root, scratch, secret = Path(folder, "root"), Path(folder, "scratch"), Path(folder, "secret")
        root.mkdir()
        scratch.mkdir()
        secret.write_text("secret", encoding="ascii")
        jail = Jail(level, view_of_python(), Limits(), root, scratch)
        return Probe(level, _in_a_child(lambda: _enter_and_try(jail, secret)))


def _in_a_child(action: Callable[[], str]) -> str:
    """What ``action`` says, run in a process of its own; a fresh one, since this one may have threads."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read_end)
            said = action()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(write_end, f"{said}.".encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        said = stream.read().decode(errors="replace")
    os.waitpid(pid, 0)
    return said.removesuffix(".") if said else "its process died"


def _enter_and_try(jail: Jail, secret: Path) -> str:
    def watch(pid: int) -> None:
        os.waitpid(pid, 0)
        os._exit(0)

    jail.enter(watch)
    Path("mine").write_text("mine", encoding="ascii")
    for name, attempt in _must_fail(secret).items():
        try:
            attempt()
        except OSError:
            continue
        return f"in the jail one can {name}"
    return ""


def _must_fail(secret: Path) -> dict[str, Callable[[], object]]:
    return {
        "read a file outside": secret.read_bytes,
        "write a file outside": lambda: secret.write_bytes(b""),
        "open a socket": socket.socket,
        "start a process": os.fork,
        "start a program": lambda: os.execv(sys.executable, [sys.executable]),
        "signal another process": lambda: os.kill(os.getppid() or -1, 0),
    }
