"""Calls of a function: written down for the observer, shown as a student writes them, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.kinds.comparison import Reading
from autograder.observers.arguments import build
from autograder.observers.encoding import array_of, decode

Call = dict[str, Any]
Arguments = dict[str, Any]

TEXTS = {"sin": "np.sin({})", "tanh": "np.tanh({})", "bump": "np.exp(-({})**2)", "cube": "({})**3"}
"""What the functions that are summed are called."""


def case(name: str, results: int | None = None, **arguments: Any) -> Call:
    """A call for the observer: numbers, arrays (or lists) and function descriptions (dicts) by name."""
    return {"id": name, "results": results, "arguments": [_argument(n, a) for n, a in arguments.items()]}


def _argument(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"name": name, "function": value}
    if isinstance(value, int | float):
        return {"name": name, "number": value}
    return {"name": name, "array": array_of(value)}


def arguments_of(wanted: Call) -> Arguments:
    """The arguments of a call as numbers and arrays again; a function or generator stays a description."""
    found: Arguments = {}
    for a in wanted["arguments"]:
        if "generator" in a:
            found[a["name"]] = {"generator": a["generator"]}
        else:
            array = a.get("array")  # whole numbers stay whole, as the answer got them
            found[a["name"]] = (
                a.get("number", a.get("function")) if array is None else decode(array).astype(array["dtype"])
            )
    return found


def written(arguments: Arguments) -> str:
    """The arguments as a student would write them."""
    return ", ".join(f"{name} = {_written(value)}" for name, value in arguments.items())


def _written(value: Any) -> str:
    if not isinstance(value, dict):
        return repr(value) if isinstance(value, int | float) else str(value.tolist())
    if "generator" in value:
        return f"np.random.default_rng({value['generator']})"
    if "terms" in value:
        return f"lambda x: {' + '.join(_term(*term) for term in value['terms'])}"
    steep, line, height = value["steep"], value["line"], value["height"]
    if not steep and not height:
        return f"lambda x: {line} * x"
    return f"lambda x: {steep} * x / (abs(x) + 1e-6) + {line} * x - {-height}"


def _term(size: float, shape: str, rate: float, shift: float) -> str:
    """a·g(r·x + s)."""
    if shape not in TEXTS:
        return str(size)
    inner = ("x" if rate == 1 else f"{rate} * x") + (
        f" + {shift}" if shift > 0 else f" - {-shift}" if shift < 0 else ""
    )
    return f"{size} * {TEXTS[shape].format(inner)}"


@dataclass(frozen=True)
class Case:
    """One call: what came back by part, what should have, and where they agree.

    ``result`` is what came, ``shape`` and ``type`` are its own, ``error`` is the text of an exception.
    """

    name: str
    arguments: Arguments
    readings: list[Reading]
    expected: list[np.ndarray]
    agrees: list[np.ndarray]
    changed: list[str]
    shape: tuple[int, ...] | None
    type: str
    error: str | None
    result: Mapping[str, Any] | None = None

    @property
    def form(self) -> str:
        """The first word of its name: calls of one form have it in common."""
        return self.name.split()[0]

    @property
    def given(self) -> Arguments:
        """The arguments as an answer gets them: a function where they have the description of one."""
        return {n: build({"function": a}) if isinstance(a, dict) else a for n, a in self.arguments.items()}

    @property
    def numbers(self) -> np.ndarray:
        """Those of its one part; NaN where it gave none."""
        numbers = self.readings[0].numbers
        return np.full(self.expected[0].shape, np.nan) if numbers is None else numbers

    @property
    def readable(self) -> bool:
        return all(r.numbers is not None for r in self.readings)

    @property
    def right(self) -> bool:
        return self.readable and all(a.all() for a in self.agrees)


@dataclass(frozen=True)
class Observation:
    """All cases, in the order of the calls."""

    cases: list[Case]

    def of(self, form: str) -> Observation:
        return Observation([c for c in self.cases if c.form == form])

    @property
    def right(self) -> bool:
        return all(c.right for c in self.cases)

    @property
    def changed(self) -> list[str]:
        """The arguments that were written into."""
        return sorted({name for c in self.cases for name in c.changed})

    def right_in(self, part: int) -> bool:
        return all(c.agrees[part].all() for c in self.cases)
