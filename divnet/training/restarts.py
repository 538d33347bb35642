"""Many restarts of first-order training at once: one array of starts, one compiled loop of Adam steps.

    g = ∂/∂θ mean |output(θ) − y| over a batch,   m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
    θ ← θ − γ · √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε),   β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁷: Keras's Adam

Each start has its own θ, m and v; all see the same batches. So 64 trainings take hardly longer than one.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from divnet.activation import DECK
from divnet.network import Weights, forward
from divnet.tensorflow_activation import branch_values, choose, own_intervals
from divnet.training.least_squares import as_nine, as_weights
from divnet.training.xla import XlaFunction

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7
MEASURED = 2000


class Restarts(NamedTuple):
    """Where Adam went from each start; the nine numbers in a row as `as_nine` gives them."""

    path: np.ndarray  # (records, starts, 9): from the start to the end
    errors: np.ndarray  # (records, starts): mean absolute error at the first 2000 points, in float64
    steps: np.ndarray  # (records,): after how many steps each record was taken

    @property
    def best(self) -> Weights:
        """The weights at the end that have the smallest error."""
        return as_weights(self.path[-1, int(np.argmin(self.errors[-1]))])


def train_restarts(
    starts: Sequence[Weights],
    x: ArrayLike,
    y: ArrayLike,
    *,
    steps: int = 20_000,
    batch_size: int = 32,
    learning_rate: float = 1e-3,
    seed: int = 0,
    records: int = 20,
) -> Restarts:
    """Train the 2-2-1 network with deck D's activation from every start, by Adam on the mean absolute error.

    x: (points, 2); y: (points, 1); batches are drawn with `seed`, epoch by epoch. In float32, as Keras does.
    records: how often, at equal distances, the weights are written down; the start comes in addition.
    The first call compiles, as does every other number of starts, points or steps.
    Errors: ValueError where `records` does not divide `steps`, or a batch is larger than the data.
    """
    x, y = np.asarray(x, dtype=np.float32), np.asarray(y, dtype=np.float32).reshape(-1)
    if steps % records or not 0 < batch_size <= len(x) == len(y):
        raise ValueError(
            f"train_restarts: steps = {steps} and records = {records}, batch_size = {batch_size} of {len(x)} "
            f"and {len(y)} points; expected a number of records that divides the steps, and a full batch."
        )
    nine = np.stack([as_nine(start) for start in starts])
    path = _compiled_loop()(
        nine.astype(np.float32).T,
        *(np.concatenate([x, y[:, np.newaxis]], axis=1).T),
        _order(len(x), steps, batch_size, seed),
        np.float32(learning_rate),
        records=records,
    )
    recorded = np.concatenate([nine[np.newaxis], path.numpy().transpose(0, 2, 1).astype(np.float64)])
    every = steps // records
    return Restarts(recorded, _errors(recorded, x[:MEASURED], y[:MEASURED]), np.arange(0, steps + 1, every))


def _order(points: int, steps: int, batch_size: int, seed: int) -> np.ndarray:
    """Return the points that each step sees, (steps, batch_size): every epoch all of them, in a new order."""
    random = np.random.default_rng(seed)
    epochs = -(-steps * batch_size // points)
    order = np.concatenate([random.permutation(points).astype(np.int32) for _ in range(epochs)])
    return order[: steps * batch_size].reshape(steps, batch_size)


def _errors(path: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    outputs = (forward(x, as_weights(nine)).output[:, 0] for nine in path.reshape(-1, 9))
    return np.array([np.mean(np.abs(output - y)) for output in outputs]).reshape(path.shape[:2])


@functools.cache
def _compiled_loop() -> XlaFunction:
    return XlaFunction(_loop)


def _loop(nine, a, b, y, order, learning_rate, records):
    """Run all steps; return the weights at each record, (records, 9, starts).

    nine: (9, starts). a, b, y: (points,). order: (steps, batch size).

    A batch is a loop over its points, each for all starts: XLA turns so small a loop into one piece of
    machine code, several times faster than whole batches at a time.
    """
    import tensorflow as tf

    every = order.shape[0] // records
    batch_size = order.shape[1]

    def visit(j, row, total, w):
        """Add the gradient of |output − y| at one point of the batch, for all starts: the chain rule."""
        point = tf.gather(row, j)
        left, right = tf.gather(a, point), tf.gather(b, point)
        first, first_slope = _activation(left * w[0] + right * w[2] + w[4])
        second, second_slope = _activation(left * w[1] + right * w[3] + w[5])
        output, slope = _activation(first * w[6] + second * w[7] + w[8])
        slope *= tf.sign(output - tf.gather(y, point))
        by_first, by_second = slope * w[6] * first_slope, slope * w[7] * second_slope
        parts = [left * by_first, left * by_second, right * by_first, right * by_second]
        parts += [by_first, by_second, slope * first, slope * second, slope]
        return j + 1, row, total + tf.stack(parts), w

    def step(i, last, w, mean, square):
        state = (0, tf.gather(order, i), tf.zeros_like(w), w)
        g = tf.while_loop(lambda j, *_: j < batch_size, visit, state)[2] / batch_size
        mean, square = BETA_1 * mean + (1 - BETA_1) * g, BETA_2 * square + (1 - BETA_2) * g**2
        t = tf.cast(i + 1, tf.float32)
        rate = learning_rate * tf.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
        return i + 1, last, w - rate * mean / (tf.sqrt(square) + EPSILON), mean, square

    def record(number, w, mean, square, path):
        state = (number * every, (number + 1) * every, w, mean, square)
        _, _, w, mean, square = tf.while_loop(lambda i, last, *_: i < last, step, state)
        return number + 1, w, mean, square, tf.tensor_scatter_nd_update(path, [[number]], [w])

    zero = tf.zeros_like(nine)
    state = (tf.constant(0), nine, zero, zero, tf.zeros((records, *nine.shape)))
    return tf.while_loop(lambda number, *_: number < records, record, state)[-1]


def _activation(x):
    """Return the activation and its slope; each branch's argument is clipped to the branch's own interval."""
    low, middle, high = own_intervals(x)
    values = branch_values(low, middle, high)
    tail = 1.0 / (DECK.tail_scale * high - DECK.tail_shift)
    slopes = (
        values[0],
        DECK.log_factor * DECK.log_scale / (DECK.log_scale * middle + 1.0),
        DECK.tail_scale * tail * tail,
    )
    return choose(x, *values), choose(x, *slopes)
