"""Mistakes with a name in exercise ``compare-models``: what is made of what a model gives."""

from __future__ import annotations

from autograder.exercise import Mistake
from autograder.kinds.model_comparison import Observation
from autograder.kinds.model_comparison_mistakes import ASKING, GIVING, UNPACKING
from autograder.kinds.model_failure_mistakes import FAILING
from autograder.kinds.model_number_mistakes import NONE_FOR_SOME, NUMBERS

MISTAKES: tuple[Mistake[Observation], ...] = (
    UNPACKING,
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
    Mistake(
        "hundred-twice",
        did="multiplies by 100 once too often",
        tempting="two lines, each with its own 100, are quickly written",
        shows="Every number is a hundred times the quotient.",
        hint="How many times does your code multiply by 100, from the model to the dict?",
        wrong=lambda model, a, b: 10_000 * model(a, b),
    ),
    Mistake(
        "error-not-quotient",
        did="gives how far off the models are",
        tempting="models are compared by their errors, after all",
        shows="Every number is the distance between the model's quotient and a/b.",
        hint="What is asked for behind each name: the model's quotient, or its error?",
        wrong=lambda model, a, b: abs(100 * model(a, b) - a / b),
    ),
    Mistake(
        "fixed-pair",
        did="asks for 20/5, whatever a and b are",
        tempting="20/5 was the example all along",
        shows="Every number is what the model gives for 20/5.",
        hint="Where do a and b come in, in the array that you hand to the models?",
        wrong=lambda model, _a, _b: 100 * model(20.0, 5.0),
    ),
    Mistake(
        "inputs-scaled",
        did="divides a and b by 100 before it asks",
        tempting="the target was divided by 100, so why not the inputs",
        shows="Every number is what the model gives for a/100 and b/100.",
        hint="Which numbers were the inputs of the training: those from 1 to 19.99, or their hundredths?",
        wrong=lambda model, a, b: 100 * model(a / 100, b / 100),
    ),
    Mistake(
        "inputs-whole",
        did="cuts a and b to whole numbers before it asks",
        tempting="an array of whole numbers, or int, cuts without a word",
        shows="Every number is what the model gives for a and b without their decimals.",
        hint="Which dtype has the array that you hand to the models?",
        wrong=lambda model, a, b: 100 * model(float(int(a)), float(int(b))),
    ),
    Mistake(
        "drops-sign",
        did="gives the size of a quotient without its sign",
        tempting="a quotient of positive numbers is positive, after all",
        shows="A quotient below 0 has lost its sign, and with it a sign of how poor the model is.",
        hint="What should a reader see of a model that gives −8 for 20/5?",
        wrong=lambda model, a, b: abs(100 * model(a, b)),
    ),
    *FAILING,
    *NUMBERS,
    *GIVING,
    NONE_FOR_SOME,
)
