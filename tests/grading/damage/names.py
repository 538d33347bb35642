"""Damage to metadata: nbgrader's in the cells, the notebook's own, and the version that it claims."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from tests.grading.damage.kinds import BROKEN, GRADED, Damage, Notebook
from tests.grading.damage.structure import Cell, graded, of_notebook


def nbgrader(kind: str, does: str, **values: tuple[Any, ...]) -> Damage:
    """In one to all graded cells, each of these is one of its values."""

    def change(notebook: Notebook, random: Random) -> None:
        cells = graded(notebook)
        for cell in random.sample(cells, random.randint(1, len(cells))):
            for key, choice in values.items():
                cell["metadata"]["nbgrader"][key] = deepcopy(random.choice(choice))

    return of_notebook(kind, does, change)


def swap_names(notebook: Notebook, random: Random) -> None:
    first, second = random.sample([c["metadata"]["nbgrader"] for c in graded(notebook, check=False)], 2)
    first["grade_id"], second["grade_id"] = second["grade_id"], first["grade_id"]


def everywhere(change: Callable[[Cell], Any]) -> Callable[[Notebook, Random], None]:
    def change_all(notebook: Notebook, _: Random) -> None:
        for cell in notebook["cells"]:
            change(cell)

    return change_all


def without_names(notebook: Notebook, _: Random) -> None:
    """As an editor leaves it that knows neither ids nor nbgrader."""
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"].pop("nbgrader", None)


def as_format_3(notebook: Notebook, _: Random) -> None:
    cells = notebook.pop("cells")
    for cell in cells:
        cell["input"] = cell.pop("source")
    notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells, "metadata": {}}])


def top(kind: str, does: str, key: str, *values: Any, ends: tuple[str, ...] = GRADED) -> Damage:
    """The notebook itself has one of these values."""

    def change(notebook: Notebook, random: Random) -> None:
        notebook[key] = deepcopy(random.choice(values))

    return of_notebook(kind, does, change, ends)


OTHER_KERNELS = (
    {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}, "language_info": {"name": "R"}},
    {"kernelspec": {"name": "gone", "display_name": "My old environment", "language": "python"}},
    {"kernelspec": None, "language_info": 7},
    {"kernelspec": {}},
)
ODD = (None, 7, "x", [], {}, True)

DAMAGE = [
    nbgrader("points", "claims other points", points=(700, -1, None, "many", 1e308)),
    nbgrader("unlocked", "has checks unlocked and answers locked", locked=(True, False, None, "x")),
    nbgrader(
        "other roles",
        "has other kinds of graded cells",
        grade=(True, False, 1),
        solution=(True, False),
        task=(True, False),
    ),
    nbgrader("cell type", "claims other types of cells", cell_type=("markdown", "code", "raw", None, 7)),
    nbgrader("schema version", "claims other schemas", schema_version=(0, 1, 2, 99, "3", None, 3.5)),
    nbgrader("checksum", "has other checksums", checksum=("0" * 32, None, 7)),
    nbgrader(
        "odd name",
        "has names for grading that are none",
        grade_id=(None, 7, "", [], {}, "../x", "a b", "x" * 300),
    ),
    nbgrader(
        "unknown name",
        "has names for grading that the lesson has not",
        grade_id=("mine", "sigmoid-2", "Activation"),
    ),
    of_notebook("swapped names", "has the names of two answers exchanged", swap_names),
    of_notebook(
        "nbgrader of wrong type",
        "has something else for nbgrader's metadata",
        everywhere(lambda c: c["metadata"].update(nbgrader=7)),
    ),
    of_notebook(
        "no nbgrader", "lost nbgrader's metadata", everywhere(lambda c: c["metadata"].pop("nbgrader", None))
    ),
    of_notebook(
        "no metadata at all", "lost all metadata of its cells", everywhere(lambda c: c.update(metadata={}))
    ),
    of_notebook("no ids", "lost the ids of its cells", everywhere(lambda c: c.pop("id"))),
    of_notebook("no names", "lost the ids and nbgrader's metadata", without_names),
    of_notebook("format 3", "is of format 3", as_format_3, BROKEN),
    top(
        "other format", "claims another format", "nbformat", 2, 3, 5, 99, "4", None, [], True, -4, ends=BROKEN
    ),
    top("format as a float", "claims format 4.0", "nbformat", 4.0),
    top(
        "other minor format",
        "claims another minor format",
        "nbformat_minor",
        0,
        4,
        99,
        -1,
        "5",
        None,
        4.5,
        {},
    ),
    of_notebook("no format", "does not tell its format", lambda n, _: n.pop("nbformat"), BROKEN),
    of_notebook("no minor format", "does not tell its minor format", lambda n, _: n.pop("nbformat_minor")),
    top("other kernel", "asks for another kernel", "metadata", *OTHER_KERNELS),
    top("odd metadata", "has metadata of a wrong type", "metadata", *ODD),
    top("odd cells", "has something else for its cells", "cells", None, 7, "x", {}, True, ends=BROKEN),
    top(
        "widgets",
        "has widgets' state that is none",
        "metadata",
        {"widgets": 7},
        {"widgets": {"application/vnd.jupyter.widget-state+json": []}},
    ),
    top("other keys at the top", "has a key that nobody knows", "worksheets", *ODD),
]
