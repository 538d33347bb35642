"""Exercise ``numeric-slope``: the slope of any function, measured."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.numeric_slope.mistakes import MISTAKES
from autograder.exercises.numeric_slope.probe import PROBE

EXERCISE = Exercise(
    id="numeric-slope",
    title="The slope, measured",
    answer="numeric_slope",
    probe=PROBE,
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
