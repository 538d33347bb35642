"""Mistakes with a name in exercise ``autodiff-activation``: those of ``tf-activation``, in other tensors."""

from __future__ import annotations

from autograder.exercises.autodiff_activation.probe import SUBJECT
from autograder.exercises.tf_activation.mistakes import autodiff_mistakes, formula_mistakes
from autograder.kinds.tensor_form import digit_mistakes, form_mistakes

MISTAKES = (
    *(m for m in form_mistakes(SUBJECT) if m.id != "torch-where"),  # here torch.where is right
    *formula_mistakes(SUBJECT),
    *autodiff_mistakes(SUBJECT),
    *digit_mistakes(SUBJECT),
)
