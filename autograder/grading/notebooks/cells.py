"""The cells of a hand-in, built anew from what grading needs of them; nothing else of the file goes on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import count, islice
from typing import Any

from nbformat.notebooknode import NotebookNode

KINDS = ("code", "markdown", "raw")
ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")  # nbformat's
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")

MOST = 100
"""Tags, and pictures, that are kept of one cell."""


class BrokenHandin(Exception):
    """This file cannot be graded; the message is one sentence that says why."""


def rebuilt(cells: Sequence[Any]) -> list[NotebookNode]:
    """Each cell with its type, text and id, its grading metadata and tags, and the pictures pasted into it.

    Outputs are left out: grading runs the cells again. A cell without an id, or with another's, gets a new
    one. Raises BrokenHandin where a type or a text is no such thing.
    """
    made: list[NotebookNode] = []
    taken: set[str] = set()
    for number, raw in enumerate(cells, start=1):
        made.append(_cell(number, raw, taken))
        taken.add(made[-1]["id"])
    return made


def pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Of a cell's attachments those that are {name: {kind of picture: data}}."""
    files = attachments.items() if isinstance(attachments, Mapping) else ()
    kept = {
        name: {kind: data for kind, data in bundle.items() if kind in PICTURES and isinstance(data, str)}
        for name, bundle in islice(files, MOST)
        if isinstance(bundle, Mapping)
    }
    return {name: bundle for name, bundle in kept.items() if bundle}


def _cell(number: int, raw: Any, taken: Collection[str]) -> NotebookNode:
    if not isinstance(raw, Mapping):
        raise BrokenHandin(f"cell {number} is {_kind(raw)}, where a cell is expected")
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    grading = metadata.get("nbgrader")
    name = grading.get("grade_id") if isinstance(grading, Mapping) else None
    which = f"cell {number} ({name})" if isinstance(name, str) and ID.fullmatch(name) else f"cell {number}"
    kind = raw.get("cell_type")
    if kind not in KINDS:
        found = f"{kind[:40]!r}" if isinstance(kind, str) else _kind(kind)
        raise BrokenHandin(f"the type of {which} is {found}, where code, markdown or raw is expected")
    cell = NotebookNode(
        id=_id(number, raw.get("id"), taken),
        cell_type=kind,
        metadata=NotebookNode(),
        source=_text(which, raw.get("source")),
    )
    if kind == "code":
        cell.update(execution_count=None, outputs=[])
    if isinstance(grading, Mapping):
        cell.metadata["nbgrader"] = NotebookNode({k: v for k, v in grading.items() if _is_short(v)})
    tags = metadata.get("tags")
    kept = tags[:MOST] if isinstance(tags, list) else []
    if known := dict.fromkeys(tag for tag in kept if _is_tag(tag)):
        cell.metadata["tags"] = list(known)
    if kind != "code" and (pasted := pictures(raw.get("attachments"))):
        cell["attachments"] = NotebookNode(pasted)
    return cell


def _is_tag(tag: Any) -> bool:
    """As nbformat has it, which wants each once."""
    return isinstance(tag, str) and tag != "" and "," not in tag


def _text(which: str, source: Any) -> str:
    """The source of a cell: in a file it is a text, or a list of lines."""
    if isinstance(source, str):
        return source
    if not isinstance(source, list):
        raise BrokenHandin(f"the source of {which} is {_kind(source)}, where text is expected")
    odd = next((line for line in source if not isinstance(line, str)), "")
    if odd != "":
        raise BrokenHandin(f"a line of {which} is {_kind(odd)}, where text is expected")
    return "".join(source)


def _id(number: int, given: Any, taken: Collection[str]) -> str:
    """The cell's own id where it is valid and no other's, else one that tells its place."""
    if isinstance(given, str) and ID.fullmatch(given) and given not in taken:
        return given
    return next(name for i in count(1) if (name := f"cell-{number}-{i}") not in taken)


def _is_short(value: Any) -> bool:
    """Is it what nbgrader writes into a cell: a number, a name, yes or no?"""
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= 200)


def _kind(value: Any) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return kinds.get(type(value), "an object")
