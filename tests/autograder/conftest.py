"""A course of one small unit with real nbgrader metadata, whose checks need no TensorFlow."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Course
from autograder.grading.notebooks.graded_cells import type_in

ROOT = Path(__file__).parents[2]
UNIT = "01-multiply"

COURSE_YML = """\
title: A mini course
time_zone: Europe/Stockholm
units:
  - id: 01-multiply
    title: Multiply
    minutes: 10
    objectives: [Multiply.]
    due: 2027-02-05 18:00
  - id: 02-later
    title: Do more
    minutes: 10
    objectives: [Do more.]
grading:
  cell_timeout: 3
"""

CHECK = '''\
from IPython.display import display


def check(exercise, answer):
    """As the course's own: one criterion for each of three inputs."""
    factor = {"double": 2, "triple": 3}[exercise]
    share = sum(answer(x) == factor * x for x in (1, 2, 3)) / 3
    verdict = {"exercise": exercise, "status": "right" if share == 1 else "wrong", "score": share,
               "message": "", "misconception": "squared" if answer(3) == 9 and factor == 2 else None}
    mime = "application/vnd.learning-to-divide.verdict+json"
    display({mime: verdict, "text/plain": f"{share:.2f}"}, raw=True)
    if share < 1:
        raise RuntimeError(f"Run All stops here: {exercise}")'''

RIGHT = {"double": "def double(x):\n    return 2 * x", "triple": "def triple(x):\n    return 3 * x"}


def graded(grade_id: str, **kind: Any) -> dict[str, Any]:
    plain = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": {**plain, "grade_id": grade_id, **kind}}


def stub(name: str) -> str:
    return f"def {name}(x):\n    ### BEGIN SOLUTION\n    return {RIGHT[name][-5]} * x\n    ### END SOLUTION"


def unit_source() -> nbformat.NotebookNode:
    cells = [new_markdown_cell("# Multiply", id="title"), new_code_cell(CHECK, id="set-up")]
    for name, points in (("double", 3), ("triple", 2)):
        answer, test = (
            graded(f"{name}-answer", solution=True),
            graded(name, grade=True, locked=True, points=points),
        )
        cells += [
            new_code_cell(stub(name), metadata=answer, id=f"{name}-answer"),
            new_code_cell(f'check("{name}", {name})', metadata=test, id=name),
        ]
    question = graded("why", grade=True, solution=True, points=1)
    cells += [
        new_code_cell(
            "raise SystemExit('never run while grading')", id="film", metadata={"tags": ["tutorial"]}
        ),
        new_markdown_cell("### BEGIN SOLUTION\nSo.\n### END SOLUTION", metadata=question, id="why"),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def lesson_of(source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """What nbgrader's generate_assignment makes of the source, as far as these tests look."""
    lesson = nbformat.from_dict(json.loads(json.dumps(source)))
    for cell in lesson.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution"):
            name = meta["grade_id"].removesuffix("-answer")
            cell.source = f"def {name}(x):\n    ..." if cell.cell_type == "code" else "*Your answer here.*"
    return lesson


@pytest.fixture
def mini_course(tmp_path: Path) -> Course:
    """A course of the unit ``01-multiply`` (double 3, triple 2, why 1 point) and an empty second one."""
    root = tmp_path / "course"
    for folder, notebook in (("source", unit_source()), ("lessons", lesson_of(unit_source()))):
        for unit in (UNIT, "02-later"):
            path = root / folder / unit / f"{unit}.ipynb"
            path.parent.mkdir(parents=True)
            nbformat.write(notebook if unit == UNIT else new_notebook(), path)
    (root / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return Course.load(root)


@pytest.fixture
def lesson() -> nbformat.NotebookNode:
    return lesson_of(unit_source())


@pytest.fixture
def hand_in(mini_course: Course) -> Callable[..., Path]:
    """``hand_in(student, answers)`` or ``hand_in(student, content=…)`` fills ``submitted/``."""

    def put(
        student: str,
        answers: Mapping[str, str] | None = None,
        *,
        content: nbformat.NotebookNode | str | None = None,
        timestamp: str = "2027-02-01 12:00:00 UTC",
    ) -> Path:
        path = mini_course.root / "submitted" / student / UNIT / f"{UNIT}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            content = type_in(lesson_of(unit_source()), answers or {})
        text = content if isinstance(content, str) else nbformat.writes(content)
        path.write_text(text, encoding="utf-8")
        (path.parent / "timestamp.txt").write_text(timestamp, encoding="utf-8")
        return path

    return put
