"""Answers in PyTorch and JAX, where they are installed (neither is in the lock): skipped loudly elsewhere."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

import numpy as np
import pytest

from autograder.exercise import Status
from autograder.judging import grade

A, S, T = 1.359140915, 109.0858178, 1403.359435


def needs(name):
    missing = find_spec(name) is None
    if missing:
        warnings.warn(
            f"{name} is not installed: its answers are not tested (pip install {name})", UserWarning
        )
    return pytest.mark.skipif(missing, reason=f"{name} is not installed: pip install {name}")


with warnings.catch_warnings(action="default"):
    needs_torch, needs_jax = needs("torch"), needs("jax")


def torch_values(x):
    import torch

    a = A * torch.exp(torch.clamp(x, max=0) - 1)
    b = 0.03 * torch.log(1e6 * torch.clamp(x, 0, 15) + 1) + 0.5
    c = 1 - 1 / (S * torch.clamp(x, min=15) - T)
    return torch.where(x <= 0, a, torch.where(x <= 15, b, c))


def torch_guards(x):
    import torch

    low, high, one = x <= 0, x > 15, torch.ones_like(x)
    a = torch.exp(torch.where(low, x, -one)) / 2
    b = 0.03 * torch.log1p(1e6 * torch.where(low | high, one, x)) + 0.5
    c = 1 - 1 / (S * torch.where(high, x, 20 * one) - T)
    return torch.where(low, a, torch.where(high, c, b))


def torch_naive(x):
    import torch

    b = 0.03 * torch.log(1e6 * x + 1) + 0.5
    return torch.where(x <= 0, A * torch.exp(x - 1), torch.where(x <= 15, b, 1 - 1 / (S * x - T)))


def torch_tail_unguarded(x):
    import torch

    a = A * torch.exp(torch.clamp(x, max=0) - 1)
    b = 0.03 * torch.log(1e6 * torch.clamp(x, 0, 15) + 1) + 0.5
    return torch.where(x <= 0, a, torch.where(x <= 15, b, 1 - 1 / (S * x - T)))


def torch_numpy(x):
    import torch

    return torch.tensor(torch_values(x).detach().numpy())


def torch_ten_million(x):
    import torch

    b = 0.03 * torch.log(1e7 * torch.clamp(x, 0, 15) + 1) + 0.5
    return torch.where((x > 0) & (x <= 15), b, torch_values(x))


def jax_guards(x):
    import jax.numpy as jnp

    low, high = x <= 0, x > 15
    a = A * jnp.exp(jnp.where(low, x, -1) - 1)
    b = 0.03 * jnp.log(1e6 * jnp.where(low | high, 1, x) + 1) + 0.5
    c = 1 - 1 / (S * jnp.where(high, x, 16) - T)
    return jnp.where(low, a, jnp.where(high, c, b))


def jax_naive(x):
    import jax.numpy as jnp

    b = 0.03 * jnp.log(1e6 * x + 1) + 0.5
    return jnp.where(x <= 0, A * jnp.exp(x - 1), jnp.where(x <= 15, b, 1 - 1 / (S * x - T)))


def jax_ties(x):
    """At a tie jnp.minimum gives half of the slope to either side."""
    import jax.numpy as jnp

    return jnp.where(x <= 0, A * jnp.exp(jnp.minimum(x, 0) - 1), jax_guards(x))


def torch_own_gradient(x, upstream=lambda g, s: g * s):
    import torch

    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return torch_values(x)

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            slope = torch.where(x <= 15, 30_000 / (1e6 * x + 1), S / (S * x - T) ** 2)
            return upstream(g, torch.where(x <= 0, A * torch.exp(x - 1), slope))

    return Own.apply(x)


def torch_forgot_upstream(x):
    return torch_own_gradient(x, lambda _g, s: s)


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


def jax_forgot_upstream(x):
    return jax_own_gradient(x, lambda _g, s: s)


def torch_from_numpy(x):
    import torch

    return torch_values(torch.as_tensor(np.asarray(x, dtype=float)))


CASES = [
    ("autodiff-activation", torch_values, None),
    ("autodiff-activation", torch_guards, None),
    ("autodiff-activation", torch_own_gradient, None),
    ("autodiff-activation", torch_naive, "naive-where"),
    ("autodiff-activation", torch_tail_unguarded, "tail-pole"),
    ("autodiff-activation", torch_numpy, "no-gradient"),
    ("autodiff-activation", torch_ten_million, "ten-million"),
    ("autodiff-activation", jax_guards, None),
    ("autodiff-activation", jax_naive, "naive-where"),
    ("autodiff-activation", jax_ties, "border-slope"),
    ("custom-gradient", torch_own_gradient, None),
    ("custom-gradient", torch_forgot_upstream, "forgot-upstream"),
    ("custom-gradient", jax_own_gradient, None),
    ("custom-gradient", jax_forgot_upstream, "forgot-upstream"),
    ("activation", torch_from_numpy, None),
    ("activation", jax_guards, None),
]
MARKS = {"torch": needs_torch, "jax": needs_jax}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("exercise", "answer", "misconception"),
    [pytest.param(*c, id=f"{c[0]}-{c[1].__name__}", marks=MARKS[c[1].__name__.split("_")[0]]) for c in CASES],
)
def test_an_answer_in_another_framework_is_judged_like_one_in_tensorflow(exercise, answer, misconception):
    for seed in (0, 1):
        verdict = grade(exercise, answer, seed=seed)
        assert verdict.misconception == misconception, verdict.message
        assert (verdict.status is Status.RIGHT) is (misconception is None), verdict.message
        assert not any("none that you wrote" in r for r in verdict.remarks)


@pytest.mark.skipif(find_spec("torch") is not None or find_spec("jax") is not None, reason="one is installed")
def test_without_either_framework_the_verdict_says_what_to_install():
    verdict = grade("autodiff-activation", lambda x: x + 1)
    assert verdict.status is Status.NOT_ATTEMPTED
    assert "pip install torch" in verdict.message
