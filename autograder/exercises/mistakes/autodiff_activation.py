"""Mistakes with a name in exercise ``autodiff-activation``: those of ``tf-activation``, in other tensors."""

from __future__ import annotations

from autograder.exercises.mistakes.tensors import digit_mistakes, form_mistakes
from autograder.exercises.mistakes.tf_activation import autodiff_mistakes, formula_mistakes
from autograder.exercises.probes.autodiff_activation import SUBJECT

MISCONCEPTIONS = (
    *(m for m in form_mistakes(SUBJECT) if m.id != "torch-where"),  # here torch.where is right
    *formula_mistakes(SUBJECT),
    *autodiff_mistakes(SUBJECT),
    *digit_mistakes(SUBJECT),
)
