"""Mistakes that a function which sets a model's weights may have, whichever weights are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Mistake
from autograder.kinds.set_weights import Filled, Observation

Fits = Callable[[Observation], bool]

LISTS = {"list", "tuple", "dict"}
"""What weights come in, if not in an array."""


def every(holds: Callable[[Filled], Any]) -> Fits:
    """Fits where it holds for the models of both layouts."""
    return lambda seen: all(bool(holds(model)) for model in seen.models)


def all_raise(*words: str) -> Fits:
    """Fits where neither layout is accepted, with a message that holds one of these words."""
    return every(lambda m: m.error and any(word in m.error["message"] for word in words))


def only_raises(layout: str) -> Fits:
    """Fits where a model of that layout raises, and one of the other does not."""
    return lambda seen: [m.layout for m in seen.models if m.error] == [layout]


def untouched(condition: Callable[[dict[str, Any]], Any]) -> Fits:
    """Fits where both models are as before, and ``condition`` holds for what came back."""
    return every(lambda m: m.result and all(m.kept) and condition(m.result))


def kept(*parts: int) -> Fits:
    """Fits where exactly these of W1, b1, W2, b2 are as before, in every model."""
    return every(lambda m: not m.error and [i for i, k in enumerate(m.kept) if k] == list(parts))


def _word(result: dict[str, Any]) -> str:
    return str(result.get("type")).split(" ")[0]


SET_WEIGHTS_FORM: tuple[Mistake[Observation], ...] = (
    Mistake(
        "expects-no-dropout",
        did="fills layers 0 and 1",
        tempting="the network has two layers, after all",
        shows=(
            "Without a dropout layer the call goes through; with one, layer 1 is that one, and it holds "
            "nothing."
        ),
        hint="A model has one call that sets all its weights at once, whatever stands between. Which?",
        fits=only_raises("with dropout"),
    ),
    Mistake(
        "weights-of-other-shape",
        did="hands over an array of another shape",
        tempting="Keras keeps a matrix with one row for each input, other libraries one for each output",
        shows="Keras says that an array has not the shape of the weight that it is meant for.",
        hint="Print model.get_weights(): which shape has each of the four?",
        fits=all_raise("shape"),
    ),
    Mistake(
        "other-number-of-arrays",
        did="hands over more or fewer arrays than the layer holds",
        tempting="a list may hold anything",
        shows="Keras says how many arrays it expects, and how many it got.",
        hint="How many arrays does one dense layer hold, and how many does the whole model?",
        fits=all_raise("expecting", "length"),
    ),
    Mistake(
        "gives-weights-back",
        did="gives weights back and leaves the model as it was",
        tempting="functions mostly return something",
        shows="It gives the weights back, but the model has still its own.",
        hint="Who is to put the numbers into the model, if not this function?",
        fits=untouched(lambda r: r["kind"] in ("numbers", "size") or _word(r) in LISTS),
    ),
    Mistake(
        "fills-another-model",
        did="fills another model and gives that back",
        tempting="a new model is quickly made",
        shows="It gives another model back; the one that was handed over is as it was.",
        hint="The model that comes in is the one to be filled. Is a second one needed?",
        fits=untouched(lambda r: r["kind"] == "other"),
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
)
