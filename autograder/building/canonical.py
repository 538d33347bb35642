"""The one form in which a notebook is stored: the same content always gives the same bytes."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from autograder.course_file import CourseError

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

_LEFT_BY_EDITORS = (
    *("ExecuteTime", "collapsed", "deletable", "editable", "execution"),
    *("jp-MarkdownHeadingCollapsed", "jupyter", "scrolled", "trusted"),
)
_NBGRADER_KEYS = ("grade", "grade_id", "locked", "points", "schema_version", "solution", "task")
_MACHINE_MADE = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|")
_VALID_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def canonical_text(path: Path) -> str:
    """Return what the source notebook ``path`` must hold: all its content, no outputs, stable cell ids.

    A graded or answer cell's id is its grade_id; another cell keeps a readable id and else gets one from
    its first words. Raises CourseError when the file is no notebook or two cells have one grade_id.
    """
    notebook = read_notebook(path)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cell["metadata"] = _cell_metadata(cell.get("metadata", {}))
    _give_ids(notebook["cells"], path)
    metadata = notebook.get("metadata", {})
    kept = {k: v for k, v in metadata.items() if k not in ("celltoolbar", "language_info", "widgets")}
    notebook["metadata"] = {**kept, "kernelspec": KERNEL}
    return notebook_text(notebook)


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook of format 4 as plain data, each source one string.

    Raises CourseError, with the line where it can be told, when the file is no such notebook.
    """
    again = "Next: open it in JupyterLab and save it, or restore it from the repository."
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(
            f"{path}: there is no such notebook. Next: restore it from the repository."
        ) from None
    except json.JSONDecodeError as error:
        raise CourseError(
            f"{path}, line {error.lineno}: this is no notebook ({error.msg}). {again}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: cannot be read ({error}). {again}") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise CourseError(f"{path}: this is no notebook of format 4. {again}")
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell.get("source", ""))
    return notebook


def notebook_text(notebook: dict[str, Any]) -> str:
    """Return the file's text: keys sorted, sources as lines, a newline at the end.

    Raises CourseError when the content is no valid notebook.
    """
    import nbformat

    complete = copy.deepcopy(notebook)
    complete["nbformat"], complete["nbformat_minor"] = 4, 5
    node = nbformat.from_dict(complete)
    try:
        nbformat.validate(node)
    except nbformat.ValidationError as error:
        raise CourseError(f"The notebook is not valid: {str(error).splitlines()[0]}.") from None
    return str(nbformat.writes(node, version=4)).rstrip("\n") + "\n"


def _cell_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    """Keep what the author wrote; drop what editors leave; nbgrader's keys in full or not at all."""
    kept = {k: v for k, v in metadata.items() if k not in _LEFT_BY_EDITORS}
    grading = kept.pop("nbgrader", {})
    if any(grading.get(key) for key in ("grade", "locked", "solution", "task")):
        full = {
            "grade": False,
            "locked": False,
            "solution": False,
            "task": False,
            **grading,
            "schema_version": 3,
        }
        if float(full.get("points", 0.5)).is_integer():
            full["points"] = int(full["points"])
        kept["nbgrader"] = {key: full[key] for key in _NBGRADER_KEYS if key in full}
    if kept.get("tags") == []:
        del kept["tags"]
    return kept


def _give_ids(cells: list[dict[str, Any]], path: Path) -> None:
    taken: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id is None:
            continue
        if grade_id in taken:
            raise CourseError(
                f"{path}: cells {taken[grade_id]} and {number} both have the grade_id {grade_id!r}; "
                "nbgrader would stop for the whole class. Next: give the copy another id, or delete it."
            )
        if not _VALID_ID.fullmatch(grade_id):
            raise CourseError(
                f"{path}: cell {number} has the grade_id {grade_id!r}. Allowed: at most 64 letters, digits, "
                "hyphens and underscores. Next: rename it in nbgrader's toolbar."
            )
        taken[grade_id] = number
        cell["id"] = grade_id
    for number, cell in enumerate(cells, 1):
        if cell["metadata"].get("nbgrader", {}).get("grade_id") is not None:
            continue
        wanted = str(cell.get("id", ""))
        if _MACHINE_MADE.fullmatch(wanted) or not _VALID_ID.fullmatch(wanted):
            wanted = _slug(cell)
        count, cell_id = 1, wanted
        while cell_id in taken:
            count += 1
            cell_id = f"{wanted}-{count}"
        taken[cell_id] = number
        cell["id"] = cell_id


def _slug(cell: dict[str, Any]) -> str:
    """The first words of a cell, at most five, as an id."""
    lines = [line for line in cell["source"].splitlines() if line.strip()]
    words = re.findall(r"[a-z0-9]+", lines[0].lower()) if lines else []
    return "-".join(words[:5])[:50] or cell["cell_type"]
