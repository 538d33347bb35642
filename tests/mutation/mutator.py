"""Makes wrong answers out of the right ones of an exercise: one small change in their source each."""

from __future__ import annotations

import ast
import copy
import inspect
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

import numpy as np

from autograder.exercises import exercise
from tests.answers import answers_module as answers_module
from tests.mutation.operators import changes


@dataclass(frozen=True)
class Generated:
    """A right answer after one change. ``build`` makes the object; it raises where the change makes none."""

    name: str
    source: Source
    root: str
    definition: str
    changed: ast.stmt

    def build(self) -> Any:
        return self.source.build(self.root, self.definition, self.changed)


def generate(module: ModuleType) -> list[Generated]:
    """All the changes, in a fixed order that mixes them: any first part is a fair sample.

    A function that several answers use is changed once, for the first of them; an earlier exercise's answer
    is not, since a mistake in that one costs nothing here.
    """
    source = Source(module)
    found, seen = [], set(_earlier(module.MUTANTS.exercise))
    for root in source.roots:
        for name in source.reached(root):
            if name in seen:
                continue
            seen.add(name)
            for changed, what in _mutations(source.definitions[name]):
                found.append(Generated(f"{root}: {what}", source, root, name, changed))
    return [found[i] for i in np.random.default_rng(0).permutation(len(found))]


def _earlier(exercise_id: str) -> Iterator[str]:
    """The names of the answers that this exercise may build on."""
    for need in exercise(exercise_id).needs:
        yield exercise(need).answer
        yield from _earlier(need)


class Source:
    """The source of a module of answers: its top-level definitions and which of them are right answers."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.definitions: dict[str, ast.stmt] = {}
        self.roots: list[str] = []
        for statement in ast.parse(inspect.getsource(module)).body:
            self._add(statement)

    def _add(self, statement: ast.stmt) -> None:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                collects = [d for d in statement.decorator_list if "MUTANTS" in ast.unparse(d)]
                if any(ast.unparse(d) == "MUTANTS.right" for d in collects):
                    self.roots.append(name)
                statement.decorator_list = [d for d in statement.decorator_list if d not in collects]
                self.definitions[name] = statement
            case ast.Assign(targets=[target]) if "MUTANTS" not in ast.unparse(statement.value):
                for part in ast.walk(target):
                    if isinstance(part, ast.Name):
                        self.definitions[part.id] = statement
            case ast.Expr(ast.Call(func, [ast.Constant(str() as name), value])) if (
                ast.unparse(func) == "MUTANTS.right_value"
            ):
                root = name if name not in self.definitions else f"{name}_value"
                value_of = ast.Assign([ast.Name(root, ast.Store())], value)
                self.definitions[root] = ast.copy_location(value_of, statement)
                self.roots.append(root)

    @cached_property
    def uses(self) -> dict[str, set[str]]:
        """Which definitions each of them mentions."""
        return {
            name: {n.id for n in ast.walk(d) if isinstance(n, ast.Name)} & set(self.definitions) - {name}
            for name, d in self.definitions.items()
        }

    def reached(self, root: str) -> list[str]:
        """The definitions that ``root`` needs, itself first."""
        found = [root]
        for name in found:
            found += sorted(self.uses[name] - set(found))
        return found

    def original(self, root: str) -> Any:
        """The right answer itself."""
        return self.build(root, root, self.definitions[root])

    def build(self, root: str, definition: str, changed: ast.stmt) -> Any:
        """``root`` with one of its definitions changed; what depends on that one is made anew."""
        anew = [n for n in self.definitions if n == root or definition in self.reached(n)]
        anew = [n for n in anew if n in self.reached(root)]
        old = self.definitions[definition]
        body = dict.fromkeys(changed if self.definitions[n] is old else self.definitions[n] for n in anew)
        tree = ast.fix_missing_locations(ast.Module(list(body), []))
        names = dict(vars(self.module))
        with warnings.catch_warnings(action="ignore"):  # Python's own, about what the change makes
            exec(compile(tree, f"<{root}, changed>", "exec"), names)
        return names[root]


def _mutations(definition: ast.stmt) -> Iterator[tuple[ast.stmt, str]]:
    """The definition with each change in turn, and what was changed."""
    places = list(_places(definition))
    for index, node in enumerate(places):
        for what, replacement in changes(node):
            anew = copy.deepcopy(definition)
            _replace(anew, list(_places(anew))[index], copy.deepcopy(replacement))
            before, after = (" ".join(ast.unparse(n).split()) for n in (node, replacement))
            line = getattr(node, "lineno", 0)
            yield anew, f"{what} in line {line}: {before} → {after}"


def _places(definition: ast.stmt) -> Iterator[ast.AST]:
    """The nodes that may change: no annotations, no documentation."""
    if isinstance(definition, ast.FunctionDef):
        bodies = [*definition.args.defaults, *definition.args.kw_defaults, *definition.body]
        nodes: list[ast.AST] = [n for n in bodies if n is not None]
    else:
        nodes = [getattr(definition, "value", definition)]
        yield_root = nodes[0]
        if yield_root is definition:
            return
    for node in nodes:
        yield from ast.walk(node)


def _replace(tree: ast.stmt, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
                return
            if isinstance(value, list):
                for i, item in enumerate(value):
                    if item is old:
                        value[i] = new
                        return
