"""Mistakes with a name in exercise ``sgd-step``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Evidence, Inputs
from autograder.exercises.sgd_step.probe import SUBJECT
from autograder.kinds.legacy import Misconception
from autograder.kinds.neurons import gradient
from autograder.kinds.several_arguments import Parts, changed, computes


def moved(learning_rate: float, times: float = 1.0, **a: Any) -> Parts:
    slopes = gradient(**a)
    return [a[n] - times * learning_rate * d for n, d in zip(("w", "b", "v"), slopes, strict=True)]


def one_after_the_other(order: str) -> Callable[..., Parts]:
    """Each parameter moves with a gradient at which those before it have moved already."""

    def step(learning_rate: float, **a: Any) -> Parts:
        new = dict(a)
        for name in order:
            slopes = dict(zip("wbv", gradient(**new), strict=True))
            new[name] = new[name] - learning_rate * slopes[name]
        return [new[n] for n in "wbv"]

    return step


def any_order(inputs: Inputs, evidence: Evidence) -> bool:
    orders = ("wbv", "wvb", "bwv", "bvw", "vwb", "vbw")
    return any(computes(SUBJECT, one_after_the_other(o))(inputs, evidence) for o in orders)


def output_only(learning_rate: float, **a: Any) -> Parts:
    return [a["w"], a["b"], moved(learning_rate, **a)[2]]


def scaled_by(times: float) -> Callable[..., Parts]:
    return lambda **a: moved(**a, times=times)


MISTAKES = (
    Misconception(
        "ascent",
        "adds the gradient",
        "a gradient sounds like a way to go",
        "The step has the right length, in the opposite direction: the loss grows.",
        "The gradient points uphill: which way is down?",
        computes(SUBJECT, scaled_by(-1.0)),
    ),
    Misconception(
        "forgot-learning-rate",
        "moves by the whole gradient",
        "θ − gradient reads like the rule",
        "The step is as long as the gradient itself.",
        "What is the gradient multiplied by?",
        computes(SUBJECT, lambda learning_rate, **a: moved(1.0, **a)),  # noqa: ARG005
    ),
    Misconception(
        "divides-by-learning-rate",
        "divides by the learning rate",
        "slower sounds like dividing",
        "A smaller learning rate makes longer steps.",
        "Should a learning rate of 0 mean no step at all?",
        computes(SUBJECT, lambda learning_rate, **a: moved(1 / learning_rate, **a)),
    ),
    Misconception(
        "gives-step",
        "gives the step, not where it leads",
        "the step is what has to be worked out",
        "This is how far the parameters move, not where they are afterwards.",
        "From where does the step start?",
        lambda i, e: any(
            computes(SUBJECT, lambda learning_rate, s=s, **a: [s * learning_rate * d for d in gradient(**a)])(
                i, e
            )
            for s in (1.0, -1.0)
        ),
    ),
    Misconception(
        "gives-gradient",
        "gives the gradient",
        "the gradient is what has to be worked out",
        "This is the gradient, not the parameters after the step.",
        "What does one do with the gradient once one has it?",
        computes(SUBJECT, lambda learning_rate, **a: gradient(**a)),  # noqa: ARG005
    ),
    Misconception(
        "forgot-factor-2",
        "moves half as far as it should",
        "some books put ½ before the loss, and there the 2 cancels",
        "The step is half as long as it should be.",
        "What is the slope of e² by e?",
        computes(SUBJECT, scaled_by(0.5)),
    ),
    Misconception(
        "two-steps",
        "moves twice as far as it should",
        "the 2 of the square comes in a second time",
        "The step is twice as long as it should be.",
        "Is there a factor 2 in your gradient already?",
        computes(SUBJECT, scaled_by(2.0)),
    ),
    Misconception(
        "only-output-weights",
        "moves v alone",
        "v is nearest to the output",
        "w and b stay where they were.",
        "Which parameters may learn?",
        computes(SUBJECT, output_only),
    ),
    Misconception(
        "uses-updated-weights",
        "moves one parameter, then works out the next one's slope with it moved already",
        "each line reads like the rule",
        "Part of the gradient was taken at parameters that had moved already.",
        "All slopes belong to the same point: when must they be worked out?",
        any_order,
    ),
    Misconception(
        "mutates-input",
        "writes into w, b and v",
        "w -= … is short",
        (
            "The new parameters are right. But the old ones are gone: it writes into the arrays that it "
            "was given."
        ),
        "What is the difference between w -= step and w = w - step?",
        changed,
    ),
)
