"""A hand-in is data until proven a notebook; what a student broke by accident is put right before grading.

Stock nbgrader stops a whole class at one duplicated graded cell or one edited schema version.
"""

from __future__ import annotations

import json
import os
import stat
import warnings
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbformat.v4.rwbase import rejoin_lines

from autograder.grading.handins import grading_metadata
from autograder.grading.inside.frames import read_json

MAX_BYTES = 20_000_000
MAX_CELLS = 5_000


class BrokenHandin(Exception):
    """This file cannot be graded; the message is one sentence that says why."""


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file of bounded size; a link is not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        why = "it is a link" if path.is_symlink() else (error.strerror or str(error)).lower()
        raise BrokenHandin(f"{path.name} cannot be read: {why}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BrokenHandin(f"{path.name} is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise BrokenHandin(f"{path.name} is larger than {limit // 1_000_000} MB")
    return content


def read_handin(submitted: Path, student: str, unit: str) -> bytes:
    """The notebook in ``submitted/<student>/<unit>/``, unless one of the two folders is a link elsewhere."""
    folder = submitted / student / unit
    if folder.is_symlink() or folder.parent.is_symlink():
        raise BrokenHandin("its folder is a link")
    return read_bytes(folder / f"{unit}.ipynb")


def parse(content: bytes) -> NotebookNode:
    """The notebook in these bytes, in strict nbformat 4. Raises BrokenHandin with the reason."""
    try:
        data = read_json(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise BrokenHandin("the file is not a text file in UTF-8, or nested too deeply") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BrokenHandin(
            f"the file is broken JSON: {error.msg} at {where} (of {len(content)} bytes)"
        ) from None
    except ValueError:
        raise BrokenHandin("the file holds a number of thousands of digits") from None
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list) or data.get("nbformat") != 4:
        raise BrokenHandin("the file is not a Jupyter notebook of format 4")
    if len(data["cells"]) > MAX_CELLS:
        raise BrokenHandin(f"the notebook has more than {MAX_CELLS} cells")
    try:
        notebook = _with_distinct_ids(rejoin_lines(nbformat.from_dict(data)))
        nbformat.validate(notebook)
    except Exception as error:
        # nbformat raises many kinds (KeyError, AttributeError, …) on data of the wrong shape
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise BrokenHandin(f"the notebook's cells are not as nbformat wants them: {first}") from None
    return notebook


def repair(notebook: NotebookNode, lesson: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The hand-in with the lesson's graded cells as the lesson has them, and what was put right.

    - Of a duplicated cell the last one counts (as in nbgrader); the others stay as the student's own.
    - Metadata and locked text come from the lesson: points, ids, cell type, tags.
    - A check or a question that was deleted is put back after the graded cell before it. A deleted
      answer cell is not: its stub could undo an answer that stands elsewhere.
    - Anything else stays as it is, where it is.
    """
    ours = {
        meta["grade_id"]: cell for cell in lesson.cells if (meta := grading_metadata(cell)).get("grade_id")
    }
    said: list[str] = []
    kept: dict[str, NotebookNode] = {}
    cells: list[NotebookNode] = []
    for cell in reversed(notebook.cells):
        grade_id = grading_metadata(cell).get("grade_id")
        if not isinstance(grade_id, str) or grade_id not in ours:
            cell.metadata.pop("nbgrader", None)
        elif grade_id in kept:
            cell.metadata.pop("nbgrader")
            said.append(f"{grade_id} was there more than once: the last one counts")
        else:
            cell = kept[grade_id] = _as_handed_out(cell, ours[grade_id], said)
        cells.append(cell)
    cells.reverse()
    for grade_id, original in ours.items():
        if grade_id in kept:
            continue
        if grading_metadata(original).get("grade") or grading_metadata(original).get("locked"):
            kept[grade_id] = deepcopy(original)
            cells.insert(_place(grade_id, list(ours), kept, cells), kept[grade_id])
            said.append(f"{grade_id} was missing: put back")
        else:
            said.append(f"{grade_id} is missing")
    repaired = deepcopy(notebook)
    repaired.cells = cells
    return _with_distinct_ids(repaired), said


def _with_distinct_ids(notebook: NotebookNode) -> NotebookNode:
    """A cell without an id, or with another's, gets a new one; nbformat would only warn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, normal = nbformat.validator.normalize(notebook)
    return normal


def _as_handed_out(cell: NotebookNode, original: NotebookNode, said: list[str]) -> NotebookNode:
    """The student's cell with the lesson's metadata and type, and with its text where that is locked."""
    meta = grading_metadata(original)
    source = original.source if meta.get("locked") and not meta.get("solution") else cell.source
    if source != cell.source:
        said.append(f"{meta['grade_id']} was changed: the lesson's text counts")
    make = new_code_cell if original.cell_type == "code" else new_markdown_cell
    same = make(source=source, metadata=deepcopy(original.metadata))
    same["id"] = cell.get("id", original.get("id"))
    return same


def _place(grade_id: str, order: list[str], kept: dict[str, NotebookNode], cells: list[NotebookNode]) -> int:
    """Where a deleted cell goes back to: right after the nearest graded cell before it, else to the end.

    To the end, because a student who deleted all of them defines the answers somewhere above.
    """
    for before in reversed(order[: order.index(grade_id)]):
        if before in kept:
            return next(i for i, cell in enumerate(cells) if cell is kept[before]) + 1
    return len(cells)
