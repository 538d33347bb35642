"""What is tried in exercise ``numeric-slope``: smooth functions that the answer has never seen."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.kinds.comparison import Reading, problem_of, read_result
from autograder.observers.arguments import build
from autograder.observers.encoding import array_of, decode
from autograder.reference import MP, Number, number

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

TEXTS = {"sin": "np.sin({})", "tanh": "np.tanh({})", "bump": "np.exp(-({})**2)", "cube": "({})**3"}

SINE: Terms = [[3.0, "sin", 1.0, 0.0]]
BUMP: Terms = [[1.0, "bump", 1.0, 0.0]]
HIGH: Terms = [[10.0, "one", 0.0, 0.0], [1.0, "sin", 1.0, 0.0]]
FIXED: tuple[Terms, ...] = (SINE, BUMP, [[1.0, "tanh", 1.0, 0.0]], [[0.3, "cube", 0.2, 0.0]], HIGH)

SOME = (0.5, 0.0, -0.5, -1.0, 1.0, 2.0, -3.0, 5.0, 0.525, 1.5708, -7.5, 9.9, 10.0, -10.0)
WHOLE = "whole numbers"
"""The call with an array of integers."""

MANY = tuple(round(8.5 + 0.0041 * i, 4) for i in range(300))
"""Where x and f are large beside a small step, so that its roundings show: they decide, not drawn points."""


class Seen(NamedTuple):
    """One call: its function and x, what came back, the slopes, and where both agree."""

    name: str
    terms: Terms
    x: np.ndarray
    reading: Reading
    expected: np.ndarray
    right: np.ndarray
    changed: list[str]

    @property
    def f(self) -> np.ndarray:
        return at(self.terms, self.x)


def probe(rng: np.random.Generator) -> Inputs:
    """Fixed functions at fixed points, then drawn ones: gentler, so that none of them decides alone."""
    calls = [_call("number", SINE, 0.5), _call("another number", BUMP, -1.0)]
    for i, terms in enumerate(FIXED):
        calls.append(_call(f"fixed {i}", terms, np.array([*SOME, *(MANY if terms is HIGH else ())])))
    for i in range(3):
        x = np.round(rng.uniform(-7.9, 7.9, 12), 3)
        calls.append(_call(f"drawn {i}", draw(rng), x))
    # Gentler than the fixed numbers and table below, by f and its slopes: those decide, not what is drawn.
    for name, shape in (("drawn number", ()), ("drawn table", (2, 3))):
        size, rate, shift = (
            round(float(rng.uniform(*ends)), 2) for ends in ((0.3, 0.5), (0.5, 0.9), (-2, 2))
        )
        x = np.round(rng.uniform(0.5, 1, shape), 2)
        calls.append(_call(name, [[size, "sin", rate, shift]], x if shape else float(x)))
    calls.append(_call("table", BUMP, np.array([[0.5, -1.0, 2.0], [1.0, -0.5, 0.25]])))
    calls.append(_call(WHOLE, SINE, np.array([-2, 0, 1, 3])))
    return {"calls": calls}


def draw(rng: np.random.Generator) -> Terms:
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


def _call(name: str, terms: Terms, x: Any) -> dict[str, Any]:
    given = {"number": x} if isinstance(x, float) else {"array": array_of(x)}
    arguments = [{"name": "x", **given}, {"name": "function", "function": {"terms": terms}}]
    return {"id": name, "arguments": arguments[::-1]}


def seen(inputs: Inputs, evidence: Evidence) -> list[Seen]:
    """Every call, compared. What was looked at last is remembered: a whole catalogue asks for it."""
    global _last
    if _last is None or _last[0] is not evidence:
        _last = (evidence, [_seen(c, evidence["calls"][c["id"]]) for c in inputs["calls"]])
    return _last[1]


_last: tuple[Evidence, list[Seen]] | None = None


def _seen(wanted: dict[str, Any], record: dict[str, Any]) -> Seen:
    function, given = wanted["arguments"]
    terms = function["function"]["terms"]
    x = decode(given["array"]) if "array" in given else np.array(given["number"])
    if record["error"] is not None:
        reading = Reading(None, "", problem_of(record["error"]))
    else:
        reading = read_result(record["result"], x.shape)
    expected = slopes(terms, x)
    right = np.zeros(x.shape, dtype=bool)
    if reading.numbers is not None:
        with np.errstate(all="ignore"):
            right = np.abs(reading.numbers - expected) <= TOLERANCE * np.maximum(1, np.abs(expected))
    return Seen(wanted["id"], terms, x, reading, expected, right, record["changed"])


def slopes(terms: Terms, x: np.ndarray) -> np.ndarray:
    """f'(x), in 50 digits, rounded once."""
    return np.array([float(slope(terms, number(v))) for v in x.ravel().tolist()]).reshape(x.shape)


def slope(terms: Terms, x: Number) -> Number:
    """Σ a·r·g'(r·x + s)."""
    return MP.fsum(number(a) * number(r) * SLOPES[g](number(r) * x + number(s)) for a, g, r, s in terms)


def at(terms: Terms, x: np.ndarray) -> np.ndarray:
    """f(x) in doubles, as the answer itself gets it."""
    return np.asarray(build({"function": {"terms": terms}})(x), dtype=float)


def written(terms: Terms) -> str:
    """The function as a student would write it."""
    parts = []
    for a, shape, r, s in terms:
        inner = ("x" if r == 1 else f"{r} * x") + (f" + {s}" if s > 0 else f" - {-s}" if s < 0 else "")
        factor = TEXTS[shape].format(inner) if shape in TEXTS else ""
        parts.append(f"{a} * {factor}" if factor else str(a))
    return f"lambda x: {' + '.join(parts)}"
