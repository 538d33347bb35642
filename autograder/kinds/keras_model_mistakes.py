"""Mistakes that a function which builds a Keras model may have, whichever model is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.exercise import Mistake
from autograder.kinds.dense_layers import Model
from autograder.kinds.keras_model import Observation
from autograder.observers.built import parameters

Fits = Callable[[Observation], bool]


def when(condition: Callable[[Model], Any]) -> Fits:
    """Fits where a model was built for which ``condition`` holds."""
    return lambda seen: seen.model is not None and bool(condition(seen.model))


def raises(*words: str) -> Fits:
    """Fits where the call raised something that says all these words."""
    return lambda seen: seen.error is not None and all(word in _said(seen.error) for word in words)


def loss_raises(*words: str) -> Fits:
    """Fits where computing the loss raised something that says all these words."""
    return when(lambda m: m.loss_error is not None and all(word in _said(m.loss_error) for word in words))


def comes_back(kind: str) -> Fits:
    """Fits where something of a type with that name came back instead of a model."""
    return lambda seen: seen.model is None and (seen.result or {}).get("type") == kind


def _given(result: dict[str, Any] | None) -> bool:
    return result is not None and result["kind"] != "none"


def _said(error: dict[str, Any] | None) -> str:
    return str((error or {}).get("message", "")).lower()


NO_MODEL: tuple[Mistake[Observation], ...] = (
    Mistake(
        "class-not-model",
        did="gives a class, not a model of that class",
        tempting="a class is what one has just written",
        shows="It gives the plan of a model, and no model was built after it.",
        hint="What makes an object of a class?",
        fits=lambda seen: seen.class_name is not None,
    ),
    Mistake(
        "history-not-model",
        did="gives what fit returns",
        tempting="the training stands in the last line",
        shows="It gives the history of a training, not the model.",
        hint="Which name should stand behind return, and should this function train at all?",
        fits=comes_back("History"),
    ),
    Mistake(
        "no-model",
        did="gives something else than a Keras model",
        tempting="a model is made of layers, and has weights, a summary and more that can be given back",
        shows="What comes back is no Keras model.",
        hint="Which name should stand behind return?",
        fits=lambda seen: seen.model is None and seen.class_name is None and _given(seen.result),
    ),
    Mistake(
        "input-no-shape",
        did="hands over something that is no shape where one is needed",
        tempting="(2) looks like a shape, but it is the number 2",
        shows="A shape is a tuple. What was handed over in its place is none.",
        hint="How does Python write a tuple with a single number in it?",
        fits=raises("cannot convert", "to a shape"),
    ),
    Mistake(
        "unknown-activation",
        did="has an activation that Keras does not know",
        tempting="a letter is quickly swapped, and so are two arguments",
        shows="Keras cannot read what stands in the place of an activation.",
        hint="Is it a name that Keras knows, letter by letter, and in the right place?",
        fits=raises("could not interpret activation"),
    ),
    Mistake(
        "unknown-optimizer",
        did="is compiled with an optimiser that Keras does not know",
        tempting="a letter is quickly swapped, and so are two arguments",
        shows="Keras cannot read what stands in the place of the optimiser.",
        hint="Which argument of compile is the optimiser, which the loss, and is its name spelt right?",
        fits=raises("could not interpret optimizer"),
    ),
)

FROZEN_WEIGHTS = Mistake[Observation](
    "frozen-weights",
    did="has numbers that training may not change",
    tempting="trainable=False is left over from an experiment",
    shows="Not all of its numbers can learn.",
    hint="What does model.summary() say about trainable parameters?",
    fits=when(lambda m: m.trainable < parameters(m.shapes)),
)

NOT_READY: tuple[Mistake[Observation], ...] = (
    Mistake(
        "not-compiled",
        did="is not compiled",
        tempting="the layers are all there",
        shows="Nobody has said yet how it is to be trained.",
        hint="Which call tells a Keras model its optimiser and its loss?",
        fits=when(lambda m: not m.compiled),
    ),
    Mistake(
        "no-loss",
        did="is compiled without a loss",
        tempting="metrics and loss look alike",
        shows="It has nothing to make small. A metric is only shown, never trained on.",
        hint="Which argument of compile is what training makes small?",
        fits=loss_raises("loss", "provide"),
    ),
    Mistake(
        "unknown-loss",
        did="has a loss that Keras does not know",
        tempting="a name that says what is meant looks like the right one",
        shows="Keras cannot read what stands in the place of the loss.",
        hint="Which names of losses does Keras have? Type keras.losses. and press the Tab key.",
        fits=loss_raises("could not interpret loss"),
    ),
)
