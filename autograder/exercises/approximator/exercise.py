"""Exercise ``approximator``: α(x) = Σ v_k σ(w_k x + b_k) for many x at once."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.approximator.mistakes import MISTAKES
from autograder.exercises.approximator.probe import PROBE, apart, stand_in

EXERCISE = Exercise(
    id="approximator",
    title="The approximator",
    answer="approximator",
    probe=PROBE,
    stand_in=stand_in,
    apart=apart,
    mistakes=MISTAKES,
    hints=(
        "One neuron's share at one x takes three steps: a straight line, a bend, a weight. Then comes the "
        "sum.",
        "Every x meets every neuron. That makes a table: np.outer, or x[:, np.newaxis], spreads it out.",
        "In a table with a row for each x, the bend keeps the shape, and the weighted sum goes along each "
        "row: what does @ do with a table and a row of K numbers?",
    ),
    praise="Right, for one point and for many, with one neuron and with ten.",
    fallback_hint="Take one x and one neuron and follow them through your function with a pencil.",
    needs=("sigmoid",),
    domain="x in [−4, 4], up to ten neurons",
)
