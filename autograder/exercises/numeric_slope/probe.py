"""What is tried in exercise ``numeric-slope``: smooth functions that the answer has never seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.kinds.calls import Arguments, Call, Case, Observation, case, written
from autograder.kinds.comparison import Comparison, Entry, Problem, Reading, show, unread
from autograder.kinds.several_arguments import Formula, SeveralArguments, several
from autograder.reference import MP, Number, number
from autograder.verdict import Criterion

Terms = list[list[Any]]

TOLERANCE = 1e-6
"""Of max(1, |f'|): the exercise's own bound."""

SLOPES = {
    "sin": MP.cos,
    "tanh": lambda z: 1 / MP.cosh(z) ** 2,
    "bump": lambda z: -2 * z * MP.exp(-(z**2)),
    "cube": lambda z: 3 * z**2,
    "one": lambda z: 0 * z,
}

SINE: Terms = [[3.0, "sin", 1.0, 0.0]]
BUMP: Terms = [[1.0, "bump", 1.0, 0.0]]
HIGH: Terms = [[10.0, "one", 0.0, 0.0], [1.0, "sin", 1.0, 0.0]]
FIXED: tuple[Terms, ...] = (SINE, BUMP, [[1.0, "tanh", 1.0, 0.0]], [[0.3, "cube", 0.2, 0.0]], HIGH)

SOME = (0.5, 0.0, -0.5, -1.0, 1.0, 2.0, -3.0, 5.0, 0.525, 1.5708, -7.5, 9.9, 10.0, -10.0)
WHOLE = "whole numbers"
"""The call with an array of integers."""

MANY = tuple(round(8.5 + 0.0041 * i, 4) for i in range(300))
"""Where x and f are large beside a small step, so that its roundings show: they decide, not drawn points."""


def calls(rng: np.random.Generator) -> list[Call]:
    """Fixed functions at fixed points, then drawn ones: gentler, so that none of them decides alone."""
    found = [_call("number", SINE, 0.5), _call("another number", BUMP, -1.0)]
    for i, terms in enumerate(FIXED):
        found.append(_call(f"fixed {i}", terms, np.array([*SOME, *(MANY if terms is HIGH else ())])))
    for i in range(3):
        x = np.round(rng.uniform(-7.9, 7.9, 12), 3)
        found.append(_call(f"drawn {i}", drawn(rng), x))
    # Gentler than the fixed numbers and table below, by f and its slopes: those decide, not what is drawn.
    for name, shape in (("drawn number", ()), ("drawn table", (2, 3))):
        size, rate, shift = (
            round(float(rng.uniform(*ends)), 2) for ends in ((0.3, 0.5), (0.5, 0.9), (-2, 2))
        )
        x = np.round(rng.uniform(0.5, 1, shape), 2)
        found.append(_call(name, [[size, "sin", rate, shift]], x if shape else float(x)))
    found.append(_call("table", BUMP, np.array([[0.5, -1.0, 2.0], [1.0, -0.5, 0.25]])))
    found.append(_call(WHOLE, SINE, np.array([-2, 0, 1, 3])))
    return found


def drawn(rng: np.random.Generator) -> Terms:
    """A sum of a sine, a bump, a step and a cube, of scale 1; |f''| < 3 and |f'''| < 4.5."""
    size = rng.uniform(0.3, 0.6, 4) * rng.choice([-1.0, 1.0], 4)
    rate, shift = rng.uniform(0.5, 1.0, 4), rng.uniform(-2, 2, 4)
    kinds = ("sin", "bump", "tanh", "cube")
    rate[3] = 0.2
    shift[3] /= 10
    return [
        [round(float(a), 2), kind, round(float(r), 2), round(float(s), 2)]
        for a, kind, r, s in zip(size, kinds, rate, shift, strict=True)
    ]


def _call(name: str, terms: Terms, x: Any) -> Call:
    return case(name, function={"terms": terms}, x=x)


def exact(function: dict[str, Terms], x: np.ndarray | float) -> np.ndarray:
    """f'(x), in 50 digits, rounded once."""
    terms = function["terms"]
    return np.array([float(slope(terms, number(v))) for v in np.ravel(x).tolist()]).reshape(np.shape(x))


def slope(terms: Terms, x: Number) -> Number:
    """Σ a·r·g'(r·x + s)."""
    return MP.fsum(number(a) * number(r) * SLOPES[g](number(r) * x + number(s)) for a, g, r, s in terms)


def answered(seen: Observation) -> list[Case]:
    """The calls that gave numbers, but for the drawn ones: a name must not depend on what was drawn."""
    return [c for c in seen.cases if c.readable and c.form != "drawn"]


class MeasuredSlopes(SeveralArguments):
    """Each x of each call is a case of its own in what is shown."""

    def agree(self, reading: Reading, expected: np.ndarray, arguments: Arguments) -> np.ndarray:
        if reading.numbers is None:
            return super().agree(reading, expected, arguments)
        with np.errstate(all="ignore"):
            near = np.abs(reading.numbers - expected) <= TOLERANCE * np.maximum(1, np.abs(expected))
        return np.asarray(near)

    def compare(self, seen: Observation) -> Comparison:
        """One criterion each for plain numbers, for arrays, and for whole numbers and tables."""
        comparison = Comparison(truth="the slope is")
        right = {0: True, 1: True, 2: True}
        for priority, c in enumerate(seen.cases):
            comparison.entries += self.entries(c, priority)
            if not c.readable:
                comparison.problems.append(unread(f"for {_shown(c)}", c.readings[0], "slopes"))
            right[2 if c.name == WHOLE else np.ndim(c.arguments["x"])] &= c.right
        if seen.changed:
            problem = Problem("called with an array", "writes into that array", "no change")
            comparison.problems.append(problem)
        half = 0.5 if seen.changed else 1.0
        comparison.criteria = [
            Criterion("plain numbers", 1.0, float(right[0])),
            Criterion("arrays", 2.0, half * right[1]),
            Criterion("tables and whole numbers", 1.0, half * right[2]),
        ]
        return comparison

    def entries(self, case: Case, priority: int) -> list[Entry]:
        if not case.readable:
            return []
        found, call = [], written({"function": case.arguments["function"]})
        for index, x in np.ndenumerate(case.arguments["x"]):
            point = f"x = {int(x)} (a whole number)" if case.name == WHOLE else f"x = {float(x)!r}"
            y, wanted, right = (float(a[index]) for a in (case.numbers, case.expected[0], case.agrees[0]))
            shown = show(y, case.readings[0].dtype)
            found.append(Entry(case.name, point, shown, y, wanted, bool(right), tier=priority, call=call))
        return found

    def computes(self, wrong: Formula | tuple[Formula, ...]) -> Callable[[Observation], bool]:
        """Whether, in every call that went wrong, the answer gives what one of these gives."""

        def fits(seen: Observation) -> bool:
            bad = [c for c in answered(seen) if not c.right]
            return bool(bad) and any(all(_gives(c, f) for c in bad) for f in several(wrong))

        return fits


def _gives(case: Case, formula: Formula) -> bool:
    with np.errstate(all="ignore"):
        wanted = formula(*case.given.values())
        near = np.abs(case.numbers - wanted) <= 1e-6 * np.maximum(1e-3, np.abs(wanted))
    return bool(np.all(near))


def _shown(case: Case) -> str:
    x = case.arguments["x"]
    if case.name == WHOLE:
        return f"x = np.array({[int(v) for v in x]})"
    return f"x = {np.asarray(x).tolist()!r}" if np.size(x) < 8 else "an array of many x"


PROBE = MeasuredSlopes(parts=("slope",), exact=exact, calls=calls)
