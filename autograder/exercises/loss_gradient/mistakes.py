"""Mistakes with a name in exercise ``loss-gradient``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.loss_gradient.probe import PROBE
from autograder.kinds.calls import Observation
from autograder.kinds.neurons import (
    OTHER_NUMBER,
    WHOLE_NUMBERS,
    approximate,
    gradient,
    own_target,
    sigma,
    sigma_slope,
)
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, MUTATES_INPUT, ROUNDED, Formula, in_a_row


def variant(*parts: str, **wrong: Any) -> Formula:
    """The gradient with one piece exchanged, which only these parts show (all, if none are named)."""

    def formula(*a: Any) -> tuple[Any, ...]:
        slopes = zip(PROBE.parts, gradient(*a, **wrong), strict=True)
        return tuple(d if part in (parts or PROBE.parts) else None for part, d in slopes)

    return formula


def wrong_order(seen: Observation) -> bool:
    """The right slopes, but handed back in another order."""
    orders = list(permutations(range(3)))[1:]
    formulas = (lambda *a, order=order: [gradient(*a)[i] for i in order] for order in orders)
    two = sum(not seen.right_in(part) for part in range(3)) >= 2
    return two and PROBE.computes(tuple(formulas))(seen)


def of_the_mean(x: Any, y: Any, w: Any, b: Any, v: Any) -> list[Any]:
    """The gradient with the neurons' mean for α."""
    alpha = approximate(x, w, b, v)
    return [d * (alpha / len(w) - y) / (alpha - y) for d in gradient(x, y, w, b, v)]


def outer(x: Any, y: Any, w: Any, b: Any, v: Any) -> Any:
    """2(α − y)."""
    return 2 * (approximate(x, w, b, v) - y)


def with_factor(factor: Callable[[Any, Any], Any]) -> Formula:
    """The gradient with another first factor, made of α and y, than 2(α − y)."""
    return lambda x, y, *a: [d / outer(x, y, *a) * factor(approximate(x, *a), y) for d in gradient(x, y, *a)]


def while_adding(with_own: bool, x: Any, y: Any, w: Any, b: Any, v: Any) -> list[Any]:
    """The gradient with the sum of the neurons up to each one (or up to the one before it) for α."""
    shares = v * sigma(w * x + b)
    alphas = np.cumsum(shares) - (0 if with_own else shares)
    return [d * (alphas - y) / (approximate(x, w, b, v) - y) for d in gradient(x, y, w, b, v)]


def one_for_all(seen: Observation) -> bool:
    """With several neurons a part that is wrong is one number."""
    several = [c for c in seen.cases if len(c.arguments["w"]) > 1]
    single = [any(r.problem == "gives shape ()" for r in c.readings) for c in several]
    return bool(single) and all(single)


def nearly(seen: Observation) -> bool:
    """Every number is within two hundredths of the right one, to both sides of it."""
    if seen.right or not all(c.readable for c in seen.cases):
        return False
    yours, exact = in_a_row(seen.cases)
    ratio = yours / exact - 1
    return bool(np.all(np.abs(ratio) < 0.02) and np.unique(np.sign(ratio)).size > 1)


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "forgot-factor-2",
        did="forgets the 2 of the square",
        tempting="some books put ½ before the loss, and there it cancels",
        shows="All three are half of what they should be.",
        hint="What is the slope of e² by e?",
        wrong=variant(factor=1.0),
    ),
    Mistake(
        "descent-sign",
        did="has every sign turned round",
        tempting="y − α looks as good as α − y, and for the square it is",
        shows="The sizes are right, the signs are not.",
        hint="With α above y, should raising v (where σ > 0) make the loss larger or smaller?",
        wrong=variant(factor=-2.0),
    ),
    Mistake(
        "forgot-upstream",
        did="gives the slopes of α, not those of the loss",
        tempting="the network is differentiated, and that feels like all",
        shows="These are the slopes of α itself: the factor that comes from the square is missing.",
        hint="The loss is a square: what does the chain rule put before the slope of α?",
        wrong=(variant(error=False, factor=1.0), variant(error=False)),
    ),
    Mistake(
        "forgot-sum",
        did="takes y from each neuron's share instead of from their sum",
        tempting="s * v and s @ v are one keystroke apart, and with one neuron they give the same",
        shows="With one neuron it is right. With more, y is compared with each neuron's share on its own.",
        hint="α is one number, however many neurons there are. What shape has yours?",
        wrong=variant(together=False),
    ),
    Mistake(
        "mean-of-neurons",
        did="takes the mean over the neurons for α",
        tempting="np.mean stands beside np.sum",
        shows="With one neuron it is right. With more, α is their mean where it should be their sum.",
        hint="Is it a sum or a mean that makes α of the neurons' shares?",
        wrong=of_the_mean,
    ),
    Mistake(
        "one-for-all-neurons",
        did="gives one number for all neurons together",
        tempting="a sum, or @, throws the neurons together",
        shows="With more than one neuron, there should be one slope for each of them.",
        hint="Which step throws the neurons together that should stay apart?",
        fits=one_for_all,
    ),
    Mistake(
        "wrong-order",
        did="hands the three back in another order",
        tempting="three arrays of the same length look alike",
        shows="All three are there, in another order.",
        hint="In which order does the exercise ask for them?",
        fits=wrong_order,
    ),
    Mistake(
        "forgot-inner-x",
        did="leaves out the factor x in dw",
        tempting="db has none, and dw looks so similar",
        shows="dw is equal to db.",
        hint="How fast does w·x + b grow with w, and how fast with b?",
        wrong=variant("dw", inner=False),
    ),
    Mistake(
        "forgot-output-weight",
        did="leaves out v in dw and db",
        tempting="v belongs to the output, after all",
        shows="dw and db are what they would be with every v = 1.",
        hint="By what is the neuron's result multiplied before it reaches the output?",
        wrong=variant("dw", "db", output_weight=False),
    ),
    Mistake(
        "forgot-sigmoid-slope",
        did="leaves out the slope of the sigmoid in dw and db",
        tempting="the chain has one more link than it seems",
        shows="In dw and db the bend of the neuron is missing from the chain.",
        hint="How does σ(z) change when z changes a little?",
        wrong=variant("dw", "db", slope=np.ones_like),
    ),
    Mistake(
        "sigmoid-for-slope",
        did="puts σ where σ' belongs",
        tempting="value and slope sit side by side",
        shows="In dw and db the sigmoid's value stands where its slope belongs.",
        hint="Which of the two goes into a chain rule: the value of the outer function, or its slope?",
        wrong=variant("dw", "db", slope=sigma),
    ),
    Mistake(
        "slope-at-x",
        did="takes the sigmoid's slope at x, not at w·x + b",
        tempting="the slope of a function is often asked for at x",
        shows="In dw and db the sigmoid's slope is that at x.",
        hint="What goes into each neuron's sigmoid? Its slope is wanted there.",
        wrong=lambda x, *a: (
            *gradient(x, *a, slope=lambda z: np.full_like(z, float(sigma_slope(np.float64(x)))))[:2],
            None,
        ),
    ),
    Mistake(
        "slope-of-slope",
        did="puts σ(z) into sigmoid_slope, which takes z",
        tempting="σ is at hand when its slope is wanted",
        shows="The sigmoid is applied once too often in dw and db.",
        hint="What does sigmoid_slope want: z, or σ(z)?",
        wrong=variant("dw", "db", slope=lambda z: sigma_slope(sigma(z))),
    ),
    Mistake(
        "product-of-z",
        did="puts z(1 − z) where σ'(z) belongs",
        tempting="many listings call the sigmoid's value x, and write its slope as x(1 − x)",
        shows="In dw and db stands z(1 − z), with z = w·x + b, where the sigmoid's slope belongs.",
        hint="What has to happen to z before the two factors are made of it?",
        wrong=variant("dw", "db", slope=lambda z: z * (1 - z)),
    ),
    Mistake(
        "forgot-bias",
        did="leaves out b",
        tempting="σ(wx) looks complete",
        shows="It is what comes out with every b = 0.",
        hint="What is added to w·x before it goes into the sigmoid?",
        wrong=variant(bias=False),
    ),
    Mistake(
        "extra-output-weight",
        did="multiplies dv by v",
        tempting="dw and db have that factor",
        shows="dv is multiplied by v.",
        hint="v·σ(z) is a product: what is its slope by v?",
        wrong=lambda x, y, w, b, v: (None, None, gradient(x, y, w, b, v)[2] * v),
    ),
    Mistake(
        "parameter-as-factor",
        did="multiplies by the parameter itself at the end of the chain",
        tempting="each slope belongs to one of w, b and v, and that one is at hand",
        shows="The last factor is the parameter itself: w in dw, b in db, or v in dv.",
        hint="How fast does w·x + b grow with w, how fast with b, and v·σ(z) with v?",
        wrong=(
            lambda x, y, w, b, v: (gradient(x, y, w, b, v)[1] * w, None, None),
            lambda x, y, w, b, v: (None, gradient(x, y, w, b, v)[1] * b, None),
            lambda x, y, w, b, v: (None, None, outer(x, y, w, b, v) * np.asarray(v)),
        ),
    ),
    Mistake(
        "error-squared",
        did="keeps the square of the difference",
        tempting="the loss is a square",
        shows="The first factor is 2(α − y)², where it should be 2(α − y).",
        hint="The slope of a square is twice what was squared. Is that squared as well?",
        wrong=with_factor(lambda alpha, y: 2 * (alpha - y) ** 2),
    ),
    Mistake(
        "two-times-alpha-only",
        did="multiplies α alone by 2",
        tempting="a bracket is quickly lost",
        shows="The first factor is 2α − y, where it should be 2(α − y).",
        hint="Which brackets hold α − y together?",
        wrong=with_factor(lambda alpha, y: 2 * alpha - y),
    ),
    Mistake(
        "alpha-too-early",
        did="uses α while it is still being added up",
        tempting="one loop for all looks short",
        shows="α is not added up yet when the slopes of the first neurons are worked out.",
        hint="When is α complete: in the loop over the neurons, or after it?",
        wrong=(partial(while_adding, True), partial(while_adding, False)),
    ),
    Mistake(
        "gives-parameters",
        did="takes the step as well",
        tempting="the gradient is there for the step",
        shows="These are parameters after a step, not the slopes.",
        hint="Which exercise takes the step?",
        wrong=tuple(
            lambda *a, rate=rate: [p - rate * d for p, d in zip(a[2:], gradient(*a), strict=True)]
            for rate in (1, 0.1, 0.05, 0.01, 0.008, 0.001)
        ),
    ),
    own_target(gradient),
    OTHER_NUMBER,
    WHOLE_NUMBERS,
    Mistake(
        "forgot-sigmoid-in-dv",
        did="gives 2(α − y) for every dv",
        tempting="v stands outside the sigmoid",
        shows="dv is the same for every neuron.",
        hint="When one v grows by 1, by how much does α grow: by the same for every neuron?",
        wrong=lambda x, y, w, b, v: (None, None, np.full(len(w), 2 * (approximate(x, w, b, v) - y))),
    ),
    IGNORES_ARGUMENTS,
    ROUNDED,
    Mistake(
        "nearly-right",
        did="loses digits on the way, by rounding or by a small step in place of the chain rule",
        tempting="a difference over a small step is what a slope is, after all",
        shows="Each number is nearly right: digits get lost on the way.",
        hint="Is something rounded? And can the chain rule give your slopes, with no small step?",
        fits=nearly,
    ),
    MUTATES_INPUT,
)
