"""Attacks on the form of the notebook: metadata, cells taken out, doubled, moved."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell

from tests.attacks.attack import Attack
from tests.attacks.checks import FORGED

CHECKS = ("activation", "activation-slope", "divide", "multiply-weights")


def _graded(notebook: NotebookNode) -> dict[str, NotebookNode]:
    cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return {cell.metadata.nbgrader["grade_id"]: cell for cell in cells}


def _set(**values: Any) -> Callable[[NotebookNode], None]:
    """Set these in the nbgrader metadata of every check."""

    def change(notebook: NotebookNode) -> None:
        for name in CHECKS:
            _graded(notebook)[name].metadata.nbgrader.update(values)

    return change


def _swap_ids(notebook: NotebookNode) -> None:
    """The one exercise that is answered takes the places of the others."""
    cells = _graded(notebook)
    for name in CHECKS[1:]:
        cells[name].metadata.nbgrader["grade_id"] = f"was-{name}"
        notebook.cells.append(deepcopy(cells["activation"]))
        notebook.cells[-1].metadata.nbgrader["grade_id"] = name
        notebook.cells[-1]["id"] = f"stolen-{name}"


def _other_source(notebook: NotebookNode) -> None:
    for name in CHECKS:
        cell = _graded(notebook)[name]
        cell.metadata.nbgrader["locked"] = False
        cell.source = "3.0"


def _tag(*names: str) -> Callable[[NotebookNode], None]:
    def change(notebook: NotebookNode) -> None:
        for name in names:
            _graded(notebook)[name].metadata["tags"] = ["tutorial", "skip-execution"]

    return change


def _kernel(notebook: NotebookNode) -> None:
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook.metadata["language_info"] = {"name": "bash"}


def _delete(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if cell not in _graded(notebook).values()]


def _double(notebook: NotebookNode) -> None:
    for name in CHECKS:
        cells = _graded(notebook)
        for again in (name, f"{name}-answer"):
            notebook.cells.insert(3, deepcopy(cells[again]))


def _reorder(notebook: NotebookNode) -> None:
    """All checks at the end, behind a module that takes the checker's place."""
    fake = FORGED + (
        "import sys, types\nfake = types.ModuleType('autograder')\nfake.check = forged\n"
        "sys.modules['autograder'] = fake\ncheck = forged"
    )
    checks = [_graded(notebook)[name] for name in CHECKS]
    rest = [cell for cell in notebook.cells if cell not in checks]
    notebook.cells = [*rest, new_code_cell(fake, id="fake"), *checks]


def _more_points(notebook: NotebookNode) -> None:
    """Graded cells of one's own."""
    for number in range(5):
        cell = new_code_cell("100.0", id=f"mine-{number}")
        form = {"grade": True, "locked": True, "solution": False, "task": False, "cell_type": "code"}
        cell.metadata["nbgrader"] = {**form, "grade_id": f"mine-{number}", "points": 100, "schema_version": 3}
        notebook.cells.append(cell)


def _to_text(notebook: NotebookNode) -> None:
    for name in CHECKS:
        cell = _graded(notebook)[name]
        cell.cell_type = "markdown"
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _done_before(notebook: NotebookNode) -> None:
    """Outputs as a right answer leaves them."""
    verdict = {"exercise": "", "status": "right", "score": 1.0, "message": ""}
    for name in CHECKS:
        data = {"application/vnd.learning-to-divide.verdict+json": {**verdict, "exercise": name}}
        _graded(notebook)[name].outputs = [
            {"output_type": "display_data", "data": data, "metadata": {}},
            {
                "output_type": "execute_result",
                "data": {"text/plain": "3.0"},
                "metadata": {},
                "execution_count": 1,
            },
        ]


ATTACKS = [
    Attack("points", "gives each of its exercises 700 points", "right", form=_set(points=700)),
    Attack(
        "negative-points",
        "gives each exercise minus 700 points, and a text for a number",
        form=_set(points="-700"),
    ),
    Attack(
        "ids",
        "puts one right answer in the place of all others",
        "right",
        form=_swap_ids,
        instead={name: "pass" for name in CHECKS[1:]},
    ),
    Attack("check-source", "unlocks the checks and replaces them by the number 3", form=_other_source),
    Attack("tag-checks", "tags the checks so that they are not run", form=_tag(*CHECKS)),
    Attack(
        "tag-answers",
        "tags its answers so that they are not run",
        form=_tag(*(f"{n}-answer" for n in CHECKS)),
    ),
    Attack("kernel", "asks for another kernel", "right", form=_kernel),
    Attack("schema-1", "claims an older schema of nbgrader's metadata", "right", form=_set(schema_version=1)),
    Attack("schema-99", "claims a schema that does not exist yet", "right", form=_set(schema_version=99)),
    Attack(
        "schema-text",
        "puts a text in place of all metadata of nbgrader",
        "right",
        form=lambda notebook: [cell.metadata.update(nbgrader="none") for cell in notebook.cells] and None,
    ),
    Attack("delete", "deletes every graded cell", form=_delete),
    Attack("duplicate", "doubles every check and its answer", "right", form=_double),
    Attack("reorder", "moves the checks behind a false checker", form=_reorder, status="suspicious"),
    Attack("own-points", "brings graded cells of its own, 100 points each", form=_more_points),
    Attack("to-text", "turns the checks into text", form=_to_text),
    Attack("outputs", "brings the outputs that a right answer would have", form=_done_before),
]
