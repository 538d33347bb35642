"""Mistakes with a name in exercise ``loss-gradient``."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.loss_gradient.probe import SUBJECT
from autograder.kinds.elementwise_mistakes import Fits, any_of
from autograder.kinds.legacy import Misconception
from autograder.kinds.neurons import gradient, sigma, sigma_slope
from autograder.kinds.several_arguments import changed, computes


def variant(*parts: str, **wrong: Any) -> Fits:
    return computes(SUBJECT, lambda **a: gradient(**a, **wrong), *parts)


def wrong_order(inputs: Inputs, evidence: Evidence) -> bool:
    """The right slopes, but handed back in another order."""
    if sum(c.share < 1 for c in SUBJECT.compare(inputs, evidence).criteria) < 2:
        return False
    orders = ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
    return any(
        computes(SUBJECT, lambda order=order, **a: [gradient(**a)[i] for i in order])(inputs, evidence)
        for order in orders
    )


MISTAKES = (
    Misconception(
        "forgot-factor-2",
        "forgets the 2 of the square",
        "some books put ½ before the loss, and there it cancels",
        "All three are half of what they should be.",
        "What is the slope of e² by e?",
        variant(factor=1.0),
    ),
    Misconception(
        "descent-sign",
        "has every sign turned round",
        "y − α looks as good as α − y, and for the square it is",
        "The sizes are right, the signs are not.",
        "With α above y, should raising v (where σ > 0) make the loss larger or smaller?",
        variant(factor=-2.0),
    ),
    Misconception(
        "forgot-upstream",
        "gives the slopes of α, not those of the loss",
        "the network is differentiated, and that feels like all",
        "These are the slopes of α itself: the factor that comes from the square is missing.",
        "The loss is a square: what does the chain rule put before the slope of α?",
        any_of(variant(error=False, factor=1.0), variant(error=False)),
    ),
    Misconception(
        "forgot-sum",
        "takes y from each neuron's share instead of from their sum",
        "s * v and s @ v are one keystroke apart, and with one neuron they give the same",
        "With one neuron it is right. With more, y is compared with each neuron's share on its own.",
        "α is one number, however many neurons there are. What shape has yours?",
        variant(together=False),
    ),
    Misconception(
        "wrong-order",
        "hands the three back in another order",
        "three arrays of the same length look alike",
        "All three are there, in another order.",
        "In which order does the exercise ask for them?",
        wrong_order,
    ),
    Misconception(
        "forgot-inner-x",
        "leaves out the factor x in dw",
        "db has none, and dw looks so similar",
        "dw is equal to db.",
        "How fast does w·x + b grow with w, and how fast with b?",
        variant("dw", inner=False),
    ),
    Misconception(
        "forgot-output-weight",
        "leaves out v in dw and db",
        "v belongs to the output, after all",
        "dw and db are what they would be with every v = 1.",
        "By what is the neuron's result multiplied before it reaches the output?",
        variant("dw", "db", output_weight=False),
    ),
    Misconception(
        "forgot-sigmoid-slope",
        "leaves out the slope of the sigmoid in dw and db",
        "the chain has one more link than it seems",
        "In dw and db the bend of the neuron is missing from the chain.",
        "How does σ(z) change when z changes a little?",
        variant("dw", "db", slope=lambda z: np.ones_like(z)),
    ),
    Misconception(
        "sigmoid-for-slope",
        "puts σ where σ' belongs",
        "value and slope sit side by side",
        "In dw and db the sigmoid's value stands where its slope belongs.",
        "Which of the two goes into a chain rule: the value of the outer function, or its slope?",
        variant("dw", "db", slope=sigma),
    ),
    Misconception(
        "slope-of-slope",
        "puts σ(z) into sigmoid_slope, which takes z",
        "σ is at hand when its slope is wanted",
        "The sigmoid is applied once too often in dw and db.",
        "What does sigmoid_slope want: z, or σ(z)?",
        variant("dw", "db", slope=lambda z: sigma_slope(sigma(z))),
    ),
    Misconception(
        "forgot-bias",
        "leaves out b",
        "σ(wx) looks complete",
        "It is what comes out with every b = 0.",
        "What is added to w·x before it goes into the sigmoid?",
        variant(bias=False),
    ),
    Misconception(
        "extra-output-weight",
        "multiplies dv by v",
        "dw and db have that factor",
        "dv is multiplied by v.",
        "v·σ(z) is a product: what is its slope by v?",
        computes(SUBJECT, lambda **a: [*gradient(**a)[:2], gradient(**a)[2] * a["v"]], "dv"),
    ),
    Misconception(
        "forgot-sigmoid-in-dv",
        "gives 2(α − y) for every dv",
        "v stands outside the sigmoid",
        "dv is the same for every neuron.",
        "When one v grows by 1, by how much does α grow: by the same for every neuron?",
        computes(
            SUBJECT,
            lambda **a: [*gradient(**a)[:2], gradient(**a)[2] / sigma(a["w"] * a["x"] + a["b"])],
            "dv",
        ),
    ),
    Misconception(
        "mutates-input",
        "writes into an array it was given",
        "w *= … saves an array",
        "It writes into an array that it was given: whoever called it loses the old numbers.",
        "Could the result go into an array of its own?",
        changed,
    ),
)
