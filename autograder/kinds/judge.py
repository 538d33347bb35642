"""Makes a judge of a comparison and a catalogue of mistakes, and finds the mistake that evidence shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.exercise import Evidence, Inputs, Misconception, Verdict
from autograder.kinds.comparison import Comparison
from autograder.kinds.verdict_text import decide, early


def named(
    misconceptions: Sequence[Misconception], inputs: Inputs, evidence: Evidence
) -> Misconception | None:
    """The first mistake of the catalogue that fits."""
    return next((m for m in misconceptions if m.fits(inputs, evidence)), None)


def judge_with(
    exercise: str,
    answer: str,
    compare: Callable[[Inputs, Evidence], Comparison],
    misconceptions: Sequence[Misconception],
    *,
    praise: str,
    thought: str,
) -> Callable[[Inputs, Evidence], Verdict]:
    """A judge: early verdicts first, then the comparison, then the first mistake that fits."""

    def judge(inputs: Inputs, evidence: Evidence) -> Verdict:
        verdict = early(exercise, answer, evidence)
        if verdict is not None:
            return verdict
        comparison = compare(inputs, evidence)
        mistake = None if comparison.right else named(misconceptions, inputs, evidence)
        return decide(exercise, answer, comparison, mistake, praise=praise, thought=thought)

    return judge
