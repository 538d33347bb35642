"""What is tried in exercise ``sigmoid-slope``: σ'(x) = σ(x)(1 − σ(x))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder import reference
from autograder.exercise import StandIns
from autograder.exercises.sigmoid.probe import PROBE as SIGMOID
from autograder.kinds.elementwise import Elementwise

PROBE = replace(
    SIGMOID,
    formula=reference.sigmoid_slope,
    far=(-20.0, 20.0, 100.0, 1000.0, -1000.0),
    y_label="σ'(x)",
)


def apart(stand_ins: StandIns) -> Sequence[Elementwise]:
    """σ(1 − σ), with a stand-in for σ."""

    def formula(x: reference.Number) -> reference.Number:
        s = reference.number(float(stand_ins["sigmoid"](float(x))))
        return s * (1 - s)

    return [replace(PROBE, formula=formula)]
