"""Exercise ``sigmoid``: σ(x) = 1/(1 + e⁻ˣ)."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.sigmoid.mistakes import MISTAKES
from autograder.exercises.sigmoid.probe import PROBE
from autograder.kinds.neurons import bend

EXERCISE = Exercise(
    id="sigmoid",
    title="The sigmoid",
    answer="sigmoid",
    probe=PROBE,
    stand_in=bend,
    mistakes=MISTAKES,
    hints=(
        "Work from the inside out: first e to the power of −x, then the denominator, then the fraction.",
        "math.exp takes one number, np.exp takes an array as well. And a fraction bar is a pair of brackets.",
        "Three values to test yours: 0.5 at x = 0, nearly 1 at x = 10, nearly 0 at x = −10. In which of "
        "the three does yours fail, and which piece of the formula decides there?",
    ),
    praise="Right, for single numbers and for arrays of any shape.",
    fallback_hint="Work out x = 0 with a pencil: what is e⁰, and what does the formula make of it?",
    domain="−10 ≤ x ≤ 10",
)
