"""The warm-up's network in doubles with one thing wrong at a time: what mistakes would compute.

No right answer is ever judged by these; they only put a name to wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Mistake, StandIns
from autograder.kinds.calls import Call, Observation, case
from autograder.kinds.several_arguments import Formula, cut_to_whole

Array = Any
"""An array of doubles: NumPy's arithmetic has no narrower type to a type checker."""


def sigma(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def sigma_slope(z: Array) -> Array:
    return sigma(z) * (1 - sigma(z))


def approximate(
    x: Array,
    w: Array,
    b: Array,
    v: Array,
    *,
    neuron: Callable[[Array], Array] = sigma,
    bias: bool = True,
    output_weight: bool = True,
) -> Array:
    """α at each x (n,), with one piece exchanged or left out."""
    z = np.multiply.outer(np.asarray(x), w) + (b if bias else 0.0)
    return neuron(z) @ (v if output_weight else np.ones_like(v))


def gradient(
    x: float,
    y: float,
    w: Array,
    b: Array,
    v: Array,
    *,
    factor: float = 2.0,
    bias: bool = True,
    error: bool = True,
    output_weight: bool = True,
    inner: bool = True,
    together: bool = True,
    neuron: Callable[[Array], Array] = sigma,
    slope: Callable[[Array], Array] = sigma_slope,
    output: Formula | None = None,
) -> tuple[Array, Array, Array]:
    """(dw, db, dv), with pieces of the chain rule exchanged or left out; ``output`` gives α for an array."""
    z = w * x + (b if bias else 0.0)
    alpha = neuron(z) @ v if together else neuron(z) * v
    if output is not None:
        alpha = float(np.ravel(output(np.array([x]), w, b, v))[0])
    upstream = factor * (alpha - y if error else 1.0)
    db = upstream * (v if output_weight else 1.0) * slope(z)
    return db * (x if inner else 1.0), db, upstream * neuron(z)


def bend(rng: np.random.Generator) -> dict[str, Any]:
    """Describes some smooth function of one number, between 0.1 and 0.5, to stand in for the sigmoid."""
    rate, shift = rng.uniform(0.4, 0.9), rng.uniform(-0.6, 0.6)
    return {"terms": [[0.3, "one", 1.0, 0.0], [0.2, "tanh", round(float(rate), 3), round(float(shift), 3)]]}


def gradients(stand_ins: StandIns) -> Iterator[Formula]:
    """(dw, db, dv) by the chain rule with stand-ins for what it builds on, or what they stand for.

    Whichever of them an answer calls, it may write others out: the sigmoid's slope as σ(1 − σ), α as a sum.
    """
    for neuron in (stand_ins.get("sigmoid", sigma), sigma):
        by_hand = [lambda z, s=s: s(z) * (1 - s(z)) for s in (neuron, sigma)]
        for slope in (stand_ins.get("sigmoid_slope", sigma_slope), *by_hand):
            sums: list[Formula] = [partial(approximate, neuron=n) for n in (neuron, sigma)]
            for alpha in [stand_ins.get("approximator", approximate), *sums]:
                yield partial(gradient, neuron=neuron, slope=slope, output=alpha)


def draw_weights(rng: np.random.Generator, neurons: int) -> dict[str, Any]:
    """Fresh w, b, v with two decimals, none of them near 0 or 1, where mistakes hide."""
    size = rng.uniform(0.2, 0.9, (3, neurons)) * rng.choice([-1.0, 1.0], (3, neurons))
    w, b, v = np.round(size * np.array([[1.5], [1.2], [2.0]]), 2)
    return {"w": w, "b": b, "v": v}


def draw_point(rng: np.random.Generator, weights: dict[str, Any]) -> dict[str, Any]:
    """A fresh x, and a y at some distance from α(x): the error must neither vanish nor be ½."""
    x = float(np.round(rng.uniform(1.2, 3.9) * rng.choice([-1.0, 1.0]), 2))
    alpha = float(reference.approximator(x, **weights))
    return {"x": x, "y": float(np.round(alpha + rng.uniform(0.8, 3.0) * rng.choice([-1.0, 1.0]), 2))}


POINTS: tuple[dict[str, Any], ...] = (
    {"x": 2.0, "y": 3.0, "w": [0.5], "b": [-1.5], "v": [3.0]},
    {"x": -1.5, "y": 2.0, "w": [0.5, -1.0], "b": [0.3, 0.7], "v": [2.0, -1.5]},
)
"""Two points that every answer is tried at: one neuron, two neurons."""


WHOLE = {"x": 2, "y": 2.25, "w": [0.5], "b": [-1], "v": [4]}
"""The lesson's own example: some of its arrays are of whole numbers."""


def point_cases(rng: np.random.Generator, **more: Callable[[], float]) -> list[Call]:
    """Calls at single points, ``more`` drawn for each: fixed ones, 1, 2, 3 and 10 neurons, whole numbers."""
    drawn = [draw_weights(rng, k) for k in (1, 2, 3, 10)]
    points = [*POINTS, *({**draw_point(rng, weights), **weights} for weights in drawn)]
    asked = [(f"case {i}", point) for i, point in enumerate(points)] + [("whole numbers", WHOLE)]
    return [case(name, 3, **point, **{n: draw() for n, draw in more.items()}) for name, point in asked]


def share_of_whole(seen: Observation, part: int) -> float:
    """Of a part that is right for decimals: half, where whole numbers among the arguments spoil it."""
    return 1.0 if seen.changed or seen.of("whole").right_in(part) else 0.5


def condition(x: float | np.ndarray, y: float = 0.0, **weights: np.ndarray) -> float:
    """How much larger roundings come out: α − y cancels, 1 − σ loses digits where σ is near 1."""
    z = np.multiply.outer(np.asarray(x), weights["w"]) + weights["b"]
    alpha = sigma(z) @ weights["v"]
    cancels = (np.abs(weights["v"]).sum() * (1 + np.abs(z).max()) + np.abs(y)) / np.abs(alpha - y)
    return float(np.max(cancels) * (1 + np.exp(np.abs(z).max())))


def other_number(seen: Observation) -> bool:
    """An array, or not three items, comes back; an array for three neurons looks like three results."""
    several = [c for c in seen.cases if len(c.arguments["w"]) != 3]
    return all(re.fullmatch(r"(tuple|list|ndarray) of \d+", c.type) for c in several)


WHOLE_NUMBERS = Mistake[Observation](
    "whole-numbers",
    did="keeps its results in arrays of whole numbers when the parameters are whole numbers",
    tempting="np.zeros_like(w), or a copy of w, has the right shape",
    shows="Only where w, b or v holds whole numbers it is wrong: the array that takes the result holds whole "
    "numbers only, too.",
    hint="Which type do the numbers have in the arrays that take your results?",
    fits=cut_to_whole,
)


def own_target(answer: Formula) -> Mistake[Observation]:
    """What ``answer`` computes, with the parabola of the unit for y."""
    return Mistake[Observation](
        "own-target",
        did="takes the parabola at x for y",
        tempting="in this unit y is always the parabola",
        shows="It takes (x − ½)² for y, whichever y is handed in.",
        hint="Where in your function does y come in?",
        wrong=lambda x, _y, *a: answer(x, (x - 0.5) ** 2, *a),
    )


OTHER_NUMBER = Mistake[Observation](
    "other-number-of-results",
    did="gives one array, or another number of results, where three were asked for",
    tempting="one of the three is the hardest, and the others look like it",
    shows="Three results were asked for; one array came back, or another number of results.",
    hint="Which three stand after the return, with commas between them?",
    fits=other_number,
)
