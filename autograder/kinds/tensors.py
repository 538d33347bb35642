"""Probes an answer that takes a tensor and gives a tensor, and compares its values and its gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Reading, problem_of, read_result
from autograder.kinds.elementwise import Branch
from autograder.observers.encoding import array_of, decode
from autograder.reference import Number, number
from autograder.tolerance import tolerance

VALUE, GRADIENT = 0, 1
FLOATS = ("float32", "float64")
SMALL = (3000, 4e8)
"""So many smallest normal numbers count as 0, of values and of gradients: where 501379254 / (4596191 · u²) is
below 501379254 / 4 of them, as the deck writes it, its denominator overflows; upstream is 3 at most."""


class Seen(NamedTuple):
    """One call: its x and upstream; value and gradient as read, and where they are right."""

    wanted: dict[str, Any]
    x: np.ndarray
    upstream: np.ndarray
    readings: tuple[Reading, Reading]
    right: tuple[np.ndarray, np.ndarray]

    @property
    def dtype(self) -> str:
        return self.wanted["x"]["dtype"]


class Points(NamedTuple):
    """The points of all plain calls in a row; NaN where the answer gave no number."""

    x: np.ndarray
    upstream: np.ndarray
    total: np.ndarray
    mean: np.ndarray
    single: np.ndarray
    part: np.ndarray
    given: tuple[np.ndarray, np.ndarray]
    right: tuple[np.ndarray, np.ndarray]
    called: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Tensors:
    """The data of such an exercise.

    ``formula`` and ``slope`` are the reference, ``conditions`` their condition numbers by x. At ``borders``
    the slope of either side is right. ``nice`` gives fixed points, ``draw`` fresh ones, both by dtype;
    ``ordinary`` tells those that are neither huge, tiny nor near a branch's pole. ``frameworks`` are the
    names of those whose tensors may be handed over.
    """

    answer: str
    frameworks: tuple[str, ...]
    formula: Callable[[Number], Number]
    slope: Callable[[Number], Number]
    conditions: tuple[Callable[[np.ndarray], np.ndarray], Callable[[np.ndarray], np.ndarray]]
    borders: tuple[float, ...]
    branches: tuple[Branch, ...]
    examples: tuple[float, ...]
    nice: Callable[[str], Sequence[float]]
    draw: Callable[[np.random.Generator, str], Sequence[float]]
    ordinary: Callable[[np.ndarray], np.ndarray]
    grid: tuple[float, ...]
    own_gradient: bool = False  # whether the answer is asked for a gradient of its own

    def probe(self, rng: np.random.Generator) -> Inputs:
        e = self.examples
        drawn = self.draw(rng, FLOATS[0])
        fresh = [
            next(x for x in drawn if b.contains(x) and self.ordinary(np.array(x))) for b in self.branches
        ]
        calls = [_call(f"number {i}", "float32", np.array(x), rng) for i, x in enumerate([*e, *fresh])]
        for dtype in FLOATS:
            points = rng.permutation(np.array([*self.nice(dtype), *self.draw(rng, dtype)], dtype=dtype))
            calls.append(_call(dtype, dtype, points, rng))
            calls.append({**calls[-1], "id": f"{dtype} compiled", "compiled": True})
        calls.append(_call("table", "float64", np.array([[*e, e[0]], [*e[::-1], e[-1]]]), rng))
        calls.append(_call("empty", "float32", np.zeros(0), rng))
        calls.append({**_call("twice", "float64", np.array([*e, 2.0, 15.5]), rng), "times": 2})
        calls.append(_call("picture", "float64", np.array(self.grid), None))
        asked = {"registered": FLOATS[0]} if self.own_gradient else {}
        return {"frameworks": list(self.frameworks), "calls": calls, **asked}

    def branch_of(self, x: float) -> Branch:
        return next(b for b in self.branches if b.contains(x))

    def seen(self, inputs: Inputs, evidence: Evidence) -> dict[str, Seen]:
        """Every call by id. What was looked at last is remembered: a whole catalogue asks for it."""
        global _last
        if _last is None or _last[0] is not evidence or _last[1] is not self:
            made = [c for c in inputs["calls"] if c["id"] in evidence["calls"]]
            seen = {c["id"]: self._seen(c, evidence["calls"][c["id"]]) for c in made}
            _last = (evidence, self, seen, self._points(list(seen.values())))
        return _last[2]

    def points(self, inputs: Inputs, evidence: Evidence) -> Points:
        """The points of all calls that apply the answer once."""
        self.seen(inputs, evidence)
        assert _last is not None
        return _last[3]

    def _points(self, everything: Sequence[Seen]) -> Points:
        once = [s for s in everything if s.wanted["times"] == 1]

        def row(of: Callable[[Seen], Any]) -> np.ndarray:
            return np.concatenate([np.broadcast_to(of(s), s.x.shape).ravel() for s in once])

        def both(of: Callable[[Seen, int], Any]) -> tuple[np.ndarray, np.ndarray]:
            return row(lambda s: of(s, VALUE)), row(lambda s: of(s, GRADIENT))

        x = row(lambda s: s.x)
        return Points(
            x,
            row(lambda s: s.upstream),
            row(lambda s: s.upstream.sum()),
            row(lambda s: s.upstream.mean() if s.x.size else 0.0),
            row(lambda s: s.dtype == "float32"),
            np.array([self.branch_of(v).name for v in x.tolist()]),
            both(lambda s, kind: np.nan if s.readings[kind].numbers is None else s.readings[kind].numbers),
            both(lambda s, kind: s.right[kind]),
            both(lambda s, kind: s.readings[kind].numbers is not None),
        )

    def _seen(self, wanted: dict[str, Any], record: dict[str, Any]) -> Seen:
        x, upstream = decode(wanted["x"]), decode(wanted["upstream"])
        if record["error"] is not None:
            readings = (Reading(None, "", problem_of(record["error"])),) * 2
        elif record["result"]["kind"] != "group":
            readings = (read_result(record["result"], x.shape),) * 2
        else:
            value, slope = (read_result(item, x.shape) for item in record["result"]["items"])
            if record["result"]["items"][GRADIENT]["kind"] == "none":
                slope = slope._replace(problem="has no gradient (None)")
            readings = (value, slope)
        right = [self._agree(kind, r, wanted, x, upstream) for kind, r in enumerate(readings)]
        return Seen(wanted, x, upstream, readings, (right[VALUE], right[GRADIENT]))

    def exact(self, kind: int, x: np.ndarray, upstream: np.ndarray, times: int = 1) -> np.ndarray:
        """The formula's values, or its slopes times upstream."""
        pairs = [_exact(self.formula, self.slope, v, times)[kind] for v in x.ravel().tolist()]
        found = np.array(pairs, dtype=float).reshape(x.shape)
        return found if kind == VALUE else found * upstream

    def _agree(
        self, kind: int, reading: Reading, wanted: dict[str, Any], x: np.ndarray, upstream: np.ndarray
    ) -> np.ndarray:
        near = np.zeros(x.shape, dtype=bool)
        if reading.numbers is None:
            return near
        dtype = "float64" if wanted["x"]["dtype"] == reading.dtype == "float64" else "float32"
        condition = np.broadcast_to(self.conditions[kind](x), x.shape)
        allowed = np.array([tolerance(dtype, c if np.isfinite(c) else 0.0) for c in condition.ravel()])
        allowed = allowed.reshape(x.shape)
        at_border = np.isin(x, self.borders)
        sides = [x, *(np.where(at_border, np.nextafter(x, way), x) for way in (-np.inf, np.inf))]
        for side in sides[: 3 if kind == GRADIENT and at_border.any() else 1]:
            expected = self.exact(kind, side, upstream, wanted["times"])
            with np.errstate(all="ignore"):
                error = np.abs(reading.numbers - expected)
            near |= error <= np.maximum(allowed * np.abs(expected), SMALL[kind] * float(np.finfo(dtype).tiny))
        return near


_last: tuple[Evidence, Tensors, dict[str, Seen], Points] | None = None


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
