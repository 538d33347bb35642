"""Exercise ``baseline-model``: two inputs, two sigmoid neurons, one sigmoid output, compiled."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.baseline_model.mistakes import MISTAKES
from autograder.exercises.baseline_model.probe import compare, probe
from autograder.kinds.judge import judge_with

EXERCISE = Exercise(
    id="baseline-model",
    unit="03-baseline",
    title="A model to compare with",
    answer="baseline_model",
    observer="built",
    probe=probe,
    judge=judge_with(
        "baseline-model",
        "baseline_model",
        compare,
        MISTAKES,
        praise="Right: nine parameters, two layers of sigmoids, ready to be trained.",
        thought="Call model.summary() on yours and count: two inputs, two neurons, one output.",
    ),
    misconceptions=MISTAKES,
    hints=(
        "Draw the network first: which circles are neurons, and which numbers belong to each of them?",
        "Two layers, both dense. Dense is told how many neurons it has and what bends their sums.",
        (
            "After the layers comes compile: it is told an optimiser and a loss, each by its name in Keras. "
            "Nine parameters in model.summary() say that the layers are right."
        ),
    ),
    domain="pairs of numbers, as an array of shape (n, 2)",
)
