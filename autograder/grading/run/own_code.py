"""A teacher's own exercises on their way to whoever judges: their files go along with each task.

So a hand-in is judged with the very code that its key tells of, in whichever process, on whichever machine.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

from autograder import own_exercises
from autograder.grading.handins.beside import Files
from autograder.grading.notebooks.points import is_check
from autograder.processes.own_folder import OwnFolder

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course

_laid_out: dict[bytes, OwnFolder] = {}


def own_code(course: Course, lesson: NotebookNode) -> Files:
    """The files of the course's own exercises, where the lesson checks one of them; their answers stay.

    Raises CourseError where one that it checks cannot be used.
    """
    own_exercises.look_in(folder := course.exercises_folder)
    checks = {cell.metadata.nbgrader["grade_id"] for cell in lesson.cells if is_check(cell)}
    if folder is None or not (asked := checks & set(own_exercises.ids())):
        return Files()
    for exercise_id in sorted(asked):
        own_exercises.load(exercise_id)
    named = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return Files(
        {
            where.as_posix(): path.read_bytes()
            for where, path in named.items()
            if where.parts[0] != own_exercises.ANSWERS
            and not any(part.startswith((".", "__pycache__")) for part in where.parts)
        }
    )


def judge_by(files: Files) -> None:
    """From now on, this process judges by these."""
    if not files.contents:
        own_exercises.look_in(None)
        return
    if files.digest not in _laid_out:
        remove()
        _laid_out[files.digest] = made = OwnFolder("course-exercises-")
        for name, content in files.contents.items():
            path = made.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    own_exercises.look_in(_laid_out[files.digest].path)


@atexit.register
def remove() -> None:
    """Remove what was laid out in this process."""
    while _laid_out:
        _laid_out.popitem()[1].remove()
