"""Exercise ``search-space``: the deck's search as a dict of lists, 280 trials."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.search_space.mistakes import MISTAKES
from autograder.exercises.search_space.probe import PROBE

EXERCISE = Exercise(
    id="search-space",
    title="What a search varies",
    answer="search_space",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "A dict has a key for each thing that varies. Behind each key stands a list of what is tried.",
        "The product of the four lengths is the number of trials: does yours come to 280?",
        (
            "Five batch sizes, four dropouts (none at all is one of them), two numbers of epochs, seven "
            "optimisers by the names that Keras knows them by."
        ),
    ),
    praise="Right: four lists, 280 trials.",
    fallback_hint="Go through your dict key by key, with the text of the exercise beside it.",
    domain="the order of keys and values is free; optimisers' names in capitals or small letters",
)
