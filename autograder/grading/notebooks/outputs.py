"""The outputs of a cell, built anew from what came out of the sandbox; what no notebook can hold is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.grading.inside.captured_output import is_bounded

SHOWN = ("display_data", "execute_result")
SHORT = 200
JSON = re.compile(r"application/(.*\+)?json")  # nbformat's


def rebuilt_output(raw: Any) -> NotebookNode | None:
    """The output as nbformat 4 has it: a stream, an error, or something shown. None where it is no such."""
    if not is_bounded(raw):
        return None
    match raw:
        case {"output_type": "stream", "name": str(name), "text": str(text)}:
            return NotebookNode(output_type="stream", name=name, text=text)
        case {"output_type": "error", "ename": str(name), "evalue": str(said), "traceback": list(lines)}:
            if all(isinstance(line, str) for line in lines):
                return NotebookNode(output_type="error", ename=name, evalue=said, traceback=list(lines))
        case {"output_type": str(kind), "data": Mapping() as data} if kind in SHOWN and _is_bundle(data):
            metadata = raw.get("metadata", {})
            shown = {"output_type": kind, "data": data, "metadata": metadata}
            if kind == "execute_result":
                shown["execution_count"] = raw.get("execution_count")
            if isinstance(metadata, Mapping) and _is_count(shown.get("execution_count")):
                return from_dict(shown)
    return None


def in_short(output: NotebookNode) -> NotebookNode | None:
    """Of an output that there is no room for, what a score hangs on: an error, a result, a word on stderr."""
    match output:
        case {"output_type": "error", "ename": name, "evalue": said}:
            return new_output("error", ename=name[:SHORT], evalue=said[:SHORT], traceback=[])
        case {"output_type": "execute_result", "data": {"text/plain": str(text)}}:
            return new_output("execute_result", data={"text/plain": text[:SHORT]})
        case {"output_type": "stream", "name": "stderr", "text": text}:
            return new_output("stream", name="stderr", text=text[:SHORT])
    return None


def _is_bundle(data: Mapping[str, Any]) -> bool:
    """Text, or lines of it, under each name of a kind of data; under a name of JSON anything."""
    return all(JSON.fullmatch(kind) or _is_text(value) for kind, value in data.items())


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)
