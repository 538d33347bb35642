"""Messages on a socket: four bytes of length, then JSON. Read strictly, up to a limit, by both sides."""

from __future__ import annotations

import json
import socket
import time
from math import isfinite
from typing import Any

VERSION = 1
LENGTH_BYTES = 4
MOST_DEEP, MOST_VALUES = 50, 200_000
"""In one output."""


class BadFrame(Exception):
    """What came is no message: too long, cut off, or not JSON; the text says which."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send one message. Raises OSError where nobody reads."""
    data = json.dumps(message).encode()
    channel.sendall(len(data).to_bytes(LENGTH_BYTES, "big") + data)


def receive(channel: socket.socket, limit: int, seconds: float | None = None) -> dict[str, Any] | None:
    """The next message, or None at the end. Raises BadFrame; TimeoutError where none begins in ``seconds``.

    A message that has begun must have ended by then, too: one that comes byte by byte is a BadFrame.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    head = _read(channel, LENGTH_BYTES, deadline, begun=False)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < LENGTH_BYTES or length > limit:
        raise BadFrame(f"a message of {length} bytes, where {limit} are allowed")
    data = _read(channel, length, deadline, begun=True)
    if len(data) < length:
        raise BadFrame("a message that breaks off")
    try:
        message = read_json(data.decode())
    except (ValueError, RecursionError):
        raise BadFrame("a message that is not JSON") from None
    if not isinstance(message, dict):
        raise BadFrame("a message that is no object")
    return message


def read_json(text: str, **how: Any) -> Any:
    """The data in a JSON text, with "?" for each half of a surrogate pair: no file could hold that.

    ``how`` is as in `json.loads`.
    """
    data = json.loads(text, **how)
    if "\\ud" in text.lower():
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    return data


def is_bounded(data: Any) -> bool:
    """May an output hold this: not too deep, not too many values, no number that JSON has not?

    What reads, copies, checks or writes JSON goes down step by step, and gives up at some depth or other.
    """
    level, number = [data], 1
    for _ in range(MOST_DEEP):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
            elif isinstance(value, float) and not isfinite(value):
                return False
        number += len(inner)
        if not inner or number > MOST_VALUES:
            return number <= MOST_VALUES
        level = inner
    return False


def _read(channel: socket.socket, length: int, deadline: float | None, *, begun: bool) -> bytes:
    """``length`` bytes, or fewer where the other side closed."""
    parts: list[bytes] = []
    missing = length
    while missing:
        if deadline is not None:
            channel.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            part = channel.recv(min(missing, 1 << 20))
        except TimeoutError:
            if begun or parts:
                raise BadFrame("a message that does not come to its end") from None
            raise
        if not part:
            break
        parts.append(part)
        missing -= len(part)
        if deadline is not None and missing and time.monotonic() > deadline:
            raise BadFrame("a message that does not come to its end")
    return b"".join(parts)
