"""Exercise ``loss-gradient``: the slopes of (α(x) − y)² by w, b and v, at one point."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.loss_gradient.mistakes import MISTAKES
from autograder.exercises.loss_gradient.probe import PROBE, apart, stand_in

EXERCISE = Exercise(
    id="loss-gradient",
    title="The gradient of the loss",
    answer="loss_gradient",
    probe=PROBE,
    stand_in=stand_in,
    apart=apart,
    mistakes=MISTAKES,
    hints=(
        "Go backwards, from the loss to the parameter: each link of the chain gives one factor, and they "
        "multiply.",
        "All three share what comes from the square. dv needs one more factor; db needs two; dw has one more "
        "than db.",
        "Move one parameter by 0.001 and see how the loss moves: that measures its slope. Which of your "
        "three agrees with the measurement, and which factor would mend the others?",
    ),
    praise="Right: dw, db and dv, for one neuron and for ten.",
    fallback_hint="Follow the chain with a pencil for one neuron: square, sum, weight, bend, straight line.",
    needs=("sigmoid", "sigmoid-slope", "approximator"),
    domain="x in [−4, 4], up to ten neurons",
)
