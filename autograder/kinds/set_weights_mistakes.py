"""Mistakes that a function which sets a model's weights may have, whichever weights are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Mistake
from autograder.kinds.set_weights import Filled, Observation

Fits = Callable[[Observation], bool]

MODELS = {"Sequential", "Functional", "Model"}
"""What Keras calls its models."""


def every(holds: Callable[[Filled], Any]) -> Fits:
    """Fits where it holds for the models of both layouts."""
    return lambda seen: all(bool(holds(model)) for model in seen.models)


def all_raise(*words: str) -> Fits:
    """Fits where neither layout is accepted, with a message that holds one of these words."""
    return every(lambda m: m.error and any(word in m.error["message"] for word in words))


def only_raises(layout: str, *words: str) -> Fits:
    """Fits where a model of that layout alone raises, with a message that holds one of these words."""
    return lambda seen: (
        [m.layout for m in seen.models if m.error] == [layout]
        and any(word in m.error["message"].lower() for m in seen.models if m.error for word in words)
    )


def fills_one(seen: Observation) -> bool:
    """Whether one kind of model got nine new numbers, and the other not all of them."""
    changed = [m.weights is not None and not any(m.kept) for m in seen.models]
    left = [any(m.kept) for m in seen.models]
    return not any(m.error for m in seen.models) and any(changed) and any(left)


def untouched(condition: Callable[[dict[str, Any]], Any]) -> Fits:
    """Fits where both models are as before, and ``condition`` holds for what came back."""
    return every(lambda m: m.result and m.kept and all(m.kept) and condition(m.result))


def kept(*parts: int) -> Fits:
    """Fits where exactly these of W1, b1, W2, b2 are as before, in every model."""
    return every(lambda m: not m.error and [i for i, k in enumerate(m.kept) if k] == list(parts))


def _word(result: dict[str, Any]) -> str:
    return str(result.get("type")).split(" ")[0]


SET_WEIGHTS_FORM: tuple[Mistake[Observation], ...] = (
    Mistake(
        "expects-no-dropout",
        did="counts on a model without a dropout layer",
        tempting="the network has two layers, after all",
        shows=(
            "Without a dropout layer the call goes through; with one, layer 1 is that one, and it holds "
            "nothing."
        ),
        hint="A model has one call that sets all its weights at once, whatever stands between. Which?",
        fits=only_raises("with dropout", "dropout", "to unpack", "expecting 0"),
    ),
    Mistake(
        "one-kind-only",
        did="fills one kind of model and leaves numbers of the other as they were",
        tempting="an error that is caught, or a case that is left out, goes unnoticed",
        shows="In one kind of model all nine numbers are new, in the other some are as they were.",
        hint="Which layers has the other kind of model? And does an if or an except keep quiet about it?",
        fits=fills_one,
    ),
    Mistake(
        "not-arrays",
        did="hands over numbers that are in no array",
        tempting="nested lists look like matrices",
        shows="Keras asks what it gets for its shape; lists and plain numbers have none.",
        hint="Which function of NumPy makes an array of a list?",
        fits=all_raise("has no attribute 'shape'"),
    ),
    Mistake(
        "weights-of-other-shape",
        did="hands over an array of another shape",
        tempting="Keras keeps a matrix with one row for each input, other libraries one for each output",
        shows="An array has another shape than the weight that it is meant for.",
        hint="Print model.get_weights(): which shape has each of the four?",
        fits=all_raise("weight shape", "target variable"),
    ),
    Mistake(
        "other-number-of-arrays",
        did="hands over more or fewer arrays than the layer holds",
        tempting="a list may hold anything",
        shows="Keras says how many arrays it expects, and how many it got.",
        hint="How many arrays does one dense layer hold, and how many does the whole model?",
        fits=all_raise("weight list of length"),
    ),
    Mistake(
        "several-arguments",
        did="hands the arrays over one by one",
        tempting="four arrays look like four arguments",
        shows="set_weights takes one argument, a list.",
        hint="Which brackets make one list of several arrays?",
        fits=all_raise("set_weights() takes"),
    ),
    Mistake(
        "cannot-be-written",
        did="writes with an equals sign where Keras does not allow it",
        tempting="with NumPy's arrays it works",
        shows="What stands left of the equals sign cannot be written into like that.",
        hint="Which method of a model takes new weights? Which method of a variable?",
        fits=all_raise("does not support item assignment", "has no setter"),
    ),
    Mistake(
        "fills-another-model",
        did="gives a model back, and leaves the one that was handed over as it was",
        tempting="a new model is quickly made, and a copy of the weights too",
        shows="It gives a model back, but the one that was handed over holds the same numbers as before.",
        hint="Do you write into the model that comes in, into a second one, or into copies?",
        fits=untouched(lambda r: _word(r) in MODELS),
    ),
    Mistake(
        "gives-weights-back",
        did="gives something back and leaves the model as it was",
        tempting="functions mostly return something",
        shows="It gives something back, but the model still holds the numbers that it held before.",
        hint="Who is to put the numbers into the model, if not this function?",
        fits=untouched(lambda r: r["kind"] != "none"),
    ),
    Mistake(
        "leaves-the-model",
        did="leaves the model as it was",
        tempting="get_weights hands out copies, and writing into a copy goes unnoticed",
        shows="After the call the model holds the same nine numbers as before.",
        hint=(
            "Does what you change belong to the model, or is it a copy? Print model.get_weights() at the end."
        ),
        fits=untouched(lambda r: r["kind"] == "none"),
    ),
    Mistake(
        "first-layer-only",
        did="fills the first layer only",
        tempting="one of two calls is easily left out",
        shows="The second dense layer is as it was.",
        hint="How many layers have weights in the drawing of the network?",
        fits=kept(2, 3),
    ),
    Mistake(
        "second-layer-only",
        did="fills the second dense layer only",
        tempting="one of two calls is easily left out",
        shows="The first layer is as it was.",
        hint="Where do a and b come in, and which weights do they meet first?",
        fits=kept(0, 1),
    ),
    Mistake(
        "kernels-only",
        did="fills the two matrices and leaves the biases",
        tempting="in a new model all biases are 0, and 0 looks harmless",
        shows="Both matrices are new, both biases are as they were.",
        hint="The network has nine numbers. How many of them have you set?",
        fits=kept(1, 3),
    ),
    Mistake(
        "some-left",
        did="fills some of the four arrays only",
        tempting="one of several lines is easily left out",
        shows="Of the four arrays some are new, and some are as they were.",
        hint="Which four arrays does the model hold? Print them before the call and after it.",
        fits=lambda seen: any(kept(*parts)(seen) for parts in ((0,), (2,), (0, 2), (0, 3), (1, 2))),
    ),
)
