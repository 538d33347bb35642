"""What is tried in exercise ``custom-gradient``: as for ``tf-activation``, with a gradient of its own."""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.tf_activation import probe as tf_activation

SUBJECT = replace(
    tf_activation.SUBJECT,
    answer="custom_activation",
    frameworks=("tensorflow", "torch", "jax"),
    own_gradient=True,
)
