"""Exercise ``epochs``: how often all training points are gone through, from M·N_batch = N(1 −
split)·EPOCHS.
"""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.epochs.mistakes import MISTAKES
from autograder.exercises.epochs.probe import PROBE

EXERCISE = Exercise(
    id="epochs",
    title="Epochs",
    answer="epochs",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Count points. How many does one step use, and how many does one epoch?",
        "Solve M·N_batch = N(1 − split)·EPOCHS for EPOCHS, with a pencil.",
        "A division with / gives a float, and 1 − 0.7 is not quite 0.3 for a computer: int cuts off, round "
        "rounds.",
    ),
    praise="Right, and a whole number.",
    fallback_hint=(
        "Count by hand for 1000 points, a split of 0.2 and a batch size of 1: how many steps are one epoch?"
    ),
    domain="numbers for which a whole number comes out",
)
