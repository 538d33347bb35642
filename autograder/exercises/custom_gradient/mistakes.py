"""Mistakes with a name in exercise ``custom-gradient``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.activation_slope import mistakes as deck
from autograder.exercises.custom_gradient.probe import SUBJECT
from autograder.exercises.custom_gradient.slopes import SLOPES
from autograder.exercises.tf_activation.mistakes import formula_mistakes
from autograder.kinds.elementwise_mistakes import Fits, any_of
from autograder.kinds.legacy import Misconception
from autograder.kinds.tensor_form import digit_mistakes, form_mistakes
from autograder.kinds.tensor_mistakes import (
    dtype_changed,
    gradients,
    raises,
    values_right,
)
from autograder.kinds.tensors import GRADIENT, Points


def slope(x: np.ndarray) -> np.ndarray:
    inner = np.where(x <= 15, deck.middle_branch(x), deck.tail_branch(x))
    return np.where(x <= 0, deck.left_branch(x), inner)


def _any(*guesses: Callable[[Points], np.ndarray]) -> Fits:
    """Fits where the gradient is wrong in more than one branch, and is one and the same of these."""
    same = any_of(*(gradients(SUBJECT, guess) for guess in guesses))

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        p = SUBJECT.points(inputs, evidence)
        return len(set(p.part[~p.right[GRADIENT]])) > 1 and same(inputs, evidence)

    return fits


def _frameworks_own(inputs: Inputs, evidence: Evidence) -> bool:
    wrong = not SUBJECT.points(inputs, evidence).right[GRADIENT].all()
    return evidence.get("registered") is False and wrong and values_right(SUBJECT, inputs, evidence)


def _pair(_inputs: Inputs, evidence: Evidence) -> bool:
    results = [r["result"] for r in evidence["calls"].values() if r["result"]]
    return bool(results) and all(r.get("type") == "tuple" for r in results)


UPSTREAM = (
    Misconception(
        "not-decorated",
        "gives value and gradient function back as a pair",
        "the function looks complete, and the line above it is easily lost",
        "What comes back is a pair, and nobody unpacks it: the line above the def is missing.",
        "What turns a function that returns a value and a gradient function into one with a gradient?",
        _pair,
    ),
    Misconception(
        "no-gradient-function",
        "returns the value alone from a function with a gradient of its own",
        "the gradient function is written, but never handed over",
        "tf.custom_gradient expects two things from the function below it, and gets one.",
        "What stands after the return: only the value?",
        lambda _, e: raises(e, "values to unpack") and raises(e, "iterate over a scalar tensor"),
    ),
    Misconception(
        "gradient-without-upstream",
        "has a gradient function that takes no argument",
        "the slope depends on x alone, and x is at hand",
        "The gradient function is called with one argument, and takes none.",
        "What arrives from the layers above, and into which parameter?",
        lambda _, e: raises(e, "takes 0 positional arguments but 1 was given"),
    ),
    Misconception(
        "forgot-upstream",
        "gives the slope alone, whatever arrives from above",
        "alone, with an upstream gradient of 1, nobody notices",
        "These are the slopes themselves: what arrives from the layers above is lost.",
        "The chain rule has two factors. One is your slope: where is the other?",
        _any(lambda p: slope(p.x)),
    ),
    Misconception(
        "adds-upstream",
        "adds what arrives from above to the slope",
        "two gradients that meet in one place are added, after all",
        "It is the sum of slope and upstream gradient.",
        "What does the chain rule do with the slopes of two functions, one inside the other?",
        _any(lambda p: slope(p.x) + p.upstream),
    ),
    Misconception(
        "collapsed-upstream",
        "makes one number of all that arrives from above",
        "the loss is one number, and its gradient seems to be one too",
        "Every slope is multiplied by the same number: the upstream gradients' sum or mean.",
        "Each x has an upstream gradient of its own. Which step throws them together?",
        _any(lambda p: slope(p.x) * p.total, lambda p: slope(p.x) * p.mean),
    ),
    Misconception(
        "divides-upstream",
        "divides where it should multiply by the upstream gradient",
        "dy/dx looks like a fraction",
        "It is a quotient of slope and upstream gradient.",
        "dz/dx from dz/dy and dy/dx: what must be done for dy to cancel?",
        _any(lambda p: slope(p.x) / p.upstream, lambda p: p.upstream / slope(p.x)),
    ),
    Misconception(
        "squared-upstream",
        "multiplies by the upstream gradient twice",
        "once in each branch and once at the end is quickly done",
        "The upstream gradient comes in twice.",
        "How many times does the upstream gradient stand in your formula, from first line to last?",
        _any(lambda p: slope(p.x) * p.upstream**2),
    ),
    Misconception(
        "passes-upstream",
        "hands on what arrives from above as it is",
        "a gradient function that returns its argument runs without an error",
        "What arrives from above goes out below, unchanged: the activation's own slope is missing.",
        "How much does the activation change when x changes a little? Where does that come in?",
        _any(lambda p: p.upstream),
    ),
    Misconception(
        "value-for-slope",
        "puts the activation's value where its slope belongs",
        "value and slope sit side by side, and for x ≤ 0 they are the same",
        "Where it is wrong it is the value, not the slope, times the upstream gradient.",
        "Just right of 0 the curve is very steep. Is your factor large there?",
        _any(lambda p: deck.activation(p.x) * p.upstream, lambda p: deck.activation(p.x)),
    ),
    Misconception(
        "slope-at-output",
        "takes the slope at the result, not at x",
        "for the sigmoid one computes the slope from the result",
        "The slope belongs to another point: it is the one at the result of the activation.",
        "At which point of the curve is the slope wanted: at x, or at y?",
        _any(lambda p: slope(deck.activation(p.x)) * p.upstream),
    ),
    Misconception(
        "descent-sign",
        "has every sign turned round",
        "training goes against the gradient",
        "The sizes are right, the signs are not.",
        "Who takes the step downhill: the gradient, or the optimiser?",
        _any(lambda p: -slope(p.x) * p.upstream),
    ),
    Misconception(
        "gradient-dtype",
        "gives a gradient of another dtype than x",
        "a cast silences the error that mixed dtypes raise",
        "The value has the dtype of x; the gradient has not.",
        "Which dtype does the gradient function get to see, and which does it hand on?",
        dtype_changed(SUBJECT, GRADIENT),
    ),
)

NO_GRADIENT_OF_ITS_OWN = Misconception(
    "no-gradient-of-its-own",
    "leaves the gradient to the framework",
    "autodiff gives a gradient for most x, after all",
    "The values are right, but no gradient of your own was seen: it is the one that autodiff finds.",
    "Which line above a function says that it brings its gradient along, and what does it then return?",
    _frameworks_own,
)

MISTAKES = (
    *UPSTREAM[:3],
    *form_mistakes(SUBJECT),
    *formula_mistakes(SUBJECT),
    NO_GRADIENT_OF_ITS_OWN,
    *UPSTREAM[3:],
    *SLOPES,
    *digit_mistakes(SUBJECT),
)
