"""Exercise ``activation``: deck D's activation with its three branches."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.activation.mistakes import MISTAKES
from autograder.exercises.activation.probe import PROBE

EXERCISE = Exercise(
    id="activation",
    title="The activation",
    answer="activation",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Take the three branches one at a time: on which side of 0, and of 15, does each of them live?",
        "np.where(condition, a, b) chooses for every number of an array on its own, and it may stand "
        "inside another one. What would you put in the place of b, to choose among three?",
        "Check by hand that the curve holds together: at 0 the first two branches meet at 0.5, and at 15 "
        "the logarithm and the tail meet at 0.99570. A branch that misses these values has a constant out "
        "of place.",
    ),
    praise="Right: all three branches, at both borders, for single numbers and for arrays of any shape.",
    fallback_hint="Which of the three branches does that x belong to? Compare that one with the slide, "
    "sign by sign.",
    domain="−50 ≤ x ≤ 1000",
)
