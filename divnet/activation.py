"""The activation function that lets two neurons divide: a logarithm in one region, an exponential in another.

    activation(x) = 1.359140915 · e^(x−1)                            x ≤ 0       (exponential)
                    0.03 · ln(1 000 000 x + 1) + 0.5                 0 < x ≤ 15  (logarithm)
                    1 − 1/(109.0858178 x − 1403.359435)              x > 15      (tail)

Source: deck D. Its code listing has 10 000 000 in the logarithm (`LISTING`), its formula and its gradient
have 1 000 000 (`DECK`); `step(15.0, ...)` tells the two apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Constants:
    """The numbers in the activation's three branches, as deck D prints them."""

    exp_factor: float = 1.359140915  # e/2, rounded up in the ninth decimal
    log_scale: float = 1_000_000.0
    log_factor: float = 0.03
    log_offset: float = 0.5
    tail_scale: float = 109.0858178  # 501379254/4596191
    tail_shift: float = 1403.359435  # 280671887/200000
    border: float = 15.0  # where the logarithm ends and the tail begins


DECK = Constants()
LISTING = Constants(log_scale=1e7)

_Piece = Callable[[Any, Constants], Any]
"""One branch's formula, of a number or an array."""


def activation(x: ArrayLike, constants: Constants = DECK) -> np.ndarray:
    """Return the activation at every x.

    x: a number or an array of any shape; the result has its shape, in float64. x itself is left untouched.
    NaN gives NaN. Source: deck D.
    """
    return _choose(x, constants, _exponential, _logarithm, _tail)


def activation_slope(x: ArrayLike, constants: Constants = DECK) -> np.ndarray:
    """Return the derivative of the activation at every x; at a border, the slope of the branch on its left.

        1.359140915 · e^(x−1)                                        x ≤ 0
        0.03 · 1 000 000 / (1 000 000 x + 1)                         0 < x ≤ 15
        109.0858178 / (109.0858178 x − 1403.359435)²                 x > 15

    Shapes and dtype as in `activation`. Source: deck D.
    """
    return _choose(x, constants, _exponential, _logarithm_slope, _tail_slope)


def step(at: float, constants: Constants = DECK) -> float:
    """Return how far the curve jumps at a border: the value just right of it minus the value at it.

    at: 0.0 or `constants.border`; anything else is a ValueError.
    """
    if at == 0.0:
        left, right = _exponential, _logarithm
    elif at == constants.border:
        left, right = _logarithm, _tail
    else:
        raise ValueError(f"step: at = {at} is no border; expected 0.0 or {constants.border}.")
    border = np.float64(at)
    with np.errstate(all="ignore"):
        return float(right(border, constants) - left(border, constants))


def _choose(
    x: ArrayLike, constants: Constants, exponential: _Piece, logarithm: _Piece, tail: _Piece
) -> np.ndarray:
    """Compute every branch on its own interval only, then pick.

    Each branch sees x clipped to the interval where it counts, because elsewhere it may overflow (e^x for a
    large x) or divide by zero (the tail has a pole at 12.86, inside the logarithm's interval).
    """
    x = np.asarray(x, dtype=np.float64)
    border = constants.border
    # With constants of one's own the pole may lie where the tail counts: then ∞ is the answer, not a warning.
    with np.errstate(all="ignore"):
        low = exponential(np.minimum(x, 0.0), constants)
        middle = logarithm(np.clip(x, 0.0, border), constants)
        high = tail(np.maximum(x, border), constants)
    return np.where(x <= 0.0, low, np.where(x <= border, middle, high))[()]  # [()]: a number for a number


def _exponential(x: Any, c: Constants) -> Any:  # is its own slope
    return c.exp_factor * np.exp(x - 1.0)


def _logarithm(x: Any, c: Constants) -> Any:
    return c.log_factor * np.log(c.log_scale * x + 1.0) + c.log_offset


def _logarithm_slope(x: Any, c: Constants) -> Any:
    return c.log_factor * c.log_scale / (c.log_scale * x + 1.0)


def _tail(x: Any, c: Constants) -> Any:
    return 1.0 - 1.0 / (c.tail_scale * x - c.tail_shift)


def _tail_slope(x: Any, c: Constants) -> Any:
    return c.tail_scale / (c.tail_scale * x - c.tail_shift) ** 2
