"""A server as a child process: started on a free port, waited for, ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 600


@contextmanager
def serving(
    name: str, command: Callable[[int], Sequence[str]], healthy: str, folder: Path, env: Mapping[str, str]
) -> Iterator[str]:
    """Run ``command(port)`` in ``folder``, its environment widened by ``env``; gives the server's address.

    It is up once it answers at the path ``healthy``. Raises RuntimeError, with ``name``, where it does not.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        command(port),
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_up(name, server, f"{address}/{healthy}")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(30)


def _wait_until_up(name: str, server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"{name} ended with exit status {server.returncode} before it answered.")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{name} did not answer at {url} within {START_SECONDS} s.")
