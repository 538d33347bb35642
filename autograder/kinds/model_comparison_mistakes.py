"""Mistakes in comparing models: how they are asked, and what is given back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from autograder.exercise import Mistake
from autograder.kinds.model_comparison import FUNCTIONS, KERAS, Compared, Observation

Fits = Callable[[Observation], bool]


def took(condition: Callable[[dict[str, Any]], bool]) -> Fits:
    """Fits where what the plain functions were called with shows something, each time."""

    def fits(seen: Observation) -> bool:
        taken = [x for call in seen.calls for x in call.taken]
        return bool(taken) and all(map(condition, taken))

    return fits


def never_called(seen: Observation) -> bool:
    """Whether no plain function was called."""
    return not any(call.taken for call in seen.calls)


def raises(seen: Observation, word: str) -> bool:
    """Whether a call raised something with that word in it."""
    return any(call.error is not None and word in call.error["message"] for call in seen.calls)


def only_right(seen: Observation, kind: str) -> bool:
    """Whether models of that kind are right, and none of the other kind that works is."""
    # In the first call another model may have stopped the whole of it.
    ours = [m for m in seen.working if m.kind == kind and m.call != "mixed"]
    return all(m.right for m in ours) and not any(m.right for m in seen.working if m.kind != kind)


def of_keras(seen: Observation) -> list[Compared]:
    """What came back for Keras models."""
    return [m for m in seen.working if m.kind == KERAS]


def cut(seen: Observation) -> bool:
    """Whether every number is the right one, cut or rounded to some decimals."""
    found = [(m.value, m.expected) for m in seen.working if m.got is not None and m.expected]
    return len(found) >= 4 and all(abs(v - e) <= 1 and round(v, 4) == v for v, e in found)


def alike(seen: Observation) -> bool:
    """Whether all models of a call that work get the same number, though they give others."""
    calls = [[m for m in call.models if m.gives] for call in seen.calls]
    several = [models for models in calls if len(models) > 1]
    found = [{f"{m.value:.6g}" for m in models} for models in several]
    return bool(found) and all(len(values) == 1 and "nan" not in values for values in found)


def names(condition: Callable[[Sequence[str], Sequence[str]], bool]) -> Fits:
    """Fits where the names that came back, beside those that went in, show something for three functions."""

    def fits(seen: Observation) -> bool:
        call = seen.call("functions")
        return call.named is not None and condition(call.names, call.named)

    return fits


def alone(place: int) -> Fits:
    """Fits where of several models that in one place alone is in the dict, in each call that gives one."""

    def fits(seen: Observation) -> bool:
        calls = [c for c in seen.calls if len(c.names) > 1 and c.named is not None]
        return len(calls) > 1 and all(list(c.named or ()) == [c.names[place]] for c in calls)

    return fits


ASKING: tuple[Mistake[Observation], ...] = (
    Mistake(
        "changes-the-dict",
        did="changes the dict of models that it was given",
        tempting="throwing out what fails, or keeping results there, saves a dict",
        shows="After the call the dict of models is not what it was, and whoever called still needs it.",
        hint="Where could the results go, so that the models stay as they are?",
        fits=lambda seen: seen.changed,
    ),
    Mistake(
        "no-dict",
        did="gives something else than a dict",
        tempting="a list keeps the order, and the names seem to be known",
        shows="In a dict each quotient stands behind the name of its model.",
        hint="How would the page know which number belongs to which model?",
        fits=lambda seen: all(call.named is None and not call.error for call in seen.calls),
    ),
    Mistake(
        "two-arguments",
        did="hands a and b to the models one by one",
        tempting="divide(a, b) takes them like that",
        shows="The models take one argument, an array with a row for each pair; they were given two.",
        hint="How many arguments has a model, and which shape has it?",
        fits=lambda seen: never_called(seen) and raises(seen, "positional"),
    ),
    Mistake(
        "predicts-with-functions",
        did="asks Keras models only",
        tempting="Keras models have the method predict",
        shows="No plain function was even called.",
        hint="What can one do with a Keras model and with a function alike?",
        fits=lambda seen: never_called(seen) and (only_right(seen, KERAS) or raises(seen, "predict")),
    ),
    Mistake(
        "row-without-table",
        did="hands over the pair as one row without a table around it",
        tempting="[a, b] looks like a row already",
        shows="The models were called with an array of shape (2,), expected (1, 2).",
        hint="Which shape has an array of n pairs, for n = 1?",
        fits=took(
            lambda x: x.get("shape") == [2] and x["kind"] == "numbers" and x["type"] not in ("list", "tuple")
        ),
    ),
    Mistake(
        "column-of-inputs",
        did="stacks a and b on top of each other",
        tempting="column_stack, stack and reshape are easily confused",
        shows="The models were called with an array of shape (2, 1), expected (1, 2).",
        hint="What stands in a row of the models' input, and what in a column?",
        fits=took(lambda x: x.get("shape") == [2, 1]),
    ),
    Mistake(
        "list-of-lists",
        did="hands over lists instead of an array",
        tempting="[[a, b]] has the shape (1, 2) for the eye",
        shows="The models were called with a list or a tuple, and not with an array.",
        hint="Which function of NumPy makes an array of it?",
        fits=took(lambda x: x.get("type") in ("list", "tuple")),
    ),
)

UNPACKING = Mistake[Observation](
    "unpacks-no-pair",
    did="takes something apart that has another number of parts",
    tempting="a loop over a dict looks as if it handed out names and models",
    shows="It wants several values out of something that has more or fewer of them.",
    hint="What does a loop over a dict hand out, and what does one over its .items()?",
    fits=lambda seen: raises(seen, "to unpack"),
)

GIVING: tuple[Mistake[Observation], ...] = (
    Mistake(
        "keras-left-out",
        did="compares plain functions only",
        tempting="a Keras model gives a tensor of shape (1, 1), and not every way to a number likes that",
        shows="Plain functions are compared rightly, Keras models are not.",
        hint="What does a Keras model give for an array of shape (1, 2)? Print it, and its shape.",
        fits=lambda seen: (
            only_right(seen, FUNCTIONS) and all(m.got is None or m.none for m in of_keras(seen))
        ),
    ),
    Mistake(
        "cuts-decimals",
        did="rounds the quotients",
        tempting="a page with few digits looks tidier",
        shows="The quotients have lost their last decimals.",
        hint="Who should round: the one who compares, or the one who shows?",
        fits=cut,
    ),
    Mistake(
        "first-model-only",
        did="gives the first model's quotient only",
        tempting="a return that is indented too far ends the function in the first round",
        shows="Of several models only the first is in the dict.",
        hint="What does a function do when it comes to a return, in the middle of a loop?",
        fits=alone(0),
    ),
    Mistake(
        "last-model-only",
        did="gives the last model's quotient only",
        tempting="a dict that is made anew in each round of a loop holds one name",
        shows="Of several models only the last is in the dict.",
        hint="Where is your dict made: before the loop, or in it?",
        fits=alone(-1),
    ),
    Mistake(
        "other-names",
        did="gives the quotients under other names",
        tempting="numbers, or the models' own names, are at hand as well",
        shows="The names are not those of the dict of models.",
        hint="What do you get from a dict with .items()?",
        fits=names(lambda went, got: bool(got) and not set(got) & set(went)),
    ),
    Mistake(
        "more-names",
        did="puts more into the dict than the models",
        tempting="the true quotient would look well beside the others",
        shows="Beside the names of the models the dict holds others.",
        hint="Whoever shows the dict can work out a/b too: what should stand in it, and nothing else?",
        fits=names(lambda went, got: set(went) < set(got)),
    ),
    Mistake(
        "one-for-all",
        did="gives the same number for every model",
        tempting="a value from before the loop, or from another round, is still there",
        shows="All models of a dict get one and the same number, though they give different ones.",
        hint="Which line of your loop asks the model whose turn it is?",
        fits=alike,
    ),
)
