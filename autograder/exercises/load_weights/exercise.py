"""Exercise ``load-weights``: hand-set weights into a Keras model of either layout."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.load_weights.mistakes import MISTAKES
from autograder.exercises.load_weights.probe import PROBE

EXERCISE = Exercise(
    id="load-weights",
    title="Put the weights into the model",
    answer="load_weights",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Which arrays does a model hold? model.get_weights() gives them, in order; look at their shapes.",
        "A dropout layer has no weights of its own. So the model's list of arrays is the same with it and "
        "without it, while the numbers of its layers are not.",
        "What get_weights hands out as a list, set_weights takes back: four NumPy arrays in the same order "
        "and of the same shapes.",
    ),
    praise="Right: with these weights the network divides, with a dropout layer between and without one.",
    fallback_hint=(
        "Print model.get_weights() after the call and follow a = 20, b = 5 through the network by hand: "
        "which neuron gives something else than it should?"
    ),
    domain="sequential models: Dense 2, a dropout layer or none, Dense 1",
)
