"""Mistakes with a name in exercise ``compare-models``: what is made of what a model gives."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.kinds.model_comparison import Observation
from autograder.kinds.model_comparison_mistakes import ASKING, GIVING
from autograder.kinds.model_failure_mistakes import FAILING

MISTAKES: tuple[Mistake[Observation], ...] = (
    *ASKING,
    Mistake(
        "not-asked",
        did="does not ask the models",
        tempting="the true quotient is known, after all",
        shows="For every model it gives a/b itself.",
        hint="Whose quotients are to be compared?",
        wrong=lambda _, a, b: a / b,
    ),
    Mistake(
        "forgets-hundred",
        did="gives what the models give",
        tempting="the models were trained on the quotient, one thinks",
        shows="Every number is a hundredth of the quotient.",
        hint="The models give the target. What is the target of 20/5?",
        wrong=lambda model, a, b: model(a, b),
    ),
    Mistake(
        "hundredth-of-it",
        did="divides by 100 where it should multiply",
        tempting="the target is the quotient divided by 100",
        shows="Every number is a ten thousandth of the quotient.",
        hint="Which way leads from the target back to the quotient?",
        wrong=lambda model, a, b: model(a, b) / 100,
    ),
    Mistake(
        "pair-swapped",
        did="hands over b before a",
        tempting="both are numbers, and nobody complains",
        shows="Every number is what the model gives for b/a.",
        hint="Which column of the models' input holds the number that is divided?",
        wrong=lambda model, a, b: 100 * model(b, a),
    ),
    *FAILING,
    *GIVING,
)
