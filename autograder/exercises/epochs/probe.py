"""What is tried in exercise ``epochs``: EPOCHS from M·N_batch = N(1 − split)·EPOCHS."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np

from autograder.kinds.calls import Call, Case, Observation, case
from autograder.kinds.several_arguments import Formula, SeveralArguments, not_int, several

SPLITS = (0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 0.8)

FIXED = (
    (40_000, 1000, 1, 0.2),
    (1000, 100, 1, 0.0),
    (500, 200, 4, 0.0),
    (300, 400, 8, 0.25),
    (102, 680, 28, 0.3),
    (1392, 120, 2, 0.8),
    (60, 40, 32, 0.2),
)
TRAPS = ((15_000, 1000, 1, 0.7), (2700, 180, 1, 0.7))
"""Where the exact number is whole and its double a hair less, as the lesson shows."""


def exact(steps: int, points: int, batch_size: int, validation_split: float) -> Fraction:
    """The exact number, with the split as the decimal that it is written as."""
    return Fraction(steps * batch_size) / (points * (1 - Fraction(str(validation_split))))


def fair(steps: int, points: int, batch_size: int, validation_split: float) -> bool:
    """Whether the number is whole and every honest order of the same arithmetic truncates to it.

    Elsewhere cutting gives one too few, as in deck S for 15000 steps with a split of 0.7: see TRAPS.
    """
    s, n, k, q = steps, points, batch_size, validation_split
    wanted = exact(s, n, k, q)
    if wanted.denominator != 1:
        return False
    kept, order = n * (1 - q), (n - n * q)
    spellings = (
        s * k / kept,
        s * k / order,
        s * k // kept,
        s * k / n / (1 - q),
        s / kept * k,
        s / (kept / k),
    )
    return all(int(t) == wanted for t in spellings)


def calls(rng: np.random.Generator) -> list[Call]:
    """The deck's own numbers, then fresh ones that come out whole: with and without batches and a split.

    The double 0.3 is a little less than three tenths, which shows where it is calculated with exactly.
    """
    asked = list(FIXED)
    while len(asked) < 17:
        split, batch = float(rng.choice(SPLITS)), int(rng.integers(2, 33))
        points, wanted = int(rng.integers(2, 60)) * 20, int(rng.integers(3, 120))
        steps = wanted * points * (1 - Fraction(str(split))) / batch
        if steps.denominator == 1 and fair(int(steps), points, batch, split):
            asked.append((int(steps), points, batch, split))
    return [
        case(f"{form} {i}", steps=steps, points=points, batch_size=batch, validation_split=split)
        for form, some in (("case", asked), ("trap", TRAPS))
        for i, (steps, points, batch, split) in enumerate(some)
    ]


ROUNDINGS = (Fraction(0), Fraction(1, 10**12), Fraction(-1, 10**12))
"""How far 1 − split, or the number before it is cut, may be off in doubles: the order of operations decides
there what is cut, not the mistake."""


class Epochs(SeveralArguments):
    """A wrong formula takes the four arguments as fractions; answers give its number, whole or cut."""

    def computes(self, wrong: Formula | tuple[Formula, ...]) -> Callable[[Observation], bool]:
        def fits(seen: Observation) -> bool:
            zeros = all(c.numbers == 0 for c in seen.cases)  # whatever is left of a number when it is cut
            return not seen.right and not zeros and any(_everywhere(f, seen) for f in several(wrong))

        return fits

    def answers(self, wrong: Formula | tuple[Formula, ...]) -> list[Callable[..., Any]]:
        cut = [lambda *a, f=f: int(f(*a)) for f in several(wrong) if f(*FIXED[0]) > 1]
        return [*several(wrong), *cut]


def _everywhere(formula: Formula, seen: Observation) -> bool:
    return all(any(_is(float(c.numbers), _value(formula, off, c)) for off in ROUNDINGS) for c in seen.cases)


def _value(formula: Formula, off: Fraction, case: Case) -> Fraction | int | None:
    *counts, split = (Fraction(str(a)) for a in case.arguments.values())
    value: Fraction | int | None = None
    with suppress(ZeroDivisionError):
        value = formula(*counts, split + off if split else split)
    return value


def _is(y: float, value: Fraction | int | None) -> bool:
    """Whether y is that value, whole or cut; where the mistake has no value, anything may stand."""
    if value is None:
        return True
    if not isfinite(y):
        return False
    cut = {value} if isinstance(value, int) else {round(value), *(int(value * (1 + o)) for o in ROUNDINGS)}
    return abs(y - value) <= 1e-6 * float(abs(value)) or y in cut


def criteria(seen: Observation) -> dict[str, float]:
    """The number; the number where cutting gives one too few; and that it is an int."""
    number = seen.of("case").right
    return {
        "the number": number,
        "where its double is a hair less": number and seen.of("trap").right,
        "right, and an int": number and not_int(seen) is None,
    }


PROBE = Epochs(parts=("epochs",), exact=exact, calls=calls, whole=True, criteria=criteria)
