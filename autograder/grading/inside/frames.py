"""Messages on a socket: four bytes of length, then JSON. Read strictly, up to a limit, by both sides."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Callable
from typing import Any

VERSION = 1
LENGTH_BYTES = 4
LOOK_SECONDS = 0.1
"""How often one who waits asks whether that was long enough."""

Over = Callable[[], bool]
"""Whether a message took too long; asked again and again while it is waited for."""


class BadFrame(Exception):
    """What came is no message: too long, cut off, or not JSON; the text says which."""


def send(channel: socket.socket, message: dict[str, Any], over: Over | None = None) -> None:
    """Send one message. Raises OSError where nobody reads; TimeoutError where it is over before the end."""
    data = json.dumps(message).encode()
    left = memoryview(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    channel.settimeout(LOOK_SECONDS if over else None)
    while left:
        try:
            left = left[channel.send(left) :]
        except TimeoutError:
            if over and over():
                raise


def receive(channel: socket.socket, limit: int, over: Over | None = None) -> dict[str, Any] | None:
    """The next message, or None at the end. Raises BadFrame; TimeoutError where none begins until it is over.

    A message that has begun must have ended by then, too: one that comes byte by byte is a BadFrame.
    """
    head = _read(channel, LENGTH_BYTES, over, begun=False)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < LENGTH_BYTES or length > limit:
        raise BadFrame(f"a message of {length} bytes, where {limit} are allowed")
    data = _read(channel, length, over, begun=True)
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


def _read(channel: socket.socket, length: int, over: Over | None, *, begun: bool) -> bytes:
    """``length`` bytes, or fewer where the other side closed."""
    parts: list[bytes] = []
    missing = length
    channel.settimeout(LOOK_SECONDS if over else None)
    looked = time.monotonic()
    while missing:
        part = None
        with contextlib.suppress(TimeoutError):
            part = channel.recv(min(missing, 1 << 20))
        if part == b"":
            break
        if part:
            parts.append(part)
            missing -= len(part)
        if over and missing and time.monotonic() - looked >= LOOK_SECONDS:
            looked = time.monotonic()
            if over() and not begun and not parts:
                raise TimeoutError
            if over():
                raise BadFrame("a message that does not come to its end")
    return b"".join(parts)
