"""Exercise ``numeric-slope``: the slope of any function, measured."""

from __future__ import annotations

from autograder.exercise import Criterion, Evidence, Exercise, Inputs
from autograder.exercises.numeric_slope.mistakes import MISTAKES
from autograder.exercises.numeric_slope.probe import WHOLE, Seen, probe, seen, written
from autograder.kinds.comparison import Comparison, Entry, Problem, show, unread
from autograder.kinds.legacy import Old


def compare(inputs: Inputs, evidence: Evidence) -> Comparison:
    """One criterion each for plain numbers, for arrays, and for whole numbers and tables."""
    comparison = Comparison(truth="the slope is")
    everything = seen(inputs, evidence)
    for tier, s in enumerate(everything):
        if s.reading.problem:
            comparison.problems.append(unread(f"for {_shape(s)}", s.reading, "slopes"))
        else:
            comparison.entries += _entries(s, tier)
    changed = any(s.changed for s in everything)
    if changed:
        comparison.problems.append(Problem("called with an array", "writes into that array", "no change"))
    numbers = all(s.right.all() for s in everything if s.x.ndim == 0)
    arrays = all(s.right.all() for s in everything if s.x.ndim == 1 and s.name != WHOLE)
    forms = all(s.right.all() for s in everything if s.x.ndim == 2 or s.name == WHOLE)
    comparison.criteria = [
        Criterion("plain numbers", 1.0, float(numbers)),
        Criterion("arrays", 2.0, float(arrays) * (0.5 if changed else 1.0)),
        Criterion("tables and whole numbers", 1.0, float(forms) * (0.5 if changed else 1.0)),
    ]
    return comparison


def _shape(s: Seen) -> str:
    if s.name == WHOLE:
        return f"x = np.array({[int(v) for v in s.x]})"
    return f"x = {s.x.tolist()!r}" if s.x.size < 8 else "an array of many x"


def _entries(s: Seen, tier: int) -> list[Entry]:
    assert s.reading.numbers is not None
    columns = (s.x.ravel().tolist(), s.reading.numbers.ravel(), s.expected.ravel(), s.right.ravel())
    whole = "whole " if s.name == WHOLE else ""
    return [
        Entry(
            s.name,
            f"{whole}x = {int(x) if whole else x!r}, function = {written(s.terms)}",
            show(float(y), s.reading.dtype),
            float(y),
            float(exact),
            bool(right),
            tier=tier,
        )
        for x, y, exact, right in zip(*columns, strict=True)
    ]


EXERCISE = Exercise(
    id="numeric-slope",
    title="The slope, measured",
    answer="numeric_slope",
    probe=Old("function", probe, compare),
    mistakes=MISTAKES,
    hints=(
        "A slope is a rise divided by a run. Which two points would you take to measure it at x?",
        "One point on each side of x, equally far away, is much better than x and one neighbour: draw a "
        "parabola and see why.",
        "Try steps of 1e-1, 1e-3, 1e-5, … 1e-15 on np.sin at x = 1 and look at the gap to np.cos(1). Too "
        "large is bad, too small is bad as well: where is it smallest?",
    ),
    praise="Right: every slope to a millionth, of functions that yours had never seen.",
    fallback_hint=(
        "Take function = np.sin and x = 0, where the slope is 1, and follow your quotient by hand."
    ),
    domain="smooth functions of scale about 1, x in [−10, 10]; error at most 10⁻⁶ · max(1, |f′|)",
)
"""The answer is ``numeric_slope(function, x)``: a number or an array of float64, elementwise."""
