"""Signs of mistakes in a Keras model of dense layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.exercise import Evidence, Inputs
from autograder.kinds.elementwise_mistakes import Fits
from autograder.kinds.keras_model import Model, activations, losses, model_of, units


class Looked(NamedTuple):
    """A model: as described, its dense layers' sizes and activations, the losses that fit."""

    model: Model
    units: list[int]
    activations: tuple[str, ...]
    losses: set[str]

    @property
    def error(self) -> str:
        """What its first call raised."""
        return str((self.model["error"] or {}).get("message", ""))

    @property
    def loss_error(self) -> str:
        return str(((self.model["losses"] or [{}])[0].get("error") or {}).get("message", ""))

    @property
    def optimizer(self) -> str:
        return str((self.model["optimizer"] or {}).get("type", ""))


def when(condition: Callable[[Looked], Any]) -> Fits:
    """Fits where a model was built for which ``condition`` holds."""

    def fits(inputs: Inputs, evidence: Evidence) -> bool:
        model = model_of(evidence)
        if model is None:
            return False
        found = activations(inputs, model) or ()
        return bool(condition(Looked(model, units(model), found, losses(inputs, model))))

    return fits


def comes_back(kind: str) -> Fits:
    """Fits where something of a type with that name came back instead of a model."""

    def fits(_inputs: Inputs, evidence: Evidence) -> bool:
        record = evidence["calls"]["model"]
        found = record["model"] is None and record["result"] is not None
        return bool(found and record["result"].get("type") == kind)

    return fits


def class_came_back(_inputs: Inputs, evidence: Evidence) -> bool:
    return bool(evidence["calls"]["model"]["classes"])


def uses(*names: str, at: int) -> Callable[[Looked], bool]:
    """Whether layer ``at`` has one of these activations."""
    return lambda k: len(k.activations) > 1 and k.activations[at] in names
