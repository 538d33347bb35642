"""One trial: train the network in one configuration and measure its error everywhere."""

import functools
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from divnet.data import division_data, mean_absolute_error
from divnet.network import Weights, divide
from divnet.search.plan import POINTS, Training

TOP = 9.99  # the deck searches on 1.00 … 9.99
DATA_SEED = 0  # all trials learn from the same points


class Result(NamedTuple):
    """What a trial found."""

    error: float  # mean absolute error over all 810 000 divisions of 1.00 … 9.99 by 1.00 … 9.99; may be NaN
    cpu_seconds: float  # building, compiling, training and measuring
    weights: list[float]  # the nine, in the order of `Weights`


def run_training(
    training: Training, points: int = POINTS, progress: Callable[[int, int], None] | None = None
) -> Result:
    """Train deck D's network with its own activation, as the configuration says.

    The activation is `tf_activation`: the deck's, with every branch guarded, so that no gradient is NaN.
    progress: called as progress(epochs_done, epochs) some times a second.
    """
    import keras  # noqa: F401  (takes seconds the first time, which are not the trial's)

    started = time.process_time()
    batch_size, dropout, epochs, optimizer = training.configuration
    x, y = _points(points)
    model, _ = _trainer(points, batch_size, dropout, optimizer).train(
        training.seed, x, y, batch_size=batch_size, epochs=epochs, progress=progress
    )
    weights = Weights(*(w.astype(np.float64) for w in model.get_weights()))
    error = square_error(weights)
    return Result(error, time.process_time() - started, np.concatenate(weights, axis=None).tolist())


@functools.lru_cache(maxsize=1)
def _trainer(points: int, batch_size: int, dropout: float, optimizer: str) -> Any:  # noqa: ARG001
    """Return a trainer that is already compiled where the last trial differed in seed or epochs only."""
    from divnet.division_models import division_model
    from divnet.tensorflow_activation import tf_activation
    from divnet.training.seeds import Trainer

    return Trainer(
        lambda seed: division_model(tf_activation, dropout=dropout, optimizer=optimizer, seed=seed)
    )


def square_error(weights: Weights) -> float:
    """Return the mean of |output − a/b/100| over all a, b in 1.00, 1.01 … 9.99, in float64."""
    a, b = _square()
    return mean_absolute_error(divide(a, b, weights), a / b / 100)


@functools.cache
def _points(points: int) -> tuple[np.ndarray, np.ndarray]:
    return division_data(points, np.random.default_rng(DATA_SEED), TOP)


@functools.cache
def _square() -> tuple[np.ndarray, np.ndarray]:
    axis = np.arange(100, round(TOP * 100) + 1) / 100
    a, b = np.meshgrid(axis, axis)
    return a, b
