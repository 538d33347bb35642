"""Global settings of the frameworks: as they are when nobody has touched them, while an answer is observed.

A setting that a notebook left on is not what its answers are judged by. What was made under it, such as a
model, keeps it; so it is written down which there were.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from autograder.observers.guarding import safely

Undo = Callable[[], object]
LEAVE_A_TRACE = ("eager", "numerics", "floatx", "precision")
"""The settings that what was made under them keeps."""
PLAIN = "float32"
JAX = {
    "jax_debug_nans": False,
    "jax_debug_infs": False,
    "jax_disable_jit": False,
    "jax_numpy_dtype_promotion": "standard",
    "jax_numpy_rank_promotion": "allow",
}


def as_untouched(found: list[str]) -> list[Undo]:
    """Set the frameworks that are loaded to what they start with; what undoes that, the last first.

    ``found`` gets the names of those that leave a trace in what was made under them.
    """
    undo: list[Undo] = []
    for change in (_eager, _shapes, _functions, _op_callbacks, _floatx, _dtype_policy, _torch, _jax):
        safely(partial(change, undo, found))
    return undo[::-1]


def _eager(undo: list[Undo], found: list[str]) -> None:
    context: Any = sys.modules.get("tensorflow.python.eager.context")
    if context is None or context.executing_eagerly():
        return
    found.append("eager")
    default, eagerly = context.default_execution_mode, context.eager_mode()
    context.default_execution_mode = context.EAGER_MODE
    undo.append(lambda: setattr(context, "default_execution_mode", default))
    eagerly.__enter__()
    undo.append(lambda: eagerly.__exit__(None, None, None))


def _shapes(undo: list[Undo], _: list[str]) -> None:
    """Those of tensors are made of numbers, as tf.compat.v1.disable_v2_tensorshape undoes."""
    shapes: Any = sys.modules.get("tensorflow.python.framework.tensor_shape")
    if shapes is not None and shapes._TENSORSHAPE_V2_OVERRIDE is False:
        shapes._TENSORSHAPE_V2_OVERRIDE = True
        undo.append(lambda: setattr(shapes, "_TENSORSHAPE_V2_OVERRIDE", False))


def _functions(undo: list[Undo], _: list[str]) -> None:
    if (tf := sys.modules.get("tensorflow")) is not None and tf.config.functions_run_eagerly():
        tf.config.run_functions_eagerly(False)
        undo.append(lambda: tf.config.run_functions_eagerly(True))


def _op_callbacks(undo: list[Undo], found: list[str]) -> None:
    """What looks at the result of every operation, as tf.debugging.enable_check_numerics does."""
    if (context := sys.modules.get("tensorflow.python.eager.context")) is None:
        return
    for callback in list(context.context().op_callbacks):
        found.append("numerics")
        context.context().remove_op_callback(callback)
        undo.append(partial(context.context().add_op_callback, callback))


def _floatx(undo: list[Undo], found: list[str]) -> None:
    if (keras := sys.modules.get("keras")) is not None and (kind := keras.config.floatx()) != PLAIN:
        found.append("floatx")
        keras.config.set_floatx(PLAIN)
        undo.append(lambda: keras.config.set_floatx(kind))


def _dtype_policy(undo: list[Undo], found: list[str]) -> None:
    if (keras := sys.modules.get("keras")) is None:
        return
    policy = keras.config.dtype_policy()
    if policy.name != PLAIN:
        found.append("precision")
        keras.config.set_dtype_policy(PLAIN)
        undo.append(lambda: keras.config.set_dtype_policy(policy))


def _torch(undo: list[Undo], _: list[str]) -> None:
    if (torch := sys.modules.get("torch")) is None:
        return
    kept: list[tuple[Callable[[Any], Any], Any, Any]] = [
        (torch.set_default_dtype, torch.get_default_dtype(), torch.float32),
        (torch.set_grad_enabled, torch.is_grad_enabled(), True),
        (torch.autograd.set_detect_anomaly, torch.is_anomaly_enabled(), False),
    ]
    for change, before, plain in kept:
        change(plain)
        undo.append(partial(change, before))


def _jax(undo: list[Undo], _: list[str]) -> None:
    if (jax := sys.modules.get("jax")) is None:
        return
    for name, plain in JAX.items():
        if (before := getattr(jax.config, name)) != plain:
            jax.config.update(name, plain)
            undo.append(partial(jax.config.update, name, before))
