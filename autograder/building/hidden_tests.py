"""A lesson has no hidden tests, but says where its source has some, so that a student's check can say so."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearHiddenTests

from autograder.grading.notebooks.graded_cells import HIDDEN_TESTS


class NoteHiddenTests(ClearHiddenTests):
    """Takes them out as nbgrader does, and leaves a note in the cell's metadata."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        before = cell.source
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.source != before:
            cell.metadata[HIDDEN_TESTS] = True
        return cell, resources


_NBGRADERS = GenerateAssignment.preprocessors.default()
STEPS = [NoteHiddenTests if step is ClearHiddenTests else step for step in _NBGRADERS]
"""nbgrader's own steps from a source to a lesson, with that one in its place."""
