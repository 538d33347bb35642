"""Messages on a socket: four bytes of length, then JSON. Read strictly, up to a limit, by both sides."""

from __future__ import annotations

import json
import re
import socket
import time
from collections import Counter
from itertools import accumulate
from typing import Any

VERSION = 1
LENGTH_BYTES = 4
MOST_VALUES = 1_000_000
"""That a JSON text may hold; each comma and bracket outside of its strings counts as one."""
DEEPEST = 900
"""Lists and objects in one another: what Python's own limit leaves."""

_NOT_IN_AN_OUTLINE = bytes(set(range(256)) - set(b'[]{},"'))
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1, ord(","): 0}.__getitem__
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(rb"%b(?!%b)|(?<!%b)%b" % (_HIGH, _LOW, _HIGH, _LOW))


class BadFrame(Exception):
    """What came is no message: too long, cut off, or not JSON; the text says which."""


class Refused(ValueError):
    """JSON that is not read, though it may be valid; the text goes on from "the file …"."""


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
        message = read_json(data)
    except Refused as error:
        raise BadFrame(f"a message that {error}") from None
    except (ValueError, RecursionError):
        raise BadFrame("a message that is not JSON") from None
    if not isinstance(message, dict):
        raise BadFrame("a message that is no object")
    return message


def read_json(data: bytes) -> Any:
    """The data in a JSON text, with "?" for each half of a surrogate pair: no file could hold that.

    Linear in time and memory, whoever wrote it: it is measured before it is parsed. Raises ValueError where
    it is no JSON in UTF-8, Refused where it is larger or deeper than anything honest, or has a name twice.
    """
    if max(accumulate(map(_STEP, _outline(data))), default=0) > DEEPEST:
        raise Refused("is nested too deeply")
    if b"\\ud" in data or b"\\uD" in data:
        data.decode()  # so that below a byte of 255 is none of the text's
        data = _HALF.sub(b"?", data.replace(rb"\\", b"\xff")).replace(b"\xff", rb"\\")
    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_name_once)


def _outline(data: bytes) -> bytes:
    """The brackets and commas of a JSON text, without those in its strings. Raises Refused for too many."""
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _NOT_IN_AN_OUTLINE)
    if plain.count(b'"') <= 4 * MOST_VALUES:  # two a string, of which two may stand between two commas
        outline = b"".join(plain.split(b'"')[::2])
        if len(outline) <= MOST_VALUES:
            return outline
    raise Refused(f"has more than the {MOST_VALUES} values that are read")


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Of a name that stands there twice, Python would drop the first without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise Refused(f"has {twice[:40]!r} twice in one object, so that one would be lost")
    return found


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
