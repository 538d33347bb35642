"""An answer that takes a tensor and gives one, with its gradient: what is tried, observed and compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Comparison, Reading, problem_of, read_result
from autograder.kinds.elementwise import Branch
from autograder.kinds.tensor_answers import Answer, backward, chained, piecewise, with_gradient
from autograder.kinds.tensor_comparison import compare
from autograder.kinds.tensor_mistakes import Backward, Pieces, Slopes, Way, shows
from autograder.kinds.tensor_observation import FLOATS, GRADIENT, SMALL, VALUE, Call, Observation
from autograder.observers.encoding import array_of, decode
from autograder.reference import Number, number
from autograder.tolerance import tolerance

Wrong = Way | tuple[Way, ...]
"""A wrong way to compute, or several of which any will do."""


@dataclass(frozen=True)
class Tensors:
    """The data of such an exercise.

    ``formula`` and ``slope`` are the reference, ``conditions`` their condition numbers by x; ``values`` and
    ``slopes`` the same branch by branch, as an answer computes them. Branches meet at ``borders``, where the
    slope of either side is right; ``examples`` has one plain number from each. ``edge_points`` are tried with
    every answer, ``fresh_points`` draws others, both by dtype; ``ordinary`` tells those that are neither
    huge, tiny nor near a branch's pole. ``frameworks`` are the names of those whose tensors may be handed
    over; with ``own_gradient`` the answer is asked for a gradient of its own.
    """

    frameworks: tuple[str, ...]
    formula: Callable[[Number], Number]
    slope: Callable[[Number], Number]
    conditions: tuple[Callable[[np.ndarray], np.ndarray], Callable[[np.ndarray], np.ndarray]]
    values: Pieces
    slopes: Pieces
    borders: tuple[float, ...]
    examples: tuple[float, ...]
    edge_points: Callable[[str], Sequence[float]]
    fresh_points: Callable[[np.random.Generator, str], Sequence[float]]
    ordinary: Callable[[np.ndarray], np.ndarray]
    grid: tuple[float, ...]
    y_label: str
    own_gradient: bool = False
    observer: str = "tensors"

    @property
    def branches(self) -> tuple[Branch, ...]:
        return tuple(self.values)

    def draw(self, rng: np.random.Generator) -> Inputs:
        e = self.examples
        drawn = self.fresh_points(rng, FLOATS[0])
        fresh = [
            next(x for x in drawn if b.contains(x) and self.ordinary(np.array(x))) for b in self.branches
        ]
        calls = [_call(f"number {i}", "float32", np.array(x), rng) for i, x in enumerate([*e, *fresh])]
        for dtype in FLOATS:
            xs = [*self.edge_points(dtype), *self.fresh_points(rng, dtype)]
            calls.append(_call(dtype, dtype, rng.permutation(np.array(xs, dtype=dtype)), rng))
            calls.append({**calls[-1], "id": f"{dtype} compiled", "compiled": True})
        calls.append(_call("table", "float64", np.array([[*e, e[0]], [*e[::-1], e[-1]]]), rng))
        calls.append(_call("empty", "float32", np.zeros(0), rng))
        calls.append({**_call("twice", "float64", np.array([*e, 2.0, 15.5]), rng), "times": 2})
        calls.append(_call("picture", "float64", np.array(self.grid), None))
        asked = {"registered": FLOATS[0]} if self.own_gradient else {}
        return {"frameworks": list(self.frameworks), "calls": calls, **asked}

    def read(self, inputs: Inputs, evidence: Evidence) -> Observation:
        made = [wanted for wanted in inputs["calls"] if wanted["id"] in evidence["calls"]]
        calls = {wanted["id"]: self._read(wanted, evidence["calls"][wanted["id"]]) for wanted in made}
        return Observation(calls, evidence["framework"], evidence.get("registered"))

    def compare(self, seen: Observation) -> Comparison:
        return compare(seen, self.branches, self.examples, self.grid, self.y_label)

    def computes(self, wrong: Wrong) -> Callable[[Observation], bool]:
        """Whether an answer computes a wrong formula wherever it is wrong (in the branches that it is of)."""
        return lambda seen: any(shows(way, seen) for way in _ways(wrong))

    def answers(self, wrong: Wrong) -> list[Answer]:
        """An answer for each wrong formula; whatever else it computes is right."""
        return [self._answer(way) for way in _ways(wrong)]

    def _answer(self, way: Way) -> Answer:
        values, slopes = self.values, self.slopes
        if isinstance(way, Slopes):
            slopes = {**slopes, **way.pieces}
        elif not isinstance(way, Backward):
            values = dict.fromkeys(values, way) if callable(way) else {**values, **way}
        value, slope = (self._piecewise(pieces) for pieces in (values, slopes))
        if values is not self.values and not self.own_gradient:
            return value
        return with_gradient(value, backward(way.formula) if isinstance(way, Backward) else chained(slope))

    def _piecewise(self, pieces: Pieces) -> Answer:
        return piecewise(tuple(pieces.values()), self.borders, self.examples)

    def exact(self, output: int, x: np.ndarray, upstream: np.ndarray, times: int = 1) -> np.ndarray:
        """The formula's values, or its slopes times upstream."""
        pairs = [_exact(self.formula, self.slope, v, times)[output] for v in x.ravel().tolist()]
        found = np.array(pairs, dtype=float).reshape(x.shape)
        return found if output == VALUE else found * upstream

    def agree(
        self, output: int, given: np.ndarray, dtype: str, x: np.ndarray, upstream: np.ndarray, times: int = 1
    ) -> np.ndarray:
        """Where numbers are the formula's within the tolerance of the dtype; at a border, of either side."""
        condition = np.broadcast_to(self.conditions[output](x), x.shape)
        allowed = np.array([tolerance(dtype, c if np.isfinite(c) else 0.0) for c in condition.ravel()])
        at_border = np.isin(x, self.borders)
        sides = [x, *(np.where(at_border, np.nextafter(x, way), x) for way in (-np.inf, np.inf))]
        near = np.zeros(x.shape, dtype=bool)
        for side in sides[: 3 if output == GRADIENT and at_border.any() else 1]:
            expected = self.exact(output, side, upstream, times)
            with np.errstate(all="ignore"):
                error = np.abs(given - expected)
            least = SMALL[output] * float(np.finfo(dtype).tiny)
            near |= error <= np.maximum(allowed.reshape(x.shape) * np.abs(expected), least)
        return near

    def _read(self, wanted: dict[str, Any], record: dict[str, Any]) -> Call:
        x, upstream = decode(wanted["x"]), decode(wanted["upstream"])
        dtype, times = wanted["x"]["dtype"], wanted["times"]
        error, result = record["error"], record["result"] or {}
        if error is not None:
            readings = (Reading(None, "", problem_of(error)),) * 2
        elif result["kind"] != "group":
            readings = (read_result(result, x.shape),) * 2
        else:
            value, slope = (read_result(item, x.shape) for item in result["items"])
            if result["items"][GRADIENT]["kind"] == "none":
                slope = slope._replace(problem="has no gradient (None)")
            readings = (value, slope)

        def right(output: int) -> np.ndarray:
            given, its_dtype, *_ = readings[output]
            working = "float64" if dtype == its_dtype == "float64" else "float32"
            if given is None:
                return np.zeros(x.shape, dtype=bool)
            return self.agree(output, given, working, x, upstream, times)

        branches = [next(b for b in self.branches if b.contains(v)) for v in x.ravel().tolist()]
        return Call(
            wanted["id"],
            dtype,
            wanted["compiled"],
            times,
            x,
            upstream,
            part=np.array([b.name for b in branches], dtype=str).reshape(x.shape),
            ordinary=self.ordinary(x),
            readings=readings,
            exact=(self.exact(VALUE, x, upstream, times), self.exact(GRADIENT, x, upstream, times)),
            right=(right(VALUE), right(GRADIENT)),
            raised=f"{error['type']}: {error['message']}" if error else "",
            line=error["line"] if error else None,
            returned=result.get("type", ""),
            tensor=record["tensor"],
        )


def _ways(wrong: Wrong) -> tuple[Way, ...]:
    return wrong if isinstance(wrong, tuple) else (wrong,)


def _call(name: str, dtype: str, xs: np.ndarray, rng: np.random.Generator | None) -> dict[str, Any]:
    """A call for the observer; each upstream is some quarters, at some distance from 0, 1 and −1.

    So is the sum of them, and a float32 adds quarters without rounding.
    """
    upstream = np.ones(xs.shape)
    if rng is not None:
        upstream = np.round(4 * rng.uniform(1.3, 3, xs.shape)) / 4 * rng.choice([-1.0, 1.0], xs.shape)
        if xs.size > 1:
            first, *others = upstream.flat
            upstream.flat[0] = np.copysign(first, np.sum(others))
    x, u = ({**array_of(a.astype(dtype)), "dtype": dtype} for a in (xs, upstream))
    return {"id": name, "x": x, "upstream": u, "compiled": False, "times": 1}


@lru_cache(maxsize=20_000)
def _exact(
    formula: Callable[[Number], Number], slope: Callable[[Number], Number], x: float, times: int
) -> tuple[float, float]:
    """Value and slope of the formula applied ``times`` times."""
    value, product = number(x), number(1)
    for _ in range(times):
        product *= slope(value)
        value = formula(value)
    return float(value), float(product)
