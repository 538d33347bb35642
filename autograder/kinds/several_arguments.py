"""Compares an answer that takes several arguments and gives one or more arrays, case by case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import (
    Comparison,
    Entry,
    Problem,
    Reading,
    agree,
    problem_of,
    read_result,
    show,
    unread,
)
from autograder.kinds.elementwise_mistakes import Fits, alike
from autograder.observers.encoding import array_of, decode

Arguments = dict[str, Any]
Parts = Sequence[np.ndarray]


class Seen(NamedTuple):
    """One case: arguments; what came back by part, what should have, and where they agree."""

    arguments: Arguments
    readings: list[Reading]
    expected: list[np.ndarray]
    right: list[np.ndarray]
    changed: list[str]


def case(name: str, results: int | None = None, **arguments: Any) -> dict[str, Any]:
    """A call for the observer: numbers, arrays (or lists) and function descriptions (dicts) by name."""
    return {"id": name, "results": results, "arguments": [_argument(n, a) for n, a in arguments.items()]}


def _argument(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"name": name, "function": value}
    if isinstance(value, int | float):
        return {"name": name, "number": value}
    return {"name": name, "array": array_of(value)}


def arguments_of(wanted: dict[str, Any]) -> Arguments:
    """The arguments of a call as numbers and arrays again; a function or generator stays a description."""
    found: Arguments = {}
    for a in wanted["arguments"]:
        if "generator" in a:
            found[a["name"]] = {"generator": a["generator"]}
        else:
            found[a["name"]] = decode(a["array"]) if "array" in a else a.get("number", a.get("function"))
    return found


def written(arguments: Arguments) -> str:
    """The arguments as a student would write them."""
    texts = []
    for name, value in arguments.items():
        if isinstance(value, dict) and "generator" in value:
            text = f"np.random.default_rng({value['generator']})"
        elif isinstance(value, dict):
            steep, line, height = value["steep"], value["line"], value["height"]
            text = f"lambda x: {steep} * x / (abs(x) + 1e-6) + {line} * x - {-height}"
        else:
            text = str(value.tolist()) if isinstance(value, np.ndarray) else repr(value)
        texts.append(f"{name} = {text}")
    return ", ".join(texts)


@dataclass(frozen=True)
class Cases:
    """``parts`` are the names of the results, ``exact`` computes them, ``condition`` their condition number.

    ``others`` are formulas that are right as well (exact constants for rounded ones): whichever agrees most
    counts.
    """

    parts: tuple[str, ...]
    exact: Callable[..., Parts]
    condition: Callable[..., float]
    others: tuple[Callable[..., Parts], ...] = ()

    def seen(self, inputs: Inputs, evidence: Evidence) -> list[Seen]:
        """Every case, compared. The evidence looked at last is remembered: a whole catalogue asks for it."""
        global _last
        if _last is None or _last[0] is not evidence or _last[1] is not self:
            tries = [self._seen(exact, inputs, evidence) for exact in (self.exact, *self.others)]
            best = max(tries, key=lambda t: sum(int(r.sum()) for s in t for r in s.right))
            _last = (evidence, self, best)
        return _last[2]

    def _seen(self, exact: Callable[..., Parts], inputs: Inputs, evidence: Evidence) -> list[Seen]:
        return [self._one(exact, wanted, evidence["calls"][wanted["id"]]) for wanted in inputs["calls"]]

    def _one(self, exact: Callable[..., Parts], wanted: dict[str, Any], record: dict[str, Any]) -> Seen:
        arguments = arguments_of(wanted)
        expected = [np.asarray(e, dtype=float) for e in exact(**arguments)]
        shapes = [e.shape for e in expected]
        if record["error"] is not None:
            readings = [Reading(None, "", problem_of(record["error"]))] * len(expected)
        elif len(expected) == 1:
            readings = [read_result(record["result"], shapes[0])]
        elif record["result"]["kind"] == "group":
            items = zip(record["result"]["items"], shapes, strict=True)
            readings = [read_result(item, shape) for item, shape in items]
        else:
            got = read_result(record["result"], ()).problem or "gives one number"
            readings = [Reading(None, "", got, ", ".join(self.parts))] * len(expected)
        condition = self.condition(**arguments)
        right = [
            np.zeros(e.shape, dtype=bool) if r.numbers is None else agree(r, e, condition)
            for r, e in zip(readings, expected, strict=True)
        ]
        return Seen(arguments, readings, expected, right, record["changed"])

    def compare(self, inputs: Inputs, evidence: Evidence) -> Comparison:
        """Entries and problems of all cases; one criterion a part, halved where an argument was changed."""
        comparison = Comparison()
        everything = self.seen(inputs, evidence)
        for tier, seen in enumerate(everything):
            where = written(seen.arguments)
            for part, reading, expected, right in zip(self.parts, *seen[1:4], strict=True):
                of = part if len(self.parts) > 1 else ""
                if reading.numbers is None:
                    comparison.problems.append(unread(f"for {where}", reading, part=of))
                    continue
                for index in np.ndindex(expected.shape):
                    place = f"{of or 'result'}[{', '.join(map(str, index))}]" if index else of
                    y = float(reading.numbers[index])
                    shown = show(y, reading.dtype)
                    comparison.entries.append(
                        Entry(
                            part,
                            where,
                            shown,
                            y,
                            float(expected[index]),
                            bool(right[index]),
                            tier=tier,
                            of=place,
                        )
                    )
        changed = sorted({name for seen in everything for name in seen.changed})
        if changed:
            comparison.problems.append(
                Problem("when called", f"writes into its argument {', '.join(changed)}", "no change")
            )
        for i, part in enumerate(self.parts):
            share = float(
                all(seen.right[i].all() and seen.readings[i].numbers is not None for seen in everything)
            )
            comparison.criteria.append(Criterion(part, 1.0, share * (0.5 if changed else 1.0)))
        return comparison


_last: tuple[Evidence, Cases, list[Seen]] | None = None


def computes(subject: Cases, variant: Callable[..., Parts], *parts: str) -> Fits:
    """Fits where the answer computes ``variant`` in every part that is wrong (or in the wrong ones of
    ``parts``).
    """

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        everything = subject.seen(inputs, evidence)
        wrong = [i for i, p in enumerate(subject.parts) if not all(s.right[i].all() for s in everything)]
        asked = [i for i in wrong if not parts or subject.parts[i] in parts]
        readable = [s for s in everything if all(r.numbers is not None for r in s.readings)]
        if not asked or not readable or len(readable) < len(everything) / 2:
            return False
        for seen in readable:
            with np.errstate(all="ignore"):
                guess = [np.asarray(g, dtype=float) for g in variant(**seen.arguments)]
            for i in asked:
                numbers = seen.readings[i].numbers
                if numbers is None or guess[i].shape not in ((), numbers.shape):
                    return False
                condition = subject.condition(**seen.arguments)
                same = alike(numbers, np.broadcast_to(guess[i], numbers.shape), condition)
                if not np.all(
                    same | np.isnan(guess[i])
                ):  # where the mistake has no value, anything may stand
                    return False
        return True

    return fits


def changed(_inputs: Inputs, evidence: Evidence) -> bool:
    """Fits where an argument was written into."""
    return any(record["changed"] for record in evidence["calls"].values())
