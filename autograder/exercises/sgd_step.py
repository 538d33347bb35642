"""Exercise ``sgd-step``: one step θ − γ∇(α(x) − y)² with one point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder import reference
from autograder.exercise import Criterion, Evidence, Exercise, Inputs, Misconception
from autograder.exercises.cases import Cases, Parts, changed, computes
from autograder.exercises.catalogue import judge_with
from autograder.exercises.comparing import Comparison
from autograder.exercises.neurons import condition as gradient_condition
from autograder.exercises.neurons import gradient, point_cases


def exact(
    x: float, y: float, w: np.ndarray, b: np.ndarray, v: np.ndarray, learning_rate: float
) -> list[np.ndarray]:
    return [np.array([float(t) for t in part]) for part in reference.sgd_step(x, y, w, b, v, learning_rate)]


def condition(learning_rate: float, **arguments: Any) -> float:
    """Of the gradient, and of the subtraction, which cancels where parameter and step are nearly alike."""
    old = [np.asarray(arguments[n]) for n in ("w", "b", "v")]
    slopes = gradient(**arguments)
    with np.errstate(all="ignore"):
        cancels = [
            np.max((abs(t) + abs(learning_rate * d)) / abs(t - learning_rate * d))
            for t, d in zip(old, slopes, strict=True)
        ]
    return float(gradient_condition(**arguments) * max(cancels))


SUBJECT = Cases(parts=("w", "b", "v"), exact=exact, condition=condition)


def probe(rng: np.random.Generator) -> Inputs:
    return {"calls": point_cases(rng, learning_rate=float(np.round(rng.uniform(0.05, 0.3), 3)))}


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """Two criteria: the new parameters, and that the old ones are untouched (which counts once the new are right)."""
    comparison = SUBJECT.compare(inputs, evidence)
    right = all(c.share > 0 for c in comparison.criteria)
    untouched = right and not changed(inputs, evidence)
    comparison.criteria = [
        Criterion("new parameters", 1.0, float(right)),
        Criterion("arguments untouched", 1.0, float(untouched)),
    ]
    return comparison


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


MISCONCEPTIONS = (
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
        "The new parameters are right. But the old ones are gone: it writes into the arrays that it was given.",
        "What is the difference between w -= step and w = w - step?",
        changed,
    ),
)

SGD_STEP = Exercise(
    id="sgd-step",
    unit="01-warm-up",
    title="One step of SGD",
    answer="sgd_step",
    observer="function",
    probe=probe,
    judge=judge_with(
        "sgd-step",
        "sgd_step",
        compare,
        MISCONCEPTIONS,
        praise="Right: the step goes downhill, and the old parameters are untouched.",
        thought="Take the step with a pencil for one neuron: gradient first, then the three new values.",
    ),
    misconceptions=MISCONCEPTIONS,
    hints=(
        "Your loss_gradient does the hard part. What is left is a move, the same for w, b and v.",
        "The gradient points to where the loss grows fastest, and the learning rate says how far to go.",
        "Three slopes first, three new arrays after that; nothing may be written into the old ones.",
    ),
    needs=("loss-gradient",),
    domain="x in [−4, 4], up to ten neurons, learning rates 0.05 to 0.3",
)
