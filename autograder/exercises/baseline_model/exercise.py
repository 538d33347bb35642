"""Exercise ``baseline-model``: two inputs, two sigmoid neurons, one sigmoid output, compiled."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.baseline_model.mistakes import MISTAKES
from autograder.exercises.baseline_model.probe import PROBE

EXERCISE = Exercise(
    id="baseline-model",
    title="A model to compare with",
    answer="baseline_model",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Draw the network first: which circles are neurons, and which numbers belong to each of them?",
        "Two layers, both dense. Dense is told how many neurons it has and what bends their sums.",
        (
            "After the layers comes compile: it is told an optimiser and a loss, each by its name in Keras. "
            "Nine parameters in model.summary() say that the layers are right."
        ),
    ),
    praise="Right: nine parameters, two layers of sigmoids, ready to be trained.",
    fallback_hint="Call model.summary() on yours and count: two inputs, two neurons, one output.",
    domain="pairs of numbers, as an array of shape (n, 2)",
)
