"""Answers with a known verdict, a module for each exercise.

A check that rejects one of the right answers, accepts one of the wrong ones or misnames it makes the tests
fail.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from autograder import own_exercises
from autograder.answers import Mutants, Wrong

__all__ = ["Mutants", "Wrong", "answers_module", "answers_to"]


def answers_to(exercise_id: str) -> Mutants:
    """The answers to an exercise."""
    mutants: Mutants = answers_module(exercise_id).MUTANTS
    return mutants


def answers_module(exercise_id: str) -> ModuleType:
    """The module with them: in this folder, or beside a teacher's own exercise."""
    if exercise_id in own_exercises.ids():
        return own_exercises.answers_module(exercise_id)
    return import_module(f"tests.answers.{exercise_id.replace('-', '_')}")
