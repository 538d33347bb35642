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
    return next(make for name, make in FUNCTIONS.items() if name in function)(**function)


SHAPES: dict[str, Callable[[Any], Any]] = {
    "sin": np.sin,
    "tanh": np.tanh,
    "bump": lambda z: np.exp(-(z**2)),
    "cube": lambda z: z**3,
    "one": lambda z: 0 * z + 1,
}
"""What a sum may be made of."""


REAL = "this function takes real numbers, and got a complex one"
"""What a sum says to a complex number, as many functions of real ones would, or else give a wrong number."""


def sum_of(terms: list[list[Any]]) -> Callable[[Any], Any]:
    """f(x) = Σ a·g(r·x + s), elementwise; a term is ``[a, name of g, r, s]``."""

    def f(x: Any) -> Any:
        x = np.asarray(x)
        if np.iscomplexobj(x):
            raise TypeError(REAL)
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


def network_from(mixture: list[float]) -> Callable[..., Any]:
    """f(x, w, b, v) = p·x + Σ (q·w_k·b_k + r·v_k), elementwise in x: any function of what a network has."""
    p, q, r = mixture

    def f(x: Any, w: Any, b: Any, v: Any) -> Any:
        return p * np.asarray(x) + np.sum(q * np.asarray(w) * b + r * np.asarray(v))

    return f


def slopes_from(slopes: list[float]) -> Callable[..., Any]:
    """f(x, y, w, b, v) = (p·w + x, q·b + y, r·v + x − y): any three arrays of the shape of a gradient."""
    p, q, r = slopes

    def f(x: Any, y: Any, w: Any, b: Any, v: Any) -> Any:
        return p * np.asarray(w) + x, q * np.asarray(b) + y, r * np.asarray(v) + x - y

    return f


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "terms": sum_of,
    "steep": activation_from,
    "mixture": network_from,
    "slopes": slopes_from,
}
"""Makes a function of its description, by a name that stands in it."""
