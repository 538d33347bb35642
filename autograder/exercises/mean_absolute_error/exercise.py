"""Exercise ``mean-absolute-error``: the mean of |y_true − y_pred| over all elements."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.mean_absolute_error.mistakes import MISTAKES
from autograder.exercises.mean_absolute_error.probe import PROBE

EXERCISE = Exercise(
    id="mean-absolute-error",
    title="The mean absolute error",
    answer="mean_absolute_error",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Read the name from its end: an error for each pair, each without its sign, and one number for all.",
        "Lists become arrays first. A mean over all elements does not ask how many axes there are.",
        "Shapes (n,) and (n, 1) look alike and are subtracted into a table of n² numbers: compare the shapes "
        "first, or lay both out in one row.",
    ),
    praise="Right, for arrays of any shape and for lists, and a row never meets a column unnoticed.",
    fallback_hint=(
        "Take four pairs of numbers and a pencil: what are the four errors, and what is their mean?"
    ),
    domain="two arrays or lists with as many elements each, at least one",
)
