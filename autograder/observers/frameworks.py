"""What differs from one framework to another: its tensors, its gradients, its compiled functions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import numpy as np

Function = Callable[[Any], Any]


class TensorFlow:
    """GradientTape and tf.function."""

    compiles = True

    def __init__(self, answer: Function) -> None:
        import tensorflow

        self.tf = tensorflow
        self.compiled: Function = tensorflow.function(lambda x: answer(x), reduce_retracing=True)

    def value_and_gradient(
        self, function: Function, x: np.ndarray, upstream: np.ndarray, watch: Callable[[Any], None]
    ) -> tuple[Any, Any]:
        """function(x), and its gradient for that upstream: None where TensorFlow has none."""
        tf = self.tf
        tensor = tf.constant(x)
        with tf.GradientTape() as tape:
            tape.watch(tensor)
            y = function(tensor)
        watch(y)
        if not tf.is_tensor(y) or not y.dtype.is_floating or y.shape.num_elements() != x.size:
            return y, None
        flow = tf.reshape(tf.cast(upstream, y.dtype), y.shape)
        gradient = tape.gradient(y, tensor, output_gradients=flow)
        if isinstance(gradient, tf.IndexedSlices):
            gradient = tf.convert_to_tensor(gradient)
        return y, gradient

    def owns(self, y: Any) -> bool:
        return bool(self.tf.is_tensor(y))

    def registered(self, x: np.ndarray) -> bool | None:
        """Whether the answer brings a gradient of its own; None where that cannot be seen."""
        with suppress(Exception):
            graph = self.compiled.get_concrete_function(self.tf.constant(x)).graph.as_graph_def()  # type: ignore[attr-defined]
            nodes = [*graph.node, *(n for f in graph.library.function for n in f.node_def)]
            kinds = [n.attr["_gradient_op_type"].s for n in nodes if "_gradient_op_type" in n.attr]
            return any(kind.startswith(b"CustomGradient") for kind in kinds)
        return None


class PyTorch:
    """autograd; nothing is compiled."""

    compiles = False

    def __init__(self, answer: Function) -> None:
        import torch

        self.torch = torch
        self.compiled: Function = answer
        self.answer = answer

    def value_and_gradient(
        self, function: Function, x: np.ndarray, upstream: np.ndarray, watch: Callable[[Any], None]
    ) -> tuple[Any, Any]:
        """function(x), and its gradient for that upstream: None where PyTorch has none."""
        torch = self.torch
        tensor = torch.tensor(x, requires_grad=True)
        y = function(tensor)
        watch(y)
        if not isinstance(y, torch.Tensor):
            return y, None
        if not y.requires_grad or y.numel() != x.size:
            return y.detach(), None
        flow = torch.tensor(upstream).to(y.dtype).reshape(y.shape)
        (gradient,) = torch.autograd.grad(y, tensor, flow, allow_unused=True)
        return y.detach(), None if gradient is None else gradient.detach()

    def owns(self, y: Any) -> bool:
        return isinstance(y, self.torch.Tensor)

    def registered(self, x: np.ndarray) -> bool | None:
        """Whether the answer brings a gradient of its own, somewhere on the way back."""
        with suppress(Exception):
            waiting = [self.answer(self.torch.tensor(x, requires_grad=True)).grad_fn]
            while waiting:
                step = waiting.pop()
                if isinstance(step, self.torch.autograd.function.BackwardCFunction):
                    return True
                waiting += [s for s, _ in step.next_functions if s is not None]
            return False
        return None


class Jax:
    """jax.vjp and jax.jit, in 64 bits."""

    compiles = True

    def __init__(self, answer: Function) -> None:
        import jax

        self.jax = jax
        self.answer = answer
        self.compiled: Function = jax.jit(answer)

    def value_and_gradient(
        self, function: Function, x: np.ndarray, upstream: np.ndarray, watch: Callable[[Any], None]
    ) -> tuple[Any, Any]:
        """function(x), and its gradient for that upstream: None where it gives no JAX array."""
        jax = self.jax

        def both(array: Any, flow: Any) -> tuple[Any, Any]:
            y, back = jax.vjp(function, array)
            return y, back(jax.numpy.asarray(flow, y.dtype).reshape(y.shape))[0]

        with jax.enable_x64(True):
            array = jax.numpy.asarray(x)
            # Op by op takes far longer than compiled as a whole, and is needed only where ends and poles
            # are tried: compiled, a product and a sum are rounded once, and a pole may be missed.
            if np.isfinite(x).all():
                with suppress(Exception):
                    y, gradient = jax.jit(both)(array, upstream)
                    watch(y)
                    return y, gradient
            y = function(array)
            watch(y)
            if not isinstance(y, jax.Array) or y.size != x.size:
                return y, None
            return both(array, upstream)

    def owns(self, y: Any) -> bool:
        return isinstance(y, self.jax.Array)

    def registered(self, x: np.ndarray) -> bool | None:
        """Whether the answer brings a gradient of its own."""
        with suppress(Exception):
            return (
                "custom_vjp" in (steps := str(self.jax.make_jaxpr(self.answer)(x))) or "custom_jvp" in steps
            )
        return None


Framework = TensorFlow | PyTorch | Jax

FRAMEWORKS: dict[str, type[Framework]] = {"tensorflow": TensorFlow, "torch": PyTorch, "jax": Jax}
"""The frameworks by the name under which Python imports them."""


def installed(name: str) -> bool:
    """Whether Python could import it."""
    with suppress(Exception):
        return find_spec(name) is not None
    return False
