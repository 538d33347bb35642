"""Mistakes with a name in exercise ``custom-gradient``."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.activation_slope.mistakes import activation
from autograder.exercises.custom_gradient.probe import PROBE
from autograder.exercises.custom_gradient.slopes import SLOPES
from autograder.exercises.tf_activation.mistakes import TORCH_WHERE, VALUES
from autograder.kinds.tensor_form import ROUNDED_CONSTANT, TENSOR_FORM, no_gradient
from autograder.kinds.tensor_mistakes import Backward, dtype_changed
from autograder.kinds.tensor_observation import GRADIENT, Observation


def slope(x: np.ndarray) -> np.ndarray:
    left, middle, tail = (formula(x) for formula in PROBE.slopes.values())
    return np.where(x <= 0, left, np.where(x <= 15, middle, tail))


def cut(upstream: np.ndarray) -> np.ndarray:
    """From −1 to 1."""
    one = upstream / upstream
    return np.where(upstream > 1, one, np.where(upstream < -1, -one, upstream))


def gives_pair(seen: Observation) -> bool:
    """Fits where the answer, as far as it raises no error, gives a tuple back."""
    returned = {call.returned for call in seen.calls.values() if not call.raised}
    return returned == {"tuple"}


def called_by_the_framework(text: str) -> Callable[[Observation], bool]:
    """Fits where a function that is made in the answer raises so, and no line of the answer called it."""
    pattern = re.compile(rf"<locals>\.\S+\(\) {text}")
    return lambda seen: any(c.line is None and pattern.search(c.raised) for c in seen.calls.values())


def frameworks_own(seen: Observation) -> bool:
    return seen.registered is False and seen.values_right()


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
        fits=called_by_the_framework("takes 0 positional arguments but 1 was given"),
    ),
    Mistake(
        "gradient-with-more-arguments",
        did="has a gradient function that takes more than one argument",
        tempting="the slope depends on x, and x looks like an argument",
        shows="The gradient function is called with one argument, and asks for more.",
        hint="x is known inside already: what alone arrives from above?",
        fits=called_by_the_framework(r"missing \d required positional argument"),
    ),
    Mistake(
        "value-and-gradient-swapped",
        did="gives gradient function and value back in the wrong order",
        tempting="two things in a row are quickly swapped",
        shows="Where the value belongs, a function comes back.",
        hint="Which of the two comes first after the return?",
        fits=lambda seen: seen.raised("Failed to convert elements of <function"),
    ),
    Mistake(
        "gradient-called",
        did="hands over something that is no function where the gradient function belongs",
        tempting="with its brackets a function's name looks complete",
        shows="The second thing that comes back is no function.",
        hint="Do brackets stand behind the gradient function's name in the last line? They call it.",
        fits=lambda seen: seen.raised("unsupported callable"),
    ),
    Mistake(
        "function-alone",
        did="gives the gradient function back without the value",
        tempting="the gradient is what the unit is about",
        shows="Only the gradient function comes back: the value is missing.",
        hint="Which two things stand after the return, and in which order?",
        fits=lambda seen: seen.raised("cannot unpack non-iterable function"),
    ),
    Mistake(
        "gradient-pair",
        did="has a gradient function that gives several results",
        tempting="slope and upstream gradient are two numbers",
        shows="The gradient function gives more than one result, for the one x that came in.",
        hint="What does the chain rule make of slope and upstream gradient?",
        fits=lambda seen: seen.raised("Num gradients"),
    ),
    Mistake(
        "gradient-gives-nothing",
        did="has a gradient function that gives nothing back",
        tempting="the last line computes the right thing, and nobody hands it on",
        shows="The values are right; the gradient function gives nothing back (None).",
        hint="Is the gradient function's last line a return?",
        fits=lambda seen: bool(seen.registered) and no_gradient(seen),
    ),
    Mistake(
        "gradient-of-all",
        did="gives one gradient for all x together",
        tempting="the loss is one number, and its gradient seems to be one too",
        shows="The gradient function gives one number where there should be one for each x.",
        hint="Which step in it throws the x together?",
        fits=lambda seen: all(c.readings[GRADIENT].problem == "gives shape ()" for c in seen.arrays),
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
        "absolute-upstream",
        did="loses the sign of what arrives from above",
        tempting="a size looks like all that matters",
        shows="Where the upstream gradient is negative, the sign is not right.",
        hint="May what arrives from above be negative? What becomes of its sign?",
        wrong=Backward(lambda x, upstream: slope(x) * np.where(upstream < 0, -upstream, upstream)),
    ),
    Mistake(
        "upstream-cut",
        did="cuts what arrives from above",
        tempting="large gradients have a bad name",
        shows="The upstream gradient does not come in as it is: its size, or its sign, is cut.",
        hint="Which step changes the upstream gradient before it is multiplied?",
        wrong=(
            Backward(lambda x, upstream: slope(x) * cut(upstream)),
            Backward(lambda x, upstream: slope(x) * upstream / np.where(upstream < 0, -upstream, upstream)),
            Backward(lambda x, upstream: slope(x) * np.where(upstream > 0, upstream, 0 * upstream)),
        ),
    ),
    Mistake(
        "twice",
        did="gives twice the gradient",
        tempting="the 2 of a square belongs to the loss",
        shows="It is twice the right gradient everywhere.",
        hint="Where does the factor 2 come from?",
        wrong=Backward(lambda x, upstream: 2 * slope(x) * upstream),
    ),
    Mistake(
        "shadowed-x",
        did="takes the slope at the upstream gradient, not at x",
        tempting="a parameter called x hides the x outside",
        shows="The slope is that at what arrives from above, not that at x.",
        hint="What is the gradient function's parameter called, and which x does it see inside?",
        wrong=(
            Backward(lambda _x, upstream: slope(upstream)),
            Backward(lambda _x, upstream: slope(upstream) * upstream),
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
