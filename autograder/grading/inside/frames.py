"""Messages on a socket: four bytes of length, then JSON. Read strictly, up to a limit, by both sides."""

from __future__ import annotations

import json
import socket
from typing import Any

VERSION = 1
LENGTH_BYTES = 4


class BadFrame(Exception):
    """What came is no message: too long, cut off, or not JSON; the text says which."""


def send(channel: socket.socket, message: dict[str, Any]) -> None:
    """Send one message. Raises OSError where nobody reads."""
    data = json.dumps(message).encode()
    channel.sendall(len(data).to_bytes(LENGTH_BYTES, "big") + data)


def receive(channel: socket.socket, limit: int) -> dict[str, Any] | None:
    """The next message, or None at the end. Raises BadFrame; TimeoutError where the channel has a timeout."""
    head = _read(channel, LENGTH_BYTES)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < LENGTH_BYTES or length > limit:
        raise BadFrame(f"a message of {length} bytes, where {limit} are allowed")
    data = _read(channel, length)
    if len(data) < length:
        raise BadFrame("a message that breaks off")
    try:
        message = json.loads(data)
    except (ValueError, RecursionError):
        raise BadFrame("a message that is not JSON") from None
    if not isinstance(message, dict):
        raise BadFrame("a message that is no object")
    return message


def _read(channel: socket.socket, length: int) -> bytes:
    """``length`` bytes, or fewer where the other side closed."""
    parts, missing = [], length
    while missing:
        part = channel.recv(min(missing, 1 << 20))
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
