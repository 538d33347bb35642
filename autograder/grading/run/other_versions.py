"""A hand-in that was written with a newer Python, or with other packages, than those that grade it.

What only an older Python cannot read is not the student's mistake: it waits for a person, and is no 0.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from nbformat.notebooknode import NotebookNode

from autograder.grading.handins.receipts import versions
from autograder.grading.notebooks.cell_errors import cell_name
from autograder.grading.notebooks.graded_cells import check_cells
from autograder.grading.notebooks.points import earned, verdict_of
from autograder.verdict import Status

_ONLY_HERE = re.compile(
    r"\bSyntaxError: |module '(\w+)[\w.]*' has no attribute|cannot import name '\w+' from '(\w+)"
)
"""What an older Python says of syntax, and of a part of the standard library, that a newer one has."""

_NOT_HERE = {
    r"ModuleNotFoundError: No module named '([\w.]{1,60})'": (
        "it asks for {}, which is not there when it is graded: a package that is not installed, or a file "
        "that was not handed in"
    ),
    r"(?:EOFError|StdinNotImplementedError): ": "it asks for input(), and nobody types while it is graded",
}
MOST_SAID = 3


@dataclass(frozen=True)
class Doubt:
    """The exercises that wait for a person, since another Python may have read them; and why."""

    exercises: tuple[str, ...] = ()
    reason: str = ""


def written_with(receipt: Mapping[str, str], notebook: NotebookNode) -> dict[str, str]:
    """The versions that a hand-in was written with: the receipt's, and the newer Python of both.

    `course submit` may have run in another Python than the notebook's kernel, which Jupyter notes in there.
    """
    kernel = notebook.metadata.get("language_info", {}).get("version", "")
    python = max(receipt.get("python", ""), kernel, key=_minor)
    return {**receipt, "python": python}


def doubt(notebook: NotebookNode, written: Mapping[str, str]) -> Doubt:
    """What in a notebook that was run may have failed only because this Python is older.

    An error that a newer one may not have makes every exercise doubtful that is not right from there on: it
    may need what that cell should have defined.
    """
    ours = platform.python_version()
    if _minor(written["python"]) <= _minor(ours):
        return Doubt()
    strange = next((i for i, cell in enumerate(notebook.cells) if _may_be_newer(cell)), None)
    if strange is None:
        return Doubt()
    exercises = _not_right(NotebookNode(cells=notebook.cells[strange:]))
    if not exercises:
        return Doubt()
    reason = (
        f"{cell_name(notebook.cells[strange])} has what Python {_short(ours)}, which grades, does not know, "
        f"and was written with Python {_short(written['python'])}; open: {', '.join(exercises)}"
    )
    return Doubt(exercises, reason)


def remark(notebook: NotebookNode, written: Mapping[str, str]) -> list[str]:
    """What may have failed only because it ran here, in words; nothing where everything is right."""
    return [*_differing(written), *_missing(notebook)] if _not_right(notebook) else []


def _differing(written: Mapping[str, str]) -> list[str]:
    """The versions that differ from those which grade."""
    here = versions()
    names = [
        name for name, v in written.items() if name in here and _minor(v) not in (_minor(here[name]), ())
    ]
    if not names:
        return []
    theirs, ours = (", ".join(f"{name} {_short(found[name])}" for name in names) for found in (written, here))
    return [f"written with {theirs}; graded with {ours}"]


def _missing(notebook: NotebookNode) -> list[str]:
    """What the first cells with such an error ask for in vain: a package or a file, somebody who types."""
    said = dict.fromkeys(
        text.format(*found.groups())
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error"
        for pattern, text in _NOT_HERE.items()
        if (found := re.match(pattern, f"{output.ename}: {output.evalue}"))
    )
    return list(said)[:MOST_SAID]


def _not_right(notebook: NotebookNode) -> tuple[str, ...]:
    """The exercises that a machine marks, that were attempted and did not get all their points."""
    return tuple(name for name, cell in check_cells(notebook).items() if _is_wrong(cell))


def _is_wrong(cell: NotebookNode) -> bool:
    score, _ = earned(cell)
    if score is None or score >= float(cell.metadata.nbgrader["points"]):
        return False
    verdict = verdict_of(cell)
    return verdict is None or verdict.get("status") != Status.NOT_ATTEMPTED


def _may_be_newer(cell: NotebookNode) -> bool:
    """Does a cell show an error that a newer Python may not have?"""
    if cell.cell_type != "code":
        return False
    said = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
    if verdict := verdict_of(cell) if "nbgrader" in cell.metadata else None:
        said.append(str(verdict.get("message", "")))
    return any(
        all(module in sys.stdlib_module_names for module in found.groups() if module)
        for found in map(_ONLY_HERE.search, said)
        if found
    )


def _minor(version: str) -> tuple[int, ...]:
    """3.12.4 → (3, 12); () for what is no version."""
    found = re.match(r"(\d{1,4})\.(\d{1,4})", version)
    return tuple(map(int, found.groups())) if found else ()


def _short(version: str) -> str:
    return ".".join(map(str, _minor(version)))
