"""Mistakes with a name in exercise ``compare-models``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.exercise import Evidence, Inputs
from autograder.exercises.compare_models.asking import ASKING, only_right
from autograder.exercises.compare_models.failures import FAILING
from autograder.exercises.compare_models.probe import (
    FUNCTIONS,
    TOLERANCE,
    Compared,
    compared,
    target,
)
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.legacy import Misconception


def gives(formula: Callable[[Compared], float]) -> Fits:
    """Fits where every number that came back for a model which works is ``formula`` of that model.

    In a Keras model float32 numbers of size 1 may nearly cancel.
    """

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        found = [m for m in compared(inputs, evidence) if m.expected is not None and np.isfinite(m.value)]
        wanted = [formula(m) for m in found]
        close = [abs(m.value - w) <= TOLERANCE * max(abs(w), 0.5) for m, w in zip(found, wanted, strict=True)]
        return len(found) >= 4 and all(close) and not all(m.right for m in found)

    return fits


def _of(m: Compared, a: float, b: float) -> float:
    return 100 * (target(m.description, a, b) or 0.0)


def cut(inputs: Inputs, evidence: Evidence) -> bool:
    """Fits where every number is the right one, cut or rounded to some decimals."""
    found = [m for m in compared(inputs, evidence) if m.expected is not None and m.got is not None]
    return len(found) >= 4 and all(
        abs(m.value - m.expected) <= 1 and round(m.value, 4) == m.value for m in found if m.expected
    )


def names(condition: Callable[[list[str], list[str]], bool]) -> Fits:
    """Fits where the names that came back, beside those that went in, show something for three functions."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        record = evidence["calls"]["functions"]
        call = next(c for c in inputs["calls"] if c["id"] == "functions")
        went = [m["name"] for m in call["models"]]
        return record["named"] is not None and condition(went, list(record["named"]))

    return fits


MISTAKES = (
    Misconception(
        "changes-the-dict",
        "changes the dict of models that it was given",
        "throwing out what fails, or keeping results there, saves a dict",
        "After the call the dict of models is not what it was: whoever called has lost models.",
        "Where could the results go, so that the models stay as they are?",
        lambda _, e: any(r["changed"] for r in e["calls"].values()),
    ),
    Misconception(
        "no-dict",
        "gives something else than a dict",
        "a list keeps the order, and the names seem to be known",
        "Expected is a dict, with a quotient for each name.",
        "How would the page know which number belongs to which model?",
        lambda _, e: all(r["named"] is None and not r["error"] for r in e["calls"].values()),
    ),
    *ASKING,
    Misconception(
        "not-asked",
        "does not ask the models",
        "the true quotient is known, after all",
        "For every model it gives a/b itself.",
        "Whose quotients are to be compared?",
        gives(lambda m: m.x[0] / m.x[1]),
    ),
    Misconception(
        "forgets-hundred",
        "gives what the models give",
        "the models were trained on the quotient, one thinks",
        "Every number is a hundredth of the quotient.",
        "The models give the target. What is the target of 20/5?",
        gives(lambda m: (m.expected or 0.0) / 100),
    ),
    Misconception(
        "hundredth-of-it",
        "divides by 100 where it should multiply",
        "the target is the quotient divided by 100",
        "Every number is a ten thousandth of the quotient.",
        "Which way leads from the target back to the quotient?",
        gives(lambda m: (m.expected or 0.0) / 10_000),
    ),
    Misconception(
        "pair-swapped",
        "hands over b before a",
        "both are numbers, and nobody complains",
        "Every number is what the model gives for b/a.",
        "Which column of the models' input holds the number that is divided?",
        gives(lambda m: _of(m, m.x[1], m.x[0])),
    ),
    *FAILING,
    Misconception(
        "keras-left-out",
        "compares plain functions only",
        "a Keras model gives a tensor of shape (1, 1), and not every way to a number likes that",
        "Plain functions are compared rightly, Keras models are not.",
        "What does a Keras model give for an array of shape (1, 2)? Print it, and its shape.",
        lambda i, e: only_right(FUNCTIONS, i, e),
    ),
    Misconception(
        "cuts-decimals",
        "rounds the quotients",
        "a page with few digits looks tidier",
        "Every quotient has lost its last decimals.",
        "Who should round: the one who compares, or the one who shows?",
        cut,
    ),
    Misconception(
        "last-model-only",
        "gives one model's quotient only",
        "a dict that is made anew in each round of a loop holds one name",
        "Of three models one is in the dict.",
        "Where is your dict made: before the loop, or in it?",
        names(lambda went, got: len(got) == 1 and got[0] in went),
    ),
    Misconception(
        "other-names",
        "gives the quotients under other names",
        "numbers, or the models' own names, are at hand as well",
        "The names are not those of the dict of models.",
        "What do you get from a dict with .items()?",
        names(lambda went, got: len(got) >= len(went) and not set(got) & set(went)),
    ),
    Misconception(
        "more-names",
        "puts more into the dict than the models",
        "the true quotient would look well beside the others",
        "Beside the names of the models the dict holds others.",
        "Whoever shows the dict can work out a/b too: what should stand in it, and nothing else?",
        names(lambda went, got: set(went) < set(got)),
    ),
)
