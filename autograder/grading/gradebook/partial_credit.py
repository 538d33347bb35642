"""`points` as an nbgrader preprocessor that runs after Execute, where stock nbgrader grades."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.notebooks.points import credit, is_check, share_of, verdict_of


class PartialCredit(NbGraderPreprocessor):
    """Puts score × points as the first result of each check cell, where nbgrader looks for it."""

    def preprocess_cell(
        self,
        cell: NotebookNode,
        resources: dict[str, Any],
        cell_index: int,  # noqa: ARG002
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if is_check(cell):
            credit(cell, share_of(verdict_of(cell)))
        return cell, resources
