"""The answers in a lesson: typing them in, and finding those that are still missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell

HIDDEN_TESTS = "hidden_tests"
"""In the metadata of a lesson's cell: its source has tests that a student does not see."""


def type_in(lesson: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """A copy of the lesson with each answer in its cell, as a student would have typed it.

    ``answers`` maps an exercise's id to source text: Python for the cell ``<id>-answer``, Markdown for a
    question that a person marks (the cell ``<id>`` itself). Raises KeyError for an id without such a cell.
    """
    notebook = deepcopy(lesson)
    cells = answer_cells(notebook)
    for exercise, source in answers.items():
        if exercise not in cells:
            raise KeyError(f"the lesson has no answer cell for {exercise!r}; it has: {', '.join(cells)}")
        cells[exercise].source = source.strip("\n")
    return notebook


def answer_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that a student fills in, by exercise, in the notebook's order."""
    return {
        meta["grade_id"].removesuffix("-answer"): cell
        for cell in notebook.cells
        if (meta := grading_metadata(cell)).get("solution") and meta.get("grade_id")
    }


def check_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that carry points, by exercise, in the notebook's order: checks, tests, questions, tasks."""
    return {
        meta["grade_id"]: cell
        for cell in notebook.cells
        if ((meta := grading_metadata(cell)).get("grade") or meta.get("task")) and meta.get("grade_id")
    }


def ungraded_page(lesson: NotebookNode, reason: str) -> NotebookNode:
    """The lesson with a cell before it that says why the hand-in could not be graded."""
    page = deepcopy(lesson)
    page.cells.insert(0, new_markdown_cell(f"## This hand-in could not be graded\n\n{reason}."))
    return page


def unfinished(notebook: NotebookNode, lesson: NotebookNode) -> list[str]:
    """The exercises whose answer is missing, empty, or still as it was handed out."""
    typed = answer_cells(notebook)
    return [
        exercise
        for exercise, stub in answer_cells(lesson).items()
        if exercise not in typed or typed[exercise].source.split() in ([], stub.source.split())
    ]


def not_in(handed_in: NotebookNode, lesson: NotebookNode) -> set[str]:
    """The tests of which a hand-in has neither the cell nor its answer's: they may be newer than it is."""
    there = {
        name for cell in handed_in.cells for name in (grading_metadata(cell).get("grade_id"), cell["id"])
    }
    ours = {grading_metadata(cell).get("grade_id") for cell in lesson.cells}
    return {
        name
        for name, cell in check_cells(lesson).items()
        if cell.cell_type == "code" and f"{name}-answer" in ours and not there & {name, f"{name}-answer"}
    }


def in_error(notebook: NotebookNode, names: Collection[str]) -> list[str]:
    """Those of these tests that ended with an error."""
    return [
        name
        for name, cell in check_cells(notebook).items()
        if name in names and any(output.output_type == "error" for output in cell.get("outputs", []))
    ]


def grading_metadata(cell: NotebookNode) -> Mapping[str, Any]:
    """The cell's nbgrader metadata; empty where there is none with a name, or something else in its place."""
    meta = cell.metadata.get("nbgrader", {})
    return meta if isinstance(meta, Mapping) and isinstance(meta.get("grade_id"), str) else {}
