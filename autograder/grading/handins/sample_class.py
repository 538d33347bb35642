"""A class of made-up hand-ins, and the table that says what each must score.

The folder holds ``class.yml`` (the table) and, for each unit, ``<unit>/<student>.py`` with the answers::

    # %% activation          the answer to the exercise of that id
    # %% own                 a cell of the student's own, put where it stands among the answers

What stands before the first ``# %%`` is for readers of the file. A question's answer is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course_file import CourseError, read_course_file
from autograder.grading.notebooks.graded_cells import answer_cells, check_cells, type_in
from autograder.grading.results import Result

WAITS = "waits"
"""In the table, in a score's place: nobody has given this mark yet."""

OWN = "own"


@dataclass(frozen=True)
class Sample:
    """One made-up hand-in: what it is, how it is damaged, what it must score, and why."""

    student: str
    unit: str
    about: str
    why: str
    status: str
    scores: Mapping[str, Any]
    misconceptions: Mapping[str, str]
    damage: Mapping[str, Any]
    answers: Sequence[tuple[str, str]]
    points: Mapping[str, float] = field(default_factory=dict)

    def notebook(self, lesson: NotebookNode) -> bytes:
        """The file that this student hands in."""
        cells = answer_cells(lesson)
        typed = {name: _plain(text, cells[name]) for name, text in self.answers if name != OWN}
        notebook = type_in(lesson, typed)
        _add_own_cells(notebook, self.answers)
        _damage(notebook, self.damage)
        content = nbformat.writes(notebook).encode()
        return content[: int(len(content) * self.damage.get("cut at", 1))]

    def differences(self, result: Result) -> list[str]:
        """Where grading says something else than the table; nothing where they agree.

        Of other exercises the table says nothing. Where one has other points now, it is the same share.
        """
        given = {name: score for name, (score, _) in result.scores.items() if name in self.scores}
        now = {
            name: points / self.points[name] for name, (_, points) in result.scores.items() if name in given
        }
        wanted = {
            name: None if score == WAITS else round(score * now.get(name, 1.0), 2)
            for name, score in self.scores.items()
        }
        said = []
        if str(result.status) != self.status:
            said.append(f"status {result.status}, not {self.status}")
        for name in dict.fromkeys([*wanted, *given]):
            if wanted.get(name, "missing") != given.get(name, "missing"):
                said.append(f"{name}: {given.get(name, 'missing')}, not {wanted.get(name, 'missing')}")
        named = {name: kind for name, kind in result.misconceptions.items() if name in self.scores}
        if named != dict(self.misconceptions):
            said.append(f"misconceptions {named}, not {dict(self.misconceptions)}")
        return said


def read_class(folder: Path) -> list[Sample]:
    """The hand-ins of the class, unit by unit. Raises CourseError where the table or an answer is missing."""
    table = read_course_file(folder / "class.yml").data
    samples = []
    for unit, (points, students) in ((u, (t.pop("points"), t)) for u, t in table.items()):
        for student, row in students.items():
            answers = folder / unit / f"{student}.py"
            if not answers.is_file():
                raise CourseError(f"{answers}: class.yml names this student, but there is no such file.")
            samples.append(
                Sample(
                    student=student,
                    unit=unit,
                    about=row["about"],
                    why=row["why"],
                    status=row.get("status", "graded"),
                    scores=row["scores"],
                    misconceptions=row.get("misconceptions") or {},
                    damage=row.get("damage") or {},
                    answers=read_answers(answers.read_text(encoding="utf-8")),
                    points=points,
                )
            )
    return samples


def read_answers(text: str) -> list[tuple[str, str]]:
    """The sections of an answer file: (exercise or ``own``, its text), in order."""
    parts = re.split(r"^# %% +(\S+) *\n", text, flags=re.MULTILINE)[1:]
    return [(name, body.strip("\n")) for name, body in zip(parts[::2], parts[1::2], strict=True)]


def _plain(text: str, cell: NotebookNode) -> str:
    """A question's answer without its comment signs."""
    return text if cell.cell_type == "code" else re.sub(r"^# ?", "", text, flags=re.MULTILINE)


def _add_own_cells(notebook: NotebookNode, answers: Sequence[tuple[str, str]]) -> None:
    """Each ``own`` section becomes a cell right after the check of the answer before it."""
    before = ""
    for number, (name, text) in enumerate(answers):
        if name != OWN:
            before = name
            continue
        after = check_cells(notebook).get(before)
        place = 1 + next((i for i, cell in enumerate(notebook.cells) if cell is after), 0)
        notebook.cells.insert(place, new_code_cell(text, id=f"own-{number}"))


def _damage(notebook: NotebookNode, damage: Mapping[str, Any]) -> None:
    """``delete`` and ``duplicate`` name cells by their id for nbgrader; a duplicate comes right after."""

    def index(grade_id: str) -> int:
        return next(
            i
            for i, c in enumerate(notebook.cells)
            if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
        )

    for grade_id in damage.get("duplicate", ()):
        place = index(grade_id)
        copy = nbformat.from_dict({**notebook.cells[place], "id": f"{grade_id}-again"})
        notebook.cells.insert(place + 1, copy)
    for grade_id in damage.get("delete", ()):
        del notebook.cells[index(grade_id)]
