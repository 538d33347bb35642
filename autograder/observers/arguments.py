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
    return activation_from(**description["function"])


def activation_from(steep: float, line: float, height: float) -> Callable[[Any], Any]:
    """f(x) = steep·asinh(10⁶x) + line·x + height: some activation, elementwise, told apart by three numbers.

    It feels differences of 10⁻⁶ (the hidden neurons' scale) as well as of 1 (the output neuron's).
    """

    def f(x: Any) -> Any:
        return steep * np.arcsinh(1e6 * np.asarray(x)) + line * np.asarray(x) + height

    return f
