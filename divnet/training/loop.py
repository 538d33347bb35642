"""The compiled loop: epochs, and steps within an epoch, as two nested loops of one TensorFlow function."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from divnet.training.arguments import Points
from divnet.training.dropout import DropoutMasks
from divnet.training.xla import XlaFunction

if TYPE_CHECKING:
    import keras

EPOCHS_PER_CALL = 64  # at most; what a call returns has this many rows, used or not
SECONDS_PER_CALL = 0.25  # aimed at: between two calls progress is drawn and Ctrl-C is heard


def training_loop(
    model: "keras.Model", training: Points, validation: Points | None, batch_size: int
) -> "BoundLoop":
    """Return the model's compiled loop, an earlier call's where that still fits, bound to these points.

    The loop lives on the model, so that the two are forgotten together. `model.compile` makes a new loss
    metric (the first of `model.metrics`): that is how a loop from before it is known to be out of date.
    """
    belongs_to = (model.optimizer, model.metrics[0])
    loop = getattr(model, "_divnet_loop", None)
    if loop is None or any(old is not new for old, new in zip(loop.belongs_to, belongs_to, strict=True)):
        _build(model, training)
        loop = CompiledLoop(model, belongs_to)
        model._divnet_loop = loop
    return BoundLoop(loop, training, validation, batch_size)


class CompiledLoop:
    """Epochs of one model with one optimiser and loss, on points of any shape (compiled once for each)."""

    def __init__(self, model: "keras.Model", belongs_to: tuple[Any, ...]):
        self.model = model
        self.belongs_to = belongs_to
        self.function = XlaFunction(self._epochs)

    def names(self, validates: bool) -> list[str]:
        """Return the names of the values that an epoch logs, in Keras's order."""
        names = list(self.model.get_metrics_result())
        return sorted(names + [f"val_{name}" for name in names if validates])

    def _epochs(self, order, first, epochs, x, y, *validation, batch_size: int):
        """Train for some epochs; return what each logs, (EPOCHS_PER_CALL, values).

        order: (rows, points) indices; epoch e visits the points of row `first + e`, counted round.
        first, epochs: scalars, so that their values ask for no compiling.
        validation: x and y, or nothing.
        """
        import tensorflow as tf

        model = self.model
        names = self.names(bool(validation))

        def epoch(e, logged):
            # gather, since XLA would compile order[i] anew for each i
            row = tf.gather(order, (first + e) % order.shape[0])
            model.reset_metrics()
            _each_batch(model.train_step, tf.gather(x, row), tf.gather(y, row), batch_size, model)
            logs = dict(model.get_metrics_result())
            if validation:
                model.reset_metrics()
                validation_x, validation_y = validation
                _each_batch(model.test_step, validation_x, validation_y, batch_size)
                logs |= {f"val_{name}": value for name, value in model.get_metrics_result().items()}
            values = tf.stack([tf.cast(logs[name], tf.float64) for name in names])
            return e + 1, tf.tensor_scatter_nd_update(logged, [[e]], [values])

        start = (tf.constant(0), tf.zeros((EPOCHS_PER_CALL, len(names)), tf.float64))
        return tf.while_loop(lambda e, _: e < epochs, epoch, start)[1]


class BoundLoop:
    """A compiled loop together with the points that it trains on, as tensors."""

    def __init__(self, loop: CompiledLoop, training: Points, validation: Points | None, batch_size: int):
        import tensorflow as tf

        self._loop = loop
        self._batch_size = batch_size
        self._data = [tf.constant(array) for array in (*training, *(validation or ()))]
        self._names = loop.names(validation is not None)
        self._epochs_per_call = 1  # grows as far as the model's speed allows

    def run(self, order: np.ndarray, epochs: int) -> Iterator[list[dict[str, float]]]:
        """Train for `epochs` epochs with the points in this order; yield the logs of some at a time."""
        import tensorflow as tf

        rows = tf.constant(order)
        done = 0
        while done < epochs:
            count = min(self._epochs_per_call, epochs - done)
            started = time.perf_counter()
            logged = self._loop.function(rows, done, count, *self._data, batch_size=self._batch_size)
            logged = logged.numpy()[:count]
            self._adapt(count, time.perf_counter() - started)
            done += count
            yield [dict(zip(self._names, values.tolist(), strict=True)) for values in logged]

    def _adapt(self, count: int, seconds: float) -> None:
        """Choose the next call's number of epochs so that it takes about SECONDS_PER_CALL."""
        affordable = int(count * SECONDS_PER_CALL / seconds)
        self._epochs_per_call = max(1, min(affordable, 8 * count, EPOCHS_PER_CALL))


def _each_batch(step: Any, x: Any, y: Any, batch_size: int, trained: "keras.Model | None" = None) -> None:
    """Run Keras's own train_step or test_step on each full batch in turn, then on what is left over.

    trained: the model, where the steps train it: then its dropout masks are drawn for many steps at once.
    """
    import tensorflow as tf

    full, rest = divmod(x.shape[0], batch_size)
    masks = DropoutMasks(trained, full, batch_size)

    def one(i):
        def batch(points):
            beginning = tf.concat([[i * batch_size], tf.zeros(len(points.shape) - 1, tf.int32)], 0)
            return tf.slice(points, beginning, [batch_size, *points.shape[1:]])

        with masks.of_step(i):
            step((batch(x), batch(y)))
        return (i + 1,)

    if full:
        tf.while_loop(lambda i: i < full, one, [tf.constant(0)])
    if rest:
        with DropoutMasks(trained, 1, rest).of_step(0):
            step((x[full * batch_size :], y[full * batch_size :]))


def _build(model: "keras.Model", training: Points) -> None:
    """Let model, loss, metrics and optimiser create their variables: none may be born inside the loop."""
    import tensorflow as tf

    model.test_step((tf.constant(training.x[:1]), tf.constant(training.y[:1])))
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
