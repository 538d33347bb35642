"""Exercise ``tf-activation``: deck D's activation on tensors, with a gradient that is finite everywhere."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.tf_activation.mistakes import MISTAKES
from autograder.exercises.tf_activation.probe import PROBE

EXERCISE = Exercise(
    id="tf-activation",
    title="The activation in TensorFlow",
    answer="tf_activation",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "tf.where chooses for every number, like np.where. First make the values right, then look at "
        "the gradients.",
        "Autodiff goes back through all three branches, also those that were not taken, and multiplies "
        "what it finds there by 0. When is 0 times something not 0?",
        "Give each branch only such x as belong to it, and some harmless number in place of the others. "
        "Three branches, three guards: try yours at −0.000001, at 12.864728 and at 1000, in float32.",
    ),
    praise="Right: values and gradients, in float32 and float64, at the poles, for huge numbers and ±∞, "
    "inside tf.function and out.",
    fallback_hint="Which of the three branches does that x belong to, and what do the other two make of it?",
    domain="every normal float32 and float64 number, and ±∞",
)
"""The answer is ``tf_activation(x)``: tensor in, tensor of the same shape and dtype out."""
