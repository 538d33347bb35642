"""Exercise ``learned-weights``: weights that divide, found by training."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.learned_weights.mistakes import MISTAKES
from autograder.exercises.learned_weights.probe import PROBE

EXERCISE = Exercise(
    id="learned-weights",
    title="Weights that were learned",
    answer="learned_weights",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "One start is not enough: most trainings get stuck. Make many starts, train each, keep the best.",
        "scipy.optimize.least_squares takes the nine numbers in a row and a function that gives all "
        "residuals; a few hundred pairs are enough for it.",
        "Compute in float64, hand over the slopes (jac=…) and look at the mean absolute error of each "
        "end: it is either about 0.001 or above, or practically 0. Little lies in between.",
    ),
    praise="Right: learned, and exact on all 3 610 000 pairs of the grid.",
    fallback_hint="What is the mean absolute error of your network on the whole grid, in float64?",
    domain="a, b = 1.00 … 19.99 in steps of 0.01, in float64",
)
