"""Answers that compute formulas written in NumPy with the functions of the framework that a tensor is of."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

Answer = Callable[[Any], Any]
Formula = Callable[[Any], Any]
WayBack = Callable[[Any, Any], Any]
"""From x and the upstream gradient to the gradient."""

OPERATORS = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "truediv", "power": "pow"}
OPERATORS |= {"negative": "neg", "less_equal": "le"}
"""Python's operators by the names of NumPy's ufuncs."""

LIBRARIES = {"tensorflow": "tensorflow.experimental.numpy", "torch": "torch"}
"""Where a framework keeps its functions under NumPy's names; elsewhere it is JAX."""


class Tensor(NDArrayOperatorsMixin):
    """A tensor that NumPy's operators, exp, log, log10 and where compute with and leave a tensor."""

    def __init__(self, tensor: Any) -> None:
        self.tensor = tensor

    def __array_ufunc__(self, ufunc: np.ufunc, _method: str, *given: Any) -> Tensor:
        name = ufunc.__name__
        function = getattr(
            operator if name in OPERATORS else _library(self.tensor), OPERATORS.get(name, name)
        )
        return Tensor(function(*(g.tensor if isinstance(g, Tensor) else float(g) for g in given)))

    def __array_function__(self, function: Any, _types: Any, given: Any, _how: Any) -> Tensor:
        return Tensor(getattr(_library(self.tensor), function.__name__)(*(g.tensor for g in given)))

    def sum(self) -> Tensor:
        return Tensor(_library(self.tensor).sum(self.tensor))

    def mean(self) -> Tensor:
        return Tensor(_library(self.tensor).mean(self.tensor))


def piecewise(formulas: Sequence[Formula], borders: Sequence[float], examples: Sequence[float]) -> Answer:
    """Formulas from border to border; in place of any x that is not its own each sees an example that is."""

    def answer(x: Any) -> Any:
        library, y, rest = _library(x), x, x == x
        for formula, border, example in zip(formulas, (*borders, np.inf), examples, strict=True):
            inside = rest & (x <= border)
            own = library.where(inside, x, example * library.ones_like(x))
            y, rest = library.where(inside, formula(Tensor(own)).tensor, y), rest & (x > border)
        return y

    return answer


def chained(slope: Answer) -> WayBack:
    """Slope times upstream gradient."""
    return lambda x, upstream: slope(x) * upstream


def backward(formula: WayBack) -> WayBack:
    return lambda x, upstream: formula(Tensor(x), Tensor(upstream)).tensor


def with_gradient(value: Answer, gradient: WayBack) -> Answer:
    """The value, with a gradient of one's own, in TensorFlow."""

    def answer(x: Any) -> Any:
        import tensorflow as tf

        return tf.custom_gradient(lambda x: (value(x), lambda upstream: gradient(x, upstream)))(x)

    return answer


def _library(tensor: Any) -> Any:
    framework = type(tensor).__module__.partition(".")[0]
    return import_module(LIBRARIES.get(framework, "jax.numpy"))
