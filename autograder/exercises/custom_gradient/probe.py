"""What is tried in exercise ``custom-gradient``: as for ``tf-activation``, with a gradient of its own."""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.tf_activation.probe import PROBE as TF_ACTIVATION

PROBE = replace(
    TF_ACTIVATION,
    frameworks=("tensorflow", "torch", "jax"),
    y_label="custom_activation",
    own_gradient=True,
)
