"""Mistakes with a name in exercise ``custom-gradient``."""

from __future__ import annotations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation_slope.mistakes import activation
from autograder.exercises.custom_gradient.probe import PROBE
from autograder.exercises.custom_gradient.slopes import SLOPES
from autograder.exercises.tf_activation.mistakes import TORCH_WHERE, VALUES
from autograder.kinds.tensor_form import ROUNDED_CONSTANT, TENSOR_FORM
from autograder.kinds.tensor_mistakes import Backward, dtype_changed
from autograder.kinds.tensor_observation import GRADIENT, Observation


def slope(x: np.ndarray) -> np.ndarray:
    left, middle, tail = (formula(x) for formula in PROBE.slopes.values())
    return np.where(x <= 0, left, np.where(x <= 15, middle, tail))


def gives_pair(seen: Observation) -> bool:
    """Fits where the answer, as far as it raises no error, gives a tuple back."""
    returned = {call.returned for call in seen.calls.values() if not call.raised}
    return returned == {"tuple"}


def frameworks_own(seen: Observation) -> bool:
    wrong = not seen.points.right[GRADIENT].all()
    return seen.registered is False and wrong and seen.values_right()


DECORATOR: tuple[Mistake[Observation], ...] = (
    Mistake(
        "not-decorated",
        did="gives value and gradient function back as a pair",
        tempting="the function looks complete, and the line above it is easily lost",
        shows="What comes back is a pair, and nobody unpacks it: the line above the def is missing.",
        hint="What turns a function that returns a value and a gradient function into one with a gradient?",
        fits=gives_pair,
    ),
    Mistake(
        "no-gradient-function",
        did="returns the value alone from a function with a gradient of its own",
        tempting="the gradient function is written, but never handed over",
        shows="tf.custom_gradient expects two things from the function below it, and gets one.",
        hint="What stands after the return: only the value?",
        fits=lambda seen: seen.raised("values to unpack") and seen.raised("iterate over a scalar tensor"),
    ),
    Mistake(
        "gradient-without-upstream",
        did="has a gradient function that takes no argument",
        tempting="the slope depends on x alone, and x is at hand",
        shows="The gradient function is called with one argument, and takes none.",
        hint="What arrives from the layers above, and into which parameter?",
        fits=lambda seen: seen.raised("takes 0 positional arguments but 1 was given"),
    ),
)
"""What is missing around the two functions: seen before anything else."""

UPSTREAM: tuple[Mistake[Observation], ...] = (
    Mistake(
        "no-gradient-of-its-own",
        did="leaves the gradient to the framework",
        tempting="autodiff gives a gradient for most x, after all",
        shows="The values are right, but no gradient of your own was seen: it is the one that autodiff "
        "finds.",
        hint="Which line above a function says that it brings its gradient along, and what does it then "
        "return?",
        fits=frameworks_own,
    ),
    Mistake(
        "forgot-upstream",
        did="gives the slope alone, whatever arrives from above",
        tempting="alone, with an upstream gradient of 1, nobody notices",
        shows="These are the slopes themselves: what arrives from the layers above is lost.",
        hint="The chain rule has two factors. One is your slope: where is the other?",
        wrong=Backward(lambda x, _upstream: slope(x)),
    ),
    Mistake(
        "adds-upstream",
        did="adds what arrives from above to the slope",
        tempting="two gradients that meet in one place are added, after all",
        shows="It is the sum of slope and upstream gradient.",
        hint="What does the chain rule do with the slopes of two functions, one inside the other?",
        wrong=Backward(lambda x, upstream: slope(x) + upstream),
    ),
    Mistake(
        "collapsed-upstream",
        did="makes one number of all that arrives from above",
        tempting="the loss is one number, and its gradient seems to be one too",
        shows="Every slope is multiplied by the same number: the upstream gradients' sum or mean.",
        hint="Each x has an upstream gradient of its own. Which step throws them together?",
        wrong=(
            Backward(lambda x, upstream: slope(x) * upstream.sum()),
            Backward(lambda x, upstream: slope(x) * upstream.mean()),
        ),
    ),
    Mistake(
        "divides-upstream",
        did="divides where it should multiply by the upstream gradient",
        tempting="dy/dx looks like a fraction",
        shows="It is a quotient of slope and upstream gradient.",
        hint="dz/dx from dz/dy and dy/dx: what must be done for dy to cancel?",
        wrong=(
            Backward(lambda x, upstream: slope(x) / upstream),
            Backward(lambda x, upstream: upstream / slope(x)),
        ),
    ),
    Mistake(
        "squared-upstream",
        did="multiplies by the upstream gradient twice",
        tempting="once in each branch and once at the end is quickly done",
        shows="The upstream gradient comes in twice.",
        hint="How many times does the upstream gradient stand in your formula, from first line to last?",
        wrong=Backward(lambda x, upstream: slope(x) * upstream**2),
    ),
    Mistake(
        "passes-upstream",
        did="hands on what arrives from above as it is",
        tempting="a gradient function that returns its argument runs without an error",
        shows="What arrives from above goes out below, unchanged: the activation's own slope is missing.",
        hint="How much does the activation change when x changes a little? Where does that come in?",
        wrong=Backward(lambda _x, upstream: upstream),
    ),
    Mistake(
        "value-for-slope",
        did="puts the activation's value where its slope belongs",
        tempting="value and slope sit side by side, and for x ≤ 0 they are the same",
        shows="Where it is wrong it is the value, not the slope, times the upstream gradient.",
        hint="Just right of 0 the curve is very steep. Is your factor large there?",
        wrong=(
            Backward(lambda x, upstream: activation(x) * upstream),
            Backward(lambda x, _upstream: activation(x)),
        ),
    ),
    Mistake(
        "slope-at-output",
        did="takes the slope at the result, not at x",
        tempting="for the sigmoid one computes the slope from the result",
        shows="The slope belongs to another point: it is the one at the result of the activation.",
        hint="At which point of the curve is the slope wanted: at x, or at y?",
        wrong=Backward(lambda x, upstream: slope(activation(x)) * upstream),
    ),
    Mistake(
        "descent-sign",
        did="has every sign turned round",
        tempting="training goes against the gradient",
        shows="The sizes are right, the signs are not.",
        hint="Who takes the step downhill: the gradient, or the optimiser?",
        wrong=Backward(lambda x, upstream: -slope(x) * upstream),
    ),
    Mistake(
        "gradient-dtype",
        did="gives a gradient of another dtype than x",
        tempting="a cast silences the error that mixed dtypes raise",
        shows="The value has the dtype of x; the gradient has not.",
        hint="Which dtype does the gradient function get to see, and which does it hand on?",
        fits=dtype_changed(GRADIENT),
    ),
)
"""Mistakes in what becomes of the upstream gradient."""

MISTAKES = (*DECORATOR, TORCH_WHERE, *TENSOR_FORM, *VALUES, *UPSTREAM, *SLOPES, ROUNDED_CONSTANT)
