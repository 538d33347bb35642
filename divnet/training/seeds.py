"""The same training from many random starts: one model and one compiled loop serve them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from divnet.training import arguments
from divnet.training.fitting import fit
from divnet.training.progress import Progress, reporting

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class SeedRuns:
    """What each seed ended with; the first axis, or the first index, counts the seeds."""

    seeds: tuple[int, ...]
    weights: tuple[list[np.ndarray], ...]  # each as `model.get_weights()` lists them
    errors: np.ndarray  # (seeds,): the mean absolute error on the test points
    losses: np.ndarray  # (seeds, epochs): the training loss that each epoch logs


class Trainer:
    """Train a model from any number of starts; the loop is compiled for the first of them only."""

    def __init__(self, build: "Callable[[int], keras.Model]"):
        self._build = build
        self._model: keras.Model | None = None
        self._fresh_optimizer: list[np.ndarray] = []

    def train(
        self,
        seed: int,
        x: ArrayLike,
        y: ArrayLike,
        *,
        batch_size: int,
        epochs: int,
        progress: Progress = True,
    ) -> "tuple[keras.Model, keras.callbacks.History]":
        """Return the model of build(seed), trained by `fit` with that seed, and its History.

        The next call uses the same model again: take from it what you need before that.
        """
        model = self._start(seed)
        history = fit(model, x, y, batch_size=batch_size, epochs=epochs, seed=seed, progress=progress)
        return model, history

    def _start(self, seed: int) -> "keras.Model":
        """Return the model as build(seed) gives it, its optimiser's memory blank."""
        wanted = self._build(seed)
        if self._model is None:
            arguments.check_model(wanted)
            if not wanted.optimizer.built:
                wanted.optimizer.build(wanted.trainable_variables)
            self._model = wanted
            self._fresh_optimizer = [variable.numpy() for variable in wanted.optimizer.variables]
            return wanted
        model = self._model
        if [v.shape for v in wanted.variables] != [v.shape for v in model.variables]:
            raise ValueError(
                f"train_over_seeds: build({seed}) gives other layers than the first seed; expected the same."
            )
        for variable, start in zip(model.variables, wanted.variables, strict=True):  # dropout's seeds too
            variable.assign(start)
        for variable, value in zip(model.optimizer.variables, self._fresh_optimizer, strict=True):
            variable.assign(value)
        return model


def train_over_seeds(
    build: "Callable[[int], keras.Model]",
    seeds: Sequence[int],
    x: ArrayLike,
    y: ArrayLike,
    *,
    batch_size: int,
    epochs: int,
    test: tuple[ArrayLike, ArrayLike] | None = None,
    progress: Progress = True,
) -> SeedRuns:
    """Train build(seed) for each seed as `fit` would, with that seed, and measure each at the end.

    The numbers are those of `fit(build(seed), …, seed=seed)`, seed by seed; only the first one compiles.

    build: a function seed → compiled Keras model; for each seed the same layers, optimiser and loss.
    x, y: the points to train on, (points, …) each.
    test: (x, y) on which the errors are measured; without it, on the training points.
    progress: as for `fit`, counted in epochs over all seeds.

    Errors: a ValueError for no seeds, for an argument that `fit` cannot take, and for models that differ.
    """
    if not len(seeds):
        raise ValueError("train_over_seeds: seeds is empty; expected one seed at least, such as range(20).")
    arguments.check_positive_integer("epochs", epochs)
    test_x, test_y = (np.asarray(a) for a in (test or (x, y)))
    trainer = Trainer(build)
    weights: list[list[np.ndarray]] = []
    errors: list[float] = []
    losses: list[list[float]] = []
    with reporting(progress, epochs * len(seeds)) as report:

        def so_far(done: int, _epochs: int) -> None:
            report(epochs * len(weights) + done)

        for seed in seeds:
            model, history = trainer.train(
                seed,
                x,
                y,
                batch_size=batch_size,
                epochs=epochs,
                progress=so_far,
            )
            weights.append(model.get_weights())
            errors.append(_error(model, test_x, test_y))
            losses.append(history.history["loss"])
    return SeedRuns(tuple(int(seed) for seed in seeds), tuple(weights), np.array(errors), np.array(losses))


def _error(model: "keras.Model", x: np.ndarray, y: np.ndarray) -> float:
    """Return the mean absolute error of the model's outputs, (points, …) as y."""
    output = np.asarray(model(x), dtype=np.float64)
    if output.shape != y.shape:
        raise ValueError(
            f"train_over_seeds: the model gives {output.shape} for targets {y.shape}; expected one shape."
        )
    return float(np.mean(np.abs(output - y)))
