"""Exercise ``damped-step``: one step of Levenberg–Marquardt, (JᵀJ + λD) δ = −Jᵀr."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.damped_step.mistakes import MISTAKES
from autograder.exercises.damped_step.probe import PROBE

EXERCISE = Exercise(
    id="damped-step",
    title="A damped step",
    answer="damped_step",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Three pieces: the table JᵀJ, the same table with more on its diagonal, and the right side −Jᵀr.",
        "np.diag does both: of a table it gives the diagonal, as a row of numbers; of a row of numbers it "
        "makes a table with 0 everywhere else.",
        "np.linalg.solve(table, right_hand_side) gives δ. Where does the step start, and where does it end?",
    ),
    praise="Right: with little damping it is the computed step, with much a short one downhill.",
    fallback_hint="Take one number and two residuals: JᵀJ is one number then, and a pencil will do.",
    domain="one to four numbers, up to eight residuals, damping from 0 to 100",
)
