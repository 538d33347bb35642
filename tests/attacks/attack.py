"""An attack: a hand-in that tries what no hand-in may do, written down as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.grading.handins.sample_class import read_class
from autograder.grading.notebooks.graded_cells import check_cells, type_in
from tests.grading.own_tests import RIGHT as OWN_RIGHT

UNIT = "02-divide-by-hand"
OWN_TESTS = "03-own-tests"
"""A unit with tests of the teacher's own, some of them hidden."""
CLASS = Path(__file__).parents[1] / "class"
RIGHT = "student-01"
WRONG = {
    "activation": "def activation(x):\n    return 0 * np.asarray(x)",
    "activation-slope": "def activation_slope(x):\n    return 0 * np.asarray(x)",
    "divide": "def divide(a, b, activation):\n    return 0 * np.asarray(a)",
    "multiply-weights": "multiply_weights = (np.zeros((2, 2)), np.zeros(2), np.zeros((2, 1)), np.zeros(1))",
}
WRONG_IN_01 = {
    "sigmoid": "def sigmoid(x):\n    return 0 * x",
    "sigmoid-slope": "def sigmoid_slope(x):\n    return 0 * x",
    "approximator": "def approximator(x, w, b, v):\n    return 0 * x",
    "loss-gradient": "def loss_gradient(x, y, w, b, v):\n    return 0 * w, 0 * b, 0 * v",
    "sgd-step": "def sgd_step(x, y, w, b, v, learning_rate):\n    return 0 * w, 0 * b, 0 * v",
    "epochs": "def epochs(steps, points, batch_size, validation_split):\n    return -1",
}
OTHERS = "it would reach processes of others"
"""Why not to try an attack on stock nbgrader, unless it runs where there are no others."""
START = ""
"""The place of a cell that comes before all others."""


@dataclass(frozen=True)
class Attack:
    """One attack.

    ``answers`` is "wrong" (nothing is earned) or "right" (everything is); ``instead`` replaces some of them.
    ``cells`` are the attacker's own: (the exercise whose check it follows, or ``START``; source). ``form``
    changes the notebook before it is written, ``content`` gives the file's bytes, ``lay`` puts something else
    than a file into the student's folder. ``status`` is how grading must end ("… or …" where that is
    a matter of speed or of Python's version); ``unsafe`` says why stock
    nbgrader must not be tried with it on a machine that is still needed.
    """

    name: str
    tries: str
    answers: str = "wrong"
    instead: Mapping[str, str] = field(default_factory=dict)
    cells: Sequence[tuple[str, str]] = ()
    form: Callable[[NotebookNode], None] | None = None
    content: Callable[[bytes], bytes] | None = None
    lay: Callable[[Path, Path], None] | None = None
    status: str = "graded"
    unsafe: str = ""
    unit: str = UNIT

    @property
    def student(self) -> str:
        return f"attack-{self.name}"

    def notebook(self, lesson: NotebookNode, known: Mapping[str, Any]) -> bytes:
        """The file that is handed in; ``known`` is what the attacker knows of the machine, as variables."""
        notebook = type_in(lesson, {**answers_to(self.answers, self.unit), **self.instead})
        for number, (after, source) in enumerate(reversed(self.cells)):
            place = 0 if after == START else 1 + notebook.cells.index(check_cells(notebook)[after])
            notebook.cells.insert(place, new_code_cell(source.strip("\n"), id=f"own-{number}"))
        facts = "\n".join(f"{name} = {value!r}" for name, value in known.items())
        notebook.cells.insert(0, new_code_cell(f"import numpy as np\n{facts}", id="known"))
        if self.form is not None:
            self.form(notebook)
        content = json.dumps(notebook, indent=1).encode()
        return content if self.content is None else self.content(content)

    def hand_in(self, course: Path, lesson: NotebookNode, known: Mapping[str, Any]) -> None:
        """Put it into ``submitted/``."""
        folder = course / "submitted" / self.student / self.unit
        folder.mkdir(parents=True)
        if self.lay is not None:
            self.lay(folder, course)
        else:
            (folder / f"{self.unit}.ipynb").write_bytes(self.notebook(deepcopy(lesson), known))

    def earned(self, points: Mapping[str, float]) -> dict[str, float]:
        """The most that grading may give, by exercise."""
        full = self.answers == "right"
        return {name: most if full and name not in self.instead else 0.0 for name, most in points.items()}


def answers_to(kind: str, unit: str) -> dict[str, str]:
    if unit == OWN_TESTS:
        return {**OWN_RIGHT, "why": "Since it is so."}
    if kind == "wrong":
        return WRONG if unit == UNIT else WRONG_IN_01
    sample = next(s for s in read_class(CLASS) if (s.unit, s.student) == (unit, RIGHT))
    return {name: text for name, text in sample.answers if name in WRONG or name in WRONG_IN_01}
