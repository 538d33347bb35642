"""Exercise ``activation-slope``: the slope of deck D's activation, branch by branch."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.activation_slope.mistakes import MISTAKES
from autograder.exercises.activation_slope.probe import PROBE

EXERCISE = Exercise(
    id="activation-slope",
    title="The slope of the activation",
    answer="activation_slope",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "The borders stay where they are: differentiate each branch on its own, on paper first.",
        "Logarithm and tail are chains: the slope of the outer function, times the slope of what stands "
        "inside.",
        "Test yours: 0.5 at 0, about 30 000 just right of it, 0.0020000 at 15, 0.0020106 just right of 15. "
        "Where one of these fails, a factor of the chain rule is missing or a sign is turned.",
    ),
    praise="Right: all three branches, at both borders, for single numbers and for arrays of any shape.",
    fallback_hint="Which branch does that x belong to? Differentiate that one again, factor by factor.",
    domain="−50 ≤ x ≤ 1000",
)
