"""Answers in PyTorch and JAX, where they are installed (neither is in the lock): skipped loudly elsewhere."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

import numpy as np
import pytest

from autograder.exercises import exercise
from autograder.judging import grade
from autograder.verdict import Status
from tests.answers.autodiff_activation import (
    MUTANTS,
    jax_guards,
    jax_own_gradient,
    torch_guards,
    torch_own_gradient,
    torch_wheres,
)


def needs(name):
    missing = find_spec(name) is None
    if missing:
        warnings.warn(
            f"{name} is not installed: its answers are not tested (pip install {name})", UserWarning
        )
    return pytest.mark.skipif(missing, reason=f"{name} is not installed: pip install {name}")


with warnings.catch_warnings(action="default"):
    needs_torch, needs_jax = needs("torch"), needs("jax")


def torch_forgot_upstream(x):
    return torch_own_gradient(x, lambda _g, s: s)


def jax_forgot_upstream(x):
    return jax_own_gradient(x, lambda _g, s: s)


def torch_from_numpy(x):
    import torch

    return torch_wheres(torch.as_tensor(np.asarray(x, dtype=float)))


def torch_ten_million(x):
    import torch

    inside = (x > 0) & (x <= 15)
    return torch.where(inside, 0.03 * torch.log(1e7 * x.clamp(0) + 1) + 0.5, torch_guards(x))


def torch_writes_into_x(x):
    import torch

    return x.copy_(torch.clone(torch_guards(x)))


CASES = [
    ("custom-gradient", torch_own_gradient, None),
    ("custom-gradient", torch_forgot_upstream, "forgot-upstream"),
    ("custom-gradient", jax_own_gradient, None),
    ("custom-gradient", jax_forgot_upstream, "forgot-upstream"),
    ("activation", torch_from_numpy, None),
    ("activation", torch_guards, None),
    ("activation", torch_ten_million, "ten-million"),
    ("activation", torch_writes_into_x, "mutates-input"),
    ("activation", jax_guards, None),
]
MARKS = {"torch": needs_torch, "jax": needs_jax}
needs_either = pytest.mark.skipif(
    find_spec("torch") is None and find_spec("jax") is None, reason="neither torch nor jax is installed"
)


def marked(name, *values):
    """A case that is skipped where the framework in the first word of its name is not installed.

    Answers made from wrong formulas compute in either.
    """
    return pytest.param(*values, id=name, marks=MARKS.get(name.split("_")[0], needs_either))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("exercise", "answer", "misconception"),
    [pytest.param(*c, id=f"{c[0]}-{c[1].__name__}", marks=MARKS[c[1].__name__.split("_")[0]]) for c in CASES],
)
def test_an_answer_in_another_framework_is_judged_like_one_in_tensorflow(exercise, answer, misconception):
    verdict = grade(exercise, answer, seed=0)
    assert verdict.misconception == misconception, verdict.message
    assert (verdict.status is Status.RIGHT) is (misconception is None), verdict.message
    assert not any("none that you wrote" in r for r in verdict.remarks)


@needs_torch
def test_an_activation_that_takes_tensors_alone_is_told_what_else_the_lesson_hands_over():
    assert "NumPy" in " ".join(grade("activation", torch_guards).remarks)
    assert grade("activation", torch_from_numpy).remarks == ()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("answer", [marked(n, a) for n, a in MUTANTS.rights.items()])
def test_a_right_activation_in_another_framework_is_accepted(answer):
    verdict = grade("autodiff-activation", answer, seed=0)
    assert verdict.status is Status.RIGHT, verdict.message
    assert verdict.score == 1.0


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("wrong", [marked(w.name, w) for w in MUTANTS.wrongs])
def test_a_wrong_activation_in_another_framework_is_rejected_and_its_mistake_named(wrong):
    verdict = grade("autodiff-activation", wrong.answer, seed=0)
    assert verdict.status is Status.WRONG
    assert verdict.misconception == wrong.misconception, verdict.message
    if wrong.score is not None:
        assert verdict.score == pytest.approx(wrong.score), verdict.message


def test_the_optional_exercise_has_as_many_answers_as_the_others_and_most_mistakes_are_named():
    assert len(MUTANTS.rights) >= 5
    assert len(MUTANTS.wrongs) >= 15
    assert len([w for w in MUTANTS.wrongs if w.misconception]) >= 0.7 * len(MUTANTS.wrongs)
    catalogue = {m.id for m in exercise("autodiff-activation").mistakes}
    assert {w.misconception for w in MUTANTS.wrongs} <= catalogue


@pytest.mark.skipif(find_spec("torch") is not None or find_spec("jax") is not None, reason="one is installed")
def test_without_either_framework_the_verdict_says_what_to_install():
    verdict = grade("autodiff-activation", lambda x: x + 1)
    assert verdict.status is Status.NOT_ATTEMPTED
    assert "pip install torch" in verdict.message
