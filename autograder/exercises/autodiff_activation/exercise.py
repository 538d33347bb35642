"""Exercise ``autodiff-activation``: the sibling of ``tf-activation`` for PyTorch or JAX."""

from __future__ import annotations

from autograder.exercise import Evidence, Exercise, Inputs, Status, Verdict
from autograder.exercises.autodiff_activation.mistakes import MISTAKES
from autograder.exercises.autodiff_activation.probe import SUBJECT
from autograder.kinds.gradients import Compare
from autograder.kinds.judge import judge_with

NOT_INSTALLED = (
    "Neither PyTorch nor JAX is installed here, so there are no tensors to try your autodiff_activation "
    "with. Install one: pip install torch, or pip install jax."
)

_judge = judge_with(
    "autodiff-activation",
    "autodiff_activation",
    Compare(SUBJECT),
    MISTAKES,
    praise="Right: values and gradients, in float32 and float64, at the poles, for huge numbers and ±∞.",
    thought="Which of the three branches does that x belong to, and what do the other two make of it?",
)


def judge(inputs: Inputs, evidence: Evidence) -> Verdict:
    """As for ``tf-activation``; where no framework is installed, the verdict says so."""
    if evidence["kind"] == "no-framework":
        return Verdict("autodiff-activation", Status.NOT_ATTEMPTED, 0.0, NOT_INSTALLED)
    return _judge(inputs, evidence)


EXERCISE = Exercise(
    id="autodiff-activation",
    unit="04-tensorflow-activation",
    title="The activation in PyTorch or JAX",
    answer="autodiff_activation",
    observer="tensors",
    probe=SUBJECT.probe,
    judge=judge,
    misconceptions=MISTAKES,
    hints=(
        "Both frameworks have a where that chooses for every number. First make the values right, then look "
        "at the gradients.",
        "Autodiff goes back through all three branches, also those that were not taken, and multiplies "
        "what it finds there by 0. When is 0 times something not 0?",
        "Give each branch only such x as belong to it, and some harmless number in place of the others. "
        "Then try x = 0 and x = 15: at a tie some functions share the slope between both arguments.",
    ),
    domain="every normal float32 and float64 number, and ±∞",
)
"""The answer is ``autodiff_activation(x)``: a tensor of PyTorch or an array of JAX in, the same out."""
