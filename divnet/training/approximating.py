"""`train_approximator`: deck S's whole experiment in one call, fast enough for a slider."""

import functools
from typing import NamedTuple

import numpy as np

from divnet.data import parabola_points
from divnet.network import approximator
from divnet.training.xla import XlaFunction


class Approximation(NamedTuple):
    """A trained α(x) = Σ_k v_k σ(w_k x + b_k) and the errors on the way; call it to compute α."""

    w: np.ndarray  # (K,)
    b: np.ndarray  # (K,)
    v: np.ndarray  # (K,)
    training_error: np.ndarray  # (epochs,): mean of (α(x) − y)² over an epoch, each point as it was visited
    generalisation_error: np.ndarray  # (epochs,): the same over the points kept back, at the end of an epoch

    def __call__(self, x):
        """Return α(x) for x (n,)."""
        with np.errstate(all="ignore"):  # where training diverged, α is NaN: a result, not a warning
            return approximator(x, self.w, self.b, self.v)


def train_approximator(
    *,
    neurons: int = 10,
    points: int = 1000,
    batch_size: int = 1,
    steps: int = 40_000,
    learning_rate: float = 0.008,
    seed: int = 123,
    init_scale: float = 0.05,
    split: float = 0.2,
) -> Approximation:
    """Fit α to the parabola by stochastic gradient descent; the defaults are deck S's experiment.

        θ ← θ − γ · (1/k) Σ ∇(α(xᵢ) − yᵢ)²  over k = batch_size points, `steps` times

    Points are drawn with `seed`, weights and orders with `seed + 1` (the deck's 123 and 124). The last of the
    points, a share `split`, are kept back. An epoch goes through the others once, in a new order; where
    `steps` ends in the middle of one, so does the last epoch, and its errors count what was visited.
    A learning rate that is too large gives inf and NaN in weights and errors, no exception.

    The loop is compiled once for each number of neurons rounded up to a multiple of 4 (and once more where
    points or steps · batch_size outgrow their buffers, which double); after that a call takes milliseconds.
    Source: deck S. Errors: ValueError where no point would be left to train on or to keep back.
    """
    kept = int(np.floor(points * (1.0 - split)))
    if min(neurons, batch_size, steps) < 1 or not 0 < kept < points:
        raise ValueError(
            f"train_approximator: neurons = {neurons}, batch_size = {batch_size}, steps = {steps}, "
            f"split = {split} of {points} points; expected at least one of each, and points to train on "
            "and to keep back."
        )
    random = np.random.default_rng(seed + 1)
    w, v = random.normal(0.0, init_scale, (2, neurons))
    x, y = parabola_points(points, seed)
    steps_per_epoch = -(-kept // batch_size)
    epochs = -(-steps // steps_per_epoch)
    order = np.concatenate([random.permutation(kept) for _ in range(epochs)])

    padding = -neurons % 4
    theta = np.pad(np.stack([w, np.zeros(neurons), v]), ((0, 0), (0, padding)))
    theta[1, neurons:] = -np.inf  # σ(−∞) = 0: a neuron that is only padding says 0, and its gradient is 0
    theta, errors = _compiled_loop()(
        theta.astype(np.float32),
        _buffer(np.stack([x[order], y[order]]), 2**16),
        _buffer(np.stack([x[kept:], y[kept:]]), 2**12),
        _buffer(np.zeros((2, epochs)), 2**10),
        *(np.int32(size) for size in (kept, points - kept, batch_size, steps)),
        np.float32(learning_rate),
    )
    training_error, generalisation_error = errors.numpy().astype(np.float64)[:, :epochs]
    w, b, v = theta.numpy().astype(np.float64)[:, :neurons]
    return Approximation(w, b, v, training_error, generalisation_error)


@functools.cache
def _compiled_loop() -> XlaFunction:
    return XlaFunction(_loop)


def _loop(theta, visits, kept_back, errors, points, points_kept_back, batch_size, steps, learning_rate):
    """Run all steps; return the last θ and the errors by epoch, (2, …).

    theta: (3, K) of w, b, v. visits, kept_back: (2, …) of x, y, the visits in the order of the steps.
    The sizes of the rest say how much of each buffer is used; as tensors, they ask for no compiling.

    A batch is a loop over its points, not one operation on all of them: XLA turns a loop that touches less
    than a kilobyte in each turn into one piece of machine code, ten times faster than a few large operations.
    """
    import tensorflow as tf

    def point(data, i, theta):
        """Return x, the hidden neurons' values and the error α(x) − y for the point in column i."""
        w, b, _ = tf.unstack(theta)
        x, y = tf.unstack(tf.gather(data, i, axis=1))
        hidden = tf.sigmoid(w * x + b)
        return x, hidden, tf.reduce_sum(theta[2] * hidden) - y

    def visit(i, end, gradient, total, theta):
        x, hidden, error = point(visits, i, theta)
        # (α − y)² has the slope 2 (α − y) h in v; through the sigmoid, 2 (α − y) v h (1 − h) in w x + b.
        inside = error * theta[2] * hidden * (1.0 - hidden)
        gradient += 2.0 * tf.stack([inside * x, inside, error * hidden])
        return i + 1, end, gradient, total + error**2, theta

    def step(begin, last, done, total, theta):
        end = tf.minimum(begin + batch_size, last)  # an epoch's last batch may be smaller
        state = (begin, end, tf.zeros_like(theta), total, theta)
        _, _, gradient, total, _ = tf.while_loop(lambda i, end, *_: i < end, visit, state)
        theta -= learning_rate / tf.cast(end - begin, tf.float32) * gradient
        return end, last, done + 1, total, theta

    def measure(i, total, theta):
        return i + 1, total + point(kept_back, i, theta)[2] ** 2, theta

    def epoch(number, done, theta, errors):
        begin = number * points
        state = (begin, begin + points, done, 0.0, theta)
        visited, _, done, total, theta = tf.while_loop(
            lambda i, last, done, *_: (i < last) & (done < steps), step, state
        )
        training = total / tf.cast(visited - begin, tf.float32)
        squares = tf.while_loop(lambda i, *_: i < points_kept_back, measure, (0, 0.0, theta))[1]
        generalisation = squares / tf.cast(points_kept_back, tf.float32)
        errors = tf.tensor_scatter_nd_update(errors, [[0, number], [1, number]], [training, generalisation])
        return number + 1, done, theta, errors

    _, _, theta, errors = tf.while_loop(lambda _, done, *_rest: done < steps, epoch, (0, 0, theta, errors))
    return theta, errors


def _buffer(rows: np.ndarray, least: int) -> np.ndarray:
    """Return rows (m, n) in float32, with room after them up to a power of two, `least` or more."""
    room = max(least, 1 << (rows.shape[1] - 1).bit_length()) - rows.shape[1]
    return np.pad(rows.astype(np.float32), ((0, 0), (0, room)))
