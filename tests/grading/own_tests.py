"""A course of one unit with a teacher's own tests, hidden ones, a data file and a module; hand-ins of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.grading.notebooks.graded_cells import type_in
from tests.conftest import COURSE_YML, ROOT, cell, nbgrader, notebook, write_notebook

UNIT = "01-double"
HIDDEN = 'assert square(-3) == 9, "negative numbers have squares too"'
SQUARE = f"""\
assert square(2) == 4
### BEGIN HIDDEN TESTS
{HIDDEN}
### END HIDDEN TESTS"""
MEAN = """\
from pathlib import Path
import units
numbers = [float(line) for line in Path("data/numbers.csv").read_text().split()]
assert mean(numbers) == units.MEAN"""
FILES = {"data/numbers.csv": "1\n2\n6\n", "units.py": "MEAN = 3.0\n"}
RIGHT = {
    "square": "def square(x):\n    return x * x",
    "mean": "def mean(numbers):\n    return sum(numbers) / len(numbers)",
    "cube": "def cube(x):\n    return x**3",
}


def own_cells() -> list[dict[str, Any]]:
    """Three answers, a graded cell of tests for each."""
    tests = {"square": SQUARE, "mean": MEAN, "cube": "assert cube(2) == 8"}
    cells = [cell("markdown", "# Test it yourself", "title")]
    for name, test in tests.items():
        solution = f"### BEGIN SOLUTION\n{RIGHT[name]}\n### END SOLUTION"
        cells.append(cell("code", solution, f"{name}-answer", nbgrader(f"{name}-answer", solution=True)))
        cells.append(cell("code", test, name, nbgrader(name, grade=True, locked=True, points=2)))
    return cells


def make_own_course(folder: Path, cells: list[dict[str, Any]] | None = None) -> Course:
    """The course, not built yet."""
    unit = folder / "source" / UNIT
    write_notebook(unit / f"{UNIT}.ipynb", notebook(*(cells or own_cells())))
    lay_files(unit)
    settings = "grading:\n  cell_timeout: 20\n"
    (folder / "course.yml").write_text(COURSE_YML + settings, encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return Course.load(folder)


def lay_files(folder: Path) -> None:
    """Put what belongs to the unit beside its notebook."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def lesson_of(cells: list[dict[str, Any]]) -> Any:
    """What students get of these cells, but for the stubs: the locked ones without hidden tests."""
    shown = json.loads(json.dumps(notebook(*cells)))
    for one in shown["cells"]:
        one["source"] = one["source"].replace(SQUARE, SQUARE.splitlines()[0])
    return nbformat.from_dict(shown)


def hand_in(course: Course, student: str, answers: dict[str, str], *before: str, **files: str) -> Path:
    """Put a hand-in in its place: ``before`` are cells at the top, ``files`` lie beside it (``_`` for .)."""
    made = type_in(lesson_of(own_cells()), answers)
    made.cells[:0] = [new_code_cell(source) for source in before]
    folder = course.root / "submitted" / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, folder / f"{UNIT}.ipynb")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder
