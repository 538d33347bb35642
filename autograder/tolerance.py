"""How far an honest answer may be from the formula, and how far one is."""

from __future__ import annotations

import math

import numpy as np

FLOOR = 2e-9
"""The slides round their constants to ten digits: 1.359140915 and e/2 differ by 6·10⁻¹⁰ of their size, and
the slope of the tail squares 109.0858178x − 1403.359435. Both spellings are right, so no check looks
closer."""

ROUNDINGS = 8
"""Roundings in an honest answer: input, constants, product, sum, function, product, sum, result."""


def tolerance(dtype: str | np.dtype, condition: float = 1.0) -> float:
    """The relative error allowed: max(2·10⁻⁹, 8·eps·(1 + condition)).

    ``dtype`` is what the answer computes in; ``condition`` says how many times larger a relative error of
    the input (or of an intermediate result) comes out. Coarser types than float32 count as float32.
    """
    dtype = np.dtype(dtype)
    eps = float(np.finfo(np.float64).eps)
    if dtype.kind == "f" and dtype.itemsize <= 4:
        eps = float(np.finfo(np.float32).eps)
    return max(FLOOR, ROUNDINGS * eps * (1.0 + condition))


def working_dtype(dtype: str, values: np.ndarray) -> str:
    """``dtype``, or float32 where every value is a float32 number: computed there, whatever its type.

    Round numbers (0, 1, 0.5: those that half precision holds too) say nothing about where they were computed;
    any other float64 value is a float32 number by chance once in 2²⁹ cases.
    """
    if dtype in ("float32", "float16", "bfloat16"):
        return "float32"
    finite = values[np.isfinite(values)]
    with np.errstate(over="ignore", under="ignore"):
        short = np.array_equal(finite.astype(np.float32), finite)
        round_ = np.array_equal(finite.astype(np.float16), finite)
    return "float32" if short and not round_ else "float64"


def relative_error(value: float, expected: float) -> float:
    """|value − expected| / |expected|; infinite where only one of them is 0 or value is not finite."""
    if value == expected:
        return 0.0
    if not math.isfinite(value) or expected == 0.0:
        return math.inf
    return abs(value - expected) / abs(expected)


def ulps(value: float, expected: float) -> float:
    """|value − expected| counted in the distance between neighbouring doubles at ``expected``."""
    return abs(value - expected) / math.ulp(expected) if math.isfinite(value) else math.inf


def close(values: np.ndarray, expected: np.ndarray, allowed: np.ndarray | float) -> np.ndarray:
    """Where ``values`` are within ``allowed`` (relative) of ``expected``; never at NaN or infinity."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.isfinite(values) & (np.abs(values - expected) <= allowed * np.abs(expected))
