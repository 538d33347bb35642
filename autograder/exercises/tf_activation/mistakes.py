"""Mistakes with a name in exercise ``tf-activation`` (and in its sibling for other frameworks)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation.mistakes import MISTAKES as ACTIVATION
from autograder.exercises.tf_activation.probe import (
    PROBE,
    Floats,
    Mask,
    near_log_pole,
    near_tail_pole,
    outside,
)
from autograder.kinds.tensor_form import ROUNDED_CONSTANT, TENSOR_FORM
from autograder.kinds.tensor_mistakes import Formula, another_branch, finite, not_finite, wrong_only, zero
from autograder.kinds.tensor_observation import GRADIENT, VALUE, Call, Observation

FOUND_AGAIN = (
    *("ten-million", "hundred-thousand", "log10", "missing-plus-one", "missing-offset"),
    *("missing-half", "missing-shift", "tail-sign", "missing-one-minus"),
)
KNOWN: dict[str, Mistake[Any]] = {m.id: m for m in ACTIVATION}


BRANCHES = tuple(PROBE.values.values())


def _follows(call: Call, formula: Formula) -> bool:
    numbers, here = np.asarray(call.readings[VALUE].numbers), call.ordinary
    return bool(np.allclose(numbers[here], formula(call.x)[here], 1e-3, equal_nan=True))


def one_for_all(seen: Observation) -> bool:
    """Fits where single numbers are right, and an array of many has one branch's values throughout."""
    single = [call for name, call in seen.calls.items() if name.startswith("number")]
    with np.errstate(all="ignore"):
        same = [
            any(_follows(call, formula) for formula in BRANCHES) for call in seen.arrays if not call.failed
        ]
    return all(bool(call.right[VALUE].all()) for call in single) and bool(same) and all(same)


VALUES: tuple[Mistake[Observation], ...] = (
    *(KNOWN[name] for name in FOUND_AGAIN),
    Mistake(
        "one-branch-for-all",
        did="chooses one branch for all numbers of a tensor together",
        tempting="tf.cond, or an if, asks for one truth value",
        shows="Number by number the values are right. A tensor of many gets one and the same branch for all.",
        hint="What chooses a branch for each number on its own?",
        fits=one_for_all,
    ),
    replace(KNOWN["wrong-border"], fits=another_branch(VALUE, PROBE.values)),
)
"""The plain activation's mistakes, found again in a tensor's values."""


def large(x: Floats) -> Mask:
    return x > 80


def far_values(*, are_finite: bool) -> Callable[[Observation], bool]:
    """Fits where the answer is wrong only for x far outside, with values that are (not) finite there."""

    def fits(seen: Observation) -> bool:
        p = seen.points
        wrong = ~p.right[VALUE] & p.called[VALUE]
        if are_finite:
            wrong |= ~p.right[GRADIENT] & p.called[GRADIENT]
        all_finite = bool(np.isfinite(p.given[VALUE][wrong]).all())
        return bool(wrong.any() and (large(p.x) | outside(p.x))[wrong].all()) and all_finite is are_finite

    return fits


unguarded = wrong_only(lambda x: near_log_pole(x) | near_tail_pole(x) | large(x) | outside(x), not_finite)
"""Fits where the gradient is no finite number at poles of unused branches or where they overflow."""

TORCH_WHERE: Mistake[Observation] = Mistake(
    "torch-where",
    did="calls a function of another framework",
    tempting="the deck says torch.where where it means tf.where",
    shows="Functions of another framework do not understand these tensors.",
    hint="The deck names a function of PyTorch in a TensorFlow listing: what is its sibling called here?",
    fits=lambda seen: (
        seen.framework == "tensorflow" and (seen.raised("torch") or seen.raised("must be Tensor, not"))
    ),
)

AUTODIFF: tuple[Mistake[Observation], ...] = (
    Mistake(
        "tail-pole",
        did="guards the exponential and the logarithm, but not the tail",
        tempting="the deck's own code does so, and 12.8647… is a number one hardly ever meets",
        shows="Only where the tail's denominator is 0, within the logarithm's stretch, the gradient breaks "
        "down: the tail is not taken there, yet autodiff multiplies its slope by 0.",
        hint="Which x does the tail's fraction get to see when x lies between 0 and 15?",
        fits=wrong_only(near_tail_pole, not_finite),
    ),
    Mistake(
        "log-pole",
        did="guards every branch but the logarithm",
        tempting="a logarithm that is not taken looks harmless",
        shows="Only at −0.000001, where the logarithm not taken is that of 0, the gradient breaks down.",
        hint="Which x does the logarithm get to see when x is negative?",
        fits=wrong_only(near_log_pole, not_finite),
    ),
    Mistake(
        "masked-infinity",
        did="guards by multiplying x with 0 or 1",
        tempting="x times 0 is 0 for every number one thinks of",
        shows="Only at infinity, positive or negative, the gradient breaks down: ∞ · 0 is NaN.",
        hint="What takes the place of ∞ without any multiplication?",
        fits=wrong_only(np.isinf, not_finite),
    ),
    Mistake(
        "exp-overflow",
        did="guards every branch but the exponential",
        tempting="e to the power of a large number is not wanted there anyway",
        shows="Only for large x, where the exponential that is not taken overflows, the gradient breaks "
        "down.",
        hint="Which x does the exponential get to see when x is 1000?",
        fits=wrong_only(large, not_finite),
    ),
    Mistake(
        "naive-where",
        did="lets every branch see every x",
        tempting="where takes the right branch's value, so the others seem to be out of the game",
        shows="The values are right; the gradient is NaN where a branch that is not taken has a pole or "
        "overflows. On the way back autodiff passes through all branches, and 0 · ∞ is NaN.",
        hint="Can each branch be handed an x that it can bear, whatever x is?",
        fits=unguarded,
    ),
    Mistake(
        "border-slope",
        did="loses the slope exactly at a border",
        tempting="at a tie minimum or clip may give the slope to the constant, or half of it",
        shows="Only exactly at a border the gradient belongs to neither side.",
        hint="When x equals the limit of a minimum, a maximum or a clip: who gets the slope?",
        fits=wrong_only(lambda x: np.isin(x, PROBE.borders), finite),
    ),
    Mistake(
        "stopped-branch",
        did="lets no gradient through in one of the branches",
        tempting="round, cast, stop_gradient or a clip have slope 0",
        shows="The values are right, but where the gradient is wrong it is 0: something there has no slope.",
        hint="Which step of that branch gives the same result for neighbouring x?",
        fits=wrong_only(lambda x: np.full(x.shape, True), zero),
    ),
    Mistake(
        "clips-x",
        did="limits x from outside before it computes",
        tempting="inputs are never that large",
        shows="Only for x far outside it is wrong, and there it goes on with another x.",
        hint="Up to which x must the formula hold?",
        fits=far_values(are_finite=True),
    ),
    Mistake(
        "overflow",
        did="computes ∞/∞ or ∞ − ∞ for a huge x",
        tempting="on paper such a step is harmless, with numbers of limited size it is not",
        shows="Only for x far outside its values are no finite numbers.",
        hint="Which step of the formula becomes infinite first, and what does it meet then?",
        fits=far_values(are_finite=False),
    ),
)
"""Values right, gradients not: what autodiff makes of branches that are not taken."""

MISTAKES = (TORCH_WHERE, *TENSOR_FORM, *VALUES, *AUTODIFF, ROUNDED_CONSTANT)
