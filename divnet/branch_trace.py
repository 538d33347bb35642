"""Every number on autodiff's way through the activation's three branches, forward and back.

    y = the chosen one of branch₁(guard₁(x)), branch₂(guard₂(x)), branch₃(guard₃(x))
    gradient = Σ upstreamₖ · slope of branchₖ · slope of guardₖ

The upstream is 1 where a branch was chosen and 0 otherwise. All of it is TensorFlow's own
arithmetic, so that 0 · ∞ is seen to be NaN where TensorFlow meets it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from divnet.tensorflow_activation import Guards, branch_values, choose, unguarded

BRANCH_NAMES = ("exponential", "logarithm", "tail")


class BranchTrace(NamedTuple):
    """What autodiff met at each x, (n,); the first axis of (3, n) counts the branches, as in BRANCH_NAMES."""

    x: np.ndarray  # (n,)
    y: np.ndarray  # (n,)
    gradient: np.ndarray  # (n,): the sum of `parts`
    arguments: np.ndarray  # (3, n): what the guards let each branch see
    values: np.ndarray  # (3, n)
    upstream: np.ndarray  # (3, n): 1 where the branch was chosen, 0 elsewhere
    slopes: np.ndarray  # (3, n): of the branch, at its argument
    guard_slopes: np.ndarray  # (3, n): 1 where the guard handed x on, 0 where it put in another number
    parts: np.ndarray  # (3, n): upstream · slope · guard's slope

    def at(self, i: int) -> "BranchTrace":
        """Return the numbers of the i-th x: each array without its last axis."""
        return BranchTrace(*(array[..., i] for array in self))


def trace_branches(x: ArrayLike, guards: Guards = unguarded, dtype: str = "float32") -> BranchTrace:
    """Send x (n,) through the activation with these guards and back; keep every number on the way.

    guards: `unguarded`, `deck_guards`, `own_intervals`, or a function x → three tensors like x.
    dtype: of the tensors; infinities and NaN in the result are TensorFlow's answer, no error.
    """
    import tensorflow as tf

    tensor = tf.constant(np.asarray(x, dtype=dtype))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(tensor)
        arguments = [tf.identity(argument) for argument in guards(tensor)]  # apart, even where all are x
        values = branch_values(*arguments)
        y = choose(tensor, *values)

    def back(target: Any, source: Any, upstream: Any = None) -> Any:
        return tape.gradient(
            target, source, output_gradients=upstream, unconnected_gradients=tf.UnconnectedGradients.ZERO
        )

    reached = back(y, arguments)  # upstream · slope
    return BranchTrace(
        x=tensor.numpy(),
        y=y.numpy(),
        gradient=back(y, tensor).numpy(),
        arguments=_stack(arguments),
        values=_stack(values),
        upstream=_stack(back(y, values)),
        slopes=_stack(back(value, argument) for value, argument in zip(values, arguments, strict=True)),
        guard_slopes=_stack(back(argument, tensor) for argument in arguments),
        parts=_stack(back(*each) for each in zip(arguments, [tensor] * 3, reached, strict=True)),
    )


def _stack(rows: Any) -> np.ndarray:
    return np.stack([row.numpy() for row in rows])
