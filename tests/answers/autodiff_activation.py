"""Right and wrong answers to exercise ``autodiff-activation``, in PyTorch and in JAX by their names.

Graded where the framework is installed: tests/autograder/test_frameworks.py.
"""

from __future__ import annotations

import numpy as np

from . import Mutants

MUTANTS = Mutants("autodiff-activation")

A, S, T = 1.359140915, 109.0858178, 1403.359435


def only(x, inside, elsewhere=1.0):
    """x where it is inside. Not by ``clamp``: exactly at its limit that has the slope 0 (PyTorch 2.15)."""
    import torch

    return torch.where(inside, x, elsewhere * torch.ones_like(x))


def low(x):
    return only(x, x <= 0)


def high(x):
    return only(x, x > 15, 20.0)


def left(x):
    import torch

    return A * torch.exp(low(x) - 1)


def middle(x):
    import torch

    return 0.03 * torch.log(1e6 * only(x, (x > 0) & (x <= 15)) + 1) + 0.5


def tail(x):
    return 1 - 1 / (S * high(x) - T)


def join(x, a=left, b=middle, c=tail, first=0, second=15):
    import torch

    return torch.where(x <= first, a(x), torch.where(x <= second, b(x), c(x)))


@MUTANTS.right
def torch_wheres(x):
    return join(x)


@MUTANTS.right
def torch_in_parts(x):
    import torch

    y = torch.empty_like(x)
    for part, branch in (x <= 0, left), ((x > 0) & (x <= 15), middle), (x > 15, tail):
        y[part] = branch(x[part])
    return y


@MUTANTS.right
def torch_guards(x):
    import torch

    low, high, one = x <= 0, x > 15, torch.ones_like(x)
    a = torch.exp(torch.where(low, x, -one)) / 2
    b = 0.03 * torch.log1p(1e6 * torch.where(low | high, one, x)) + 0.5
    c = 1 - 1 / (S * torch.where(high, x, 20 * one) - T)
    return torch.where(low, a, torch.where(high, c, b))


@MUTANTS.right
def torch_methods(x):
    low, high = x <= 0, x > 15
    a = (x.masked_fill(~low, -1) - 1).exp() * A
    b = (x.masked_fill(low | high, 1) * 1_000_000 + 1).log() * 0.03 + 0.5
    c = 1 - (x.masked_fill(~high, 20) * S - T).reciprocal()
    return a.where(low, c.where(high, b))


@MUTANTS.right
def torch_own_gradient(x, upstream=lambda g, s: g * s):
    import torch

    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return join(x)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            slope = torch.where(x <= 15, 30_000 / (1e6 * x + 1), S / (S * x - T) ** 2)
            return upstream(g, torch.where(x <= 0, A * torch.exp(x - 1), slope))

    return Own.apply(x)


@MUTANTS.right
def jax_guards(x):
    import jax.numpy as jnp

    low, high = x <= 0, x > 15
    a = A * jnp.exp(jnp.where(low, x, -1) - 1)
    b = 0.03 * jnp.log(1e6 * jnp.where(low | high, 1, x) + 1) + 0.5
    c = 1 - 1 / (S * jnp.where(high, x, 16) - T)
    return jnp.where(low, a, jnp.where(high, c, b))


@MUTANTS.right
def jax_own_gradient(x, upstream=lambda g, s: g * s):
    import jax
    import jax.numpy as jnp

    @jax.custom_vjp
    def own(x):
        return jax_guards(x)

    def back(x, g):
        slope = jnp.where(x <= 15, 30_000 / (1e6 * x + 1), S / (S * x - T) ** 2)
        return (upstream(g, jnp.where(x <= 0, A * jnp.exp(x - 1), slope)),)

    own.defvjp(lambda x: (own(x), x), back)
    return own(x)


def plain_left(x):
    import torch

    return A * torch.exp(x - 1)


def plain_middle(x):
    import torch

    return 0.03 * torch.log(1e6 * x + 1) + 0.5


def plain_tail(x):
    return 1 - 1 / (S * x - T)


def wrong(name, misconception, score, **how):
    def answer(x):
        return join(x, **how)

    answer.__name__ = name
    MUTANTS.wrong_value(name, answer, misconception, score)


QUARTER, HALF, MOST = 1 / 4, 1 / 2, 3 / 4
wrong("torch_naive", "naive-where", HALF, a=plain_left, b=plain_middle, c=plain_tail)
wrong("torch_tail_unguarded", "tail-pole", MOST, c=plain_tail)
wrong("torch_log_unguarded", "log-pole", MOST, b=plain_middle)
wrong("torch_exp_unguarded", "exp-overflow", HALF, a=plain_left)
wrong("torch_few_digits", "rounded-constant", QUARTER, c=lambda x: 1 - 1 / (109.09 * high(x) - 1403.4))
wrong("torch_border", "wrong-border", QUARTER, c=plain_tail, second=14)
wrong("torch_stops_the_tail", "stopped-branch", HALF, c=lambda x: tail(x).detach())
wrong("torch_masks_by_product", "masked-infinity", MOST, a=lambda x: plain_left(x * (x <= 0)))


@MUTANTS.wrong("border-slope", MOST)
def torch_minimum(x):
    import torch

    return join(x, a=lambda x: A * torch.exp(torch.minimum(x, torch.zeros_like(x)) - 1))


@MUTANTS.wrong("no-gradient", QUARTER)
def torch_by_way_of_numpy(x):
    import torch

    return torch.tensor(join(x).detach().numpy())


@MUTANTS.wrong("gives-array", QUARTER)
def torch_gives_array(x):
    return join(x).detach().numpy()


@MUTANTS.wrong("scalar-only", QUARTER)
def torch_if(x):
    return left(x) if x <= 0 else middle(x) if x <= 15 else tail(x)


@MUTANTS.wrong("dtype-changed", MOST)
def torch_doubles(x):
    return join(x.double())


@MUTANTS.wrong("single-precision")
def torch_floats(x):
    return join(x.float()).to(x.dtype)


@MUTANTS.wrong("flattens", HALF)
def torch_flattens(x):
    return join(x.reshape(-1))


@MUTANTS.wrong("naive-where", HALF)
def jax_naive(x):
    import jax.numpy as jnp

    b = 0.03 * jnp.log(1e6 * x + 1) + 0.5
    return jnp.where(x <= 0, A * jnp.exp(x - 1), jnp.where(x <= 15, b, 1 - 1 / (S * x - T)))


@MUTANTS.wrong("border-slope", MOST)
def jax_ties(x):
    """At a tie jnp.minimum gives half of the slope to either side."""
    import jax.numpy as jnp

    return jnp.where(x <= 0, A * jnp.exp(jnp.minimum(x, 0) - 1), jax_guards(x))


@MUTANTS.wrong("no-gradient")
def jax_by_way_of_numpy(x):
    import jax.numpy as jnp

    return jnp.asarray(np.asarray(jax_guards(x)))
