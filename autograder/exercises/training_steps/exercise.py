"""Exercise ``training-steps``: how many steps a training takes, the last partial batch counted."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.training_steps.mistakes import MISTAKES
from autograder.exercises.training_steps.probe import PROBE

EXERCISE = Exercise(
    id="training-steps",
    title="Steps of a training",
    answer="training_steps",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "One epoch first: into how many batches do the points fall, and how large is the last of them?",
        "The points that are left over make a batch of their own, in every epoch again.",
        "Divide, and round up before anything else is done with the number: // rounds down, math.ceil rounds "
        "up.",
    ),
    praise="Right: every batch of every epoch is counted, the small ones too.",
    fallback_hint=(
        "Count by hand for ten points, batches of four and three epochs: which batches come up, one by one?"
    ),
    domain="whole numbers from 1 on",
)
