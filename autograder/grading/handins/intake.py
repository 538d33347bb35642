"""A hand-in is data until proven a notebook; what a student broke by accident is put right before grading.

Stock nbgrader stops a whole class at one duplicated graded cell or one edited schema version.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import BinaryIO

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.grading.notebooks.cells import BrokenHandin, rebuilt
from autograder.grading.notebooks.graded_cells import grading_metadata
from autograder.grading.notebooks.notebook_file import parse

__all__ = ["BrokenHandin", "parse", "read_bytes", "read_handin", "repair"]

MAX_BYTES = 20_000_000
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
"""Of opening a file; each where the system has it."""


def open_regular(path: Path) -> BinaryIO:
    """A regular file, opened to be read. A link is not followed, and nobody waits for a pipe's other end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))
    except OSError as error:
        why = "it is a link" if path.is_symlink() else (error.strerror or str(error)).lower()
        raise BrokenHandin(f"{path.name} cannot be read: {why}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BrokenHandin(f"{path.name} is not a regular file")
    return os.fdopen(descriptor, "rb")


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file of bounded size; a link is not followed."""
    with open_regular(path) as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise BrokenHandin(f"{path.name} cannot be read: {error.strerror}") from None
    if len(content) > limit:
        raise BrokenHandin(f"{path.name} is larger than {limit // 1_000_000} MB")
    return content


def read_handin(submitted: Path, student: str, unit: str) -> bytes:
    """The notebook in ``submitted/<student>/<unit>/``, unless one of the two folders is a link elsewhere."""
    folder = submitted / student / unit
    if folder.is_symlink() or folder.parent.is_symlink():
        raise BrokenHandin("its folder is a link")
    path = folder / f"{unit}.ipynb"
    with suppress(OSError):  # a folder that is gone is told by `read_bytes`
        if path.name not in (names := sorted(os.listdir(folder))):  # noqa: PTH208 (names, not paths)
            there = ", ".join(repr(name[:60]) for name in names[:5]) or "nothing"
            raise BrokenHandin(f"its folder holds no {path.name}; there is {there}")
    return read_bytes(path)


def repair(notebook: NotebookNode, lesson: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The hand-in with the lesson's graded cells as the lesson has them, and what was put right.

    - A graded cell is known by its name for grading, or by its id where the name was lost.
    - Of a duplicated cell the last one counts (as in nbgrader); the others stay as the student's own.
    - Metadata and locked text come from the lesson: points, ids, cell type, tags, the notebook's language.
    - A check or a question that was deleted is put back after the graded cell before it. A deleted
      answer cell is not: its stub could undo an answer that stands elsewhere.
    - A check that stands before its answer, or before one that the lesson has earlier, goes behind it.
    - Anything else stays as it is, where it is.
    """
    ours = {name: cell for cell in lesson.cells if (name := _name(cell))}
    names = _names(notebook, ours)
    unchanged = {cell.get("id"): cell for cell in lesson.cells}
    said: list[str] = []
    kept: dict[str, NotebookNode] = {}
    cells: list[NotebookNode] = []
    for own in reversed(notebook.cells):
        cell, name = own, names.get(own["id"], "")
        if name and name not in kept:
            cell = kept[name] = _as_handed_out(own, ours[name], said)
        else:
            cell.metadata.pop("nbgrader", None)
            if name:
                said.append(f"{name} was there more than once: the last one counts")
            elif (same := unchanged.get(own["id"])) is not None and same.source == own.source:
                cell.metadata = deepcopy(same.metadata)
        cells.append(cell)
    cells.reverse()
    for name, original in ours.items():
        if name in kept:
            continue
        if _is_locked(original) or _is_question(original):
            kept[name] = _put_back(original)
            cells.insert(_place(name, list(ours), kept, cells), kept[name])
            said.append(f"{name} was missing: put back")
        else:
            said.append(f"{name} is missing")
    repaired = nbformat.from_dict({**notebook, "metadata": lesson.metadata, "cells": rebuilt(cells)})
    said += _move_checks_behind(repaired, list(ours))
    return repaired, list(dict.fromkeys(said))  # of a cell that is there a thousand times, once


def _name(cell: NotebookNode) -> str:
    """A graded cell's name for grading; "" for any other."""
    name = grading_metadata(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def _names(notebook: NotebookNode, ours: Mapping[str, NotebookNode]) -> dict[str, str]:
    """The names of the hand-in's graded cells, by the cells' ids.

    A name on a cell of another type may have come there by mistake: the lesson's id goes before it.
    """
    claimed = {cell["id"]: name for cell in notebook.cells if (name := _name(cell)) in ours}
    types = {cell["id"]: cell.cell_type for cell in notebook.cells}
    names = {id_: name for id_, name in claimed.items() if types[id_] == ours[name].cell_type}
    lost = {cell.get("id"): name for name, cell in ours.items() if name not in names.values()}
    names |= {id_: lost[id_] for id_ in types if id_ not in names and id_ in lost}
    found = set(names.values())
    return names | {id_: name for id_, name in claimed.items() if id_ not in names and name not in found}


def _is_locked(cell: NotebookNode) -> bool:
    return bool(grading_metadata(cell).get("locked")) and not grading_metadata(cell).get("solution")


def _is_question(cell: NotebookNode) -> bool:
    """Is this answered in the cell that carries the points? A person marks it."""
    return bool(grading_metadata(cell).get("grade") and grading_metadata(cell).get("solution"))


def _as_handed_out(cell: NotebookNode, original: NotebookNode, said: list[str]) -> NotebookNode:
    """The student's cell with the lesson's metadata and type, and with its text where that is locked."""
    source = original.source if _is_locked(original) else cell.source
    if source != cell.source:
        said.append(f"{_name(original)} was changed: the lesson's text counts")
    same = NotebookNode(id=cell["id"], cell_type=original.cell_type, source=source)
    same["metadata"] = deepcopy(original.metadata)
    if "attachments" in cell and original.cell_type != "code":
        same["attachments"] = cell["attachments"]
    return same


def _put_back(original: NotebookNode) -> NotebookNode:
    """The lesson's cell; in a question's a word that makes a person look: untouched it would score 0."""
    cell = deepcopy(original)
    if _is_question(cell):
        cell.source += "\n\n*(This cell was missing from the hand-in. The answer may stand elsewhere.)*"
    return cell


def _place(name: str, order: list[str], kept: dict[str, NotebookNode], cells: list[NotebookNode]) -> int:
    """Where a deleted cell goes back to: right after the nearest graded cell before it, else to the end.

    To the end, because a student who deleted all of them defines the answers somewhere above.
    """
    for before in reversed(order[: order.index(name)]):
        if before in kept:
            return next(i for i, cell in enumerate(cells) if cell is kept[before]) + 1
    return len(cells)


def _move_checks_behind(notebook: NotebookNode, order: list[str]) -> list[str]:
    """Put each check that stands before an answer it may need right behind that; say which were moved."""
    said = []
    cells = notebook.cells
    for number, name in enumerate(order):
        at = {found: i for i, cell in enumerate(cells) if (found := _name(cell))}
        last = max((at[before] for before in order[:number] if before in at), default=-1)
        if name in at and at[name] < last and _is_locked(cells[at[name]]):
            cells.insert(last, cells.pop(at[name]))
            said.append(f"{name} stood before its answer, or before an earlier one: put behind it")
    return said
