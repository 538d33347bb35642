"""The exercises, one folder each: these here, then those of a teacher's own. Loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder import own_exercises
from autograder.course_file import nearest
from autograder.exercise import Exercise

OPTIONAL = ("autodiff-activation",)
"""Exercises for frameworks that are no part of the course: graded like the others, and in no unit."""
ALIKE = 0.6
"""How like a wrong id the one that is offered must be: less likeness is chance, with so many ids."""


@cache
def packaged() -> tuple[str, ...]:
    """The ids of those in this package, in alphabetical order."""
    folders = sorted(path.parent.name for path in Path(__file__).parent.glob("*/exercise.py"))
    return tuple(name.replace("_", "-") for name in folders)


def exercise(exercise_id: str) -> Exercise[Any]:
    """The exercise of that id. ValueError, with the id that was meant and all there are, for any other.

    CourseError where it is one of a teacher's own that cannot be used.
    """
    if exercise_id in packaged():
        name = own_exercises.module_name(exercise_id)
        found: Exercise[Any] = import_module(f"{__name__}.{name}.exercise").EXERCISE
        return found
    if exercise_id in own_exercises.ids():
        return own_exercises.load(exercise_id)
    meant = nearest(exercise_id, EXERCISES, ALIKE)
    said = f"did you mean {meant}? There are" if meant else "there are"
    raise ValueError(f"There is no exercise {exercise_id!r}; {said}: {', '.join(EXERCISES)}.")


def all_exercises() -> tuple[Exercise[Any], ...]:
    """Every exercise, in alphabetical order: the package's, then a teacher's own."""
    return tuple(EXERCISES.values())


class _Exercises(Mapping[str, Exercise[Any]]):
    def __getitem__(self, exercise_id: str) -> Exercise[Any]:
        try:
            return exercise(exercise_id)
        except ValueError as error:
            raise KeyError(str(error)) from None

    def __contains__(self, exercise_id: object) -> bool:
        return exercise_id in packaged() or exercise_id in own_exercises.ids()

    def __iter__(self) -> Iterator[str]:
        yield from (i for i in packaged() if i not in OPTIONAL)
        yield from own_exercises.ids()

    def __len__(self) -> int:
        return sum(1 for _ in self)


EXERCISES: Mapping[str, Exercise[Any]] = _Exercises()
