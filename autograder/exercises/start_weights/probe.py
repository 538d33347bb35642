"""What is tried in exercise ``start-weights``: 200 random starts, each trained outside student code."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Criterion, Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem, problem_of, read_result
from autograder.kinds.nine_numbers import flaws, weights_in
from autograder.kinds.training import Parameters, learns, parameters, rough_error

STARTS = 200

ASKED = 4
"""Of 200 starts, so many must lead to a network that divides.

With the start of ``facts`` one in six does: fewer than 4 of 200 then happens once in 10¹¹ draws, and not once
in 10⁶ where only one in nine does. Of Keras's default start none of a thousand does: 4 of 200 then happen
less than once in 10⁴ draws, were it one of a thousand.
"""

HOPELESS = 120
"""After so many starts without one success the others are not trained: where one in six succeeds that happens
once in 10⁹ draws, where one in nine does, not once in 10⁶.
"""

MOSTLY = 190
"""So many of 200 starts must differ from each other: two or three may meet by chance where digits are few."""

FINISHED = 1e-3
"""A start with a smaller error has been trained, or set by hand."""


WANTED = "(W1, b1, W2, b2)"


class Start(NamedTuple):
    """One start: the generator's seed, what came back, the nine numbers if there are nine, their error."""

    seed: int
    problem: Problem | None
    numbers: Parameters | None
    error: float


def probe(rng: np.random.Generator) -> Inputs:
    """200 generators, by seeds short enough to be typed again; fresh is their order alone.

    With fresh seeds, an answer of which one start in fifty succeeds would pass today and fail tomorrow. The
    same 200 draws give it the same verdict each time, and knowing them helps nobody: any start will do from
    which training succeeds.
    """
    seeds = rng.permutation(STARTS).tolist()
    calls = [
        {"id": f"start {i}", "results": 4, "arguments": [{"name": "rng", "generator": seed}]}
        for i, seed in enumerate(seeds)
    ]
    return {"calls": calls}


def starts(inputs: Inputs, evidence: Evidence) -> list[Start]:
    """Every start by seed. The evidence looked at last is remembered: a whole catalogue asks for it."""
    global _last
    if _last is None or _last[0] is not evidence:
        found = [_start(call, evidence["calls"][call["id"]]) for call in inputs["calls"]]
        _last = (evidence, sorted(found, key=lambda start: start.seed))
    return _last[1]


_last: tuple[Evidence, list[Start]] | None = None


def _start(wanted: dict[str, Any], record: dict[str, Any]) -> Start:
    seed = wanted["arguments"][0]["generator"]
    weights = weights_in(record["result"])
    if weights is not None:
        numbers = parameters(weights)
        return Start(seed, None, numbers, rough_error(numbers))
    if record["error"]:
        return Start(seed, Problem(_where(seed), problem_of(record["error"]), WANTED), None, float("nan"))
    flaw = flaws(record["result"])[0]
    unreadable = record["result"]["kind"] != "group" and read_result(record["result"], ()).problem
    where = f"{flaw.where}, {_where(seed)}" if flaw.where.startswith("for") else _where(seed)
    return Start(seed, flaw._replace(where=where, what=unreadable or flaw.what), None, float("nan"))


def different(found: list[Start]) -> list[Start]:
    """Those whose nine numbers differ from all before them, in their first three digits."""
    return list({tuple(f"{v:.2e}" for v in s.numbers): s for s in found if s.numbers is not None}.values())


def fresh(found: list[Start]) -> list[Start]:
    """Those that count: different, and not finished already."""
    return [s for s in different(found) if not s.error <= FINISHED]


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: the starts are random starts, and training succeeds from at least 4 of 200."""
    comparison = Comparison()
    found = starts(inputs, evidence)
    whole = all(s.numbers is not None for s in found)
    random = whole and len(different(found)) >= MOSTLY and len(fresh(found)) >= STARTS / 2
    succeeds = random and _enough(fresh(found))
    if not whole:
        comparison.problems = [s.problem for s in found if s.problem]
    elif not random:
        done = sum(s.error <= FINISHED for s in found) > STARTS / 2
        what = (
            "gives mostly starts that divide already" if done else "gives too few that differ from each other"
        )
        comparison.problems = [Problem(f"with {STARTS} generators", what, "random starts")]
        comparison.problems += _errors(found) if done else []
    elif not succeeds:
        what = f"leads to a network that divides fewer than {ASKED} times"
        comparison.problems = [Problem(f"trained from {STARTS} starts", what, f"{ASKED} times or more")]
    comparison.criteria = [
        Criterion("random starts", 1.0, float(random)),
        Criterion("training succeeds", 3.0, float(succeeds)),
    ]
    return comparison


def _enough(found: list[Start]) -> bool:
    """Whether training succeeds from four of them; the rest is not trained then."""
    successes = 0
    for tried, start in enumerate(found):
        if successes + len(found) - tried < ASKED or (tried == HOPELESS and not successes):
            return False
        successes += learns(start.numbers or ())
        if successes == ASKED:
            return True
    return False


def _where(seed: int) -> str:
    return f"for rng = np.random.default_rng({seed})"


def _errors(found: list[Start]) -> list[Problem]:
    return [
        Problem(_where(s.seed), f"starts with an error of {s.error:.2g}", f"> {FINISHED:g}")
        for s in found[:4]
    ]
