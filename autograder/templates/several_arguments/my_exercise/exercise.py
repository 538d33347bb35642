"""Exercise ``my-exercise``: the mean of two numbers, each with its weight."""

from __future__ import annotations

from autograder.exercise import Exercise

from .mistakes import MISTAKES
from .probe import PROBE

EXERCISE = Exercise(
    id="my-exercise",
    title="My exercise",
    answer="my_exercise",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "A first nudge.",
        "What to look at.",
        "Nearly there, and still not the answer.",
    ),
    praise="Right, in every case.",
    fallback_hint="Work out the first row with a pencil: what does yours give there?",
    domain="weights from 0 to 1",
    when_handed_in=False,  # True: students do not get this folder
)
