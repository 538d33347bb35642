"""Exercise ``start-weights``: a random start from which training can succeed."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.start_weights.mistakes import MISTAKES
from autograder.exercises.start_weights.probe import PROBE

EXERCISE = Exercise(
    id="start-weights",
    title="A start from which one can learn",
    answer="start_weights",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Training finds the way only from the right region. Which branch must each of the three neurons be "
        "in?",
        "Keras's default start fails for three reasons: signs in the first layer, the size of the output "
        "weights, and where the output neuron begins. Change one of them at a time.",
        "Keep the first layer positive and small and let each hidden neuron listen mostly to its own input; "
        "make the output weights some twenty times larger than Keras would; begin in the exponential branch.",
    ),
    praise="Right: random starts, and from enough of them training ends in a network that divides.",
    fallback_hint=(
        "Draw a few of your starts and print what each of the three neurons receives for a = 1, b = 20: is "
        "each of them in the branch that it belongs to?"
    ),
    domain="200 starts, trained by least squares on 400 pairs",
)
