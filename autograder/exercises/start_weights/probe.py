"""What is tried in exercise ``start-weights``: 200 random starts, each trained outside student code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Problem, problem_of
from autograder.kinds.nine_numbers import PARTS, flaws, weights_in
from autograder.kinds.training import activation, learns, parameters, rough_error
from autograder.verdict import Criterion

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

TOGETHER = 40
"""Starts that are trained side by side."""

MOSTLY = 190
"""So many of 200 starts must differ from each other, as the lesson says: a few may meet by chance."""

FINISHED = 1e-3
"""A start with a smaller error has been trained, or set by hand."""

WANTED = "(W1, b1, W2, b2)"


class Starts(NamedTuple):
    """Many starts: W1 (n, 2, 2), b1 (n, 2), W2 (n, 2), b2 (n,)."""

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray

    @classmethod
    def of(cls, numbers: np.ndarray) -> Starts:
        return cls(numbers[:, :4].reshape(-1, 2, 2), numbers[:, 4:6], numbers[:, 6:8], numbers[:, 8])

    def output(self, a: float, b: float) -> np.ndarray:
        """What the output neuron receives for that pair, (n,)."""
        return np.asarray(np.sum(activation(self.hidden(a, b)) * self.W2, axis=1) + self.b2)

    def hidden(self, a: float, b: float) -> np.ndarray:
        """What the hidden neurons receive for that pair, (n, 2)."""
        return np.asarray(np.array([a, b]) @ self.W1 + self.b1)


@dataclass(frozen=True)
class Observation:
    """By seed, from the smallest on: nine numbers of each start that has them, (n, 9); what others have."""

    seeds: list[int]
    numbers: np.ndarray
    problems: list[Problem]

    @property
    def flaws(self) -> list[Problem]:
        """What is wrong with the form of the starts, where all have something wrong and none raises."""
        raises = any(p.what.startswith("raises") for p in self.problems)
        return [] if self.seeds or raises else self.problems

    @cached_property
    def errors(self) -> np.ndarray:
        return rough_error(self.numbers)

    @property
    def finished(self) -> bool:
        """Whether most starts divide already."""
        return bool(np.sum(self.errors <= FINISHED) > STARTS / 2)

    @cached_property
    def different(self) -> list[int]:
        """Those whose nine numbers differ from all others, in their first six digits."""
        return list(
            {tuple(f"{v:.5e}" for v in row): i for i, row in enumerate(self.numbers.tolist())}.values()
        )

    @cached_property
    def fresh(self) -> np.ndarray:
        """The numbers of those that count: different, and not finished already."""
        return self.numbers[[i for i in self.different if not self.errors[i] <= FINISHED]]

    @property
    def enough(self) -> bool:
        """Whether there is a nine-number start for each seed, and half of them count."""
        return not self.problems and len(self.fresh) >= STARTS / 2


def mostly(condition: Callable[[Starts], Any]) -> Callable[[Observation], bool]:
    """Fits where the starts are random ones and ``condition`` holds for more than half of them."""
    return lambda seen: seen.enough and bool(np.mean(condition(Starts.of(seen.numbers))) > 0.5)


class RandomStarts:
    """A function of a generator that gives nine numbers. A wrong one is a change that such starts bear as
    they are: ``lambda k: k._replace(W2=0 * k.W2)``.
    """

    observer: ClassVar[str] = "function"

    def draw(self, rng: np.random.Generator) -> Inputs:
        """200 generators, by seeds short enough to be typed again; fresh is their order alone.

        With fresh seeds, an answer of which one start in fifty succeeds would pass today and fail tomorrow.
        The same 200 draws give it the same verdict each time, and knowing them helps nobody: any start will
        do from which training succeeds.
        """
        seeds = rng.permutation(STARTS).tolist()
        calls = [
            {"id": f"start {i}", "results": 4, "arguments": [{"name": "rng", "generator": seed}]}
            for i, seed in enumerate(seeds)
        ]
        return {"calls": calls}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        by_seed = {c["arguments"][0]["generator"]: evidence["calls"][c["id"]] for c in inputs["calls"]}
        found = {seed: weights_in(by_seed[seed]["result"]) for seed in sorted(by_seed)}
        numbers = [parameters(weights) for weights in found.values() if weights]
        problems = [_problem(seed, by_seed[seed]) for seed, weights in found.items() if not weights]
        return Observation([s for s in found if found[s]], np.array(numbers).reshape(-1, 9), problems)

    def compare(self, seen: Observation) -> Comparison:
        """Two criteria: the starts are random starts, and training succeeds from at least 4 of 200."""
        comparison = Comparison(problems=seen.problems)
        random = seen.enough and len(seen.different) >= MOSTLY
        succeeds = random and _succeeds(seen.fresh)
        if not seen.problems and not succeeds:
            where, what, wanted = f"with {STARTS} generators", "gives mostly starts that divide already", ""
            if random:
                where = f"trained from {STARTS} starts"
                what = f"leads to a network that divides fewer than {ASKED} times"
                wanted = f"{ASKED} times or more"
            elif not seen.finished:
                n = len(seen.different)
                what = f"gives {n} different starts" if n > 1 else "gives one start again and again"
                wanted = f"{MOSTLY} or more"
            comparison.problems = [Problem(where, what, wanted or "random starts")]
            if not random and seen.finished:
                comparison.problems += [
                    Problem(_where(seed), f"starts with an error of {error:.2g}", f"> {FINISHED:g}")
                    for seed, error in zip(seen.seeds[:4], seen.errors[:4], strict=True)
                ]
        comparison.criteria = [
            Criterion("random starts", 1.0, float(random)),
            Criterion("training succeeds", 3.0, float(succeeds)),
        ]
        return comparison

    def computes(self, wrong: Callable[[Starts], Starts]) -> Callable[[Observation], bool]:
        """Whether most starts are as the change leaves them."""
        return mostly(
            lambda k: np.all([_same(one, other) for one, other in zip(wrong(k), k, strict=True)], axis=0)
        )

    def answers(self, wrong: Callable[[Starts], Starts]) -> list[Callable[[np.random.Generator], Any]]:
        """A good start, changed."""

        def answer(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
            W1, b1, W2, b2 = wrong(Starts.of(_good(rng)[np.newaxis]))
            return W1[0], b1[0], W2.T, b2

        return [answer]


PROBE = RandomStarts()


def _good(rng: np.random.Generator) -> np.ndarray:
    W1 = np.diag(rng.uniform(0.01, 0.1, 2))
    return np.array([*W1.ravel(), 0, 0, *(rng.uniform(15, 45, 2) * [1, -1]), rng.uniform(-5, -3)])


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Of each start, whether all its numbers are the same."""
    return np.asarray(np.all((one == other).reshape(len(one), -1), axis=1))


def _succeeds(starts: np.ndarray) -> bool:
    """Whether training succeeds from four of them; the rest is not trained then."""
    successes = 0
    for tried in range(0, len(starts), TOGETHER):
        if successes + len(starts) - tried < ASKED or (tried >= HOPELESS and not successes):
            return False
        successes += int(np.count_nonzero(learns(starts[tried : tried + TOGETHER])))
        if successes >= ASKED:
            return True
    return False


def _problem(seed: int, record: dict[str, Any]) -> Problem:
    """What a call gave in place of nine numbers."""
    if record["error"]:
        return Problem(_where(seed), problem_of(record["error"]), WANTED)
    flaw = flaws(record["result"])[0]
    if flaw.where != PARTS:
        return flaw._replace(where=f"{flaw.where}, {_where(seed)}")
    what = "gives nothing back (None)" if record["result"]["kind"] == "none" else flaw.what
    what = what.replace("has ", "gives ").replace("is of", "gives something of")
    return flaw._replace(where=_where(seed), what=what)


def _where(seed: int) -> str:
    return f"for rng = np.random.default_rng({seed})"
