"""Exercise ``approximator``: α(x) = Σ v_k σ(w_k x + b_k) for many x at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Evidence, Exercise, Inputs, Misconception
from autograder.exercises.cases import Cases, case, changed, computes
from autograder.exercises.catalogue import judge_with
from autograder.exercises.forms import Fits
from autograder.exercises.neurons import approximate, condition, draw_weights, sigma


def exact(x: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> list[np.ndarray]:
    return [reference.floats(lambda t: reference.approximator(t, w, b, v), x)]


SUBJECT = Cases(parts=("result",), exact=exact, condition=condition)


def probe(rng: np.random.Generator) -> Inputs:
    """Fixed small cases, then fresh ones: fewer, as many and more points than neurons, one of each."""
    calls = [
        case("case 0", x=[2.0], w=[0.5], b=[-1.5], v=[3.0]),
        case("case 1", x=[-1.0, 0.0, 2.0], w=[0.5, -1.0], b=[0.3, 0.7], v=[2.0, -1.5]),
    ]
    for points, neurons in ((1, 4), (3, 1), (3, 3), (2, 5), (7, 10)):
        x = np.round(rng.uniform(-4, 4, points), 2)
        calls.append(case(f"case {len(calls)}", x=x, **draw_weights(rng, neurons)))
    return {"calls": calls}


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


MISCONCEPTIONS = (
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
        "The values stand in a table with one column or row; expected is one plain row of numbers, shape (n,).",
        "Which axis is left over at the end?",
        shape_of("column"),
    ),
    Misconception(
        "point-by-neuron",
        "multiplies x and w number by number",
        "w * x + b is how the formula reads for one x",
        "It only works for as many points as neurons, or for one of them: x and w are multiplied number by number.",
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

APPROXIMATOR = Exercise(
    id="approximator",
    unit="01-warm-up",
    title="The approximator",
    answer="approximator",
    observer="function",
    probe=probe,
    judge=judge_with(
        "approximator",
        "approximator",
        SUBJECT.compare,
        MISCONCEPTIONS,
        praise="Right, for one point and for many, with one neuron and with ten.",
        thought="Take one x and one neuron and follow them through your function with a pencil.",
    ),
    misconceptions=MISCONCEPTIONS,
    hints=(
        "One neuron's share at one x takes three steps: a straight line, a bend, a weight. Then comes the sum.",
        "Every x meets every neuron. That makes a table: np.outer, or x[:, np.newaxis], spreads it out.",
        "In a table with a row for each x, the bend keeps the shape, and the weighted sum goes along each row: "
        "what does @ do with a table and a row of K numbers?",
    ),
    needs=("sigmoid",),
    domain="x in [−4, 4], up to ten neurons",
)
