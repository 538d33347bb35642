"""One hand-in in a jailed child: run a cell, hand out what it put out, observe an answer when asked to."""

from __future__ import annotations

import importlib
import os
import random
import socket
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.grading.inside import frames

if TYPE_CHECKING:
    from autograder.grading.inside.shell import Shell

HOST_LIMIT = 50_000_000
"""Bytes of one message of the host's: inputs that it drew."""
MOST_DESCRIPTORS = 4096


def serve(channel: socket.socket, shell: Shell) -> None:
    """Do what the host says, one cell after the other, until it closes."""
    import numpy as np

    random.seed()
    np.random.seed()
    while (order := frames.receive(channel, HOST_LIMIT)) is not None:
        frames.send(channel, {"outputs": _run(channel, shell, order)})


def _run(channel: socket.socket, shell: Shell, order: dict[str, Any]) -> list[dict[str, Any]]:
    import autograder as stand_in  # what `stand_in.py` is in here

    exercise = order.get("exercise")
    if exercise is not None:
        shell.user_ns["check"] = stand_in.check

    def ask(exercise_id: str, answer: Any) -> str | None:
        return _hand_out(channel, answer) if exercise_id == exercise else None

    setattr(stand_in, "_ask", None if exercise is None else ask)  # noqa: B010
    importlib.invalidate_caches()  # the cell before may have written a module
    try:
        return shell.run(order["source"], order["number"])
    finally:
        setattr(stand_in, "_ask", None)  # noqa: B010


def _hand_out(channel: socket.socket, answer: Any) -> str | None:
    """Observe an answer on the inputs that the host draws; return the line that the check stops with."""
    from autograder.observers import observe

    frames.send(channel, {"ready": True})
    drawn = frames.receive(channel, HOST_LIMIT) or {}
    frames.send(channel, {"evidence": observe(drawn["request"], answer)})
    return (frames.receive(channel, HOST_LIMIT) or {}).get("line")


def lay_out(files: int) -> None:
    """Write what lies beside the notebook, from an archive, into the current folder."""
    with os.fdopen(files, "rb") as file, tarfile.open(fileobj=file) as archive:
        for member in archive:
            path = Path(member.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read() if (content := archive.extractfile(member)) else b"")


def settle(folder: Path, channel: socket.socket) -> None:
    """Make ``folder`` home and temporary folder, and let modules be found in the current one.

    Keep no descriptor but ``channel`` and three to nowhere.
    """
    packages = (i for i, path in enumerate(sys.path) if path.endswith("-packages"))
    sys.path.insert(next(packages, len(sys.path)), "")  # behind Python's own, as in a Jupyter kernel
    sys.dont_write_bytecode = True  # or of a module written twice in a second the first would be imported
    os.environ.update(HOME=str(folder), TMPDIR=str(folder), MPLCONFIGDIR=str(folder), IPYTHONDIR=str(folder))
    tempfile.tempdir = str(folder)  # what was imported before the fork has looked it up already
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, channel.fileno())
    os.closerange(channel.fileno() + 1, MOST_DESCRIPTORS)
