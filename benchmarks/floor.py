"""The floor of grading: a hand-in's cells and the judges in a forked Python; no notebook, no sandbox."""

from __future__ import annotations

import contextlib
import importlib
import io
import multiprocessing
import time
from functools import partial
from typing import Any

import nbformat

from autograder.course import Course
from autograder.exercises import EXERCISES
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.grading.notebooks.points import points_for
from autograder.grading.run.parent_pool import modules_for
from autograder.processes.forking import MIDDLE

LEFT_OUT = "tutorial"


def grade_plainly(course: Course, unit: str, jobs: int) -> tuple[float, dict[str, dict[str, float]]]:
    """Seconds a hand-in, and the points by student and exercise.

    Imports come before the fork and are not counted; each hand-in has a process of its own, ``jobs`` at once.
    """
    lesson = nbformat.read(course.lesson(unit), as_version=4)
    for name in (*MIDDLE, *modules_for(nbformat.writes(lesson)), "autograder.judging"):
        importlib.import_module(name)
    for name in check_cells(lesson):
        EXERCISES.get(name)  # loads it
    students = sorted(path.name for path in (course.root / "submitted").iterdir())
    files = [course.root / "submitted" / student / unit / f"{unit}.ipynb" for student in students]
    context = multiprocessing.get_context("fork")
    start = time.perf_counter()
    with context.Pool(jobs, maxtasksperchild=1) as pool:
        points = pool.map(_points, [path.read_text(encoding="utf-8") for path in files], chunksize=1)
    return (time.perf_counter() - start) / len(students), dict(zip(students, points, strict=True))


def _points(text: str) -> dict[str, float]:
    """The points of one hand-in: its cells one after the other, as a teacher would run them in a loop."""
    notebook = nbformat.reads(text, as_version=4)
    checks = check_cells(notebook)
    scores: dict[str, float] = {}
    space: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" or LEFT_OUT in cell.metadata.get("tags", []):
            continue
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            exec(compile(cell.source, "<cell>", "exec"), space)
        if "check" in space:
            space["check"] = partial(_check, scores)
    return {n: points_for(share, checks[n].metadata.nbgrader["points"]) for n, share in scores.items()}


def _check(scores: dict[str, float], exercise: str, answer: Any) -> None:
    from autograder.judging import grade

    scores[exercise] = grade(exercise, answer).score
