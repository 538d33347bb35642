"""Whether an answer measures slopes, or differentiates tensors, as it should: by direct calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercises.numeric_slope.probe import exact as slopes
from autograder.judging import draw
from autograder.kinds.tensors import Tensors
from autograder.observers.arguments import build
from autograder.observers.tensors import array

SEEDS = range(1000, 1003)


def measures_slopes(answer: Callable[..., Any]) -> bool:
    """Every slope of every probed function to a millionth, in the form of x, which stays as it was."""
    for seed in SEEDS:
        for call in draw("numeric-slope", seed)["inputs"]["calls"]:
            function, x = (build(a) for a in call["arguments"])
            kept = np.copy(x)
            given = np.asarray(answer(function, x))
            exact = slopes(call["arguments"][0]["function"], x)
            if given.shape != exact.shape or not np.array_equal(kept, x):
                return False
            if not np.all(np.abs(given - exact) <= 1e-6 * np.maximum(1, np.abs(exact))):
                return False
    return True


def differentiates(exercise: str, probe: Tensors) -> Callable[[Any], bool]:
    """Values and gradients within the tolerance in every call of the probe, compiled ones and all."""

    def right(answer: Callable[..., Any]) -> bool:
        import tensorflow as tf

        tf.get_logger().setLevel("ERROR")  # its advice on tracing is not for here
        compiled = tf.function(lambda x: answer(x), reduce_retracing=True)
        for call in draw(exercise, SEEDS[0])["inputs"]["calls"]:
            x, upstream = (array(call[name]) for name in ("x", "upstream"))
            tensor = tf.constant(x)
            with tf.GradientTape() as tape:
                tape.watch(tensor)
                y = compiled(tensor) if call["compiled"] else answer(tensor)
                y = answer(y) if call["times"] == 2 else y
            if y.dtype != tensor.dtype or y.shape != tensor.shape:
                return False
            slope = tf.convert_to_tensor(tape.gradient(y, tensor, output_gradients=tf.constant(upstream)))
            if slope.dtype != tensor.dtype:
                return False
            where = (x.dtype.name, x.astype(float), upstream.astype(float), call["times"])
            for output, given in enumerate((y.numpy(), slope.numpy())):
                if not probe.agree(output, given.astype(float), *where).all():
                    return False
        return True

    return right
