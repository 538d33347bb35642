"""One hand-in in the sandbox: its cells run there, its answers are judged here.

Nothing that comes out of the sandbox is believed: outputs are stored as outputs and nothing else, evidence is
judged on inputs that were drawn for this run, and a verdict among the outputs is thrown away.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.exercise import Status, Verdict
from autograder.exercises import EXERCISES
from autograder.grading.children import Child, Lost
from autograder.grading.ended import DIED, NOT_RUN, TIMED_OUT, cell_name, error_output
from autograder.grading.kernels import LentParent, WarmParent
from autograder.grading.outputs import rebuilt_output
from autograder.grading.points import credit, is_check
from autograder.report import VERDICT_MIME, mimebundle

LEFT_OUT = "tutorial"
"""The tag of cells that grading does not need: labs, long trainings, pictures."""
MOST_CHECKS = 20
"""Of one exercise in its own cell; the lowest verdict counts, so that nobody gains by trying."""
MOST_CELLS_OF_TIME = 10
"""All cells of a hand-in together get this many times what one cell gets."""
MOST_CELLS_OF_OUTPUT = 10
"""The same for output."""
EACH_OUTPUT = 500
"""Bytes that count for an output beside what it says: a page puts as much around it."""
NO_OUTPUT = "[an output that no notebook can hold]\n"


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
    reached: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    output_bytes: int = 0  # that one cell may still put out
    output_left: int = 0  # that the rest of the hand-in may
    deadline: float = 0.0

    def seconds_left(self, seconds: float) -> float:
        """``seconds``, or what is left for the whole hand-in. Raises Lost where that is nothing."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Lost("time", "all its cells together took too long")
        return min(seconds, left)


def run_notebook(
    parent: WarmParent | LentParent,
    notebook: NotebookNode,
    cell_seconds: float,
    output_bytes: int = 2_000_000,
) -> Run:
    """Run the cells of a hand-in in a fresh child, in order; fills in their outputs.

    Never raises for anything that a hand-in does; where its child is lost, the cells after that say so.
    """
    run = Run(notebook, output_bytes=output_bytes, output_left=MOST_CELLS_OF_OUTPUT * output_bytes)
    run.deadline = time.monotonic() + MOST_CELLS_OF_TIME * cell_seconds
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    child = parent.child()
    try:
        for number, cell in enumerate(cells, start=1):
            cell.outputs, cell.execution_count = [], None
            if not is_run(cell):
                continue
            cell.execution_count = number
            if run.lost is None:
                _run_cell(child, cell, cell_seconds, run)
            else:
                cell.outputs = [error_output(NOT_RUN, f"Not run: {run.lost} in an earlier cell.")]
            if is_check(cell):
                exercise = cell.metadata.nbgrader["grade_id"]
                judged = run.lost is None or exercise in run.verdicts
                (run.reached if judged else run.unreached).append(exercise)
                credit(cell)
    finally:
        child.close()
    return run


def is_run(cell: NotebookNode) -> bool:
    """Does grading run this cell?"""
    return cell.cell_type == "code" and LEFT_OUT not in cell.metadata.get("tags", [])


def _run_cell(child: Child, cell: NotebookNode, seconds: float, run: Run) -> None:
    child.interrupted = False
    exercise = cell.metadata.nbgrader["grade_id"] if is_check(cell) else None
    if exercise not in EXERCISES:
        exercise = None  # a teacher's own: it runs as it stands
    shown: list[NotebookNode] = []
    judged: list[Verdict] = []
    try:
        order = {"source": cell.source, "number": cell.execution_count, "exercise": exercise}
        child.send(order)
        for _ in range(MOST_CHECKS):
            message = child.receive(run.seconds_left(seconds))
            if "outputs" in message:
                shown += _outputs(message["outputs"], cell, run)
                break
            if exercise is None or "ready" not in message:
                raise Lost("message", "it sent what no notebook sends")
            judged.append(_judged(child, exercise, run.seconds_left(seconds)))
        else:
            raise Lost("message", f"it checked {exercise} more than {MOST_CHECKS} times in one cell")
        if child.interrupted:
            run.stopped.append(cell_name(cell))
            shown.append(
                error_output(TIMED_OUT, f"This cell ran longer than {seconds:g} seconds and was stopped.")
            )
    except Lost as lost:
        run.lost, run.where = lost, cell_name(cell)
        died = lost.why != "time"
        said = f"This cell was ended: {lost}." if died else "This cell ran too long and could not be stopped."
        shown.append(error_output(DIED if died else TIMED_OUT, said))
    if judged and exercise:
        run.verdicts[exercise] = lowest = min(judged, key=lambda verdict: verdict.score)
        shown.insert(
            0, from_dict({"output_type": "display_data", "data": mimebundle(lowest), "metadata": {}})
        )
    cell.outputs = shown


def _judged(child: Child, exercise: str, seconds: float) -> Verdict:
    """Draw inputs, take the evidence, judge it."""
    from autograder.judging import draw, judge
    from autograder.notebook import stop_line

    request = draw(exercise)
    child.send({"request": request})
    evidence = child.receive(seconds).get("evidence")
    if not isinstance(evidence, dict):
        raise Lost("message", "it sent no evidence where evidence was asked for")
    verdict = judge(exercise, request, evidence)
    child.send({"line": None if verdict.status is Status.RIGHT else stop_line(verdict)})
    return verdict


def _outputs(sent: Any, cell: NotebookNode, run: Run) -> list[NotebookNode]:
    """The outputs that are valid in a notebook, without any that claims to be a verdict."""
    kept = []
    room = min(2 * run.output_bytes, run.output_left)  # the sandbox's own limit counts characters, not bytes
    for output in sent if isinstance(sent, list) else []:
        node = rebuilt_output(output) or new_output("stream", name="stdout", text=NO_OUTPUT)
        size = EACH_OUTPUT + len(json.dumps(node, ensure_ascii=False).encode())
        room, run.output_left = room - size, run.output_left - size
        if room < 0:
            kept.append(new_output("stream", name="stdout", text="[there was more, beyond the limit]\n"))
            break
        if node.get("data", {}).pop(VERDICT_MIME, None) is not None:
            run.forged.append(cell_name(cell))
        kept.append(node)
    return kept
