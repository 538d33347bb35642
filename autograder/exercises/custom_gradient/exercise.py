"""Exercise ``custom-gradient``: deck D's activation with a gradient written by hand."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.custom_gradient.mistakes import MISTAKES
from autograder.exercises.custom_gradient.probe import PROBE

EXERCISE = Exercise(
    id="custom-gradient",
    title="A gradient of one's own",
    answer="custom_activation",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "The function computes the value; a second function, defined inside it, computes the gradient. Which "
        "of the two knows x, and which learns what arrives from above?",
        "What arrives from above is the slope of the loss by your result, one number for every x. The chain "
        "rule says what to do with it and your own slope.",
        "Try it with tape.gradient(y, x, output_gradients=…) and numbers other than 1; then at "
        "x = 12.864728 and at 10³⁰ in float32. On the slide a sign is missing in the tail's slope.",
    ),
    praise="Right: values, and gradients for any upstream gradient, alone and inside another function, at "
    "the poles, for huge numbers and ±∞.",
    fallback_hint="Compute by hand: the slope at that x, times the upstream gradient that is given with it.",
    needs=("tf-activation",),
    domain="every normal float32 and float64 number, and ±∞; any upstream gradient",
)
"""The answer is ``custom_activation(x)``, a function with ``tf.custom_gradient``."""
