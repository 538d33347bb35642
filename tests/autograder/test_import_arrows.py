"""Imports point one way: no module of the autograder imports itself in a circle, no wing one above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import autograder

ROOT = Path(autograder.__file__).parent
WINGS = {
    "sandbox": "processes",
    "inside": "sandbox observers processes",
    "notebooks": "inside",
    "handins": "notebooks inside",
    "run": "handins notebooks inside sandbox",
    "gradebook": "handins notebooks",
    "engine": "run gradebook handins notebooks inside sandbox",
}
"""The wings of grading, and what of one another each may import. The first two stand beside student code."""
ALONE = ("sandbox", "inside")
BELOW_GRADING = (
    *("processes", "observers", "reference", "exercise", "evidence", "kinds", "exercises"),
    *("judging", "isolated", "report", "notebook"),
)
"""What must not know of grading, nor of the commands."""


def _modules() -> dict[str, Path]:
    names = {path: path.relative_to(ROOT.parent).with_suffix("").parts for path in ROOT.rglob("*.py")}
    return {".".join(parts).removesuffix(".__init__"): path for path, parts in names.items()}


MODULES = _modules()


def _imported(module: str) -> set[str]:
    """The modules of the autograder that one imports, anywhere in its text but for type checkers."""
    found: set[str] = set()
    for node in _run(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return found & MODULES.keys()


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from _run(child)


IMPORTS = {module: _imported(module) for module in MODULES}


def test_no_module_imports_itself_in_a_circle():
    try:
        list(TopologicalSorter(IMPORTS).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_of_grading_imports_only_those_below_it(wing: str):
    allowed = {"", wing, *WINGS[wing].split()}
    above = [
        f"{module} → {imported}"
        for module in _of(f"autograder.grading.{wing}")
        for imported in IMPORTS[module]
        if not ({_part(imported)} <= allowed or (_part(imported) not in WINGS and wing not in ALONE))
        or imported == "autograder.grading"
    ]
    assert above == []


@pytest.mark.parametrize("name", BELOW_GRADING)
def test_what_judges_knows_nothing_of_grading(name: str):
    higher = ("autograder.grading", "autograder.commands", "autograder.cli")
    above = [
        f"{module} → {imported}"
        for module in _of(f"autograder.{name}")
        for imported in IMPORTS[module]
        if imported.startswith(higher)
    ]
    assert above == []


def _part(module: str) -> str:
    """The wing of grading that a module is in, or its package outside; "" for the autograder itself."""
    _, *parts = module.split(".")
    return next((part for part in parts if part != "grading"), "")


def _of(package: str) -> list[str]:
    return [module for module in MODULES if module == package or module.startswith(f"{package}.")]
