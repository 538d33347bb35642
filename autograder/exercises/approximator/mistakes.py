"""Mistakes with a name in exercise ``approximator``."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.approximator.probe import SUBJECT
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception
from autograder.kinds.neurons import approximate, sigma
from autograder.kinds.several_arguments import changed, computes


def fits_variant(**wrong: Any) -> Fits:
    return computes(SUBJECT, lambda **a: [approximate(**a, **wrong)])


def first_neuron(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [approximate(x, w[:1], b[:1], v[:1])]


def last_neuron(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [approximate(x, w[-1:], b[-1:], v[-1:])]


def mean_neuron(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [approximate(x, w, b, v) / len(v)]


def bias_outside(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [(sigma(np.multiply.outer(x, w)) + b) @ v]


def shape_of(kind: str) -> Fits:
    """Fits where results have the shape of a column (n, 1), of a table of all neurons, or of one number."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        found = []
        for wanted in inputs["calls"]:
            n, k = (wanted["arguments"][i]["array"]["shape"][0] for i in (0, 1))
            result = evidence["calls"][wanted["id"]]["result"]
            shape = result.get("shape") if result else None
            if n == 1 or k == 1 or n == k:
                continue
            shapes = {
                "column": ([n, 1], [1, n]),
                "table": ([n, k], [k, n]),
                "number": ([],),
                "neurons": ([k],),
            }
            found.append(shape in shapes[kind])
        return bool(found) and all(found)

    return fits


def only_equal_sizes(_inputs: Inputs, evidence: Evidence) -> bool:
    errors = [r["error"]["message"] for r in evidence["calls"].values() if r["error"]]
    sizes = all("broadcast" in e or "mismatch" in e or "not aligned" in e for e in errors)
    return any("broadcast" in e for e in errors) and sizes


MISTAKES = (
    Misconception(
        "forgot-bias",
        "leaves out b",
        "σ(wx) looks complete",
        "It is what the network would give with every b = 0.",
        "What is added to w·x before it goes into the sigmoid?",
        fits_variant(bias=False),
    ),
    Misconception(
        "forgot-output-weight",
        "adds the neurons without their output weights v",
        "the sum over neurons looks complete",
        "It is what the network would give with every v = 1.",
        "What is each neuron's share multiplied by before the sum?",
        fits_variant(output_weight=False),
    ),
    Misconception(
        "forgot-sigmoid",
        "never bends: no sigmoid",
        "w·x + b, times v, already uses all the numbers",
        "It is a straight line in x: nothing bends.",
        "What happens to w·x + b before v comes in?",
        fits_variant(neuron=lambda z: z),
    ),
    Misconception(
        "sigmoid-sign",
        "computes 1/(1 + eᶻ) in each neuron",
        "the minus in the exponent is small",
        "Each neuron falls where it should rise.",
        "Check the sigmoid on its own first: it should be nearly 1 far to the right.",
        fits_variant(neuron=lambda z: sigma(-z)),
    ),
    Misconception(
        "tanh",
        "uses the hyperbolic tangent",
        "it has the same S-shape",
        "It is what the network would give with tanh for a sigmoid.",
        "Which function bends each neuron in this unit?",
        fits_variant(neuron=np.tanh),
    ),
    Misconception(
        "bias-outside",
        "adds b after the sigmoid",
        "a bracket in the wrong place",
        "b is added to the sigmoid's result, not to what goes into it.",
        "Which brackets hold w·x and b together?",
        computes(SUBJECT, bias_outside),
    ),
    Misconception(
        "sigmoid-of-sum",
        "puts the whole sum through the sigmoid once more",
        "the output looks like a neuron, too",
        "All values lie between 0 and 1: the sum itself goes through a sigmoid.",
        "Does anything happen to the sum before it is handed back?",
        computes(SUBJECT, lambda **a: [sigma(approximate(**a))]),
    ),
    Misconception(
        "mean-of-neurons",
        "takes the mean over the neurons",
        "np.mean stands beside np.sum",
        "It is too small by a factor, and that factor is the number of neurons.",
        "Is it a sum or a mean that the formula takes over the neurons?",
        computes(SUBJECT, mean_neuron),
    ),
    Misconception(
        "one-neuron",
        "gives one neuron's share only",
        "a return inside the loop ends it in its first round; = in a loop keeps only the last",
        "It is one neuron's share; with one neuron alone it is right.",
        "What happens to the other neurons' shares in your loop?",
        lambda i, e: computes(SUBJECT, first_neuron)(i, e) or computes(SUBJECT, last_neuron)(i, e),
    ),
    Misconception(
        "forgot-sum",
        "gives a table of every neuron's share",
        "the table holds all that is needed",
        "It gives every neuron's share on its own: their sum is still to be taken.",
        "Along which axis of the table do the neurons lie?",
        shape_of("table"),
    ),
    Misconception(
        "sum-over-everything",
        "adds up all points as well",
        "np.sum without an axis adds everything",
        "It gives one number for all x together.",
        "Over which axis should the sum go, and which one must stay?",
        shape_of("number"),
    ),
    Misconception(
        "wrong-axis",
        "adds up over the points instead of the neurons",
        "axis 0 and axis 1 are quickly mixed up",
        "It gives one number for each neuron where there should be one for each x.",
        "Which axis of your table belongs to the x, and which to the neurons?",
        shape_of("neurons"),
    ),
    Misconception(
        "column",
        "gives a column",
        "x[:, None] is still in the result",
        (
            "The values stand in a table with one column or row; expected is one plain row of numbers, "
            "shape (n,)."
        ),
        "Which axis is left over at the end?",
        shape_of("column"),
    ),
    Misconception(
        "point-by-neuron",
        "multiplies x and w number by number",
        "w * x + b is how the formula reads for one x",
        (
            "It only works for as many points as neurons, or for one of them: x and w are multiplied "
            "number by number."
        ),
        "Every x meets every neuron: what table does that make, and how does NumPy make it?",
        only_equal_sizes,
    ),
    Misconception(
        "mutates-input",
        "writes into an array it was given",
        "x *= … saves an array",
        "It writes into an array that it was given: whoever called it loses the old numbers.",
        "Could the result go into an array of its own?",
        changed,
    ),
)
