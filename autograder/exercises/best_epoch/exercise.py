"""Exercise ``best-epoch``: early stopping, from the validation errors of a training."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.best_epoch.mistakes import MISTAKES
from autograder.exercises.best_epoch.probe import PROBE

EXERCISE = Exercise(
    id="best-epoch",
    title="The best epoch",
    answer="best_epoch",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Go through the errors one by one, as they would come during a training. What has to be remembered?",
        "Two things: which epoch was the best so far, and so how many have gone by since. enumerate gives "
        "each error with its number.",
        "A new best one sets the waiting back to 0. When the waiting reaches patience, nothing later counts.",
    ),
    praise="Right: you stop where waiting is over, and go back to the best.",
    fallback_hint="Play the training by hand with the first row of the table: after which epoch do you stop?",
    domain="lists or arrays of one error or more, all of them finite; patience from 1 on",
)
