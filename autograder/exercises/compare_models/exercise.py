"""Exercise ``compare-models``: one division by many models, side by side."""

from __future__ import annotations

from autograder.exercise import Exercise
from autograder.exercises.compare_models.mistakes import MISTAKES
from autograder.exercises.compare_models.probe import PROBE

EXERCISE = Exercise(
    id="compare-models",
    title="Compare models",
    answer="compare_models",
    probe=PROBE,
    mistakes=MISTAKES,
    hints=(
        "Go through the dict with .items() and treat one model at a time. What do all models take, and what "
        "do they give?",
        "A Keras model and a function can both be called: model(x). For one pair x has the shape (1, 2), and "
        "what comes out is an array with one number in it.",
        "Let one model at a time try, catch whatever it raises, and look at the number before you keep it: "
        "np.isnan tells one that is none.",
    ),
    praise="Right, for Keras models and plain functions, and whatever fails spoils no other.",
    fallback_hint=(
        "Begin with one plain function, lambda x: x[:, :1] / x[:, 1:] / 100, and a = 20, b = 5: does it "
        "come out as 4?"
    ),
    domain="1 ≤ a, b ≤ 19.99",
)
