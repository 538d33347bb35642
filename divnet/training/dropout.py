"""The random numbers of Keras's Dropout layers, drawn for many steps at once.

TensorFlow draws a mask in each step anew, which takes more than ten times as long as the rest of a step of a
small network. Here the masks of an epoch are drawn together, and they are the same masks, bit by bit. The
generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011):
a block of four numbers is a function of a key and a counter, and TensorFlow makes these two from the layer's
seed and the number of masks drawn so far.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

LARGEST_DRAW = 2**24  # numbers held for one layer and epoch; a larger layer draws as Keras does

_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
_SEED_KEY = (0x3EC8F720, 0x02461E29)  # TensorFlow's, to make key and counter of a seed
_LARGEST_SEED = 2**31 - 2  # Keras takes seeds modulo this


class DropoutMasks:
    """The masks that a model's Dropout layers draw in its next steps, as far as they can be drawn ahead.

    model: the one that is being trained; None where nothing is, and no mask is drawn. Making an object draws
    its masks, and counts them in the layers as drawn. Layers that it leaves alone draw in each step.
    """

    def __init__(self, model: "keras.Model | None", steps: int, batch_size: int):
        self._steps, self._batch_size = steps, batch_size
        # TensorFlow makes a fraction of 23 of 32 random bits: uncompiled of the last, compiled of the first.
        self._first_bits = model is not None and bool(model.jit_compile)
        self._layers = [layer for layer in _plain_dropouts(model) if 0 < self._numbers(layer) <= LARGEST_DRAW]
        self._masks = [self._draw(layer) for layer in self._layers]

    @contextmanager
    def of_step(self, step: "int | tf.Tensor") -> Iterator[None]:
        """Let the layers take their masks of this step, the first being 0, while the block is traced."""
        import tensorflow as tf

        for layer, masks in zip(self._layers, self._masks, strict=True):
            layer.call = _masked(layer.rate, tf.gather(masks, step))
        try:
            yield
        finally:
            for layer in self._layers:
                del layer.call

    def _numbers(self, layer: Any) -> int:
        """Return how many random numbers a layer takes in all steps together."""
        return self._steps * self._batch_size * math.prod(layer.input.shape[1:])

    def _draw(self, layer: Any) -> "tf.Tensor":
        import tensorflow as tf

        shape = (self._batch_size, *layer.input.shape[1:])
        state = layer.seed_generator.state  # the seed, and how many masks have been drawn with it
        seed, drawn = tf.unstack(state.value)
        steps = drawn + tf.range(self._steps, dtype=drawn.dtype)
        seeds = tf.stack([tf.fill([self._steps], seed), steps])
        state.assign(tf.stack([seed, drawn + self._steps]))
        uniform = uniform_numbers(seeds % _LARGEST_SEED, math.prod(shape), self._first_bits)
        return tf.reshape(uniform >= layer.rate, (self._steps, *shape))


def _plain_dropouts(model: "keras.Model | None") -> list[Any]:
    """Return the layers that draw exactly once a step, and one number for each of their inputs."""
    import keras

    if not isinstance(model, keras.Sequential):
        return []
    return [
        layer
        for layer in model.layers
        if type(layer) is keras.layers.Dropout
        and 0.0 < layer.rate < 1.0
        and layer.noise_shape is None
        and layer.compute_dtype == "float32"
        and None not in layer.input.shape[1:]
    ]


def uniform_numbers(seeds: "tf.Tensor", count: int, first_bits: bool) -> "tf.Tensor":
    """Return what tf.random.stateless_uniform([count], seed) draws for each of many seeds.

    seeds: (2, n), whole numbers from 0 on; the result is (n, count) in float32, at least 0 and below 1.
    first_bits: as a function compiled by XLA draws them; otherwise as an uncompiled one does.
    """
    import tensorflow as tf

    low, high = tf.unstack(tf.cast(seeds, tf.uint32))
    zero = tf.zeros_like(low)
    key_0, key_1, *upper = _philox([low, zero, high, zero], [tf.constant(k, tf.uint32) for k in _SEED_KEY])
    blocks = tf.range(-(-count // 4), dtype=tf.int32)
    zero = tf.zeros([low.shape[0], blocks.shape[0]], tf.uint32)
    counter = [tf.cast(blocks, tf.uint32) + zero, zero, *(part[:, tf.newaxis] + zero for part in upper)]
    words = _philox(counter, [key_0[:, tf.newaxis], key_1[:, tf.newaxis]])
    bits = tf.reshape(tf.stack(words, axis=-1), [low.shape[0], -1])[:, :count]
    bits = tf.bitwise.right_shift(bits, 9) if first_bits else bits & 0x7FFFFF
    return tf.cast(bits, tf.float32) * 2.0**-23


def _philox(counter: list[Any], key: list[Any]) -> list[Any]:
    """Return four words of 32 random bits for each counter (four words) and key (two words)."""
    for _ in range(10):
        high_0, low_0 = _product(counter[0], _MULTIPLIERS[0])
        high_1, low_1 = _product(counter[2], _MULTIPLIERS[1])
        counter = [high_1 ^ counter[1] ^ key[0], low_1, high_0 ^ counter[3] ^ key[1], low_0]
        key = [word + step for word, step in zip(key, _KEY_STEPS, strict=True)]
    return counter


def _product(word: "tf.Tensor", factor: int) -> "tuple[tf.Tensor, tf.Tensor]":
    """Return the upper and the lower 32 bits of a product."""
    import tensorflow as tf

    product = tf.cast(word, tf.uint64) * factor
    return tf.cast(tf.bitwise.right_shift(product, 32), tf.uint32), tf.cast(product, tf.uint32)


def _masked(rate: float, mask: "tf.Tensor") -> Any:
    """Return what a Dropout layer computes with this mask, in place of its `call`."""
    import tensorflow as tf

    def call(inputs: Any, training: bool = False) -> Any:
        return tf.where(mask, inputs * (1.0 / (1.0 - rate)), 0.0) if training else inputs

    return call
