"""Builds what an answer is called with from the probe's plain description."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def build(description: dict[str, Any]) -> Any:
    """One argument.

    A ``number``, an ``array`` (see ``array_of``; as lists, if ``listed``), a ``generator`` (by its seed) or a
    ``function``.
    """
    if "number" in description:
        return description["number"]
    if "array" in description:
        a = description["array"]
        array = np.array(a["values"], dtype=a["dtype"]).reshape(a["shape"])
        return array.tolist() if description.get("listed") else array
    if "generator" in description:
        return np.random.default_rng(description["generator"])
    function = description["function"]
    return sum_of(**function) if "terms" in function else activation_from(**function)


SHAPES: dict[str, Callable[[Any], Any]] = {
    "sin": np.sin,
    "tanh": np.tanh,
    "bump": lambda z: np.exp(-(z**2)),
    "cube": lambda z: z**3,
    "one": lambda z: 0 * z + 1,
}
"""What a sum may be made of."""


def sum_of(terms: list[list[Any]]) -> Callable[[Any], Any]:
    """f(x) = Σ a·g(r·x + s), elementwise; a term is ``[a, name of g, r, s]``."""

    def f(x: Any) -> Any:
        x = np.asarray(x)
        return sum(a * SHAPES[shape](r * x + s) for a, shape, r, s in terms)

    return f


def activation_from(steep: float, line: float, height: float) -> Callable[[Any], Any]:
    """f(x) = steep·x/(|x| + 10⁻⁶) + line·x + height: some activation, elementwise, that three numbers tell.

    It feels differences of 10⁻⁶ (the hidden neurons' scale) as well as of 1 (the output neuron's).
    """

    def f(x: Any) -> Any:
        x = np.asarray(x)
        return steep * x / (abs(x) + 1e-6) + line * x + height

    return f
