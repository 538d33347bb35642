"""Windows and macOS as this course's code sees them: a double of what those systems lack, on Linux.

`install` changes nothing for Python's own and other people's modules. In `autograder` and `divnet` alone,
imports of `os`, `signal` and their like give doubles without what that system has not. A process that they
start is on it too: a `sitecustomize` sees to that.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import os
import select
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
SYSTEMS = ("win32", "darwin")
NAME = "COURSE_TEST_SYSTEM"

_NOT_ON_WINDOWS = {
    "os": """
        fork forkpty geteuid getuid getegid getgid getgroups setuid setgid setgroups setsid setpgid getpgid
        killpg wait wait3 wait4 waitid mkfifo mknod chown lchown fchown fchmod chroot statvfs fstatvfs uname
        nice getloadavg O_NOFOLLOW O_NONBLOCK O_DIRECTORY O_CLOEXEC WNOHANG posix_spawn sendfile sysconf""",
    "signal": """
        SIGALRM SIGKILL SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGCHLD SIGPIPE SIGSTOP SIGCONT SIGXCPU setitimer
        getitimer ITIMER_REAL alarm pause pthread_kill pthread_sigmask siginterrupt sigwait sigpending""",
    "select": "poll kqueue",
    "socket": "AF_UNIX send_fds recv_fds",
}
_LINUX_ONLY = {
    "os": """
        pidfd_open sched_getaffinity sched_setaffinity memfd_create setresuid setresgid getresuid unshare
        setns splice eventfd getrandom posix_fallocate""",
    "signal": "pidfd_send_signal SIGPWR SIGSTKFLT",
    "select": "epoll",
    "socket": "AF_NETLINK AF_PACKET",
    "resource": "RLIMIT_MSGQUEUE RLIMIT_NICE RLIMIT_RTPRIO RLIMIT_SIGPENDING prlimit",
}
_POSIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "syslog"}
_LINUX_CALLS = {"prctl", "unshare", "mount", "umount2", "pivot_root", "capset", "syscall"}


class _Double(ModuleType):
    """A module without some of its names, and with others in their place."""

    def __init__(self, real: ModuleType, missing: set[str], **changed: Any) -> None:
        super().__init__(real.__name__)
        self.__dict__.update(_real=real, _missing=missing, **changed)

    def __getattr__(self, name: str) -> Any:
        if name in self.__dict__["_missing"]:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on this system")
        return getattr(self.__dict__["_real"], name)


def install(system: str) -> None:
    """From now on this process is on ``system``, as far as the course's own code can tell."""
    windows = system == "win32"
    missing = {
        name: set(f"{_LINUX_ONLY.get(name, '')} {_NOT_ON_WINDOWS.get(name, '') if windows else ''}".split())
        for name in {*_LINUX_ONLY, *_NOT_ON_WINDOWS}
    }
    changed: dict[str, dict[str, Any]] = {
        "sys": {"platform": system},
        "os": {"name": "nt", "rename": _rename(os.rename)} if windows else {},
        "ctypes": {"CDLL": _library(windows)},
        "select": {"select": _sockets_only} if windows else {},
        "subprocess": {name: _started(getattr(subprocess, name), windows) for name in ("Popen", "run")},
    }
    real = {"sys": sys, "os": os, "ctypes": ctypes, "select": select, "subprocess": subprocess}
    real |= {"signal": signal, "socket": socket}
    if not windows:
        import resource

        real["resource"] = resource
        changed["resource"] = {"setrlimit": _setrlimit_of_macos}
    doubles = {name: _Double(real[name], missing.get(name, set()), **changed.get(name, {})) for name in real}
    builtins.__import__ = _importer(doubles, _POSIX_MODULES if windows else set())
    _without_proc()
    if windows:
        Path.rename = _rename(Path.rename)  # type: ignore[method-assign]
        warnings.filterwarnings("ignore", category=EncodingWarning)
        warnings.filterwarnings("error", category=EncodingWarning, module="autograder|divnet")


def _importer(doubles: dict[str, _Double], absent: set[str]) -> Callable[..., Any]:
    real = builtins.__import__

    def find(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        importing = (globals or {}).get("__package__") or (globals or {}).get("__name__") or ""
        if level == 0 and importing.split(".")[0] in ("autograder", "divnet"):
            top = name.split(".")[0]
            if top in absent:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            if name in doubles or (top in doubles and not fromlist):
                real(name, globals, locals, fromlist, level)
                return doubles[top]
        return real(name, globals, locals, fromlist, level)

    return find


def _library(windows: bool) -> Callable[..., Any]:
    class Library:
        def __init__(self, name: str | None = None, *more: Any, **how: Any) -> None:
            if name is None and windows:
                raise TypeError("argument of type 'NoneType' is not iterable")
            self._real = ctypes.CDLL(name, *more, **how)

        def __getattr__(self, name: str) -> Any:
            if name in _LINUX_CALLS:
                raise AttributeError(f"dlsym(RTLD_DEFAULT, {name}): symbol not found")
            return getattr(self._real, name)

    return Library


def _started(start: Callable[..., Any], windows: bool) -> Callable[..., Any]:
    def started(*arguments: Any, **how: Any) -> Any:
        if windows and (how.get("pass_fds") or how.get("preexec_fn")):
            raise ValueError("pass_fds and preexec_fn are not supported on Windows platforms")
        environment = dict(how.pop("env", None) or os.environ)
        path = [os.environ[f"{NAME}_PATH"], environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, path))
        environment |= {name: value for name, value in os.environ.items() if name.startswith(NAME)}
        return start(*arguments, env=environment, **how)

    return started


def _rename(real: Callable[..., Any]) -> Callable[..., Any]:
    def rename(source: Any, target: Any) -> Any:
        if Path(target).exists():
            raise FileExistsError(
                errno.EEXIST, "Cannot create a file when that file already exists", str(target)
            )
        return real(source, target)

    return rename


def _sockets_only(*_: Any) -> Any:
    raise OSError(10038, "An operation was attempted on something that is not a socket")


def _setrlimit_of_macos(which: int, limits: tuple[int, int]) -> None:
    import resource

    if which in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        raise ValueError("current limit exceeds maximum limit")
    resource.setrlimit(which, limits)


def _without_proc() -> None:
    real = Path.open

    def opened(path: Path, *arguments: Any, **how: Any) -> Any:
        if str(path).startswith("/proc/"):
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return real(path, *arguments, **how)

    Path.open = opened  # type: ignore[assignment, method-assign]


def run_on(system: str, program: str, folder: Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program on ``system``; ``folder`` is an empty one, for what its processes start with."""
    folder.mkdir(exist_ok=True)
    start = f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.grading import doubles\n"
    (folder / "sitecustomize.py").write_text(
        f"{start}doubles.install(os.environ[{NAME!r}])\n", encoding="utf-8"
    )
    environment = {NAME: system, f"{NAME}_PATH": str(folder)}
    path = os.pathsep.join((str(folder), str(ROOT)))
    strict = ["-X", "warn_default_encoding"] if system == "win32" else []  # there, the default is no UTF-8
    return subprocess.run(
        [sys.executable, *strict, "-c", program],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        env={**os.environ, **environment, "PYTHONPATH": path},
    )
