"""Exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.sigmoid_slope.mistakes import MISTAKES
from autograder.exercises.sigmoid_slope.probe import PROBE, apart
from autograder.kinds.neurons import bend

EXERCISE = Exercise(
    id="sigmoid-slope",
    title="The slope of the sigmoid",
    answer="sigmoid_slope",
    probe=PROBE,
    stand_in=bend,
    apart=apart,
    mistakes=MISTAKES,
    hints=(
        "The slope can be written with the sigmoid's own value; your function sigmoid may do most of the "
        "work.",
        "Where σ is near 0 or near 1 the curve is flat, so the slope must be a product that vanishes at "
        "both ends.",
        "Give σ(x) a name of its own first; then only one product is left. At 0, where σ is a half, it "
        "must be 0.25.",
    ),
    praise="Right, for single numbers and for arrays of any shape.",
    fallback_hint="Where should the slope be largest, and what should it be there?",
    needs=("sigmoid",),
    domain="−10 ≤ x ≤ 10",
)
