"""Is what is stored what a fresh build gives? Byte for byte, but for the outputs of solved notebooks.

Outputs are compared as text with numbers in it, since trainings and rounding differ a little between
machines, and stopwatches do always:

- a number may differ by ``RELATIVE`` of its size: after 40 000 training steps, processors with other vector
  units have drifted apart in the fourth digit; what a lesson says about a number, it says with two;
- its last digit, behind a point, may be one more or less: the border between two roundings may lie between;
- below ``RESIDUAL`` it is what rounding left over, and only its order of magnitude is the same everywhere;
- in a cell tagged ``varies`` it may be any number: which of many trainings comes how far is chaos;
- a time, or a ratio of two times, may be any number;
- spaces before a number are what a sign leaves room for;
- pictures are there or not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

from autograder.building.canonical import notebook_text, read_notebook

RELATIVE = 0.02
RESIDUAL = 1e-4
MAGNITUDE = 10.0
VARIES = "varies"

Same = Callable[[str, str], bool]

_NUMBER = r"[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TIME = re.compile(
    rf"{_NUMBER}\s*(?=(?:ns|µs|μs|us|ms|s|min|h|seconds?|minutes?)(?:\b|/)|(?:times|×)\s*(?:as|faster|slower))"
)
_PICTURE = re.compile(r"data:image/[^\"')\s]+")
_EXPONENT = re.compile(r"(?<=\d)\s?·\s?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NUMBERS = re.compile(rf" *(?<![\w.])({_NUMBER})")


def folder_differences(fresh: Path, stored: Path, name: str, *, outputs: bool = False) -> list[str]:
    """Say how the files in ``stored`` differ from those in ``fresh``; ``name`` is the folder's in messages.

    With ``outputs``, the outputs of notebooks are compared as the module says. What an editor leaves
    (names with a dot in front) does not count.
    """
    found = []
    for file in sorted(_files(fresh) | _files(stored)):
        label = f"{name}/{file.as_posix()}"
        if not (stored / file).is_file():
            found.append(f"{label} is missing")
        elif not (fresh / file).is_file():
            found.append(f"{label} is not made by the build")
        elif (stored / file).read_bytes() != (fresh / file).read_bytes():
            if outputs and file.suffix == ".ipynb":
                found += [f"{label}, {what}" for what in notebook_differences(fresh / file, stored / file)]
            else:
                found.append(f"{label} is not what source/ gives")
    return found


def notebook_differences(fresh: Path, stored: Path) -> list[str]:
    """Say in which cells the notebook ``stored`` differs from ``fresh``, outputs within tolerance."""
    new, old = read_notebook(fresh), read_notebook(stored)
    found = []
    if notebook_text(old) != stored.read_text(encoding="utf-8") or _frame(new) != _frame(old):
        found.append("its form or metadata is another")
    nothing: dict[str, Any] = {}
    for cell, kept in zip_longest(new["cells"], old["cells"], fillvalue=nothing):
        cell_id = cell.get("id") or kept.get("id")
        if _without_outputs(cell) != _without_outputs(kept):
            found.append(f"cell {cell_id!r}: source or metadata is another")
        elif not _same_outputs(cell.get("outputs", []), kept.get("outputs", []), _how_close(cell)):
            found.append(f"cell {cell_id!r}: its output is another")
    return found


def same_text(one: str, other: str) -> bool:
    """Are these the same words, with numbers that agree as the module says?"""
    one, other = (_TIME.sub("…", _PICTURE.sub("…", _plain_exponents(text))) for text in (one, other))
    if one == other:
        return True
    parts, others = _NUMBERS.split(one), _NUMBERS.split(other)
    if len(parts) != len(others) or parts[::2] != others[::2]:
        return False
    return all(_same_number(a, b) for a, b in zip(parts[1::2], others[1::2], strict=True))


def _how_close(cell: dict[str, Any]) -> Same:
    """How the texts of this cell's outputs are compared."""
    return _same_words if VARIES in cell["metadata"].get("tags", []) else same_text


def _same_words(one: str, other: str) -> bool:
    return _without_numbers(one) == _without_numbers(other)


def _without_numbers(text: str) -> str:
    return _NUMBERS.sub("…", _plain_exponents(_PICTURE.sub("…", text)))


def _plain_exponents(text: str) -> str:
    """2.8·10⁻¹⁰ as 2.8e-10."""
    return _EXPONENT.sub(lambda found: "e" + found[1].translate(_RAISED), text)


def _same_number(one: str, other: str) -> bool:
    if one == other:
        return True
    a, b = (float(text.replace("−", "-")) for text in (one, other))
    if max(abs(a), abs(b)) < RESIDUAL and a * b > 0:
        return 1 / MAGNITUDE < a / b < MAGNITUDE
    # 1e-12: a sum that is 0 on one machine and a few roundings of 1 on another
    least = max(1e-12, 1.01 * min(map(_last_digit, (one, other))))
    return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=least)


def _last_digit(text: str) -> float:
    """What one more in the last digit is worth, where that stands behind a point; else 0."""
    digits, _, exponent = text.lower().partition("e")
    _, point, behind = digits.partition(".")
    return float(f"1e{int(exponent or 0) - len(behind)}") if point and behind else 0.0


def _same_outputs(new: list[dict[str, Any]], old: list[dict[str, Any]], same: Same) -> bool:
    return len(new) == len(old) and all(_same_output(*pair, same) for pair in zip(new, old, strict=True))


def _same_output(new: dict[str, Any], old: dict[str, Any], same: Same) -> bool:
    data, kept = new.get("data", {}), old.get("data", {})
    if set(data) != set(kept) or _output_frame(new) != _output_frame(old):
        return False
    texts = [(new.get("text", ""), old.get("text", ""))]
    texts += [(data[mime], kept[mime]) for mime in data if not mime.startswith("image/")]
    return all(same(_joined(one), _joined(other)) for one, other in texts)


def _output_frame(output: dict[str, Any]) -> dict[str, Any]:
    """All but the texts and pictures; a picture's size in its metadata is the picture's."""
    return {key: value for key, value in output.items() if key not in ("data", "text", "metadata")}


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, str | list) else repr(text)


def _frame(notebook: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in notebook.items() if key != "cells"}


def _without_outputs(cell: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cell.items() if key != "outputs"}


def _files(folder: Path) -> set[Path]:
    inside = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path for path in inside if not any(part.startswith((".", "__pycache__")) for part in path.parts)}
