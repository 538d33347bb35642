"""Whether a function builds the baseline model: asked of Keras directly, not of the judge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def builds_baseline(answer: Callable[[], Any]) -> bool:
    """Nine parameters, all trainable, two sigmoids, in training as otherwise; Adam; mean absolute error.

    It is a new model each time, which knows its parameters before it sees any data.
    """
    import keras
    import tensorflow as tf

    model, rng = answer(), np.random.default_rng(0)
    if not isinstance(model, keras.Model) or type(getattr(model, "optimizer", None)).__name__ != "Adam":
        return False
    other = answer()
    if not model.built or any(w is v for w in model.weights for v in other.weights):
        return False
    x = rng.normal(0, 2, (20, 2)).astype("float32")
    model(x)
    given = {s: rng.normal(0, 1, s).astype("float32") for s in ((2, 2), (2,), (2, 1), (1,))}
    if sorted(tuple(w.shape) for w in model.trainable_weights) != sorted(given) or len(model.weights) != 4:
        return False
    for weight in model.weights:
        weight.assign(given[tuple(weight.shape)])
    hidden = 1 / (1 + np.exp(-x @ given[2, 2] - given[2,]))
    expected = 1 / (1 + np.exp(-hidden @ given[2, 1] - given[1,]))
    if not all(np.allclose(model(x, training=t), expected, rtol=1e-5) for t in (False, True)):
        return False
    y_true, y_pred = (tf.constant(rng.uniform(0.1, 0.9, (6, 1)), tf.float32) for _ in range(2))
    loss = lambda t, p: model.compute_loss(x=None, y=t, y_pred=p)  # noqa: E731
    value = (loss if model.run_eagerly else tf.function(loss))(y_true, y_pred)
    return bool(np.allclose(value, np.abs(y_true - y_pred).mean(), rtol=1e-5))
