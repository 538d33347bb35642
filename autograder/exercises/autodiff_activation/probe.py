"""What is tried in exercise ``autodiff-activation``: as for ``tf-activation``, with other tensors."""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.tf_activation import probe as tf_activation

SUBJECT = replace(tf_activation.SUBJECT, answer="autodiff_activation", frameworks=("torch", "jax"))
