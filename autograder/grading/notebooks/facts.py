"""What the gradebook needs to know of a graded notebook, gathered while it is at hand."""

from __future__ import annotations

from collections.abc import Mapping

from nbformat.notebooknode import NotebookNode

from autograder.grading.notebooks.answers import NOTED, answered_beside, digests
from autograder.grading.notebooks.graded_cells import grading_metadata
from autograder.grading.results import Facts


def facts_of(notebook: NotebookNode, lesson: NotebookNode, points: Mapping[str, float]) -> Facts:
    """Those of a notebook that was run; it is noted in there, too, which answers it has."""
    notebook.metadata[NOTED] = answers = digests(notebook, lesson)
    return Facts(points, other_cells(notebook, points), answers, answered_beside(notebook, lesson))


def other_cells(notebook: NotebookNode, points: Mapping[str, float]) -> dict[str, NotebookNode]:
    """The cells with points or answers, by their names, but those whose points are known."""
    named = {grading_metadata(cell).get("grade_id", ""): cell for cell in notebook.cells}
    return {
        name: cell
        for name, cell in named.items()
        if name not in points
        and any(grading_metadata(cell).get(kind) for kind in ("grade", "task", "solution"))
    }
