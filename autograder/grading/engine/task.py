"""One hand-in, from bytes to a graded notebook: the pure function that workers run, here or elsewhere."""

from __future__ import annotations

import atexit
import hashlib
import json
import platform
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.grading.handins.beside import Files
from autograder.grading.handins.handin import Handin
from autograder.grading.handins.intake import BrokenHandin, parse, repair
from autograder.grading.notebooks.facts import facts_of, other_cells
from autograder.grading.notebooks.graded_cells import (
    check_cells,
    grading_metadata,
    in_error,
    not_in,
    ungraded_page,
)
from autograder.grading.notebooks.notebook_file import as_json
from autograder.grading.results import Facts, Graded, Outcome
from autograder.grading.run.children import Lost
from autograder.grading.run.other_versions import doubt, remark, written_with
from autograder.grading.run.outcome import outcome_of, with_doubt
from autograder.grading.run.own_code import judge_by
from autograder.grading.run.parent_pool import modules_for
from autograder.grading.run.running import Run, is_run, run_notebook
from autograder.grading.run.settings import Settings
from autograder.grading.run.warm_parents import LentParent, WarmParent
from autograder.grading.sandbox.view import site_packages
from autograder.verdict import Verdict


@dataclass(frozen=True)
class Task:
    """A hand-in to grade.

    ``tests`` are the texts that grading runs in place of the lesson's, by the cells' names: with the hidden
    tests, which the lesson has not. ``files`` lie beside the notebook, the teacher's and the student's;
    ``own_code`` are the teacher's own exercises.
    """

    unit: str
    student: str
    lesson: str  # the lesson's notebook, as JSON
    settings: Settings
    handin: Handin = field(default_factory=Handin)
    tests: Mapping[str, str] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    own_code: Files = field(default_factory=Files)
    earlier: Mapping[str, Verdict] = field(default_factory=dict)  # what a doubtful run judged

    @property
    def key(self) -> str:
        """The same for the same hand-in, lesson, settings, course code and packages; else another."""
        own = self.handin
        told = json.dumps([asdict(self.settings), self.tests, own.remarks, own.versions], sort_keys=True)
        parts = (self.unit, self.student, self.lesson, told, own.problem, own.sha256, fingerprint())
        beside = self.files.digest + self.own_code.digest
        return hashlib.sha256("\0".join(parts).encode() + beside).hexdigest()

    @property
    def likely_modules(self) -> tuple[str, ...]:
        """What its warm parent should have, as far as its bytes tell before anybody has parsed them."""
        text = self.handin.content.decode(errors="replace")
        return modules_for("\n".join([text, *self.tests.values(), self.files.code]))


def grade_task(task: Task, on_cell: Callable[[], None] = lambda: None) -> Graded:
    """Grade one hand-in in the sandbox. A hand-in that cannot be run is an outcome, not an exception.

    ``on_cell`` is called after each cell that is run.
    """
    try:
        if task.handin.problem:
            raise BrokenHandin(task.handin.problem)
        handed_in = parse(task.handin.content)
        newer = not_in(handed_in, _lesson(task.lesson))
        notebook, remarks = repair(handed_in, _lesson(task.lesson))
        _put_in(task.tests, notebook)
        judge_by(task.own_code)
        run = _run(task, notebook, on_cell)
        written = written_with(task.handin.versions, handed_in)
        return _graded(task, run, [*remarks, *task.handin.remarks], written, newer)
    except BrokenHandin as error:
        return not_graded(task, Outcome.BROKEN, str(error))
    except Lost as lost:  # the sandbox itself, not the hand-in in it
        failed = not_graded(task, Outcome.FAILED, str(lost), remarks)
        return replace(failed, doubtful=lost.doubtful)
    except Exception as error:  # what nobody thought of ends this hand-in, not the class
        said = f"the grader stumbled over it ({type(error).__name__}: {str(error)[:200]})"
        return not_graded(task, Outcome.FAILED, said)


def not_graded(task: Task, status: Outcome, reason: str, remarks: list[str] | None = None) -> Graded:
    """See `left_open`."""
    return left_open(task.student, _lesson(task.lesson), status, reason, remarks or ())


def left_open(
    student: str, lesson: NotebookNode, status: Outcome, reason: str, remarks: Sequence[str]
) -> Graded:
    """A page that says why, and every exercise left open."""
    page = ungraded_page(lesson, reason)
    every = tuple(check_cells(page))
    facts = Facts(cells=other_cells(page, {}))
    return Graded(student, status, reason, tuple(remarks), as_json(page), {}, every, facts=facts)


def _put_in(tests: Mapping[str, str], notebook: NotebookNode) -> None:
    """The tests as the teacher wrote them, hidden ones included."""
    for cell in notebook.cells:
        cell.source = tests.get(grading_metadata(cell).get("grade_id", ""), cell.source)


@lru_cache(maxsize=1)
def _lesson(text: str) -> NotebookNode:
    """The lesson that all tasks of a run share; to be copied, not changed."""
    return nbformat.reads(text, as_version=4)


def _graded(
    task: Task, run: Run, remarks: list[str], written: Mapping[str, str], newer: Collection[str]
) -> Graded:
    """``newer`` are the exercises that the hand-in does not have."""
    doubtful = doubt(run.notebook, written)
    status, reason = with_doubt(*outcome_of(run), doubtful)
    facts = facts_of(run.notebook, _lesson(task.lesson), run.points)
    return Graded(
        student=task.student,
        status=status,
        reason=reason,
        remarks=(*remarks, *remark(run.notebook, written)),
        notebook=as_json(run.notebook),
        misconceptions={
            name: verdict.misconception for name, verdict in run.verdicts.items() if verdict.misconception
        },
        open=tuple(dict.fromkeys([*run.unreached, *doubtful.exercises, *in_error(run.notebook, newer)])),
        doubtful=run.doubtful,
        judged=run.judged_for_good if run.doubtful else {},
        facts=facts,
    )


def _run(task: Task, notebook: NotebookNode, on_cell: Callable[[], None]) -> Run:
    """Run a notebook; where its warm parent was ended from outside, once more in a new one."""
    try:
        return _run_once(task, notebook, on_cell)
    except Lost:
        end_parent()
        return _run_once(task, notebook, on_cell)


def _run_once(task: Task, notebook: NotebookNode, on_cell: Callable[[], None]) -> Run:
    """Raises Lost where not the hand-in but its warm parent is gone, which may have taken it along."""
    settings = task.settings
    text = "\n".join(cell.source for cell in notebook.cells if is_run(cell))
    parent = _parent(settings, modules_for(f"{text}\n{task.files.code}"))
    limits = (settings.cell_seconds, settings.output_bytes)
    run = run_notebook(parent, notebook, *limits, task.files, task.earlier, on_cell)
    if run.lost is not None:
        parent.child().close()
    return run


_parents: dict[Settings, WarmParent] = {}
_lent: dict[Settings, list[LentParent]] = {}


def borrow(settings: Settings, parents: Sequence[LentParent]) -> None:
    """Use these warm parents, those with the fewest modules first, before any of one's own."""
    _lent[settings] = sorted(parents, key=lambda parent: len(parent.modules))


def _parent(settings: Settings, modules: tuple[str, ...]) -> WarmParent | LentParent:
    """A warm parent that has the modules: a lent one, or else this process's own, one at a time.

    That is started when first needed, and anew where it lacks a module: once TensorFlow was needed, later
    hand-ins are forks of a parent that has it, which costs them little.
    """
    for lent in _lent.get(settings, ()):
        if set(modules) <= set(lent.modules):
            return lent
    parent = _parents.get(settings)
    if parent is None or not set(modules) <= set(parent.modules):
        _end_own()
        parent = WarmParent(settings.level, settings.limits, modules, settings.output_bytes)
        parent.start()
        _parents[settings] = parent
    return parent


@atexit.register
def end_parent() -> None:
    """End this process's warm parent, whatever it is doing, and use no lent one any more."""
    for lent in _lent.values():
        for parent in lent:
            parent.close()
    _lent.clear()
    _end_own()


def _end_own() -> None:
    while _parents:
        _parents.popitem()[1].close()


@cache
def fingerprint() -> str:
    """A hash of the course's own code, Python's version, and the names and versions of the packages."""
    digest = hashlib.sha256(platform.python_version().encode())
    package = Path(__file__).parents[2]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    installed = {path.name for folder in site_packages() for path in folder.glob("*-info")}
    digest.update("\n".join(sorted(installed)).encode())
    return digest.hexdigest()
