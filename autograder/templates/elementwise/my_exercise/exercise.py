"""Exercise ``my-exercise``: x²."""

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
    praise="Right, for single numbers and for arrays of any shape.",
    fallback_hint="Work out x = 3 with a pencil: what does yours give there?",
    domain="−10 ≤ x ≤ 10",
    when_handed_in=False,  # True: students do not get this folder
)
