"""Exercise ``multiply-weights``: weights with which the same network gives a·b/1000."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.multiply_weights.mistakes import MISTAKES
from autograder.exercises.multiply_weights.probe import PROBE

EXERCISE = Exercise(
    id="multiply-weights",
    title="Multiply with the same network",
    answer="multiply_weights",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        (
            "Division takes the difference of two logarithms. What does multiplication take? The hidden "
            "layer may stay."
        ),
        (
            "Each hidden neuron gives 0.03·ln of its input, and 0.5 more. In a difference the 0.5 vanish; "
            "in a sum, not."
        ),
        "Write down what the output neuron receives and set it equal to ln(2·a·b/1000), since the "
        "exponential branch "
        "halves. One number is left to choose: solve for it.",
    ),
    praise="Right: with your weights the same network multiplies, to better than a thousandth.",
    fallback_hint=(
        "Follow a = 2 and b = 5 through your network: what comes out of each hidden neuron, and what should?"
    ),
    domain="1 ≤ a, b ≤ 19.99",
)
