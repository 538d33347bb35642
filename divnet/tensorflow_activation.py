"""Deck D's activation on TensorFlow's tensors, four times: the guards of its branches differ, not its values.

`tf.where` chooses a value for every number of x, but computes all three branches for all of them. On the way
back each branch's slope is multiplied by the upstream that reached it, which is 0 where it was not chosen;
and where that slope is ∞, 0 · ∞ is NaN. So the guards decide which argument each branch gets to see:

    naive_tf_activation   x itself: NaN at −10⁻⁶, at the tail's pole, and from about 90 on (float32)
    deck_tf_activation    deck D's guards, on exponential and logarithm: NaN at the tail's pole
    tf_activation         x clipped to the branch's own interval: finite at every number
    custom_activation     as tf_activation, with the slope's formula in autodiff's place

All take a tensor (or what TensorFlow makes one) of float32 or float64, of any shape, and give the same shape
and dtype, eagerly and in `tf.function`. Source: deck D.
"""

from collections.abc import Callable
from typing import Any

from divnet.activation import DECK

Tensor = Any  # TensorFlow comes without types that a checker could use

BORDER = DECK.border


def tf_activation(x: Tensor) -> Tensor:
    """Return the activation, each branch's argument clipped to its own interval: every gradient is finite."""
    return _activation(x, own_intervals)


def naive_tf_activation(x: Tensor) -> Tensor:
    """Return the activation as one writes it first: every branch sees every x."""
    return _activation(x, unguarded)


def deck_tf_activation(x: Tensor) -> Tensor:
    """Return the activation with deck D's guards, which leave the tail's pole at 12.8647… open."""
    return _activation(x, deck_guards)


def custom_activation(x: Tensor) -> Tensor:
    """Return the activation with a gradient of one's own: upstream · slope, where at a border the left one's.

        1.359140915 · e^(x−1)                                        x ≤ 0
        0.03 · 1 000 000 / (1 000 000 x + 1)                         0 < x ≤ 15
        109.0858178 / (109.0858178 x − 1403.359435)²                 x > 15

    A gradient of one's own has no derivative: it is for training, which needs the first one only.
    """
    import tensorflow as tf

    @tf.custom_gradient
    def with_gradient(x):
        return tf_activation(x), lambda upstream: upstream * _slope(x)

    return with_gradient(tf.convert_to_tensor(x))


Guards = Callable[[Tensor], tuple[Tensor, Tensor, Tensor]]


def unguarded(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return x as it is for exponential, logarithm and tail."""
    return x, x, x


def deck_guards(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return x with 0 for its positive numbers, x with 0 for its negative ones, and x itself for the tail."""
    import tensorflow as tf

    zero = tf.zeros_like(x)
    return tf.where(x > 0.0, zero, x), tf.where(x < 0.0, zero, x), x


def own_intervals(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return x clipped to (−∞, 0] for the exponential, [0, 15] for the logarithm, [15, ∞) for the tail."""
    import tensorflow as tf

    # x comes first: at a tie tf.minimum and tf.maximum hand the gradient to their first argument.
    return tf.minimum(x, 0.0), tf.clip_by_value(x, 0.0, BORDER), tf.maximum(x, BORDER)


def branch_values(low: Tensor, middle: Tensor, high: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the exponential of low, the logarithm of middle and the tail of high."""
    import tensorflow as tf

    c = DECK
    return (
        c.exp_factor * tf.exp(low - 1.0),
        c.log_factor * tf.math.log(c.log_scale * middle + 1.0) + c.log_offset,
        1.0 - 1.0 / (c.tail_scale * high - c.tail_shift),
    )


def choose(x: Tensor, low: Tensor, middle: Tensor, high: Tensor) -> Tensor:
    """Return low where x ≤ 0, middle where 0 < x ≤ 15, high beyond."""
    import tensorflow as tf

    return tf.where(x <= 0.0, low, tf.where(x <= BORDER, middle, high))


def _activation(x: Tensor, guards: Guards) -> Tensor:
    import tensorflow as tf

    x = tf.convert_to_tensor(x)
    return choose(x, *branch_values(*guards(x)))


def _slope(x: Tensor) -> Tensor:
    """Return the slope; no guards are needed here, since nothing goes back through these branches."""
    import tensorflow as tf

    c = DECK
    return choose(
        x,
        c.exp_factor * tf.exp(x - 1.0),
        c.log_factor * c.log_scale / (c.log_scale * x + 1.0),
        c.tail_scale / (c.tail_scale * x - c.tail_shift) ** 2,
    )
