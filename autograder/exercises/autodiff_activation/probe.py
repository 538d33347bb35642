"""What is tried in exercise ``autodiff-activation``: as for ``tf-activation``, with other tensors."""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.tf_activation.probe import PROBE as TF_ACTIVATION

PROBE = replace(TF_ACTIVATION, frameworks=("torch", "jax"), y_label="autodiff_activation")
