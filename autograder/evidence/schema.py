"""Forms of plain data: what a piece of evidence must look like, declared once and held strictly.

A form is a function of a value and of its place; it raises Unreadable where the value has another form. Types
are exact (True is no number, 1.0 is no whole one), keys are exactly those that are named, all lengths are
bounded. Each value is looked at once: reading takes no longer than receiving.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

Form = Callable[[Any, str], None]

SHAPE = 64
"""Most axes that NumPy's arrays have."""

LARGEST = 2**63
"""Whole numbers are smaller, but for those of uint64."""

SPECIAL = ("nan", "inf", "-inf")
"""What JSON has no number for."""


class Unreadable(ValueError):
    """Data of another form than was asked for; the text says where, what was found and what was expected."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        super().__init__(f"{where} {found}, expected {expected}")


def shown(value: Any) -> str:
    """What stands where something else was expected, in few words."""
    if isinstance(value, str):
        return f"is the text {value[:20]!r}"
    return f"is {value}" if type(value) in (bool, float, type(None)) else f"is of type {type(value).__name__}"


def nothing(value: Any, where: str) -> None:
    if value is not None:
        raise Unreadable(where, shown(value), "None")


def truth(value: Any, where: str) -> None:
    if type(value) is not bool:
        raise Unreadable(where, shown(value), "True or False")


def text(most: int) -> Form:
    def form(value: Any, where: str) -> None:
        if type(value) is not str:
            raise Unreadable(where, shown(value), "a text")
        if len(value) > most:
            raise Unreadable(where, f"has {len(value)} characters", f"at most {most}")

    return form


def whole(value: Any, where: str) -> None:
    """A whole number from 0 on: a size, a line."""
    if type(value) is not int or not 0 <= value < LARGEST:
        raise Unreadable(where, shown(value), "a whole number from 0 on")


def finite(value: Any, where: str) -> None:
    fits = (type(value) is float and math.isfinite(value)) or (type(value) is int and abs(value) < LARGEST)
    if not fits:
        raise Unreadable(where, shown(value), "a finite number")


def number(value: Any, where: str) -> None:
    """Any number; what is not finite is a text."""
    if not _special(value):
        finite(value, where)


def one_of(*values: str) -> Form:
    def form(value: Any, where: str) -> None:
        if type(value) is not str or value not in values:
            raise Unreadable(where, shown(value), f"one of {', '.join(values) or 'nothing'}")

    return form


def optional(given: Form) -> Form:
    """None, or that form."""

    def form(value: Any, where: str) -> None:
        if value is not None:
            given(value, where)

    return form


def listed(item: Form, most: int, least: int = 0) -> Form:
    """A list of so many of that form."""

    def form(value: Any, where: str) -> None:
        if type(value) is not list:
            raise Unreadable(where, shown(value), "a list")
        if not least <= len(value) <= most:
            raise Unreadable(
                where, f"has {len(value)} items", f"{least} to {most}" if least < most else f"{most}"
            )
        for i, one in enumerate(value if item is not anything else ()):
            item(one, f"{where}[{i}]")

    return form


def exactly(item: Form, size: int) -> Form:
    return listed(item, size, size)


def some_of(values: Collection[str]) -> Form:
    """Some of these names, none of them twice."""

    def form(value: Any, where: str) -> None:
        listed(one_of(*values), len(values))(value, where)
        if len(set(value)) < len(value):
            raise Unreadable(where, "names something twice", "each once")

    return form


def fields(forms: Mapping[str, Form]) -> Form:
    """A dict with exactly these keys."""

    def form(value: Any, where: str) -> None:
        if type(value) is not dict:
            raise Unreadable(where, shown(value), "a dict")
        for name in forms:
            if name not in value:
                raise Unreadable(where, f"lacks {name!r}", f"{len(forms)} entries")
        if len(value) > len(forms):
            extra = next(name for name in value if name not in forms)
            raise Unreadable(where, f"has {shown(extra)[3:]} besides", f"{len(forms)} entries")
        for name, inner in forms.items():
            inner(value[name], f"{where}[{name!r}]")

    return form


def named(item: Form, most: int, longest: int) -> Form:
    """A dict of so many names at most, of that form each."""

    def form(value: Any, where: str) -> None:
        if type(value) is not dict or len(value) > most:
            raise Unreadable(where, shown(value), f"a dict of at most {most} names")
        for name, one in value.items():
            text(longest)(name, where)
            item(one, f"{where}[{name[:20]!r}]")

    return form


def tagged(kinds: Mapping[str, Form]) -> Form:
    """A dict whose ``kind`` says which form the whole of it has."""

    def form(value: Any, where: str) -> None:
        if type(value) is not dict or "kind" not in value:
            raise Unreadable(where, shown(value), "a dict with its kind")
        one_of(*kinds)(value["kind"], f"{where}['kind']")
        kinds[value["kind"]](value, where)

    return form


def anything(*_: Any) -> None:
    """No form at all: somebody else looks."""


def numbers(most: int) -> Form:
    """An array written down: as many values as its shape says, each a number that its dtype has."""
    outside = fields(
        {
            "kind": one_of("numbers"),
            "type": text(80),
            "dtype": text(40),
            "shape": listed(whole, SHAPE),
            "values": listed(anything, most),
        }
    )

    def form(value: Any, where: str) -> None:
        outside(value, where)
        dtype, shape, values = value["dtype"], value["shape"], value["values"]
        if math.prod(shape) != len(values):
            raise Unreadable(where, f"has {len(values)} values", f"{math.prod(shape)}, by its shape")
        if not _has(dtype, values):
            raise Unreadable(where, "has other values", f"numbers of {dtype[:20]!r}")

    return form


def _has(dtype: str, values: list[Any]) -> bool:
    """Whether these are numbers of that dtype, as `encode` writes them; of types unknown to NumPy, floats."""
    known = np.dtype(dtype) if dtype in np.sctypeDict else np.dtype(float)
    if known.kind == "b":
        return all(type(v) is int and v in (0, 1) for v in values)
    if known.kind in "iu":
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        return all(type(v) is int and low <= v <= high for v in values)
    array = np.array([v for v in values if type(v) is float])
    if array.size < len(values) and not all(type(v) is float or _special(v) for v in values):
        return False
    with np.errstate(over="ignore", under="ignore"):
        kept = array.astype(known) if known.kind == "f" and known.itemsize < 8 else array
    return bool(np.all(np.isfinite(array) & (kept == array)))


def _special(value: Any) -> bool:
    return type(value) is str and value in SPECIAL
