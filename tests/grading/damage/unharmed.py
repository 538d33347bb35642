"""Which answers of a damaged hand-in are still as they were: judged by the file alone, not by the grader.

An answer to a check is unharmed where the cells that it needs are in the file, in the same order, and no
other cell gives another meaning to a name that they bind.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode

from autograder.grading.notebooks.graded_cells import answer_cells, check_cells

Names = tuple[set[str], set[str]]


def unharmed(lesson: NotebookNode, honest: NotebookNode, path: Path) -> set[str]:
    """The exercises whose answer is unharmed in the file at ``path``."""
    cells = _cells(path)
    answers = answer_cells(honest)
    whole = {name for name, cell in answers.items() if cell.cell_type != "code" and _once(cell, cells)}
    checks = {cell.source for cell in check_cells(lesson).values()}
    left_out = {c.source for c in honest.cells if "tutorial" in c.metadata.get("tags", [])}
    code = [c.source for c in honest.cells if c.cell_type == "code" and c.source not in checks | left_out]
    found = [s for cell in cells if (s := _code(cell)) is not None and s not in checks | left_out]
    for name, cell in answers.items():
        if cell.cell_type == "code":
            needed = _needed(cell.source, code)
            names = set().union(*(_names(source)[0] for source in needed))
            there = [s for s in found if s in needed or _names(s)[0] & names]
            if list(dict.fromkeys(there)) == needed == list(dict.fromkeys(reversed(there)))[::-1]:
                whole.add(name)
    return whole


def _needed(answer: str, code: list[str]) -> list[str]:
    """The answer and every cell that binds a name it uses, or that such a cell uses, in order."""
    needed = {answer}
    while True:
        used = set().union(*(_names(source)[1] for source in needed))
        more = needed | {source for source in code if _names(source)[0] & used}
        if more == needed:
            return [source for source in code if source in needed]
        needed = more


def _names(source: str) -> Names:
    """The names that a cell binds at its top level, and those it uses anywhere."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set(), set()
    bound = set()
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            bound.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
            elif isinstance(node, ast.alias):
                bound.add((node.asname or node.name).split(".")[0])
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return bound, used


def _cells(path: Path) -> list[Any]:
    """The cells in the file; none where it is no notebook."""
    if not path.is_file() or path.is_symlink():
        return []
    try:
        cells = json.loads(path.read_bytes().decode("utf-8-sig"))["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return cells if isinstance(cells, list) else []


def _code(cell: Any) -> str | None:
    return _text(cell) if isinstance(cell, dict) and cell.get("cell_type") == "code" else None


def _text(cell: dict[str, Any]) -> str | None:
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        return "".join(source)
    return source if isinstance(source, str) else None


def _once(question: NotebookNode, cells: list[Any]) -> bool:
    """Is a question's cell there, with its text, and no other that could be taken for it?"""
    name = question.metadata["nbgrader"]["grade_id"]
    known = [cell for cell in cells if isinstance(cell, dict)]
    like = [c for c in known if c.get("id") == question["id"] or name in repr(c.get("metadata"))]
    return len(like) == 1 and like[0].get("cell_type") == "markdown" and _text(like[0]) == question.source
