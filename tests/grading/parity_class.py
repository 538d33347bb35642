"""A unit with a cell of every kind that nbgrader grades, and thirty hand-ins of it; all need only NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grading.notebooks.graded_cells import answer_cells, check_cells, type_in
from tests.autograder.conftest import graded

UNIT = "01-parity"
CELL_SECONDS = 4
COURSE_YML = f"""\
title: Every kind of cell
time_zone: UTC
units:
  - id: {UNIT}
    title: Do everything that nbgrader can grade
    minutes: 10
    objectives: [Be graded alike.]
    due: 2027-02-05 18:00
grading:
  cell_timeout: {CELL_SECONDS}
  late_penalty_per_day: 10
"""
IN_TIME, LATE = "2027-02-01 12:00:00 UTC", "2027-02-06 20:00:00 UTC"
"""The second is two days begun after the unit was due."""

TESTED = {  # by the exercise: points, the solution, and the test
    "sigmoid": (3, "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))", 'check("sigmoid", sigmoid)'),
    "mean": (
        2,
        "def mean(numbers):\n    return sum(numbers) / len(numbers)",
        "assert mean([1, 2, 6]) == 3\nassert mean([5]) == 5",
    ),
    "clip": (
        4,
        "def clip(x):\n    return min(max(x, 0), 1)",
        "assert clip(0.5) == 0.5\n### BEGIN HIDDEN TESTS\nassert clip(-7) == 0\nassert clip(7) == 1\n"
        "### END HIDDEN TESTS",
    ),
    "rounded": (  # the number that a test shows is the number of points
        3,
        "def rounded(x):\n    return int(x + 0.5)",
        "right = [rounded(0.2) == 0, rounded(0.7) == 1, rounded(1.5) == 2]\n"
        "0.75 * sum(right) + 0.75 * all(right)",
    ),
    "total": (
        2,
        "def total(name):\n    return sum(float(line) for line in open(name))",
        'assert total("numbers.csv") == 42',
    ),
    "tripled": (
        2.5,
        "def tripled(x):\n    return 3 * x",
        "import expected\nassert all(tripled(x) == expected.tripled(x) for x in range(5))",
    ),
    "warm-up": (0, "ready = True", "assert ready"),
}
QUESTIONS = {"why": (2, "markdown"), "design": (2.5, "code"), "mood": (0, "markdown")}
"""What a person marks in the cell that it is typed in."""
TASK = "project"
TASK_POINTS = 3
POINTS = sum(points for points, *_ in (*TESTED.values(), *QUESTIONS.values())) + TASK_POINTS
BESIDE = {"numbers.csv": "40\n2\n", "expected.py": "def tripled(x):\n    return x + x + x\n"}
"""The unit's other files."""
SETTLED = {"why": 1.5, "design": 2.0, TASK: 2.5}
"""What a teacher gives by hand."""


def source() -> NotebookNode:
    """The instructor's notebook."""
    cells = [
        new_markdown_cell("# Everything", id="title"),
        new_code_cell("import numpy as np\n\nfrom autograder import check", id="set-up"),
    ]
    for name, (points, solution, test) in TESTED.items():
        solved = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
        locked = graded(name, grade=True, locked=True, points=points)
        answer = graded(f"{name}-answer", solution=True)
        cells += [
            new_markdown_cell(f"Write `{name}`.", id=f"{name}-text"),
            new_code_cell(solved, metadata=answer, id=f"{name}-answer"),
            new_code_cell(test, metadata=locked, id=name),
        ]
    for name, (points, kind) in QUESTIONS.items():
        asked = graded(name, grade=True, solution=True, points=points)
        new_cell = new_code_cell if kind == "code" else new_markdown_cell
        text = "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
        cells.append(new_cell(text, metadata=asked, id=name))
    task = graded(TASK, task=True, locked=True, points=TASK_POINTS)
    cells.append(new_markdown_cell("Measure something, in cells below.", metadata=task, id=TASK))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def make_course(root: Path, config: Path) -> None:
    """The course's folder with its source and its settings; the lesson is nbgrader's to make."""
    unit = root / "source" / UNIT
    unit.mkdir(parents=True)
    nbformat.write(source(), unit / f"{UNIT}.ipynb")
    for name, text in BESIDE.items():
        (unit / name).write_text(text, encoding="utf-8")
    (root / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    (root / "nbgrader_config.py").write_bytes(config.read_bytes())


RIGHT = {name: solution for name, (_, solution, _) in TESTED.items()}
WRITTEN = {"why": "Because.", "design": "plan = ['first', 'then']"}

Change = Callable[[NotebookNode], None]


def cell(source: str, *, after: str, text: bool = False) -> Change:
    """A cell of the student's own."""

    def insert(notebook: NotebookNode) -> None:
        named = {**answer_cells(notebook), **check_cells(notebook)}
        place = next(i for i, one in enumerate(notebook.cells) if one is named[after])
        made = new_markdown_cell(source) if text else new_code_cell(source)
        notebook.cells.insert(place + 1, made)

    return insert


def without(name: str) -> Change:
    def delete(notebook: NotebookNode) -> None:
        notebook.cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != name]

    return delete


def edited(name: str, *, points: float | None = None, test: str | None = None) -> Change:
    def edit(notebook: NotebookNode) -> None:
        one = check_cells(notebook)[name]
        one.source = one.source if test is None else test
        if points is not None:
            one.metadata.nbgrader["points"] = points

    return edit


WRONG_SIGMOID = "def sigmoid(x):\n    return 1 / (1 + np.exp(x))"
OWN_WORK = cell("I measured it twice.", after=TASK, text=True)
HAND_INS: dict[str, tuple[Mapping[str, str], Sequence[Change]]] = {
    "right-01": ({**RIGHT, **WRITTEN}, [OWN_WORK]),
    "right-02": ({**RIGHT, **WRITTEN, "mean": "def mean(numbers):\n    return np.mean(numbers)"}, []),
    "right-03": ({**RIGHT, "total": "def total(name):\n    return np.loadtxt(name).sum()"}, []),
    "right-but-late": ({**RIGHT, **WRITTEN}, []),
    "right-with-own-module": (
        {**RIGHT, "tripled": "from my_own import tripled"},
        [cell("%%writefile my_own.py\ndef tripled(x):\n    return 3 * x", after="total")],
    ),
    "right-and-talkative": (RIGHT, [cell("for i in range(300):\n    print(i)", after="mean")]),
    "right-with-own-errors": (RIGHT, [cell("1 / 0", after="sigmoid"), cell("input()", after="mean")]),
    "right-and-leaves": (RIGHT, [cell("import sys\nsys.exit()", after="mean")]),
    "nothing": ({}, []),
    "only-text": (WRITTEN, [OWN_WORK]),
    "half": ({name: RIGHT[name] for name in ("sigmoid", "mean", "clip")}, []),
    "wrong-sigmoid": ({**RIGHT, "sigmoid": WRONG_SIGMOID}, []),
    "wrong-mean": ({**RIGHT, "mean": "def mean(numbers):\n    return sum(numbers) // 2"}, []),
    "wrong-where-visible": ({**RIGHT, "clip": "def clip(x):\n    return 1"}, []),
    "wrong-where-hidden": ({**RIGHT, "clip": "def clip(x):\n    return x"}, []),
    "wrong-in-part-1": ({**RIGHT, "rounded": "def rounded(x):\n    return int(x)"}, []),
    "wrong-in-part-2": (
        {**RIGHT, "rounded": "def rounded(x):\n    return round(x + 0.3) if x < 1 else 7"},
        [],
    ),
    "wrong-in-all": ({name: f"def {name.replace('-', '_')}(x):\n    return None" for name in RIGHT}, []),
    "wrong-file": ({**RIGHT, "total": "def total(name):\n    return len(open(name).read())"}, []),
    "wrong-name": ({**RIGHT, "tripled": "def trippled(x):\n    return 3 * x"}, []),
    "no-python": ({**RIGHT, "mean": "def mean(numbers:\n    return"}, []),
    "returns-nothing": ({**RIGHT, "mean": "def mean(numbers):\n    sum(numbers) / len(numbers)"}, []),
    "not-warmed-up": ({**RIGHT, "warm-up": "ready = False"}, []),
    "warns": (
        {
            **RIGHT,
            "mean": "def mean(numbers):\n    np.log(np.zeros(1))\n    return sum(numbers) / len(numbers)",
        },
        [],
    ),
    "crashes": ({**RIGHT, **WRITTEN}, [cell("import os\nos._exit(3)", after="clip")]),
    "crashes-in-c": (RIGHT, [cell("import ctypes\nctypes.string_at(0)", after="mean")]),
    "endless": (RIGHT, [cell("while True:\n    pass", after="mean")]),
    "endless-answer": ({**RIGHT, "rounded": "def rounded(x):\n    while True:\n        pass"}, []),
    "deleted-a-test": (RIGHT, [without("mean")]),
    "edited-a-test": (
        {**RIGHT, "clip": "def clip(x):\n    return 1"},
        [edited("clip", test="assert True", points=400), edited("mean", points=20)],
    ),
    "answers-beside": ({**RIGHT}, [cell("Here is why: because.", after="why", text=True)]),
}


def hand_in(root: Path, lesson: NotebookNode) -> None:
    """Put all of them where nbgrader looks for them."""
    for student, (answers, changes) in HAND_INS.items():
        notebook: Any = type_in(lesson, answers)
        for change in changes:
            change(notebook)
        folder = root / "submitted" / student / UNIT
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{UNIT}.ipynb")
        stamp = LATE if "late" in student else IN_TIME
        (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
