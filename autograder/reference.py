"""The formulas of both decks in 50-digit arithmetic: what every answer is compared with.

Scalar functions take and give 50-digit numbers (anything ``number`` understands goes in); ``floats`` applies
one to many points and rounds once, to the nearest double. Nothing here shares a line with what students
or ``divnet`` compute, so an error there cannot bless itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from mpmath.ctx_mp import MPContext

MP = MPContext()
MP.dps = 50

Number = Any
"""A 50-digit number (mpmath gives its numbers no public type)."""

Vector = Sequence[Any] | np.ndarray


def number(value: Any) -> Number:
    """``value`` as a 50-digit number: a float exactly as it is, a string as the decimal it spells."""
    return (
        value if isinstance(value, MP.mpf) else MP.mpf(int(value) if isinstance(value, np.integer) else value)
    )


def floats(formula: Callable[[Number], Number], xs: Iterable[float]) -> np.ndarray:
    """``formula`` at each of ``xs``, rounded once to the nearest double; shape (n,)."""
    return np.array([float(formula(number(float(x)))) for x in xs], dtype=float)


# Deck D, the activation; its constants as printed.
EXP_FACTOR = number("1.359140915")
LOG_SCALE = number("1000000")
LOG_FACTOR = number("0.03")
LOG_OFFSET = number("0.5")
TAIL_SCALE = number("109.0858178")
TAIL_SHIFT = number("1403.359435")
BORDER = number(15)

# What the deck rounded: e/2, and the two fractions that its custom gradient spells out.
EXACT_EXP_FACTOR = MP.e / 2
EXACT_TAIL_SCALE = number(501379254) / 4596191
EXACT_TAIL_SHIFT = number(280671887) / 200000


def activation(x: Number) -> Number:
    """Deck D: ½eˣ up to 0, 0.03·ln(10⁶x + 1) + 0.5 up to 15, 1 − 1/(109.0858178x − 1403.359435) on."""
    x = number(x)
    if x <= 0:
        return EXP_FACTOR * MP.exp(x - 1)
    if x <= BORDER:
        return LOG_FACTOR * MP.log(LOG_SCALE * x + 1) + LOG_OFFSET
    return 1 - 1 / (TAIL_SCALE * x - TAIL_SHIFT)


def activation_slope(x: Number) -> Number:
    """Its slope: ½eˣ, 30000/(10⁶x + 1), 109.0858178/(109.0858178x − 1403.359435)²."""
    x = number(x)
    if x <= 0:
        return EXP_FACTOR * MP.exp(x - 1)
    if x <= BORDER:
        return LOG_FACTOR * LOG_SCALE / (LOG_SCALE * x + 1)
    return TAIL_SCALE / (TAIL_SCALE * x - TAIL_SHIFT) ** 2


def sigmoid(x: Number) -> Number:
    """σ(x) = 1/(1 + e⁻ˣ)."""
    return 1 / (1 + MP.exp(-number(x)))


def sigmoid_slope(x: Number) -> Number:
    """σ'(x) = σ(x)·(1 − σ(x)) = e⁻ˣ/(1 + e⁻ˣ)²."""
    e = MP.exp(-abs(number(x)))  # σ' is even; this way nothing cancels
    return e / (1 + e) ** 2


def approximator(x: Number, w: Vector, b: Vector, v: Vector) -> Number:
    """Deck S: α(x) = Σₖ vₖ·σ(wₖx + bₖ) at one point; w, b, v of length K."""
    x = number(x)
    return MP.fsum(
        number(vk) * sigmoid(number(wk) * x + number(bk)) for wk, bk, vk in zip(w, b, v, strict=True)
    )


class Gradient(NamedTuple):
    """The loss's slopes by w, b and v, each of length K."""

    dw: list[Number]
    db: list[Number]
    dv: list[Number]


def loss_gradient(x: Number, y: Number, w: Vector, b: Vector, v: Vector) -> Gradient:
    """Deck S: ∇(α(x) − y)²: dv = 2(α − y)·σ(wx + b), db = 2(α − y)·v·σ'(wx + b), dw = db·x."""
    x = number(x)
    upstream = 2 * (approximator(x, w, b, v) - number(y))
    inside = [number(wk) * x + number(bk) for wk, bk in zip(w, b, strict=True)]
    dv = [upstream * sigmoid(z) for z in inside]
    db = [upstream * number(vk) * sigmoid_slope(z) for vk, z in zip(v, inside, strict=True)]
    return Gradient([d * x for d in db], db, dv)


def sgd_step(
    x: Number, y: Number, w: Vector, b: Vector, v: Vector, learning_rate: Number
) -> tuple[list[Number], list[Number], list[Number]]:
    """Deck S: θ − γ·∇(α(x) − y)², one point a step; the new (w, b, v)."""
    gamma = number(learning_rate)
    gradient = loss_gradient(x, y, w, b, v)
    moved = [
        [number(t) - gamma * d for t, d in zip(theta, slope, strict=True)]
        for theta, slope in zip((w, b, v), gradient, strict=True)
    ]
    return moved[0], moved[1], moved[2]


class Weights(NamedTuple):
    """The nine parameters of a 2-2-1 network: W1 (2, 2) row by input, b1 (2,), W2 (2, 1), b2 (1,)."""

    W1: Sequence[Sequence[Any]]
    b1: Sequence[Any]
    W2: Sequence[Sequence[Any]]
    b2: Sequence[Any]


def _weights(small: Number, large: Number, offset: Number) -> Weights:
    return Weights(((small, 0), (0, small)), (-small, -small), ((large,), (-large,)), (offset,))


DECK_WEIGHTS = _weights(number("0.000001"), number("33.3333"), number("-3.912023"))
"""Deck D's hand-set weights as printed (its second hidden bias with the missing digit, erratum 2, mended)."""

EXACT_WEIGHTS = _weights(number("0.000001"), number(100) / 3, MP.log(number(1) / 50))
"""What the deck rounded: 100/3 and ln(1/50)."""


def network(
    a: Number, b: Number, weights: Weights = DECK_WEIGHTS, f: Callable[[Number], Number] = activation
) -> Number:
    """f(f((a, b)·W1 + b1)·W2 + b2): the 2-2-1 network's output for one pair."""
    W1, b1, W2, b2 = weights
    inputs = (number(a), number(b))
    hidden = [f(inputs[0] * number(W1[0][j]) + inputs[1] * number(W1[1][j]) + number(b1[j])) for j in (0, 1)]
    return f(hidden[0] * number(W2[0][0]) + hidden[1] * number(W2[1][0]) + number(b2[0]))
