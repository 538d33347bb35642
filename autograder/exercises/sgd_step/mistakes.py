"""Mistakes with a name in exercise ``sgd-step``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations, permutations

import numpy as np

from autograder.exercise import Mistake
from autograder.exercises.sgd_step.probe import step
from autograder.kinds.calls import Observation
from autograder.kinds.neurons import OTHER_NUMBER, WHOLE_NUMBERS, Array, gradient, own_target
from autograder.kinds.several_arguments import ROUNDED, Formula, writes_into_arguments

moved = step(gradient)

STAYING = [some for size in (3, 2, 1) for some in combinations(range(3), size) if some != (0, 1)]
"""Parameters that may be left where they are, but for w and b together."""


def stepping(other: Callable[[float], float]) -> Formula:
    """The step with another learning rate."""
    return lambda x, y, w, b, v, learning_rate: moved(x, y, w, b, v, other(learning_rate))


def staying(parts: Collection[int]) -> Formula:
    """The step without these parameters."""
    return lambda *a: [a[2 + i] if i in parts else new for i, new in enumerate(moved(*a))]


def one_after_the_other(order: Sequence[int]) -> Formula:
    """Each parameter moves with a gradient at which those before it have moved already."""

    def step(x: float, y: float, w: Array, b: Array, v: Array, learning_rate: float) -> list[Array]:
        new = [w, b, v]
        for i in order:
            new[i] = new[i] - learning_rate * gradient(x, y, *new)[i]
        return new

    return step


def own_rate(seen: Observation) -> bool:
    """All calls move along the gradient, by the same multiple of it."""
    rates: set[float] = set()
    for c in seen.cases:
        if not c.readable:
            return False
        x, y, w, b, v, _ = c.arguments.values()
        steps = [old - np.asarray(r.numbers) for old, r in zip((w, b, v), c.readings, strict=True)]
        ratio = np.concatenate(steps) / np.concatenate(gradient(x, y, w, b, v))
        rate = float(np.median(ratio))
        if not np.allclose(ratio, rate, rtol=1e-4) or rate == 0:
            return False
        rates.add(float(f"{rate:.3g}"))
    return len(rates) == 1


MISTAKES: tuple[Mistake[Observation], ...] = (
    Mistake(
        "ascent",
        did="adds the gradient",
        tempting="a gradient sounds like a way to go",
        shows="The step has the right length, in the opposite direction: the loss grows.",
        hint="The gradient points uphill: which way is down?",
        wrong=stepping(lambda rate: -rate),
    ),
    Mistake(
        "forgot-learning-rate",
        did="moves by the whole gradient",
        tempting="θ − gradient reads like the rule",
        shows="The step is as long as the gradient itself.",
        hint="What is the gradient multiplied by?",
        wrong=stepping(lambda _: 1.0),
    ),
    Mistake(
        "divides-by-learning-rate",
        did="divides by the learning rate",
        tempting="slower sounds like dividing",
        shows="A smaller learning rate makes longer steps.",
        hint="Should a learning rate of 0 mean no step at all?",
        wrong=stepping(lambda rate: 1 / rate),
    ),
    Mistake(
        "gives-step",
        did="gives the step, not where it leads",
        tempting="the step is what has to be worked out",
        shows="This is how far the parameters move, not where they are afterwards.",
        hint="From where does the step start?",
        wrong=(
            lambda *a: [a[-1] * d for d in gradient(*a[:-1])],
            lambda *a: [-a[-1] * d for d in gradient(*a[:-1])],
        ),
    ),
    Mistake(
        "gives-gradient",
        did="gives the gradient",
        tempting="the gradient is what has to be worked out",
        shows="This is the gradient, not the parameters after the step.",
        hint="What does one do with the gradient once one has it?",
        wrong=lambda *a: gradient(*a[:-1]),
    ),
    Mistake(
        "forgot-factor-2",
        did="moves half as far as it should",
        tempting="some books put ½ before the loss, and there the 2 cancels",
        shows="The step is half as long as it should be.",
        hint="What is the slope of e² by e?",
        wrong=stepping(lambda rate: rate / 2),
    ),
    Mistake(
        "two-steps",
        did="moves twice as far as it should",
        tempting="the 2 of the square comes in a second time",
        shows="The step is twice as long as it should be.",
        hint="Is there a factor 2 in your gradient already?",
        wrong=stepping(lambda rate: 2 * rate),
    ),
    Mistake(
        "wrong-order",
        did="hands the three back in another order",
        tempting="three arrays of the same length look alike",
        shows="All three are there, in another order.",
        hint="In which order does the exercise ask for them?",
        wrong=tuple(lambda *a, o=o: [moved(*a)[i] for i in o] for o in list(permutations(range(3)))[1:]),
    ),
    Mistake(
        "slope-of-another",
        did="moves a parameter by another one's slope",
        tempting="dw, db and dv look alike",
        shows="A parameter is moved by the slope that belongs to another one.",
        hint="Which slope belongs to which parameter?",
        wrong=tuple(
            lambda *a, i=i, j=j: tuple(
                a[2 + i] - a[-1] * gradient(*a[:-1])[j] if part == i else None for part in range(3)
            )
            for i, j in permutations(range(3), 2)
        ),
    ),
    Mistake(
        "own-learning-rate",
        did="uses a learning rate of its own",
        tempting="0.05 is the one of the unit",
        shows="Each step is as long as with one and the same learning rate, whichever is handed in.",
        hint="Where does your function use the learning rate that it is given?",
        fits=own_rate,
    ),
    Mistake(
        "only-output-weights",
        did="moves v alone",
        tempting="v is nearest to the output",
        shows="w and b stay where they were.",
        hint="Which parameters may learn?",
        wrong=staying((0, 1)),
    ),
    Mistake(
        "not-moved",
        did="gives parameters as they came",
        tempting="the new values stay in names of their own, or one of three lines is left out",
        shows="At least one of w, b and v is where it was.",
        hint="Which parameters may learn? And what do you hand back: the new values, or the old ones?",
        wrong=tuple(map(staying, STAYING)),
    ),
    Mistake(
        "uses-updated-weights",
        did="moves one parameter, then works out the next one's slope with it moved already",
        tempting="each line reads like the rule",
        shows="Part of the gradient was taken at parameters that had moved already.",
        hint="All slopes belong to the same point: when must they be worked out?",
        wrong=tuple(map(one_after_the_other, permutations(range(3)))),
    ),
    Mistake(
        "brackets",
        did="takes the learning rate from the parameter, and multiplies that by the slope",
        tempting="on paper × comes first without brackets",
        shows="It is (w − γ)·dw, and so for b and v: brackets hold together what does not belong together.",
        hint="What is to be worked out first: a difference, or a product?",
        wrong=lambda *a: [(p - a[-1]) * d for p, d in zip(a[2:5], gradient(*a[:-1]), strict=True)],
    ),
    Mistake(
        "sign-of-gradient",
        did="uses the gradient's sign alone",
        tempting="downhill is a direction",
        shows="Each parameter moves by the learning rate itself, however steep it is there.",
        hint="Should a step on a steep slope be as long as one on a gentle slope?",
        wrong=lambda *a: [p - a[-1] * np.sign(d) for p, d in zip(a[2:5], gradient(*a[:-1]), strict=True)],
    ),
    Mistake(
        "mean-slope",
        did="moves every neuron by the mean of all slopes",
        tempting="a mean is one number for all",
        shows="With one neuron it is right. With more, all are moved by the mean of their slopes.",
        hint="Each neuron has a slope of its own. Which step throws them together?",
        wrong=lambda *a: [p - a[-1] * np.mean(d) for p, d in zip(a[2:5], gradient(*a[:-1]), strict=True)],
    ),
    Mistake(
        "point-exchanged",
        did="mixes up x and y",
        tempting="two numbers in a row are quickly swapped",
        shows="It is the step at the point with x and y exchanged.",
        hint="In which order does loss_gradient take its arguments?",
        wrong=lambda x, y, *a: moved(y, x, *a),
    ),
    own_target(moved),
    Mistake(
        "steps-twice",
        did="takes two steps",
        tempting="a loop is quickly written",
        shows="It takes two steps, one from where the other ended.",
        hint="How many steps are asked for?",
        wrong=lambda *a: moved(*a[:2], *moved(*a), a[-1]),
    ),
    OTHER_NUMBER,
    WHOLE_NUMBERS,
    Mistake(
        "mutates-input",
        did="writes into w, b and v",
        tempting="w -= … is short",
        shows=("The old parameters are gone: it writes into the arrays that it was given."),
        hint="What is the difference between w -= step and w = w - step?",
        fits=writes_into_arguments,
    ),
    ROUNDED,
)
