"""How points are counted: a check's verdict becomes points, and everything else scores as in nbgrader.

nbgrader's ``determine_grade`` gives 0 for an error or a line on stderr, n points where the first
execute_result is the number n, and full points for anything else. So a check that raised would mean 0,
whatever share was right, a warning would turn a right answer into 0, and a check that never ran would mean
full points. Of a check, the verdict that it displayed decides, and nothing else. A teacher's own test is
left to `determine_grade`; where that has nothing to go by, a person is asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.notebook_checks import checked_in
from autograder.report import VERDICT_MIME

NO_VERDICT = "NoVerdict"
STOPS = "CheckFailed"
"""The name of the error that ends the cell of a check whose answer is not right."""


def is_graded(cell: NotebookNode) -> bool:
    """Does nbgrader keep a score for this cell?"""
    return bool(cell.metadata.get("nbgrader", {}).get("grade", False))


def is_check(cell: NotebookNode) -> bool:
    """Is this a graded cell of this course, ``check("<grade_id>", …)``?

    A teacher's own tests are not, nor is an answer in code that a person marks, whatever is typed there.
    """
    return checked_in(cell) is not None


def verdict_of(cell: NotebookNode) -> dict[str, Any] | None:
    """The last verdict that the check cell displayed about its own exercise, as Verdict.as_json."""
    shown = [
        output.data[VERDICT_MIME]
        for output in cell.get("outputs", [])
        if output.output_type in ("display_data", "execute_result") and VERDICT_MIME in output.data
    ]
    own = [
        v for v in shown if isinstance(v, dict) and v.get("exercise") == cell.metadata.nbgrader["grade_id"]
    ]
    return own[-1] if own else None


def verdicts_in(notebook: NotebookNode) -> dict[str, dict[str, Any]]:
    """The verdicts that the checks in a graded notebook displayed, by exercise."""
    checks = (cell for cell in notebook.cells if cell.cell_type == "code" and is_graded(cell))
    found = {cell.metadata.nbgrader["grade_id"]: verdict_of(cell) for cell in checks}
    return {name: verdict for name, verdict in found.items() if verdict}


def score_of(cell: NotebookNode) -> tuple[float | None, str]:
    """The score of a cell that carries points and was run, as nbgrader reads it; None: a person gives it.

    With None, why, where that is not the kind of cell: a result that is no number of points, at which
    nbgrader gives up; or a test that passed but for something on stderr, where it gives 0. That may be a
    warning, which costs no points here, or tell of a failure, as unittest does.
    """
    from nbgrader.utils import determine_grade

    if not is_graded(cell):
        return None, ""  # a task
    try:
        score, most = determine_grade(cell)
        silent = score == 0 and cell.cell_type == "code" and determine_grade(_without_stderr(cell))[0]
    except (KeyError, ValueError):
        most = float(cell.metadata.nbgrader["points"])
        return None, f"its result is no number of points from 0 to {most:g}"
    return (None, "it passed, but something was written to stderr") if silent else (score, "")


def _without_stderr(cell: NotebookNode) -> NotebookNode:
    outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return NotebookNode(cell, outputs=outputs)


def share_of(verdict: Mapping[str, Any] | None) -> Any:
    """The share of the points that a displayed verdict gives, whatever it is; None for no verdict."""
    return None if verdict is None else verdict.get("score") or 0.0


def points_for(share: Any, points: float) -> float:
    """share × points in hundredths of a point, so that ⅓ of 3 is 1; a share that is no number gives 0."""
    if not isinstance(share, int | float) or not math.isfinite(share):
        return 0.0
    return round(min(max(float(share), 0.0), 1.0) * points, 2)


def earned(cell: NotebookNode) -> tuple[float | None, str]:
    """The same as soon as it was run, an untouched question left to a person.

    nbgrader, which takes a second to load, is asked of a teacher's own test alone.
    """
    if cell.cell_type != "code" or cell.metadata.nbgrader.get("solution"):
        return None, ""
    if is_check(cell):
        return points_for(share_of(verdict_of(cell)), float(cell.metadata.nbgrader["points"])), ""
    return score_of(cell)


def credit(cell: NotebookNode, share: Any) -> float:
    """Put the points for this ``share`` as the first output; an error or a line on stderr becomes ordinary.

    With a verdict, what stopped the cell is left out: nobody runs this notebook on.
    A check without a verdict, whose share is None, scores 0 and keeps its error, so that a person sees why.
    Gives the points.
    """
    points = float(cell.metadata.nbgrader["points"])
    if share is None:
        if not any(output.output_type == "error" for output in cell.outputs):
            said = "The check gave no verdict on this exercise."
            cell.outputs.append(new_output("error", ename=NO_VERDICT, evalue=said, traceback=[said]))
        given, rest = 0.0, [_on_stdout(o) if o.output_type == "stream" else o for o in cell.outputs]
    else:
        given = points_for(share, points)
        rest = [_on_stdout(o) for o in cell.outputs if o.get("ename") != STOPS]
    data = {"text/plain": repr(given), "text/html": f"<b>{given:g} of {points:g} points</b>"}
    result = new_output("execute_result", data=data, execution_count=cell.execution_count)
    cell.outputs = [result, *rest]
    return given


def _on_stdout(output: NotebookNode) -> NotebookNode:
    """The same text as ordinary output, where it was an error or came over stderr."""
    if output.output_type == "error":
        return new_output("stream", name="stdout", text="\n".join(output.traceback) + "\n")
    if output.output_type == "stream":
        return new_output("stream", name="stdout", text=output.text)
    return output
