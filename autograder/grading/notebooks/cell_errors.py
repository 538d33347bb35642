"""Cells that did not end by themselves: the errors they show in a graded notebook."""

from __future__ import annotations

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

DIED = "DeadKernelError"
TIMED_OUT = "CellTimeoutError"  # nbgrader's own name for it
NOT_RUN = "NotRun"


def first_error(nb: NotebookNode, name: str) -> NotebookNode | None:
    """The first cell with an error of this name: ``DIED``, ``TIMED_OUT`` or ``NOT_RUN``."""
    return next((cell for cell in nb.cells if has_error(cell, name)), None)


def has_error(cell: NotebookNode, name: str) -> bool:
    return any(o.output_type == "error" and o.ename == name for o in cell.get("outputs", []))


def error_output(name: str, said: str) -> NotebookNode:
    """An output that tells of an error, as a kernel would."""
    return new_output("error", ename=name, evalue=said, traceback=[said])


def cell_name(cell: NotebookNode) -> str:
    """A cell as a reason names it: by its id for grading, else by its first line."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    return f"the cell {grade_id}" if grade_id else f"the cell that starts with `{first[:40]}`"
