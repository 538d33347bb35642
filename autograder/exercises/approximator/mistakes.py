"""Mistakes with a name in exercise ``approximator``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.neurons import approximate, sigma
from autograder.kinds.several_arguments import MUTATES_INPUT, Formula


def variant(**wrong: Any) -> Formula:
    return lambda *a: approximate(*a, **wrong)


def shaped(shapes: Callable[[int, int], set[tuple[int, ...]]]) -> Callable[[Observation], bool]:
    """Fits where each result for n points and k neurons has one of these shapes."""

    def fits(seen: Observation) -> bool:
        sizes = ((c, len(c.arguments["x"]), len(c.arguments["w"])) for c in seen.cases)
        found = [c.shape in shapes(n, k) for c, n, k in sizes if n > 1 and k > 1 and n != k]
        return bool(found) and all(found)

    return fits


def only_equal_sizes(seen: Observation) -> bool:
    errors = [c.error for c in seen.cases if c.error is not None]
    sizes = all("broadcast" in e or "mismatch" in e or "not aligned" in e for e in errors)
    return any("broadcast" in e for e in errors) and sizes


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "forgot-bias",
        did="leaves out b",
        tempting="σ(wx) looks complete",
        shows="It is what the network would give with every b = 0.",
        hint="What is added to w·x before it goes into the sigmoid?",
        wrong=variant(bias=False),
    ),
    Mistake(
        "forgot-output-weight",
        did="adds the neurons without their output weights v",
        tempting="the sum over neurons looks complete",
        shows="It is what the network would give with every v = 1.",
        hint="What is each neuron's share multiplied by before the sum?",
        wrong=variant(output_weight=False),
    ),
    Mistake(
        "forgot-sigmoid",
        did="never bends: no sigmoid",
        tempting="w·x + b, times v, already uses all the numbers",
        shows="It is a straight line in x: nothing bends.",
        hint="What happens to w·x + b before v comes in?",
        wrong=variant(neuron=lambda z: z),
    ),
    Mistake(
        "sigmoid-sign",
        did="computes 1/(1 + eᶻ) in each neuron",
        tempting="the minus in the exponent is small",
        shows="Each neuron falls where it should rise.",
        hint="Check the sigmoid on its own first: it should be nearly 1 far to the right.",
        wrong=variant(neuron=lambda z: sigma(-z)),
    ),
    Mistake(
        "tanh",
        did="uses the hyperbolic tangent",
        tempting="it has the same S-shape",
        shows="It is what the network would give with tanh for a sigmoid.",
        hint="Which function bends each neuron in this unit?",
        wrong=variant(neuron=np.tanh),
    ),
    Mistake(
        "bias-outside",
        did="adds b after the sigmoid",
        tempting="a bracket in the wrong place",
        shows="b is added to the sigmoid's result, not to what goes into it.",
        hint="Which brackets hold w·x and b together?",
        wrong=lambda x, w, b, v: (sigma(np.multiply.outer(x, w)) + b) @ v,
    ),
    Mistake(
        "sigmoid-of-sum",
        did="puts the whole sum through the sigmoid once more",
        tempting="the output looks like a neuron, too",
        shows="All values lie between 0 and 1: the sum itself goes through a sigmoid.",
        hint="Does anything happen to the sum before it is handed back?",
        wrong=lambda *a: sigma(approximate(*a)),
    ),
    Mistake(
        "mean-of-neurons",
        did="takes the mean over the neurons",
        tempting="np.mean stands beside np.sum",
        shows="It is too small by a factor, and that factor is the number of neurons.",
        hint="Is it a sum or a mean that the formula takes over the neurons?",
        wrong=lambda x, w, b, v: approximate(x, w, b, v) / len(v),
    ),
    Mistake(
        "one-neuron",
        did="gives one neuron's share only",
        tempting="a return inside the loop ends it in its first round; = in a loop keeps only the last",
        shows="It is one neuron's share; with one neuron alone it is right.",
        hint="What happens to the other neurons' shares in your loop?",
        wrong=(
            lambda x, w, b, v: approximate(x, w[:1], b[:1], v[:1]),
            lambda x, w, b, v: approximate(x, w[-1:], b[-1:], v[-1:]),
        ),
    ),
    Mistake(
        "forgot-sum",
        did="gives a table of every neuron's share",
        tempting="the table holds all that is needed",
        shows="It gives every neuron's share on its own: their sum is still to be taken.",
        hint="Along which axis of the table do the neurons lie?",
        fits=shaped(lambda n, k: {(n, k), (k, n)}),
    ),
    Mistake(
        "sum-over-everything",
        did="adds up all points as well",
        tempting="np.sum without an axis adds everything",
        shows="It gives one number for all x together.",
        hint="Over which axis should the sum go, and which one must stay?",
        fits=shaped(lambda _n, _k: {()}),
    ),
    Mistake(
        "wrong-axis",
        did="adds up over the points instead of the neurons",
        tempting="axis 0 and axis 1 are quickly mixed up",
        shows="It gives one number for each neuron where there should be one for each x.",
        hint="Which axis of your table belongs to the x, and which to the neurons?",
        fits=shaped(lambda _n, k: {(k,)}),
    ),
    Mistake(
        "column",
        did="gives a column",
        tempting="x[:, None] is still in the result",
        shows=(
            "The values stand in a table with one column or row; expected is one plain row of numbers, "
            "shape (n,)."
        ),
        hint="Which axis is left over at the end?",
        fits=shaped(lambda n, _k: {(n, 1), (1, n)}),
    ),
    Mistake(
        "point-by-neuron",
        did="multiplies x and w number by number",
        tempting="w * x + b is how the formula reads for one x",
        shows=(
            "It only works for as many points as neurons, or for one of them: x and w are multiplied "
            "number by number."
        ),
        hint="Every x meets every neuron: what table does that make, and how does NumPy make it?",
        fits=only_equal_sizes,
    ),
    MUTATES_INPUT,
)
