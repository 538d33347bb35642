"""Mistakes with a name in exercise ``approximator``."""

# ruff: noqa: ARG005

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.exercise import Mistake
from autograder.kinds.calls import Observation
from autograder.kinds.neurons import approximate, sigma
from autograder.kinds.several_arguments import (
    IGNORES_ARGUMENTS,
    MUTATES_INPUT,
    ROUNDED,
    Formula,
    cut_to_whole,
)


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


def transposed(seen: Observation) -> bool:
    """Fits where as many points as neurons give what the table with its axes exchanged gives."""
    square = [c for c in seen.cases if len(c.arguments["x"]) == len(c.arguments["w"]) > 1 and c.readable]
    given = [approximate(a["w"], a["x"], a["b"], a["v"]) for a in (c.arguments for c in square)]
    same = [np.allclose(c.numbers, guess, rtol=1e-6) for c, guess in zip(square, given, strict=True)]
    return only_equal_sizes(seen) and bool(same) and all(same)


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
        "bias-sign",
        did="subtracts b",
        tempting="one sign among many",
        shows="It is what the network would give with every b turned round.",
        hint="Is b added to w·x, or taken from it?",
        wrong=lambda x, w, b, v: approximate(x, w, -np.asarray(b), v),
    ),
    Mistake(
        "bias-for-weight",
        did="mixes up b and v",
        tempting="four arrays of the same length look alike",
        shows="It is what the network would give with b and v exchanged.",
        hint="Which of the two goes into the sigmoid, and which multiplies what comes out of it?",
        wrong=lambda x, w, b, v: approximate(x, w, v, b),
    ),
    Mistake(
        "sigmoid-after-sum",
        did="adds up first and takes one sigmoid of the sum",
        tempting="one sigmoid looks like enough",
        shows="The neurons' w·x + b are added up first, times v, and only their sum goes through a sigmoid.",
        hint="How many sigmoids has a network of ten neurons?",
        wrong=lambda x, w, b, v: sigma(approximate(x, w, b, v, neuron=lambda z: z)),
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
        "neuron-left-out",
        did="leaves out the first or the last neuron",
        tempting="a range ends one before its end, and a count begins at 0",
        shows="It is the sum without one of the neurons, the first or the last.",
        hint="Which values does your loop's index, or your slice, run through?",
        wrong=(
            lambda x, w, b, v: approximate(x, w[1:], b[1:], v[1:]),
            lambda x, w, b, v: approximate(x, w[:-1], b[:-1], v[:-1]),
        ),
    ),
    Mistake(
        "first-two-neurons",
        did="adds up the first two neurons alone",
        tempting="the example has two",
        shows="It is the sum of the first two neurons, however many there are.",
        hint="How many neurons does your function get to see? Where does it count them?",
        wrong=lambda x, w, b, v: approximate(x, w[:2], b[:2], v[:2]),
    ),
    Mistake(
        "output-weight-inside",
        did="multiplies by v inside the sigmoid",
        tempting="a bracket in the wrong place",
        shows="v stands inside the sigmoid: it multiplies what goes in, not what comes out.",
        hint="Which brackets end the sigmoid's argument?",
        wrong=lambda x, w, b, v: sigma((np.multiply.outer(x, w) + b) * v).sum(axis=-1),
    ),
    Mistake(
        "weight-times-both",
        did="multiplies b by w as well",
        tempting="a bracket too many",
        shows="Each neuron takes w·(x + b): b is multiplied by w, too.",
        hint="Work out w·x + b for w = 2, x = 3 and b = 1. What does your line make of it?",
        wrong=lambda x, w, b, v: sigma((np.add.outer(x, b)) * w) @ v,
    ),
    Mistake(
        "weights-exchanged",
        did="mixes up w and v",
        tempting="both are weights",
        shows="It is what the network would give with w and v exchanged.",
        hint="Which of the two multiplies x, and which the sigmoid's result?",
        wrong=lambda x, w, b, v: approximate(x, v, b, w),
    ),
    Mistake(
        "gives-target",
        did="gives the parabola",
        tempting="that is what the network is to learn",
        shows="It is the parabola |x − ½|², whatever w, b and v are.",
        hint="Where in your function do the neurons come in?",
        wrong=lambda x, w, b, v: (x - 0.5) ** 2,
    ),
    IGNORES_ARGUMENTS,
    Mistake(
        "squeezed",
        did="loses the axis where x holds one number",
        tempting="squeeze takes away the axis that is left over",
        shows="Only where x holds a single number the shape is wrong: its axis is gone, too.",
        hint="Which axis is to go, and which is to stay? Can you name it?",
        fits=lambda seen: all(c.shape == () if len(c.arguments["x"]) == 1 else c.right for c in seen.cases),
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
        "table-transposed",
        did="has the table of every x with every neuron lying on its side",
        tempting="np.outer(w, x) and np.outer(x, w) look alike",
        shows="It only works for as many points as neurons, or for one of them: the table of every x with "
        "every neuron is there, with its rows and columns exchanged.",
        hint="Which shape has your table for 2 points and 5 neurons, and along which axis is it added up?",
        fits=transposed,
    ),
    Mistake(
        "point-by-neuron",
        did="makes no table of every x with every neuron",
        tempting="w * x + b is how the formula reads for one x",
        shows="It multiplies x and w number by number: that needs as many points as neurons, or one of them.",
        hint="Every x meets every neuron: what table does that make, and how does NumPy make it?",
        fits=only_equal_sizes,
    ),
    Mistake(
        "whole-numbers",
        did="keeps its results in an array of whole numbers when x has whole numbers",
        tempting="np.zeros_like(x) has the right shape",
        shows="Only where x holds whole numbers it is wrong: the array that takes the results holds whole "
        "numbers only, too.",
        hint="Which type do the numbers have in the array that takes your results?",
        fits=cut_to_whole,
    ),
    ROUNDED,
    MUTATES_INPUT,
)
