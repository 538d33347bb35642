"""What a student typed for each exercise: what stands beside a question, and whether an answer changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from nbformat.notebooknode import NotebookNode

from autograder.grading.notebooks.graded_cells import check_cells, grading_metadata

NOTED = "answers"
"""The name in a graded notebook's metadata of the `digests` of the answers in it."""
BESIDE = "nothing is typed in its cell, but something stands beside it"


def digests(notebook: NotebookNode, lesson: NotebookNode) -> dict[str, str]:
    """For each exercise a hash of what was typed for it: another text, another hash.

    Of what a person marks that is its own text and what stands beside it. Of a check or a test it is the
    answer of that name, and what else was typed since the check before; right below one, the same as there.
    """
    free = _free(notebook, lesson)
    carry = check_cells(notebook)
    tests = {name for name, cell in carry.items() if not _is_for_a_person(cell)}
    answers = {_name(cell): cell for cell in notebook.cells}
    found = {_name(cell): [cell, *beside] for cell, beside in _marked_by_a_person(notebook, free)}
    typed: list[NotebookNode] = []
    before: list[NotebookNode] = []
    for cell in notebook.cells:
        if (name := _name(cell)) in tests:
            before, typed = typed or before, []
            found[name] = [*before, *(answers[a] for a in (f"{name}-answer",) if a in answers)]
        elif cell["id"] in free or (grading_metadata(cell).get("solution") and name not in carry):
            typed.append(cell)
    return {name: _digest(cells) for name, cells in found.items()}


def answered_beside(notebook: NotebookNode, lesson: NotebookNode) -> dict[str, str]:
    """The questions that are as they were handed out, while something of the student's stands beside them."""
    stubs = {name: cell.source for name, cell in check_cells(lesson).items()}
    texts = {cell.source.strip() for cell in lesson.cells}
    return {
        name: BESIDE
        for question, beside in _marked_by_a_person(notebook, _free(notebook, lesson))
        if grading_metadata(question).get("solution")
        and question.source == stubs.get(name := _name(question))
        and any(cell.source.strip() not in texts for cell in beside)
    }


def _name(cell: NotebookNode) -> str:
    return str(grading_metadata(cell).get("grade_id", ""))


def _is_for_a_person(cell: NotebookNode) -> bool:
    meta = grading_metadata(cell)
    return bool(meta.get("solution") or meta.get("task") or cell.cell_type != "code")


def _free(notebook: NotebookNode, lesson: NotebookNode) -> set[str]:
    """The ids of the cells beside the exercises, in which a student may have written.

    The lesson's code is left out, since there students try other numbers; and what is empty.
    """
    tried = {cell.get("id") for cell in lesson.cells if cell.cell_type == "code"}
    return {
        cell["id"]
        for cell in notebook.cells
        if not _name(cell) and cell.source.strip() and not (cell.cell_type == "code" and cell["id"] in tried)
    }


def _marked_by_a_person(
    notebook: NotebookNode, free: set[str]
) -> Iterator[tuple[NotebookNode, Sequence[NotebookNode]]]:
    """Each such cell with the free ones between the cells with points before and after it.

    Below it that is any; above it text alone, since code there was tried for what stands before.
    """
    carry = {cell["id"] for cell in check_cells(notebook).values()}
    ends = [place for place, cell in enumerate(notebook.cells) if cell["id"] in carry]
    for start, place, end in zip([-1, *ends], ends, [*ends[1:], len(notebook.cells)], strict=False):
        if _is_for_a_person(cell := notebook.cells[place]):
            above = [other for other in notebook.cells[start + 1 : place] if other.cell_type != "code"]
            beside = [*above, *notebook.cells[place + 1 : end]]
            yield cell, [other for other in beside if other["id"] in free]


def _digest(cells: Sequence[NotebookNode]) -> str:
    typed = json.dumps([[cell.source.strip(), cell.get("attachments", {})] for cell in cells], sort_keys=True)
    return hashlib.sha256(typed.encode()).hexdigest()
