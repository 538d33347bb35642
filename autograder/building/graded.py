"""What a graded cell must be so that its points say something, before any student sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course_file import CourseError


def refuse_ungradable(text: str, source: Path) -> None:
    """Raise CourseError where points would count twice, or running a cell could not tell right from wrong.

    ``text`` is the notebook's file, ``source`` the one that the message names.
    """
    import nbformat

    from autograder.grading.run.running import is_test

    for number, cell in enumerate(nbformat.reads(text, as_version=4).cells, start=1):
        if problem := _task(cell) or (_problem(cell) if is_test(cell) else ""):
            raise CourseError(f"{source}, cell {number}: {problem}.")


def _task(cell: Any) -> str:
    """What is wrong with a cell that is marked as a task, if anything."""
    meta = cell.metadata.get("nbgrader", {})
    if meta.get("task") and (meta.get("grade") or meta.get("solution")):
        return (
            f"{meta.get('grade_id')} is a task and graded besides: nbgrader would count its points twice. "
            "Next: choose one of the two in the Create Assignment toolbar"
        )
    if meta.get("task") and cell.cell_type != "markdown":
        return (
            f"{meta.get('grade_id')} is a task, but a {cell.cell_type} cell: a task is a Markdown cell. "
            "Next: change the type of the cell, or choose another kind in the Create Assignment toolbar"
        )
    return ""


def _problem(cell: Any) -> str:
    from autograder.grading.notebooks.points import is_check
    from autograder.grading.run.check_calls import unjudgeable, words_in
    from autograder.grading.run.running import LEFT_OUT

    name, words = cell.metadata.nbgrader["grade_id"], words_in(cell.source)
    if problem := unjudgeable(cell):
        return f"{problem}. Next: mend the name, or write tests of your own with assert"
    if is_check(cell) and ("assert" in words or "BEGIN HIDDEN TESTS" in cell.source):
        return (
            f"beside the check of {name} stand other tests, which would count nothing: its verdict decides. "
            "Next: put them into a graded cell of their own"
        )
    if is_check(cell) and (problem := _other_answer(name, words)):
        return problem
    if LEFT_OUT in cell.metadata.get("tags", []):
        return (
            f"the graded cell {name} is tagged {LEFT_OUT}, as cells that stock nbgrader does not run, which "
            "would be right for everyone. Next: take the tag away"
        )
    if not {"(", "assert", "raise", "import"} & set(words):
        return (
            f"nothing in the graded cell {name} can fail: it would be right for everyone. "
            "Next: write a test, or make it an answer that a person marks"
        )
    return ""


def _other_answer(name: str, words: list[str]) -> str:
    """What is wrong where a check hands over another name than the exercise speaks of."""
    from autograder.exercises import EXERCISES

    wanted = EXERCISES[name].answer
    match words:
        case ["check", "(", _, ",", handed, ")", *_] if handed.isidentifier() and handed != wanted:
            return (
                f"the check of {name} hands over {handed}, and its texts speak of {wanted}. "
                f"Next: write {wanted} in both cells, or answer={handed!r} in its exercise.py"
            )
    return ""
