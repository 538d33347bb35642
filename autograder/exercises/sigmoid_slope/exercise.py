"""Exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.sigmoid_slope.mistakes import MISTAKES
from autograder.exercises.sigmoid_slope.probe import SUBJECT
from autograder.kinds.judge import judge_with

EXERCISE = Exercise(
    id="sigmoid-slope",
    unit="01-warm-up",
    title="The slope of the sigmoid",
    answer="sigmoid_slope",
    observer="function",
    probe=SUBJECT.probe,
    judge=judge_with(
        "sigmoid-slope",
        "sigmoid_slope",
        SUBJECT.compare,
        MISTAKES,
        praise="Right, for single numbers and for arrays of any shape.",
        thought="Where should the slope be largest, and what should it be there?",
    ),
    misconceptions=MISTAKES,
    hints=(
        (
            "The slope can be written with the sigmoid's own value; your function sigmoid may do most of "
            "the work."
        ),
        (
            "Where σ is near 0 or near 1 the curve is flat, so the slope must be a product that vanishes "
            "at both ends."
        ),
        (
            "Give σ(x) a name of its own first; then only one product is left. At 0, where σ is a half, it "
            "must be 0.25."
        ),
    ),
    needs=("sigmoid",),
    domain="−10 ≤ x ≤ 10",
)
