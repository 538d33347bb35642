"""Attacks on the notebook as a file: how large it is, its JSON, its version, text that is no Unicode."""

from __future__ import annotations

import json

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from tests.attacks.attack import START, Attack


def _many(notebook: NotebookNode) -> None:
    notebook.cells += [new_code_cell("pass", id=f"c{number}") for number in range(10_000)]


def _surrogates(notebook: NotebookNode) -> None:
    notebook.cells.append(new_code_cell("print('PLACE')\n# PLACE", id="surrogate"))


def _with_surrogates(content: bytes) -> bytes:
    return content.replace(b"PLACE", b"\\ud800")


def _format_3(content: bytes) -> bytes:
    cells = [
        {"cell_type": "code", "language": "python", "input": cell["source"], "outputs": [], "metadata": {}}
        for cell in json.loads(content)["cells"]
        if cell["cell_type"] == "code"
    ]
    return json.dumps(
        {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    ).encode()


def _strange_numbers(content: bytes) -> bytes:
    strange = b'"metadata": {"a": NaN, "b": Infinity, "c": 1e999, "d": ' + b"9" * 4000 + b"},"
    return content.replace(b'"metadata": {},', strange)


def _twice_the_key(content: bytes) -> bytes:
    return content.rstrip().removesuffix(b"}") + b', "cells": [], "nbformat": 4}'


def _twice_among_many(content: bytes) -> bytes:
    """The first name again, after a hundred thousand others."""
    names = b"".join(b'"%d": 1, ' % number for number in range(100_000))
    return content.replace(b'"metadata": {},', b'"metadata": {' + names + b'"0": 1},', 1)


def _many_values(content: bytes) -> bytes:
    return content.replace(b'"metadata": {},', b'"metadata": {"a": [' + b"[]," * 3_000_000 + b"1]},", 1)


def _deep_metadata(notebook: NotebookNode) -> None:
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]
    for cell in notebook.cells:
        cell.metadata.setdefault("nbgrader", {})["deep"] = deep


def _tags_twice(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata["tags"] = ["a", "a"] * 5_000


def _copies(notebook: NotebookNode) -> None:
    """Two hundred copies of each answer, before it."""
    for place, cell in reversed(list(enumerate(notebook.cells))):
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code":
            copies = [
                new_code_cell(cell.source, metadata=cell.metadata, id=f"{place}-{n}") for n in range(200)
            ]
            notebook.cells[place:place] = copies


def _half_pairs(content: bytes) -> bytes:
    """Two million halves of surrogate pairs."""
    return content.replace(b"PLACE", b"\\ud800" * 1_000_000)


ATTACKS = [
    Attack(
        "key-twice-among-many",
        "has a name again after a hundred thousand others",
        content=_twice_among_many,
        status="broken",
    ),
    Attack("many-values", "has three million lists in its metadata", content=_many_values, status="broken"),
    Attack("deep-metadata", "has metadata 400 lists deep in each cell", "right", form=_deep_metadata),
    Attack("tags-twice", "has the same tag ten thousand times in each cell", "right", form=_tags_twice),
    Attack("copies", "has each answer two hundred times", "right", form=_copies),
    Attack(
        "half-pairs",
        "has two million halves of surrogate pairs",
        "right",
        form=_surrogates,
        content=_half_pairs,
    ),
    Attack("10000-cells", "has ten thousand cells", form=_many, status="broken"),
    Attack(
        "surrogates",
        "has text that is no Unicode, in source and output",
        "right",
        form=_surrogates,
        content=_with_surrogates,
    ),
    Attack(
        "strange-numbers",
        "has NaN, infinity and a number of 4000 digits in its metadata",
        "right",
        content=_strange_numbers,
    ),
    Attack(
        "key-twice", "has a second list of cells, which is empty", content=_twice_the_key, status="broken"
    ),
    Attack("format-3", "is a notebook of format 3", content=_format_3, status="broken"),
    Attack(
        "print-surrogate",
        "prints and displays what is no Unicode",
        "right",
        cells=[
            (
                START,
                "from IPython.display import display\nprint('\\ud800')\n"
                "display({'text/plain': '\\ud800', 'text/html': '\\udfff'}, raw=True)\n"
                "raise ValueError('\\ud800')",
            ),
        ],
    ),
]
