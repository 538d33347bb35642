"""Reads evidence and lays each number of an answer beside the formula's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from autograder.observers.encoding import decode
from autograder.tolerance import close, tolerance, working_dtype
from autograder.verdict import Criterion, Picture


class Reading(NamedTuple):
    """One result: its numbers, or why there are none; ``wanted`` is the shape where it is the shape."""

    numbers: np.ndarray | None
    dtype: str
    problem: str | None
    wanted: str = ""


@dataclass(frozen=True)
class Entry:
    """One number of an answer beside the formula's; ``x`` where the answer is a function of one x.

    ``of`` names it where a call gives several ("dw[0]"), ``call`` is what these numbers were called with
    besides. Where the call gave no number, ``yours`` is NaN and ``shown`` says what happened, with
    ``problem`` set.
    """

    part: str
    where: str
    shown: str
    yours: float
    expected: float
    right: bool
    x: float | None = None
    problem: bool = False
    tier: int = 0
    of: str = ""
    call: str = ""

    @property
    def rank(self) -> tuple[int, int, float, str]:
        """The exercise's own examples first (tier 0), then few digits, then small."""
        return self.tier, len(self.where), abs(self.x or 0.0), self.where


class Problem(NamedTuple):
    """A call that gave no numbers, or did what it should not: where, what, and what was expected.

    ``told``: the sentence says what was expected too, not the table alone.
    """

    where: str
    what: str
    expected: str = "numbers"
    told: bool = False

    @property
    def said(self) -> str:
        """What the answer does, as the end of a sentence."""
        return f"{self.what}, expected {self.expected}" if self.told else self.what


def unread(where: str, reading: Reading, expected: str = "numbers", *, part: str = "") -> Problem:
    """The problem of a result (or of that part of one) that gave no numbers of the right shape."""
    what, wanted = reading.problem or "", reading.wanted
    if what == "gives shape ()":
        what, wanted = f"gives one number{f' for {part}' if part else ''}", f"shape {wanted}"
    elif part and wanted:
        what = what.replace("gives shape", f"gives {part} of shape")
    return Problem(where, what, wanted or expected, bool(wanted))


@dataclass
class Comparison:
    """Everything a judge knows about an answer before it decides.

    ``branches`` maps the name of a part to its label, as in "only for x > 15"; ``truth`` begins what is said
    of the right number.
    """

    entries: list[Entry] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    picture: Picture | None = None
    branches: dict[str, str] = field(default_factory=dict)
    truth: str = "the formula gives"

    @property
    def wrong(self) -> list[Entry]:
        return [e for e in self.entries if not e.right]

    @property
    def score(self) -> float:
        total = sum(c.weight for c in self.criteria)
        return sum(c.weight * c.share for c in self.criteria) / total

    @property
    def right(self) -> bool:
        return all(c.share == 1.0 for c in self.criteria)


def read(record: dict[str, Any], shape: Sequence[int]) -> Reading:
    """The numbers of one call's record, or the sentence that says why there are none."""
    if record["error"] is not None:
        return Reading(None, "", problem_of(record["error"]))
    return read_result(record["result"], shape)


def problem_of(error: dict[str, Any]) -> str:
    """An exception as part of a sentence, whose full stop is not the exception's."""
    message = error["message"].rstrip(". ")
    text = f"{error['type']}: {message}" if message else error["type"]
    line = f" (line {error['line']})" if error.get("line") else ""
    return f"raises {text}{line}"


def read_result(result: dict[str, Any], shape: Sequence[int]) -> Reading:
    """The numbers of one result of that shape; for a single number any array of one will do."""
    shape = list(shape)
    match result["kind"]:
        case "none":
            return Reading(None, "", "gives nothing back (None)")
        case "stub":
            return Reading(None, "", "gives ... back")
        case "numbers":
            if result["shape"] != shape and not (shape == [] and len(result["values"]) == 1):
                return _misshapen(result["shape"], shape)
            return Reading(decode(result).reshape(shape), result["dtype"], None)
        case "size":
            return _misshapen(result["shape"], shape)
        case "group":
            return Reading(None, "", f"gives {len(result['items'])} results")
    kind, _, size = result["type"].partition(" of ")
    article = "an" if kind.startswith(("a", "e", "i", "o", "u", "nd")) else "a"
    if size.isdigit():  # more or fewer than were asked for
        return Reading(None, "", f"gives {article} {kind} of {size}")
    what = f"{article} {kind}" if not size else f"{article} {kind} with {size} in it"
    return Reading(None, "", f"gives no numbers but {what}")


def _misshapen(got: Sequence[int], wanted: Sequence[int]) -> Reading:
    return Reading(None, "", f"gives shape {tuple(got)}", str(tuple(wanted)) if wanted else "one number")


def show(value: float, dtype: str) -> str:
    """``value`` with every digit that its dtype has: what the student sees when calling the function."""
    if dtype in ("float32", "bfloat16"):
        return str(np.float32(value))
    if dtype == "float16":
        return str(np.float16(value))
    return str(int(value)) if "int" in dtype and np.isfinite(value) else repr(float(value))


def agree(
    reading: Reading, expected: np.ndarray, condition: np.ndarray | float = 0.0, *, scale: float = 1.0
) -> np.ndarray:
    """Where the numbers agree with the formula, within the tolerance of the dtype they were computed in."""
    assert reading.numbers is not None
    dtype = working_dtype(reading.dtype, reading.numbers)
    allowed = np.vectorize(lambda c: tolerance(dtype, c), otypes=[float])(
        np.broadcast_to(condition, expected.shape)
    )
    return close(reading.numbers, expected, scale * allowed)


def rounded(values: np.ndarray, exact: np.ndarray, decimals: range, gap: float = 1.0) -> bool:
    """Whether all are the right numbers with that many decimals, off by ``gap`` of the last one at most."""
    if values.size == 0 or not np.all(np.isfinite(values)):
        return False
    off = np.abs(values - exact)
    return any(
        np.array_equal(np.round(values, k), values) and np.all(off <= gap * 10.0**-k) for k in decimals
    )


def alike(values: np.ndarray, guess: np.ndarray, condition: np.ndarray | float = 0.0) -> np.ndarray:
    """Equal to six digits (fewer in float32, as far as it goes), or neither of them a finite number."""
    allowed: np.ndarray | float = 1e-6
    if working_dtype("float64", values) == "float32":
        of_float32 = np.vectorize(lambda c: tolerance("float32", c), otypes=[float])
        allowed = np.maximum(allowed, of_float32(condition))
    with np.errstate(all="ignore"):
        near = np.abs(values - guess) <= allowed * np.abs(guess)
    return np.asarray(near | (~np.isfinite(values) & ~np.isfinite(guess)))
