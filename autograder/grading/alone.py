"""One notebook, graded as in a class, but for its author alone: nothing is kept, no gradebook needed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

import nbformat

from autograder.grading.engine import settings_of
from autograder.grading.intake import parse, repair
from autograder.grading.running import is_run
from autograder.grading.sandbox.probing import best_level
from autograder.grading.task import Graded, Task, borrow, end_parent, grade_task
from autograder.grading.warmth import Ahead, modules_for

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading.sandbox import Level


def grade_alone(course: Course, unit_id: str, content: bytes, on_cell: Callable[[], None]) -> Graded:
    """Grade a notebook by its lesson, in the sandbox where there is one; ``on_cell`` is called after each.

    Raises BrokenHandin where it is no notebook.
    """
    lesson = course.lesson(unit_id).read_text(encoding="utf-8")
    if level := best_level():
        return _in_the_sandbox(course, level, unit_id, content, lesson, on_cell)
    return _in_a_kernel(course, content, lesson, on_cell)


def _in_the_sandbox(
    course: Course, level: Level, unit_id: str, content: bytes, lesson: str, on_cell: Callable[[], None]
) -> Graded:
    settings = settings_of(course, level)
    text = "\n".join(cell.source for cell in parse(content).cells if is_run(cell))
    with Ahead(settings) as ahead:
        ahead.begin(modules_for(text))
        ahead.no_more()
        borrow(settings, ahead.lent)
        import_module("autograder.judging")  # while that parent loads TensorFlow
        try:
            return grade_task(Task(unit_id, "", lesson, settings, content), on_cell)
        finally:
            end_parent()


def _in_a_kernel(course: Course, content: bytes, lesson: str, on_cell: Callable[[], None]) -> Graded:
    """The code runs as whoever calls this."""
    from autograder.grading.execute import Execute
    from autograder.grading.nbgrader_inside import at_work, read_config
    from autograder.grading.other_versions import written_with
    from autograder.grading.stock import how_it_went

    handed_in = parse(content)
    notebook, remarks = repair(handed_in, nbformat.reads(lesson, as_version=4))
    with at_work(), tempfile.TemporaryDirectory() as scratch:
        run = Execute(config=read_config(course))
        run.on_cell_start = lambda cell_index, **_: on_cell() if cell_index else None  # 0 is Execute's own
        executed, _ = run.preprocess(notebook, {"metadata": {"path": scratch}})
    status, reason, waiting = how_it_went(executed, written_with({}, handed_in))
    return Graded("", status, reason, tuple(remarks), nbformat.writes(executed), open=tuple(waiting))
