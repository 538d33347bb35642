"""Kernels that are forks of one process, in which what notebooks import is loaded already.

Run as a program it is that process: for each line on its stdin, a JSON list of folder and arguments, it forks
a kernel and prints its pid. TensorFlow comes in once for nine units, while the first lessons are made.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import uuid
import warnings
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from autograder.processes import forking

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

LIGHT = ("ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib_inline.backend_inline")
HEAVY = (*LIGHT, *forking.HEAVY, "ipywidgets")
ASKS_FOR_HEAVY = re.compile(r"\b(?:divnet|tensorflow|keras)\b")


class WarmKernels:
    """Gives kernels, where processes can be forked: on Linux. A context manager."""

    def __init__(self, sources: Iterable[str], environment: Mapping[str, str]) -> None:
        """Begins to load what the notebooks with these texts import; the environment is the kernels'."""
        modules = HEAVY if any(map(ASKS_FOR_HEAVY.search, sources)) else LIGHT
        self._process: subprocess.Popen[str] | None = None
        self._one_at_a_time = asyncio.Lock()
        if sys.platform == "linux":
            command = [sys.executable, "-P", "-m", __name__, *modules]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,  # Ctrl-C is for the build
                env=dict(environment),
            )

    def __enter__(self) -> WarmKernels:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def manager(self) -> AsyncKernelManager | None:
        """What starts a kernel for nbclient; None where that starts one itself."""
        if self._process is None:
            return None
        from jupyter_client.manager import AsyncKernelManager
        from jupyter_client.provisioning.local_provisioner import LocalProvisioner

        warm = self

        class Forked(LocalProvisioner):
            async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
                asked = [str(kwargs["cwd"]), cmd[cmd.index("-f") :]]
                async with warm._one_at_a_time:
                    forked = await asyncio.to_thread(warm._fork, asked)
                self.process: Any = forked
                self.pid = self.pgid = forked.pid
                return self.connection_info

        manager = AsyncKernelManager(kernel_name="python3", kernel_id=str(uuid.uuid4()))
        manager.provisioner = Forked(
            parent=manager, kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec
        )
        return manager

    def _fork(self, asked: list[Any]) -> _Fork:
        assert self._process is not None and self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return _Fork(int(self._process.stdout.readline()))


class _Fork:
    """A process that another one started, as jupyter_client handles a Popen; how it ended nobody asks."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._descriptor = os.pidfd_open(pid)

    def __del__(self) -> None:
        os.close(self._descriptor)

    def poll(self) -> int | None:
        return 0 if select.select([self._descriptor], [], [], 0)[0] else None

    def wait(self) -> int:
        select.select([self._descriptor], [], [])
        return 0

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _serve(modules: list[str]) -> None:
    forking.load(modules)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a kernel ended
    # OpenBLAS ends its threads itself before a fork; TensorFlow's import leaves one, here as in grading
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
    for line in sys.stdin:
        print(forking.fork(partial(_become_a_kernel, *json.loads(line))), flush=True)


def _become_a_kernel(folder: str, arguments: list[str]) -> None:
    """As ipykernel's launcher does in a process of its own."""
    from ipykernel.kernelapp import launch_new_instance

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    os.chdir(folder)
    arguments.append(f"--IPKernelApp.parent_handle={os.getppid()}")  # with which it ends
    sys.argv = ["ipykernel_launcher", *arguments]
    launch_new_instance(arguments)


if __name__ == "__main__":
    _serve(sys.argv[1:])
