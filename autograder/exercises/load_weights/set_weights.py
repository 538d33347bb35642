"""Mistakes with a name in exercise ``load-weights``: which layers are filled, and with what kind of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Evidence, Inputs
from autograder.exercises.load_weights.probe import Filled, filled
from autograder.kinds.legacy import Misconception

LISTS = {"list", "tuple", "dict"}
"""What weights come in, if not in an array."""


def all_raise(*words: str) -> Callable[[Inputs, Evidence], bool]:
    """Fits where neither layout is accepted, with a message that holds one of these words."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        errors = [f.record["error"] for f in filled(inputs, evidence)]
        return all(e is not None and any(w in e["message"] for w in words) for e in errors)

    return fits


def only_raises(layout: str) -> Callable[[Inputs, Evidence], bool]:
    """Fits where a model of that layout raises, and one of the other does not."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        raising = [f.layout for f in filled(inputs, evidence) if f.record["error"]]
        return raising == [layout]

    return fits


def untouched(condition: Callable[[dict[str, Any]], Any]) -> Callable[[Inputs, Evidence], bool]:
    """Fits where both models are as before, and ``condition`` holds for what came back."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        found = filled(inputs, evidence)
        return all(
            not f.record["error"] and all(f.kept) and bool(condition(f.record["result"])) for f in found
        )

    return fits


def kept(*parts: int) -> Callable[[Inputs, Evidence], bool]:
    """Fits where exactly these of W1, b1, W2, b2 are as before, in every model that was filled."""

    def holds(f: Filled) -> bool:
        return not f.record["error"] and [i for i, k in enumerate(f.kept) if k] == list(parts)

    return lambda inputs, evidence: all(map(holds, filled(inputs, evidence)))


def _word(result: dict[str, Any]) -> str:
    return str(result.get("type")).split(" ")[0]


FILLING = (
    Misconception(
        "expects-dropout",
        "fills layers 0 and 2, as the deck's listing does",
        "between the deck's two layers there is a dropout layer, and the listing does not say so",
        "With a dropout layer between, the call goes through; without one, there is no layer 2.",
        "Which of a model's layers have weights at all? How could you find them without counting?",
        only_raises("without dropout"),
    ),
    Misconception(
        "expects-no-dropout",
        "fills layers 0 and 1",
        "the network has two layers, after all",
        "Without a dropout layer the call goes through; with one, layer 1 is that one, and it holds nothing.",
        "A model has one call that sets all its weights at once, whatever stands between. Which?",
        only_raises("with dropout"),
    ),
    Misconception(
        "weights-of-other-shape",
        "hands over an array of another shape",
        "Keras keeps a matrix with one row for each input, other libraries one for each output",
        "Keras says that an array has not the shape of the weight that it is meant for.",
        "Print model.get_weights(): which shape has each of the four?",
        all_raise("shape"),
    ),
    Misconception(
        "other-number-of-arrays",
        "hands over more or fewer arrays than the layer holds",
        "a list may hold anything",
        "Keras says how many arrays it expects, and how many it got.",
        "How many arrays does one dense layer hold, and how many does the whole model?",
        all_raise("expecting", "length"),
    ),
    Misconception(
        "gives-weights-back",
        "gives weights back and leaves the model as it was",
        "functions mostly return something",
        "It gives the weights back, but the model has still its own.",
        "Who is to put the numbers into the model, if not this function?",
        untouched(lambda r: r["kind"] in ("numbers", "size") or _word(r) in LISTS),
    ),
    Misconception(
        "fills-another-model",
        "fills another model and gives that back",
        "a new model is quickly made",
        "It gives another model back; the one that was handed over is as it was.",
        "The model that comes in is the one to be filled. Is a second one needed?",
        untouched(lambda r: r["kind"] == "other"),
    ),
    Misconception(
        "leaves-the-model",
        "leaves the model as it was",
        "get_weights hands out copies, and writing into a copy goes unnoticed",
        "After the call the model holds the same nine numbers as before.",
        "Does what you change belong to the model, or is it a copy? Print model.get_weights() at the end.",
        untouched(lambda r: r["kind"] == "none"),
    ),
    Misconception(
        "first-layer-only",
        "fills the first layer only",
        "one of two calls is easily left out",
        "The second dense layer is as it was.",
        "How many layers have weights in the drawing of the network?",
        kept(2, 3),
    ),
    Misconception(
        "second-layer-only",
        "fills the second dense layer only",
        "one of two calls is easily left out",
        "The first layer is as it was.",
        "Where do a and b come in, and which weights do they meet first?",
        kept(0, 1),
    ),
    Misconception(
        "kernels-only",
        "fills the two matrices and leaves the biases",
        "in a new model all biases are 0, and 0 looks harmless",
        "Both matrices are new, both biases are as they were.",
        "The network has nine numbers. How many of them have you set?",
        kept(1, 3),
    ),
)
