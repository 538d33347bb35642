"""A unit that has other exercises or points than when it was graded: the gradebook follows, all marks stay.

nbgrader adds and takes away no cells once a hand-in is entered. Here they are; the marks of an exercise that
is gone lie in ``.grading/<unit>.gone.json``, and come back with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader import utils
from nbgrader.api import Comment, Grade, GradeCell, MissingEntry, SolutionCell, SourceCell, TaskCell

from autograder.grading.gradebook.journal import FOLDER
from autograder.grading.handins.submitted import graded_pages
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.whole_files import write_whole

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course

Row = dict[str, Any]
Kept = dict[str, dict[str, dict[str, Row]]]
"""By kind of cell, its name and the student: what stood there."""

GIVEN: dict[type, tuple[str, ...]] = {
    Grade: ("auto_score", "manual_score", "extra_credit", "needs_manual_grade"),
    Comment: ("auto_comment", "manual_comment"),
}


@dataclass(frozen=True)
class _Kind:
    """A kind of cell in nbgrader's tables: its class, which cells are such, what hand-ins have of it."""

    cell: type
    rows: str  # the notebook's list of them
    fits: Callable[[NotebookNode], bool]
    given: tuple[type, ...]


KINDS = (
    _Kind(GradeCell, "grade_cells", utils.is_grade, (Grade,)),
    _Kind(SolutionCell, "solution_cells", utils.is_solution, (Comment,)),
    _Kind(TaskCell, "task_cells", utils.is_task, (Grade, Comment)),
    _Kind(
        SourceCell,
        "source_cells",
        lambda c: any(f(c) for f in (utils.is_grade, utils.is_solution, utils.is_locked, utils.is_task)),
        (),
    ),
)


def follow(book: Any, course: Course, unit_id: str) -> str:
    """Give a graded unit the cells of its source; return in one sentence what is another now, or nothing.

    Where somebody has marked an exercise by hand whose points change, the mark asks for a look.
    """
    try:
        notebook = book.find_notebook(unit_id, unit_id)
        source = nbformat.read(course.source(unit_id), as_version=4)
    except (MissingEntry, OSError, ValueError):  # of a source that is no notebook nbgrader tells
        return ""
    if not notebook.submissions:
        return ""
    path = course.root / FOLDER / f"{unit_id}.gone.json"
    kept = _read(path)
    before = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    after = {name: float(cell.metadata.nbgrader["points"]) for name, cell in check_cells(source).items()}
    for kind in KINDS:
        wanted = {c.metadata.nbgrader["grade_id"]: c for c in source.cells if kind.fits(c)}
        there = {cell.name: cell for cell in getattr(notebook, kind.rows)}
        for name in there.keys() - wanted.keys():
            _take_away(book.db, there[name], kind, kept)
        _write(path, kept)  # before they are gone
        for name in [name for name in wanted if name not in there]:
            _add(book.db, notebook, kind, wanted[name], kept)
    points = {name: (before[name], new) for name, new in after.items() if before.get(name, new) != new}
    for cell in (*notebook.grade_cells, *notebook.task_cells):
        for grade in cell.grades if cell.name in points else ():
            marked = grade.manual_score is not None or grade.extra_credit is not None
            grade.needs_manual_grade = grade.needs_manual_grade or marked
    book.db.commit()
    _write(path, kept)
    new, gone = [n for n in after if n not in before], [n for n in before if n not in after]
    return _sentence(unit_id, new, gone, points)


def graded_before(page: NotebookNode, points: Mapping[str, float]) -> bool:
    """Was this hand-in graded by other exercises or points than those of its unit now?"""
    return points != {
        name: float(cell.metadata.nbgrader["points"]) for name, cell in check_cells(page).items()
    }


def all_graded_before(root: Path, book: Any, unit_id: str) -> list[str]:
    """The students whose hand-in was, by their pages in ``autograded/``."""
    found = []
    for path in graded_pages(root, unit_id):
        student = path.parents[1].name
        with suppress(MissingEntry, ValueError, KeyError):
            entered = book.find_submission_notebook(unit_id, unit_id, student).grades
            page = nbformat.from_dict(json.loads(path.read_bytes()))
            if graded_before(page, {grade.name: float(grade.max_score) for grade in entered}):
                found.append(student)
    return found


def said_of(unit_id: str, students: list[str]) -> str:
    """What a total is told with where these were graded before; nothing where there are none."""
    if not students:
        return ""
    many = f"{len(students)} hand-ins were" if len(students) > 1 else "1 hand-in was"
    who = ", ".join(students[:5]) + (" and others" if len(students) > 5 else "")
    return (
        f"{many} graded before the exercises or points of {unit_id} changed ({who}): "
        f"old points stand beside new ones. Next: course grade {unit_id}"
    )


def _take_away(db: Any, cell: Any, kind: _Kind, kept: Kept) -> None:
    for given in kind.given:
        for row in list(cell.grades if given is Grade else cell.comments):
            students = kept.setdefault(given.__name__, {}).setdefault(cell.name, {})
            students[row.notebook.student.id] = {name: getattr(row, name) for name in GIVEN[given]}
            db.delete(row)
    db.delete(cell)


def _add(db: Any, notebook: Any, kind: _Kind, source: NotebookNode, kept: Kept) -> None:
    """A cell, with a place for what each hand-in has of it; the rest nbgrader enters."""
    name, more = source.metadata.nbgrader["grade_id"], {}
    if kind.cell is not SolutionCell:
        more["cell_type"] = source.cell_type
    if Grade in kind.given:
        more["max_score"] = float(source.metadata.nbgrader["points"])
    cell = kind.cell(name=name, notebook=notebook, **more)
    db.add(cell)
    db.flush()
    for given in kind.given:
        students = kept.get(given.__name__, {}).pop(name, {})
        for submission in notebook.submissions:
            before = students.get(submission.student.id, {})
            db.add(given(cell_id=cell.id, notebook=submission, **before))


def _read(path: Path) -> Kept:
    try:
        found: Kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _write(path: Path, kept: Kept) -> None:
    if not any(kept.values()):
        path.unlink(missing_ok=True)
        return
    write_whole(path, json.dumps(kept, indent=1).encode())


def _sentence(
    unit_id: str, new: list[str], gone: list[str], points: Mapping[str, tuple[float, float]]
) -> str:
    parts = [f"{', '.join(new)} new"] if new else []
    parts += [f"{', '.join(gone)} gone (marks are kept, and come back with it)"] if gone else []
    parts += [f"{name} {now:g} points, not {was:g}" for name, (was, now) in points.items()]
    if not parts:
        return ""
    return f"{unit_id} is not as it was graded: {'; '.join(parts)}. Every mark given by hand stays."
