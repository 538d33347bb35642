"""Every right answer is accepted; every wrong one is rejected, scored and named as declared.

The quick form of ``make mutants``: fewer seeds, and of the generated answers a few.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import import_module

import pytest

from autograder.exercise import Status
from autograder.exercises import EXERCISES
from autograder.judging import grade
from tests.mutation.equal import NOT_GENERATED
from tests.mutation.trial import Task, run

SEEDS = (0, 1, 2)
GENERATED = 12
"""Generated answers tried here for each exercise; ``make mutants`` tries them all."""


def seeds() -> Iterator[int]:
    """All seeds for an answer that is graded at once, the first one for any."""
    started = time.monotonic()
    for seed in SEEDS:
        if seed == SEEDS[0] or time.monotonic() - started < 0.2:
            yield seed


MUTANTS = [import_module(f"mutants.{e.replace('-', '_')}").MUTANTS for e in EXERCISES]
RIGHT = [pytest.param(m.exercise, a, id=f"{m.exercise}-{n}") for m in MUTANTS for n, a in m.rights.items()]
WRONG = [pytest.param(m.exercise, w, id=f"{m.exercise}-{w.name}") for m in MUTANTS for w in m.wrongs]


@pytest.mark.parametrize(("exercise", "answer"), RIGHT)
def test_a_right_answer_is_accepted_in_any_style(exercise, answer):
    for seed in seeds():
        verdict = grade(exercise, answer, seed=seed)
        assert verdict.status is Status.RIGHT, verdict.message
        assert verdict.score == 1.0
        assert verdict.misconception is None
        assert verdict.table == ()


@pytest.mark.parametrize(("exercise", "wrong"), WRONG)
def test_a_wrong_answer_is_rejected_and_its_mistake_named(exercise, wrong):
    for seed in seeds():
        verdict = grade(exercise, wrong.answer, seed=seed)
        assert verdict.status is Status.WRONG
        assert verdict.misconception == wrong.misconception, verdict.message
        assert verdict.score == pytest.approx(wrong.score), verdict.message


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda m: m.exercise)
def test_each_exercise_has_right_answers_in_several_styles_and_enough_wrong_ones(mutants):
    assert len(mutants.rights) >= 5
    assert len(mutants.wrongs) >= 15


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda m: m.exercise)
def test_most_wrong_answers_to_an_exercise_declare_the_mistake_that_they_are_named_with(mutants):
    declared = [w for w in mutants.wrongs if w.misconception]
    assert len(declared) >= 0.7 * len(mutants.wrongs)


@pytest.mark.parametrize("exercise", list(EXERCISES))
def test_changes_made_to_right_answers_by_machine_are_wrong_unless_the_reference_says_otherwise(exercise):
    kills = run(Task(exercise, (0,), most=GENERATED, seconds=3.0, by_hand=False))
    assert kills.faults == []
    assert kills.generated + kills.still_right > 0 or exercise in NOT_GENERATED


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda m: m.exercise)
def test_every_misconception_of_a_catalogue_that_concerns_the_formula_has_a_mutant(mutants):
    shared = {"mutates-input", "array-only", "one-dimension-only", "missing-branch", "nan-in-unused-branch"}
    shared |= {"scalar-only", "rounded", "rounded-constant"}
    catalogue = {m.id for m in EXERCISES[mutants.exercise].misconceptions} - shared
    assert catalogue <= {w.misconception for w in mutants.wrongs}


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda m: m.exercise)
def test_the_right_answers_to_an_exercise_all_get_the_same_words(mutants):
    plain = [grade(mutants.exercise, answer) for answer in mutants.rights.values()]
    assert len({v.message for v in plain}) == 1
