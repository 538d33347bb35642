"""The process in which ``isolated`` observes: a request a line in, evidence a line out.

A request is a line of JSON ``{"path", "request", "answer", "seconds"}`` with the answer pickled (base64).
Where the platform can fork, a child does the work and may die or hang for all this process cares.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import pickle
import select
import signal
import sys
import time
from typing import Any

from autograder.observers import observe
from autograder.observers.limits import PATIENCE

GRACE = 2.0
"""Seconds between the limit that the answer feels (an exception) and the one that ends its process."""


def evidence_for(line: str) -> str:
    """Evidence for one request, as a line of JSON, also about an answer that cannot be rebuilt."""
    asked = json.loads(line)
    for entry in asked["path"]:
        if entry not in sys.path:
            sys.path.append(entry)
    try:
        answer = pickle.loads(base64.b64decode(asked["answer"]))
    except BaseException as error:
        return json.dumps(
            {"kind": "unpicklable", "stopped": {"why": "unreadable", "error": type(error).__name__}}
        )
    return json.dumps(observe(asked["request"], answer, seconds=asked["seconds"]))


def in_a_child(line: str) -> str:
    """The same, in a forked child that is ended, with all it started, when its time is up."""
    seconds = json.loads(line)["seconds"]
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(line, read_end, write_end)
    os.close(write_end)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    data = _read_until(read_end, time.monotonic() + PATIENCE * seconds + GRACE)
    os.close(read_end)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if data is None:
        return json.dumps({"kind": "stopped", "stopped": {"why": "time", "seconds": seconds}})
    if not data.endswith(b"\n"):
        return json.dumps({"kind": "stopped", "stopped": {"why": "died", "how": how(status)}})
    return data.decode().strip()


def _child(line: str, read_end: int, write_end: int) -> None:
    """Observe and write; never returns. Nothing the answer prints reaches the parent's pipes."""
    try:
        os.setpgid(0, 0)
        os.close(read_end)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        data = (evidence_for(line) + "\n").encode()
        while data:
            data = data[os.write(write_end, data) :]
    finally:
        os._exit(0)


def _read_until(pipe: int, deadline: float) -> bytes | None:
    """What comes through the pipe up to the end of its line, or None if that takes too long."""
    data = b""
    while not data.endswith(b"\n"):
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return None
        more = os.read(pipe, 1 << 16)
        if not more:
            return data
        data += more
    return data


def how(status: int) -> str:
    """A wait status in words."""
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"exit status {code}"


def main() -> None:
    """Serve requests until stdin closes."""
    out: Any = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an answer prints on import must not look like evidence
    for line in sys.stdin:
        out.write((in_a_child if hasattr(os, "fork") else evidence_for)(line) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
