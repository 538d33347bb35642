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


def comes_back(kind: str) -> Fits:
    """Fits where something of a type with that name came back instead of a model."""
    return lambda seen: seen.model is None and (seen.result or {}).get("type") == kind


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
)

FROZEN_WEIGHTS = Mistake[Observation](
    "frozen-weights",
    did="forbids training to change some of the weights",
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
        shows="The layers are right or nearly so. But nobody said how to train them.",
        hint="Which call tells a Keras model its optimiser and its loss?",
        fits=when(lambda m: not m.compiled),
    ),
    Mistake(
        "no-loss",
        did="is compiled without a loss",
        tempting="metrics and loss look alike",
        shows="It has nothing to make small. A metric is only shown, never trained on.",
        hint="Which argument of compile is what training makes small?",
        fits=when(lambda m: all(word in _said(m.loss_error) for word in ("loss", "provide"))),
    ),
)
