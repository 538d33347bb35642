"""One hand-in in a jailed child: run a cell, hand out what it put out, observe an answer when asked to."""

from __future__ import annotations

import json
import os
import random
import socket
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
        outputs = _run(channel, shell, order)
        frames.send(channel, {"outputs": _sendable(outputs)})


def _run(channel: socket.socket, shell: Shell, order: dict[str, Any]) -> list[dict[str, Any]]:
    import autograder as stand_in  # what `stand_in.py` is in here

    exercise = order.get("exercise")
    if exercise is not None:
        shell.user_ns["check"] = stand_in.check

    def ask(exercise_id: str, answer: Any) -> str | None:
        return _hand_out(channel, answer) if exercise_id == exercise else None

    setattr(stand_in, "_ask", None if exercise is None else ask)  # noqa: B010
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


def _sendable(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The outputs that are JSON; a student's own display data may be anything."""
    kept = []
    for output in outputs:
        try:
            json.dumps(output)
            fits = frames.is_bounded(output)
        except (TypeError, ValueError, RecursionError):
            fits = False
        if not fits:
            said = "[an output that cannot be stored in a notebook]\n"
            output = {"output_type": "stream", "name": "stdout", "text": said}
        kept.append(output)
    return kept


def settle(folder: Path, channel: socket.socket) -> None:
    """Make ``folder`` home and temporary folder; keep no descriptor but ``channel`` and three to nowhere."""
    os.environ.update(HOME=str(folder), TMPDIR=str(folder), MPLCONFIGDIR=str(folder), IPYTHONDIR=str(folder))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, channel.fileno())
    os.closerange(channel.fileno() + 1, MOST_DESCRIPTORS)
