"""Exercise ``sgd-step``: one step θ − γ∇(α(x) − y)² with one point."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.sgd_step.mistakes import MISTAKES
from autograder.exercises.sgd_step.probe import PROBE, apart

EXERCISE = Exercise(
    id="sgd-step",
    title="One step of SGD",
    answer="sgd_step",
    probe=PROBE,
    apart=apart,
    mistakes=MISTAKES,
    hints=(
        "Your loss_gradient does the hard part. What is left is a move, the same for w, b and v.",
        "The gradient points to where the loss grows fastest, and the learning rate says how far to go.",
        "Three slopes first, three new arrays after that; nothing may be written into the old ones.",
    ),
    praise="Right: the step goes downhill, and the old parameters are untouched.",
    fallback_hint="Take the step with a pencil for one neuron: gradient first, then the three new values.",
    needs=("loss-gradient",),
    domain="x in [−4, 4], up to ten neurons, learning rates 0.05 to 0.3",
)
