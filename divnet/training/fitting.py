"""`fit`: what Keras's `model.fit` does, with the loops over epochs and steps compiled into one function."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from divnet.training import arguments
from divnet.training.progress import Progress, reporting

if TYPE_CHECKING:
    import keras

LARGEST_ORDER = 2**22  # entries in the table of shuffled points that is prepared at a time: 16 MB


def fit(
    model: "keras.Model",
    x: ArrayLike,
    y: ArrayLike,
    *,
    batch_size: int,
    epochs: int,
    validation_split: float = 0.0,
    validation_data: tuple[ArrayLike, ArrayLike] | None = None,
    shuffle: bool = True,
    seed: int | None = None,
    progress: Progress = True,
) -> "keras.callbacks.History":
    """Train a compiled Keras model as `model.fit` would, and return its History.

    With shuffle=False the numbers, dropout's too, are those of `model.fit`, up to float32 rounding (a model
    compiled with jit_compile=True rounds alike); otherwise they come from the same distribution. A second
    call goes on where the first ended: the optimiser keeps its iteration count and its moments. A learning
    rate set between two calls takes effect.

    model: of Dense, Dropout and activation layers (any without weights); any Keras optimiser, loss, metrics.
    x, y: one array each, (points, …), of equal length; floats are cast to Keras's float type (float32).
    validation_split: the share kept back for validation, from the end of the data, before any shuffling.
    validation_data: (x, y) for validation instead.
    seed: fixes the order of the points. Without it the order comes from NumPy's global generator, which
        `keras.utils.set_random_seed` seeds. Dropout draws from the layers' own seeds, as in Keras.
    progress: True draws a bar once training has taken two seconds; None or False draw nothing; a function is
        called as progress(epochs_done, epochs) from time to time and at the end.

    Errors: a ValueError of one sentence for a model or an argument that it cannot take.
    The first call compiles (some tenths of a second), and so do the first after `model.compile` and the first
    with other shapes: number of points, batch size, validation points, shuffled or not. The number of epochs
    may change freely. Ctrl-C, or a notebook's stop button, works about four times a second.
    """
    arguments.check_model(model)
    arguments.check_positive_integer("batch_size", batch_size)
    arguments.check_positive_integer("epochs", epochs)
    training, validation = arguments.split(x, y, validation_split, validation_data)

    from divnet.training.loop import training_loop

    loop = training_loop(model, training, validation, batch_size)
    history = _new_history(model, len(training.x), batch_size, epochs)
    with reporting(progress, epochs) as report:
        for order in _orders(len(training.x), epochs, shuffle, seed):
            for epoch_logs in loop.run(order.rows, order.epochs):
                for logs in epoch_logs:
                    history.on_epoch_end(len(history.epoch), logs)
                report(len(history.epoch))
    # Keras's last word to an optimiser: one with a moving average (use_ema) now writes it into the weights.
    model.optimizer.finalize_variable_values(model.trainable_weights)
    return history


class _Order:
    """In which order the next `epochs` epochs go through the points: one row an epoch, used in turn."""

    def __init__(self, rows: np.ndarray, epochs: int):
        self.rows, self.epochs = rows, epochs


def _orders(points: int, epochs: int, shuffle: bool, seed: int | None) -> Iterator[_Order]:
    """Yield the order of the points for all epochs, some at a time; unshuffled, one row serves them all.

    The table has as many rows however many epochs are left, so that its shape asks for no second compiling.
    """
    if not shuffle:
        yield _Order(np.arange(points, dtype=np.int32)[np.newaxis], epochs)
        return
    random = np.random.default_rng(np.random.randint(2**31) if seed is None else seed)
    rows = max(1, min(64, LARGEST_ORDER // points))
    for first in range(0, epochs, rows):
        order = _Order(np.zeros((rows, points), dtype=np.int32), min(rows, epochs - first))
        for row in range(order.epochs):
            order.rows[row] = random.permutation(points)
        yield order


def _new_history(
    model: "keras.Model", points: int, batch_size: int, epochs: int
) -> "keras.callbacks.History":
    """Return an empty History that belongs to the model, as after `model.fit`."""
    import keras

    history = keras.callbacks.History()
    history.set_model(model)
    history.set_params({"verbose": 0, "epochs": epochs, "steps": -(-points // batch_size)})
    history.on_train_begin()
    model.history = history
    return history
