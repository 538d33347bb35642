"""Exercise ``division-data``: pairs of hundredths, and their quotients divided by 100."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.division_data.mistakes import MISTAKES
from autograder.exercises.division_data.probe import PROBE

EXERCISE = Exercise(
    id="division-data",
    title="Data to learn division from",
    answer="division_data",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Inputs first: which generator draws, how many numbers in all, and from which values?",
        (
            "A generator draws whole numbers evenly. Count in hundredths, then turn them into numbers with "
            "two decimals; look up whether the upper end is drawn."
        ),
        (
            "x[:, :1] is a column of shape (size, 1), x[:, 0] a row of shape (size,). The target of a pair "
            "is its quotient, scaled so that it lies between 0 and 1."
        ),
    ),
    praise="Right: pairs on the hundredths, a column of targets, and the same data for the same seed.",
    fallback_hint=(
        "Draw five rows and print x, y and both shapes: does each row hold what you would compute by hand?"
    ),
    domain="size from 1 on, rng a numpy.random.Generator",
)
