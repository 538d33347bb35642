"""One notebook, graded as in a class, but for its author alone: nothing is kept, no gradebook needed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from autograder.grading.engine.engine import settings_of
from autograder.grading.engine.task import Task, borrow, end_parent, grade_task
from autograder.grading.handins import beside
from autograder.grading.handins.handin import Handin, receipt_beside
from autograder.grading.handins.intake import parse, read_bytes, repair
from autograder.grading.results import Graded
from autograder.grading.run import visible
from autograder.grading.run.other_versions import written_with
from autograder.grading.run.own_code import own_code
from autograder.grading.run.parent_pool import ParentPool
from autograder.grading.sandbox import Level
from autograder.grading.sandbox.probing import best_level, on_linux

if TYPE_CHECKING:
    from autograder.course import Course


def sandbox_here(course: Course) -> Level | None:
    """The sandbox that a notebook of this course would be run in here, if any."""
    return None if visible.exposed(course) else best_level()


def grade_alone(course: Course, unit_id: str, notebook: Path, on_cell: Callable[[], None]) -> Graded:
    """Grade a notebook by its lesson, in the sandbox where there is one; ``on_cell`` is called after each.

    What lies beside the lesson is there, and what lies beside a notebook in a folder of the unit's name: any
    other may hold what has nothing to do with it. Raises BrokenHandin where it is no notebook.
    """
    settings, lesson = settings_of(course, sandbox_here(course) or Level.NONE), course.lesson(unit_id)
    files, said = beside.of_a_handin(lesson.parent, most_bytes=settings.limits.file_bytes)
    if notebook.parent.name == unit_id:
        own, said = beside.of_a_handin(notebook.parent, lesson.parent)
        files = own.under(files)
    handin = Handin(read_bytes(notebook), remarks=tuple(said), receipt=receipt_beside(notebook.parent))
    text = lesson.read_text(encoding="utf-8")
    code = own_code(course, nbformat.reads(text, as_version=4))
    task = Task(unit_id, "", text, settings, handin, files=files, own_code=code)
    in_a_kernel = settings.level is Level.NONE and not on_linux()
    return _in_a_kernel(course, task, on_cell) if in_a_kernel else _by_the_engine(task, on_cell)


def _by_the_engine(task: Task, on_cell: Callable[[], None]) -> Graded:
    settings = task.settings
    with ParentPool(settings) as parents:
        parents.begin(task.likely_modules)
        parents.no_more()
        borrow(settings, parents.lent)
        import_module("autograder.judging")  # while that parent loads TensorFlow
        try:
            return grade_task(task, on_cell)
        finally:
            end_parent()


def _in_a_kernel(course: Course, task: Task, on_cell: Callable[[], None]) -> Graded:
    """The code runs as whoever calls this."""
    from autograder.grading.engine.stock import how_it_went
    from autograder.grading.nbgrader_inside import at_work, read_config
    from autograder.grading.run.execute import Execute

    handed_in = parse(task.handin.content)
    notebook, remarks = repair(handed_in, nbformat.reads(task.lesson, as_version=4))
    # within the course, whose own exercises are found from there
    with at_work(), tempfile.TemporaryDirectory(prefix=".check-", dir=course.root) as scratch:
        for name, content in task.files.contents.items():
            path = Path(scratch, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        run = Execute(config=read_config(course))
        run.on_cell_start = lambda cell_index, **_: on_cell() if cell_index else None  # 0 is Execute's own
        executed, _ = run.preprocess(notebook, {"metadata": {"path": scratch}})
    status, reason, waiting = how_it_went(executed, written_with(task.handin.versions, handed_in))
    remarks += task.handin.remarks
    return Graded("", status, reason, tuple(remarks), nbformat.writes(executed), open=tuple(waiting))
