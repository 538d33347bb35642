"""Exercise ``training-steps``: how many steps a training takes, the last partial batch counted."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.training_steps.mistakes import MISTAKES
from autograder.exercises.training_steps.probe import compare, probe
from autograder.kinds.judge import judge_with

EXERCISE = Exercise(
    id="training-steps",
    unit="05-search",
    title="Steps of a training",
    answer="training_steps",
    observer="function",
    probe=probe,
    judge=judge_with(
        "training-steps",
        "training_steps",
        compare,
        MISTAKES,
        praise="Right: every batch of every epoch is counted, the small ones too.",
        thought=(
            "Count by hand for ten points, batches of four and three epochs: which batches come up, one by "
            "one?"
        ),
    ),
    misconceptions=MISTAKES,
    hints=(
        "One epoch first: into how many batches do the points fall, and how large is the last of them?",
        "The points that are left over make a batch of their own, in every epoch again.",
        (
            "Divide, and round up before anything else is done with the number: // rounds down, math.ceil "
            "rounds up."
        ),
    ),
    domain="whole numbers from 1 on",
)
