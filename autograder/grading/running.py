"""One hand-in in the sandbox: its cells run there, its answers are judged here.

Nothing that comes out of the sandbox is believed: outputs are stored as outputs and nothing else, evidence is
judged on inputs that were drawn for this run, and a verdict among the outputs is thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from autograder.exercise import Status, Verdict
from autograder.exercises import EXERCISES
from autograder.grading.execute import DIED, NOT_RUN, TIMED_OUT
from autograder.grading.kernels import Child, Lost, WarmParent
from autograder.grading.partial_credit import credit, is_check
from autograder.report import VERDICT_MIME, mimebundle

LEFT_OUT = "tutorial"
"""The tag of cells that grading does not need: labs, long trainings, pictures."""
MOST_CHECKS = 20
"""Of one exercise in its own cell."""


@dataclass
class Run:
    """A notebook that was run, the verdict on each exercise reached, and why the rest was not run.

    ``stopped`` and ``forged`` name cells: those that ran too long, those that put out a verdict themselves.
    """

    notebook: NotebookNode
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    lost: Lost | None = None
    where: str = ""
    stopped: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


def run_notebook(parent: WarmParent, notebook: NotebookNode, cell_seconds: float) -> Run:
    """Run the cells of a hand-in in a fresh child, in order; fills in their outputs.

    Never raises for anything that a hand-in does; where its child is lost, the cells after that say so.
    """
    run = Run(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    child = parent.child()
    try:
        for number, cell in enumerate(cells, start=1):
            cell.outputs, cell.execution_count = [], None
            if LEFT_OUT in cell.metadata.get("tags", []):
                continue
            cell.execution_count = number
            if run.lost is None:
                _run_cell(child, cell, cell_seconds, run)
            else:
                cell.outputs = [_error(NOT_RUN, f"Not run: {run.lost} in an earlier cell.")]
            if is_check(cell):
                if run.lost is not None and cell.metadata.nbgrader["grade_id"] not in run.verdicts:
                    run.unreached.append(cell.metadata.nbgrader["grade_id"])
                credit(cell)
    finally:
        child.close()
    return run


def _run_cell(child: Child, cell: NotebookNode, seconds: float, run: Run) -> None:
    child.interrupted = False
    exercise = cell.metadata.nbgrader["grade_id"] if is_check(cell) else None
    if exercise not in EXERCISES:
        exercise = None  # a teacher's own: it runs as it stands
    shown: list[NotebookNode] = []
    try:
        order = {"source": cell.source, "number": cell.execution_count, "exercise": exercise}
        child.send(order)
        for _ in range(MOST_CHECKS):
            message = child.receive(seconds)
            if "outputs" in message:
                shown += _outputs(message["outputs"], cell, run)
                break
            if exercise is None or "ready" not in message:
                raise Lost("message", "it sent what no notebook sends")
            shown.append(_judged(child, exercise, seconds, run))
        else:
            raise Lost("message", f"it checked {exercise} more than {MOST_CHECKS} times in one cell")
        if child.interrupted:
            run.stopped.append(_name(cell))
            shown.append(_error(TIMED_OUT, f"This cell ran longer than {seconds:g} seconds and was stopped."))
    except Lost as lost:
        run.lost, run.where = lost, _name(cell)
        died = lost.why != "time"
        said = f"This cell was ended: {lost}." if died else "This cell ran too long and could not be stopped."
        shown.append(_error(DIED if died else TIMED_OUT, said))
    cell.outputs = shown


def _judged(child: Child, exercise: str, seconds: float, run: Run) -> NotebookNode:
    """Draw inputs, take the evidence, judge it; the report as an output of the cell."""
    from autograder.judging import draw, judge
    from autograder.notebook import stop_line

    request = draw(exercise)
    child.send({"request": request})
    evidence = child.receive(seconds).get("evidence")
    if not isinstance(evidence, dict):
        raise Lost("message", "it sent no evidence where evidence was asked for")
    verdict = judge(exercise, request, evidence)
    child.send({"line": None if verdict.status is Status.RIGHT else stop_line(verdict)})
    run.verdicts[exercise] = verdict
    return new_output("display_data", data=mimebundle(verdict))


def _outputs(sent: Any, cell: NotebookNode, run: Run) -> list[NotebookNode]:
    """The outputs that are valid in a notebook, without any that claims to be a verdict."""
    kept = []
    for output in sent if isinstance(sent, list) else []:
        try:
            node = nbformat.from_dict(output)
            if "data" in node and node.data.pop(VERDICT_MIME, None) is not None:
                run.forged.append(_name(cell))
            nbformat.validate(node, ref="output", version=4)
        except Exception:  # nbformat raises many kinds on data of the wrong shape
            node = new_output("stream", name="stdout", text="[an output that no notebook can hold]\n")
        kept.append(node)
    return kept


def _name(cell: NotebookNode) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    return f"the cell {grade_id}" if grade_id else f"the cell that starts with `{first[:40]}`"


def _error(name: str, said: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=said, traceback=[said])
