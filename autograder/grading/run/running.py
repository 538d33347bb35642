"""One hand-in in the sandbox: its cells run there, its answers are judged here.

Nothing that comes out of the sandbox is believed: outputs are stored as outputs and nothing else, evidence is
judged on inputs that were drawn for this run, and a verdict among the outputs is thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_output

from autograder.exercise import Exercise
from autograder.exercises import EXERCISES
from autograder.grading.handins.beside import NONE, Files
from autograder.grading.inside.captured_output import NOT_STORED, RESERVE
from autograder.grading.notebooks.cell_errors import DIED, NOT_RUN, TIMED_OUT, cell_name, error_output
from autograder.grading.notebooks.outputs import in_short, rebuilt_output
from autograder.grading.notebooks.points import credit, is_check, is_graded
from autograder.grading.run.check_calls import unjudgeable
from autograder.grading.run.children import MOST_OF_EVIDENCE, Child, Lost
from autograder.grading.run.warm_parents import LentParent, WarmParent
from autograder.observers import TIME_LIMIT
from autograder.observers.own_time import MOSTLY
from autograder.report import VERDICT_MIME, mimebundle
from autograder.verdict import UNJUDGED, UNREADABLE, Status, Verdict

NEVER_ENDS = "never-ends"
"""What a verdict says of an answer that was stopped."""
LEFT_OUT = "tutorial"
"""The tag of cells that grading does not need: labs, long trainings, pictures."""
MOST_CHECKS = 3
"""Of one exercise in its own cell; the lowest verdict counts, so that nobody gains by trying."""
MOST_CELLS_OF_TIME = 10
"""All cells of a hand-in together get this many times the time of its own that one cell gets."""
MOST_CELLS_OF_OUTPUT = 10
"""The same for output."""
EACH_OUTPUT = 500
"""Bytes that count for an output beside what it says: a page puts as much around it."""


@dataclass
class Run:
    """A notebook that was run, the verdict on each exercise reached, and why the rest was not run.

    ``stopped`` and ``forged`` name cells: those that ran too long, those that put out a verdict themselves.
    ``unjudged`` says of exercises why nobody here can judge them; they are among the ``unreached``.
    ``unreadable`` says of exercises what is wrong with their evidence.
    """

    notebook: NotebookNode
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    points: dict[str, float] = field(default_factory=dict)  # of the checks
    lost: Lost | None = None
    where: str = ""
    stopped: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)
    earlier: Mapping[str, Verdict] = field(default_factory=dict)  # of an earlier, doubtful run
    doubtful: bool = False  # was it the clock or a signal that ended something?
    output_bytes: int = 0  # that one cell may still put out
    output_left: int = 0  # that the rest of the hand-in may
    cell_seconds: float = 0.0

    @property
    def judged_for_good(self) -> dict[str, Verdict]:
        """The verdicts that a second run may not better."""
        return {name: v for name, v in self.verdicts.items() if v.misconception != NEVER_ENDS}

    def seconds_left(self, child: Child) -> float:
        """Those of a cell, or what is left for the whole hand-in. Raises Lost where that is nothing."""
        most = MOST_CELLS_OF_TIME * self.cell_seconds
        if child.spent >= most:
            said = "all its cells together took too long"
            raise Lost("time", said, doubtful=child.computed < MOSTLY * most)
        return min(self.cell_seconds, most - child.spent)


def run_notebook(
    parent: WarmParent | LentParent,
    notebook: NotebookNode,
    cell_seconds: float,
    output_bytes: int = 2_000_000,
    files: Files = NONE,
    earlier: Mapping[str, Verdict] | None = None,
    on_cell: Callable[[], None] = lambda: None,
) -> Run:
    """Run the cells of a hand-in in a fresh child, in order, with ``files`` beside; fills in their outputs.

    ``cell_seconds`` are of its own time (`OwnTime`). ``earlier`` are verdicts of a run that was doubtful: the
    lower one counts, so that nobody gains by being run twice. Never raises for anything that a hand-in does;
    where its child is lost, the cells after that say so. ``on_cell`` is called after each.
    """
    run = Run(notebook, output_bytes=output_bytes, output_left=MOST_CELLS_OF_OUTPUT * output_bytes)
    run.cell_seconds, run.earlier = cell_seconds, earlier or {}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    child = parent.child(files)
    try:
        for number, cell in enumerate(cells, start=1):
            cell.outputs, cell.execution_count = [], None
            if not is_run(cell):
                continue
            cell.execution_count = number
            if run.lost is None:
                _run_cell(child, cell, run)
            else:
                cell.outputs = [error_output(NOT_RUN, f"Not run: {run.lost} in an earlier cell.")]
            if is_test(cell):
                _take_note(cell, run)
            on_cell()
    finally:
        child.close()
    run.doubtful = child.doubtful or (run.lost is not None and run.lost.doubtful)
    return run


def is_run(cell: NotebookNode) -> bool:
    """Does grading run this cell?"""
    return cell.cell_type == "code" and (LEFT_OUT not in cell.metadata.get("tags", []) or is_test(cell))


def is_test(cell: NotebookNode) -> bool:
    """Is it by running this cell that points are given: a check, or a teacher's own tests?"""
    return cell.cell_type == "code" and is_graded(cell) and not cell.metadata.nbgrader.get("solution")


def _take_note(cell: NotebookNode, run: Run) -> None:
    """Note whether this exercise was reached, and give a check its points."""
    exercise = cell.metadata.nbgrader["grade_id"]
    verdict = run.verdicts.get(exercise)
    failed = verdict is not None and verdict.misconception == UNJUDGED
    if problem := f"the check of {exercise} failed" if failed else unjudgeable(cell):
        run.unreached.append(exercise)
        run.unjudged.append(problem)
        cell.outputs.append(new_output("stream", name="stdout", text=f"Left to a person: {problem}.\n"))
        return
    judged = run.lost is None or exercise in run.verdicts
    (run.reached if judged else run.unreached).append(exercise)
    if is_check(cell):
        run.points[exercise] = credit(cell, None if verdict is None else verdict.score)


def _run_cell(child: Child, cell: NotebookNode, run: Run) -> None:
    child.interrupted = False
    known = EXERCISES.get(cell.metadata.nbgrader["grade_id"]) if is_check(cell) else None
    exercise = known.id if known else None  # a teacher's own test runs as it stands
    shown: list[NotebookNode] = []
    judged: list[Verdict] = []
    try:
        order = {"source": cell.source, "number": cell.execution_count, "exercise": exercise}
        child.send(order, run.seconds_left(child))
        for _ in range(MOST_CHECKS):
            message = child.receive(run.seconds_left(child))
            if "outputs" in message:
                shown += _outputs(message["outputs"], cell, run)
                break
            if known is None or "ready" not in message:
                raise Lost("message", "it sent what no notebook sends")
            judged.append(_judged(child, known, run))
            if judged[-1].misconception == UNREADABLE:
                run.unreadable.append(
                    f"the evidence of {exercise} is no answer to what was asked: {judged[-1].remarks[0]}"
                )
        else:
            raise Lost("message", f"it checked {exercise} more than {MOST_CHECKS} times in one cell")
        if child.interrupted:
            run.stopped.append(cell_name(cell))
            said = f"This cell computed, or waited, longer than {run.cell_seconds:g} seconds and was stopped."
            shown.append(error_output(TIMED_OUT, said))
    except Lost as lost:
        run.lost, run.where = lost, cell_name(cell)
        died = lost.why != "time"
        said = f"This cell was ended: {lost}." if died else "This cell ran too long and could not be stopped."
        shown.append(error_output(DIED if died else TIMED_OUT, said))
    if judged and exercise:
        judged += [run.earlier[exercise]] if exercise in run.earlier else []
        run.verdicts[exercise] = lowest = min(judged, key=lambda verdict: verdict.score)
        shown.insert(
            0, from_dict({"output_type": "display_data", "data": mimebundle(lowest), "metadata": {}})
        )
    cell.outputs = shown


def _judged(child: Child, exercise: Exercise[Any], run: Run) -> Verdict:
    """Draw inputs, take the evidence, judge it."""
    from autograder.judging import Check  # the master, which judges nothing, need not load it
    from autograder.notebook import stop_line

    check, computed = Check.of(exercise), child.computed
    child.send({"request": check.request}, run.seconds_left(child))
    message = child.receive(run.seconds_left(child), MOST_OF_EVIDENCE)
    if "evidence" not in message:
        raise Lost("message", "it sent no evidence where evidence was asked for")
    verdict = check.judge(message["evidence"])
    if verdict.misconception == NEVER_ENDS and child.computed - computed < TIME_LIMIT:
        child.doubtful = True  # it waited: for what, it alone knows
    line = None if verdict.status is Status.RIGHT else stop_line(verdict)
    child.send({"line": line}, run.seconds_left(child))
    return verdict


def _outputs(sent: Any, cell: NotebookNode, run: Run) -> list[NotebookNode]:
    """The outputs that are valid in a notebook, without any that claims to be a verdict."""
    kept: list[NotebookNode] = []
    left_out: set[str] = set()
    room = min(run.output_bytes + 4 * RESERVE, run.output_left)  # the sandbox's own may have been lifted
    for output in sent if isinstance(sent, list) else []:
        node = rebuilt_output(output) or new_output("stream", name="stdout", text=NOT_STORED)
        size = EACH_OUTPUT + len(json.dumps(node, ensure_ascii=False).encode())
        if node.get("data", {}).pop(VERDICT_MIME, None) is not None:
            run.forged.append(cell_name(cell))
        if size > room:
            short, kind = in_short(node), node.get("name", node.output_type)
            if not left_out:
                kept.append(new_output("stream", name="stdout", text="[there was more, beyond the limit]\n"))
            kept += [short] if short and kind not in left_out else []
            left_out.add(kind)
            continue
        room, run.output_left = room - size, run.output_left - size
        kept.append(node)
    return kept
