"""Ask several models for the same quotients; one that fails spoils no other.

A model is anything that can be called with pairs (n, 2) and gives the target, quotient/100, as (n, 1) or
(n,): a Keras model, a plain function, a file of weights (`divnet.saved_weights`).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Model = Callable[[np.ndarray], Any]

MADE_FOR = (1.0, 20.0)
"""The smallest and the largest number that the models of the course were made for."""


def quotients(models: Mapping[str, Model], a: float, b: float) -> dict[str, float | None]:
    """Return what each model gives for a / b, by name; None where it fails or gives no finite number."""
    answers = {name: float(quotient_curve(model, a, b)[0]) for name, model in models.items()}
    return {name: None if np.isnan(answer) else answer for name, answer in answers.items()}


def quotient_curve(model: Model, a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Return a model's quotients for a and b elementwise, (n,) in float64; NaN where there is no answer."""
    pairs = np.stack(np.broadcast_arrays(np.atleast_1d(a), b), axis=-1).astype(np.float64)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a model: for the one who asks, a failure is no answer
        try:
            target = np.asarray(model(pairs), dtype=np.float64).reshape(-1)
        except Exception:
            return np.full(len(pairs), np.nan)
        if target.shape != (len(pairs),):
            return np.full(len(pairs), np.nan)
        answers = 100.0 * target
    return np.where(np.isfinite(answers), answers, np.nan)


def true_quotient(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Return a / b elementwise in float64; NaN for a divisor of 0 and where the result is too large."""
    with np.errstate(all="ignore"):
        quotient = np.divide(np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64))
    return np.where(np.isfinite(quotient), quotient, np.nan)[()]
