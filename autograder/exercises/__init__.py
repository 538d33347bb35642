"""The exercises, one module each: probes, judges, misconceptions, hints. Loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from autograder.exercise import Exercise

UNITS: dict[str, tuple[str, ...]] = {
    "01-warm-up": ("sigmoid", "sigmoid-slope", "approximator", "loss-gradient", "sgd-step", "epochs"),
    "02-divide-by-hand": ("activation", "activation-slope", "divide", "multiply-weights"),
    "03-baseline": ("division-data", "mean-absolute-error", "baseline-model"),
    "04-tensorflow-activation": ("tf-activation",),
    "05-search": ("search-space", "training-steps"),
    "06-custom-gradient": ("numeric-slope", "custom-gradient"),
    "07-hand-set-weights": ("load-weights",),
    "08-learning-to-divide": ("start-weights", "learned-weights"),
    "09-presenting": ("compare-models",),
}
"""The exercises' ids by unit, in the order in which they are met."""

OPTIONAL = ("autodiff-activation",)
"""Exercises for frameworks that are no part of the course: graded like the others, and in no unit's list."""


def exercise(exercise_id: str) -> Exercise:
    """The exercise of that id. ValueError, naming the ids there are, for any other."""
    ids = [i for unit in UNITS.values() for i in unit]
    if exercise_id not in ids and exercise_id not in OPTIONAL:
        raise ValueError(f"There is no exercise {exercise_id!r}; there are: {', '.join(ids)}.")
    name = exercise_id.replace("-", "_")
    return import_module(f"autograder.exercises.{name}.exercise").EXERCISE


def all_exercises() -> tuple[Exercise, ...]:
    """Every exercise, in order."""
    return tuple(EXERCISES.values())


class _Exercises(Mapping[str, Exercise]):
    def __getitem__(self, exercise_id: str) -> Exercise:
        try:
            return exercise(exercise_id)
        except ValueError as error:
            raise KeyError(str(error)) from None

    def __iter__(self) -> Iterator[str]:
        return (i for unit in UNITS.values() for i in unit)

    def __len__(self) -> int:
        return sum(map(len, UNITS.values()))


EXERCISES: Mapping[str, Exercise] = _Exercises()
