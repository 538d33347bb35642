"""Exercise ``autodiff-activation``: the sibling of ``tf-activation`` for PyTorch or JAX."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.autodiff_activation.mistakes import MISTAKES
from autograder.exercises.autodiff_activation.probe import PROBE

EXERCISE = Exercise(
    id="autodiff-activation",
    title="The activation in PyTorch or JAX",
    answer="autodiff_activation",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Both frameworks have a where that chooses for every number. First make the values right, then look "
        "at the gradients.",
        "Autodiff goes back through all three branches, also those that were not taken, and multiplies "
        "what it finds there by 0. When is 0 times something not 0?",
        "Give each branch only such x as belong to it, and some harmless number in place of the others. "
        "Then try x = 0 and x = 15: at a tie some functions share the slope between both arguments.",
    ),
    praise="Right: values and gradients, in float32 and float64, at the poles, for huge numbers and ±∞.",
    fallback_hint="Which of the three branches does that x belong to, and what do the other two make of it?",
    domain="every normal float32 and float64 number, and ±∞",
)
"""The answer is ``autodiff_activation(x)``: a tensor of PyTorch or an array of JAX in, the same out."""
