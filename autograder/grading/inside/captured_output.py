"""What a cell puts out, collected within a limit; the cost grows with what is put out, and no faster."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

Output = dict[str, Any]

RESERVE = 100_000
BEYOND = {"stderr": RESERVE, "execute_result": 2 * RESERVE, "error": 3 * RESERVE}
"""Bytes that there is still room for beyond the limit, for what a score can hang on."""
OUTPUT_BYTES = 100
"""Of an output in a notebook, beside what it says."""
LONGEST_CHARACTER = 6
"""Bytes of one character in JSON."""
CUT = "\n[what this cell put out beyond {:g} MB is left out]\n"
SHORT = RESERVE // (5 * LONGEST_CHARACTER)
"""Characters of each text of an error that is too long as a whole."""
MOST_DEEP, MOST_VALUES = 50, 200_000
"""In one output."""
NOT_STORED = "[an output that no notebook can hold]\n"


class Outputs:
    """What one cell puts out, in order, as nbformat's outputs; ``most_bytes`` of it, and said where more.

    What each piece costs does not depend on how many came before.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.number = 0  # the cell's
        self.clear()

    def clear(self, *, wait: bool = False) -> None:
        """Forget what was put out: now, or (``wait``) when something comes in its place."""
        self._stale = wait
        if not wait:
            self._outputs: list[Output] = []
            self._texts: list[list[str]] = []  # of each output that is a stream, what was written to it
            self._bytes = 0
            self._cut = False

    def write(self, name: str, text: str) -> None:
        """Keep what is written to a stream, as far as there is room."""
        room, size = self._room(name), _json_bytes(text)
        if size <= room:
            self._write(name, text, size)
        elif room > 0 or not self._cut:
            self._write(name, text[: max(0, room) // LONGEST_CHARACTER], room)
            self._is_full(name)

    def add(self, output: Output) -> None:
        """Keep another output, if there is room; of an error or a result, as much as there is room for."""
        kind = output["output_type"]
        try:
            text = json.dumps(output) if is_bounded(output) else ""
        except (TypeError, ValueError, RecursionError):  # a student's own display data may be anything
            text = ""
        if not text:
            self.write("stdout", NOT_STORED)
            return
        room = self._room(kind)
        if len(text) > room > 0 and kind in BEYOND:
            text = json.dumps(_shortened(output))
        if len(text) <= room:
            self._outputs.append(json.loads(text))  # as it is now, whatever becomes of the student's object
            self._texts.append([])
            self._bytes += len(text)
        elif room > 0 or not self._cut:
            self._is_full(kind)

    @property
    def kept(self) -> list[Output]:
        """All that is kept, as plain data."""
        for output, texts in zip(self._outputs, self._texts, strict=True):
            if texts:
                output["text"] = "".join(texts)
        return self._outputs

    def _room(self, kind: str) -> int:
        if self._stale:
            self.clear()
        return self.most_bytes + BEYOND.get(kind, 0) - self._bytes

    def _write(self, name: str, text: str, size: int) -> None:
        if not self._outputs or self._outputs[-1].get("name") != name:
            self._outputs.append({"output_type": "stream", "name": name, "text": ""})
            self._texts.append([])
            self._bytes += OUTPUT_BYTES
        self._texts[-1].append(text)
        self._bytes += size

    def _is_full(self, kind: str) -> None:
        """From now on nothing of this kind is kept; say so, once for all kinds."""
        self._bytes = max(self._bytes, self.most_bytes + BEYOND.get(kind, 0))
        if not self._cut:
            self._cut = True
            self._write("stdout", CUT.format(self.most_bytes / 1e6), 0)


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
            elif isinstance(value, list | tuple):
                inner += value
            elif isinstance(value, float) and not isfinite(value):
                return False
        number += len(inner)
        if not inner or number > MOST_VALUES:
            return number <= MOST_VALUES
        level = inner
    return False


def _json_bytes(text: str) -> int:
    """What a text takes in JSON, without its quotes."""
    return len(json.dumps(text)) - 2


def _shortened(output: Output) -> Output:
    """A result or an error of which only the beginning is kept."""
    if output["output_type"] == "error":
        said = {name: str(output[name])[:SHORT] for name in ("ename", "evalue")}
        return {**output, **said, "traceback": [str(line)[:SHORT] for line in output["traceback"][-2:]]}
    text = str(output["data"].get("text/plain", ""))[:SHORT]
    return {**output, "data": {"text/plain": text}, "metadata": {}}
