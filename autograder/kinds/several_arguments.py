"""Functions of several arguments that give one array or more: called case by case, compared part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from autograder.exercise import Evidence, Inputs, Mistake
from autograder.kinds.calls import Arguments, Call, Case, Observation, arguments_of, written
from autograder.kinds.comparison import (
    Comparison,
    Entry,
    Problem,
    Reading,
    agree,
    alike,
    problem_of,
    read_result,
    rounded,
    show,
    unread,
)
from autograder.verdict import Criterion

Formula = Callable[..., Any]
"""Takes an answer's arguments and gives what it gives; None stands for a part of which it says nothing."""


@dataclass(frozen=True)
class SeveralArguments:
    """The data of such an exercise.

    ``parts`` are the names of the results, ``exact`` computes them (a function among its arguments is the
    description of one), ``condition`` their condition number; ``calls`` are drawn. ``others`` are formulas
    that are right as well (exact constants for rounded ones): whichever agrees most counts. ``criteria`` give
    the share of each; without them there is one a part, halved where an argument was written into. Where
    ``whole``, the result is a whole number, and an int.
    """

    parts: tuple[str, ...]
    exact: Formula
    calls: Callable[[np.random.Generator], list[Call]]
    condition: Callable[..., float] = lambda **_: 0.0
    others: tuple[Formula, ...] = ()
    criteria: Callable[[Observation], dict[str, float]] | None = None
    whole: bool = False
    truth: str = "the formula gives"
    observer: ClassVar[str] = "function"

    def draw(self, rng: np.random.Generator) -> Inputs:
        return {"calls": self.calls(rng)}

    def by_part(self, result: Any) -> Sequence[Any]:
        return [result] if len(self.parts) == 1 else result

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        records = [(wanted, evidence["calls"][wanted["id"]]) for wanted in inputs["calls"]]
        tries = [[self._case(exact, *r) for r in records] for exact in (self.exact, *self.others)]
        return Observation(max(tries, key=lambda cases: sum(int(a.sum()) for c in cases for a in c.agrees)))

    def _case(self, exact: Formula, wanted: Call, record: dict[str, Any]) -> Case:
        arguments, result, error = arguments_of(wanted), record["result"] or {}, record["error"]
        expected = [np.asarray(e, dtype=float) for e in self.by_part(exact(*arguments.values()))]
        if error is not None:
            readings = [Reading(None, "", problem_of(error))] * len(expected)
        elif len(expected) == 1:
            readings = [read_result(result, expected[0].shape)]
        elif result["kind"] == "group":
            readings = [read_result(i, e.shape) for i, e in zip(result["items"], expected, strict=True)]
        else:
            got = read_result(result, ()).problem or "gives one number"
            readings = [Reading(None, "", got, ", ".join(self.parts))] * len(expected)
        return Case(
            wanted["id"],
            arguments,
            readings,
            expected,
            [self.agree(r, e, arguments) for r, e in zip(readings, expected, strict=True)],
            record["changed"],
            tuple(result["shape"]) if "shape" in result else None,
            result.get("type", ""),
            None if error is None else error["message"],
            record["result"],
        )

    def agree(self, reading: Reading, expected: np.ndarray, arguments: Arguments) -> np.ndarray:
        """Where the numbers are right."""
        if reading.numbers is None:
            return np.zeros(expected.shape, dtype=bool)
        return agree(reading, expected, self.condition(**arguments))

    def compare(self, seen: Observation) -> Comparison:
        comparison = Comparison(truth=self.truth)
        for priority, case in enumerate(seen.cases):
            comparison.entries += self.entries(case, priority)
            comparison.problems += self.problems(case)
        if seen.changed:
            plural = "s" if len(seen.changed) > 1 else ""
            what = f"writes into its argument{plural} {', '.join(seen.changed)}"
            comparison.problems.append(Problem("when called", what, "no change"))
        if self.whole and seen.right and (odd := not_int(seen)):
            arguments = ", ".join(map(repr, odd.arguments.values()))
            what = f"gives {float(odd.numbers)!r}, a {odd.type}"
            where = f"for {self.parts[0]}({arguments})"
            comparison.problems.append(Problem(where, what, "an int", told=True))
        shares = (self.criteria or self._criteria)(seen)
        comparison.criteria = [Criterion(name, 1.0, float(share)) for name, share in shares.items()]
        return comparison

    def entries(self, case: Case, priority: int) -> list[Entry]:
        """Each number beside the right one."""
        found, where = [], written(case.arguments)
        for i, (part, reading) in enumerate(zip(self.parts, case.readings, strict=True)):
            of = part if len(self.parts) > 1 else ""
            if reading.numbers is None:
                continue
            for index, y in np.ndenumerate(reading.numbers):
                place = f"{of or 'result'}[{', '.join(map(str, index))}]" if index else of
                exact, right = float(case.expected[i][index]), bool(case.agrees[i][index])
                shown = show(y, reading.dtype)
                found.append(Entry(part, where, shown, float(y), exact, right, tier=priority, of=place))
        return found

    def problems(self, case: Case) -> list[Problem]:
        """What came back in place of numbers."""
        where = f"for {written(case.arguments)}"
        bad = [(p, r) for p, r in zip(self.parts, case.readings, strict=True) if r.numbers is None]
        return [unread(where, r, part=part if len(self.parts) > 1 else "") for part, r in bad]

    def _criteria(self, seen: Observation) -> dict[str, float]:
        if self.whole:
            return {"the number": seen.right, "right, and an int": seen.right and not not_int(seen)}
        half = 0.5 if seen.changed else 1.0
        return {part: half * seen.right_in(i) for i, part in enumerate(self.parts)}

    def computes(self, wrong: Formula | tuple[Formula, ...]) -> Callable[[Observation], bool]:
        """Whether one of these formulas is computed in every part that it speaks of, one of them wrong."""
        return lambda seen: any(self._computes(formula, seen) for formula in several(wrong))

    def _computes(self, formula: Formula, seen: Observation) -> bool:
        readable = [c for c in seen.cases if c.readable]
        if len(readable) < max(1, len(seen.cases) / 2):
            return False
        told = False  # by a wrong number: what raises, or has another shape, is no formula's
        for case in readable:
            with np.errstate(all="ignore"):
                guesses = self.by_part(formula(*case.given.values()))
            spoken_of = [i for i in range(len(self.parts)) if guesses[i] is not None]
            if not all(self._alike(case, i, guesses[i]) for i in spoken_of):
                return False
            told |= any(not np.all(case.agrees[i] | np.isnan(guesses[i])) for i in spoken_of)
        return told

    def _alike(self, case: Case, part: int, guess: Any) -> bool:
        numbers = np.asarray(case.readings[part].numbers, dtype=float)
        guess = np.asarray(guess, dtype=float)
        if guess.shape not in ((), numbers.shape):
            return False
        same = alike(numbers, np.broadcast_to(guess, numbers.shape), self.condition(**case.arguments))
        return bool(np.all(same | np.isnan(guess)))  # where the mistake has no value, anything may stand

    def answers(self, wrong: Formula | tuple[Formula, ...]) -> list[Callable[..., Any]]:
        """Each formula, right in the parts that it says nothing of."""
        return [self._answer(formula) for formula in several(wrong)]

    def _answer(self, formula: Formula) -> Callable[..., Any]:
        def answer(*given: Any) -> Any:
            result = formula(*given)
            if not isinstance(result, tuple) or all(part is not None for part in result):
                return result
            return tuple(e if p is None else p for p, e in zip(result, self.exact(*given), strict=True))

        return answer


def several(wrong: Formula | tuple[Formula, ...]) -> tuple[Formula, ...]:
    return wrong if isinstance(wrong, tuple) else (wrong,)


def not_int(seen: Observation) -> Case | None:
    """The first number that is no int."""
    return next((c for c in seen.cases if "int" not in c.readings[0].dtype), None)


def is_cut(case: Case) -> bool:
    """Whether what is wrong of it came in a type of whole numbers, or could not be made one of these."""
    if case.error is not None:
        return "Cannot cast ufunc" in case.error
    parts = zip(case.readings, case.agrees, strict=True)
    return case.readable and all("int" in r.dtype or bool(right.all()) for r, right in parts)


def cut_to_whole(seen: Observation) -> bool:
    """All is right but calls with whole numbers, and there results of whole numbers come back."""
    whole = [c for c in seen.of("whole").cases if not c.right]
    return seen.of("case").right and not seen.changed and bool(whole) and all(map(is_cut, whole))


def writes_into_arguments(seen: Observation) -> bool:
    return bool(seen.changed)


def in_a_row(cases: Sequence[Case]) -> tuple[np.ndarray, np.ndarray]:
    """All numbers of cases that gave some, and the right ones."""
    pairs = [(r.numbers, e) for c in cases for r, e in zip(c.readings, c.expected, strict=True)]
    yours = [np.ravel(y).astype(float) for y, _ in pairs if y is not None]
    return np.concatenate([np.zeros(0), *yours]), np.concatenate(
        [np.zeros(0), *(e.ravel() for _, e in pairs)]
    )


def ignores_arguments(seen: Observation) -> bool:
    """All calls give one and the same number, or the same array or arrays, where the right ones differ."""
    results = [c.result for c in seen.cases]
    if results[0] and _finite(results[0]) and all(r == results[0] for r in results):
        return len({str(c.expected) for c in seen.cases}) > 2
    readable = [c for c in seen.cases if c.readable]
    if len(readable) < 3 or any(c.error is not None for c in seen.cases):
        return False
    given, right = in_a_row(readable)
    return bool(np.isfinite(given).all()) and np.unique(given).size == 1 and np.unique(right).size > 2


def _finite(result: Mapping[str, Any]) -> bool:
    """Whether it is finite numbers as they were written down: others are texts there."""
    items = result.get("items", [result])
    return all(
        item["kind"] == "numbers" and not any(isinstance(v, str) for v in item["values"]) for item in items
    )


def rounds(seen: Observation) -> bool:
    """All numbers are the right ones, rounded to the same few decimals."""
    if seen.right or not all(c.readable for c in seen.cases):
        return False
    y, exact = in_a_row(seen.cases)
    return rounded(y, exact, range(9), gap=0.51)


def float_not_int(seen: Observation) -> bool:
    """The numbers are right, their type is not, and they are not in a list either."""
    floats = [c.type for c in seen.cases if "float" in c.readings[0].dtype]
    return seen.right and bool(floats) and not {"list", "tuple"} & set(floats)


IGNORES_ARGUMENTS = Mistake[Observation](
    "ignores-arguments",
    did="gives the same whatever it is called with",
    tempting="the example's own answer is at hand",
    shows="It gives the same, whatever it is called with.",
    hint="In which line do the function's own arguments come in?",
    fits=ignores_arguments,
)
ROUNDED = Mistake[Observation](
    "rounded",
    did="rounds its results",
    tempting="four digits look good enough",
    shows="Its numbers are the right ones, rounded.",
    hint="Where do digits get lost?",
    fits=rounds,
)
MUTATES_INPUT = Mistake[Observation](
    "mutates-input",
    did="writes into an array it was given",
    tempting="w *= … saves an array",
    shows="It writes into an array that it was given: whoever called it loses the old numbers.",
    hint="Could the result go into an array of its own?",
    fits=writes_into_arguments,
)
