"""From evidence to a verdict: early ones first, then the comparison, then the first mistake that it shows."""

from __future__ import annotations

from typing import Any

from autograder.exercise import Evidence, Exercise, Inputs
from autograder.kinds.verdict_text import decide, early
from autograder.verdict import Verdict


def judge(exercise: Exercise[Any], inputs: Inputs, evidence: Evidence) -> Verdict:
    """The verdict on evidence that was read strictly before."""
    if verdict := early(exercise.id, exercise.answer, evidence):
        return verdict
    seen = exercise.probe.read(inputs, evidence)
    comparison = exercise.probe.compare(seen)
    return decide(exercise, comparison, None if comparison.right else next(exercise.fitting(seen), None))
