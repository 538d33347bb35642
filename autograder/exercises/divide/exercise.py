"""Exercise ``divide``: the 2-2-1 network with deck D's weights and the activation that is handed in."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.divide.mistakes import MISTAKES
from autograder.exercises.divide.probe import PROBE

EXERCISE = Exercise(
    id="divide",
    title="Divide with nine numbers",
    answer="divide",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Three neurons, three lines: each makes a weighted sum of what comes in, adds its bias and bends the "
        "result.",
        "The first hidden neuron sees a alone, the second b alone; the output neuron sees both of them.",
        "Whatever activation is handed in bends all three sums. With the deck's own, divide(20, 5, "
        "activation) is 0.03999994478806…: if yours is not, print what comes out of each of the three "
        "neurons.",
    ),
    praise="Right, with any activation that is handed in, for numbers and for arrays.",
    fallback_hint=(
        "Follow a = 20 and b = 5 through the drawing, neuron by neuron, with an activation you can do by "
        "hand."
    ),
    domain="1 ≤ a, b ≤ 20",
)
