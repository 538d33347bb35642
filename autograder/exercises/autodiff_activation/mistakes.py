"""Mistakes with a name in exercise ``autodiff-activation``: those of ``tf-activation``, in other tensors."""

from __future__ import annotations

from autograder.exercises.tf_activation.mistakes import AUTODIFF, VALUES
from autograder.kinds.tensor_form import ROUNDED_CONSTANT, TENSOR_FORM

MISTAKES = (*TENSOR_FORM, *VALUES, *AUTODIFF, ROUNDED_CONSTANT)
