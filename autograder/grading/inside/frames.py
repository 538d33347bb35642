"""Messages on a socket: four bytes of length, then JSON. Read strictly, up to a limit, by both sides."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from typing import Any

VERSION = 1
LENGTH_BYTES = 4
LOOK_SECONDS = 0.1
"""How often one who waits asks whether that was long enough."""
MOST_VALUES = 1_000_000
"""That a JSON text may hold; each comma and bracket outside of its strings counts as one."""
DEEPEST = 900
"""Lists and objects in one another: what Python's own limit leaves."""

_NOT_IN_AN_OUTLINE = bytes(set(range(256)) - set(b'[]{},"'))
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1, ",": 0}.__getitem__
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = re.compile(f"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")


Over = Callable[[], bool]
"""Whether a message took too long; asked again and again while it is waited for."""


class BadFrame(Exception):
    """What came is no message: too long, cut off, or not JSON; the text says which."""


class Unfinished(BadFrame):
    """A message that had begun in time, and not ended: one that drips, or one whose reader had to wait."""


class Refused(ValueError):
    """JSON that is not read, though it may be valid; the text goes on from "the file …"."""


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

    A message that has begun must have ended by then, too: one that comes byte by byte is Unfinished.
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
        text = data.replace(rb"\\", b"\xff").decode("latin-1")  # a letter a byte: bytes take more to join
        data = _HALF.sub("?", text).encode("latin-1").replace(b"\xff", rb"\\")
    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_each_name_once)


def _outline(data: bytes) -> str:
    """The brackets and commas of a JSON text, without those in its strings. Raises Refused for too many."""
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _NOT_IN_AN_OUTLINE)
    if plain.count(b'"') <= 4 * MOST_VALUES:  # two a string, of which two may stand between two commas
        outline = "".join(plain.decode("latin-1").split('"')[::2])
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
            if not over():
                continue
            if begun or parts:
                raise Unfinished("a message that does not come to its end")
            raise TimeoutError
    return b"".join(parts)
