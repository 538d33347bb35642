"""Every right answer is accepted; every wrong one is rejected, scored and named as declared."""

from __future__ import annotations

from importlib import import_module

import pytest

from autograder.exercise import Status
from autograder.exercises import EXERCISES
from autograder.judging import grade

SEEDS = (0, 1, 2)
MUTANTS = [import_module(f"mutants.{e.replace('-', '_')}").MUTANTS for e in EXERCISES]
RIGHT = [pytest.param(m.exercise, a, id=f"{m.exercise}-{n}") for m in MUTANTS for n, a in m.rights.items()]
WRONG = [pytest.param(m.exercise, w, id=f"{m.exercise}-{w.name}") for m in MUTANTS for w in m.wrongs]


@pytest.mark.parametrize(("exercise", "answer"), RIGHT)
def test_a_right_answer_is_accepted_in_any_style(exercise, answer):
    for seed in SEEDS:
        verdict = grade(exercise, answer, seed=seed)
        assert verdict.status is Status.RIGHT, verdict.message
        assert verdict.score == 1.0
        assert verdict.misconception is None
        assert verdict.table == ()


@pytest.mark.parametrize(("exercise", "wrong"), WRONG)
def test_a_wrong_answer_is_rejected_and_its_mistake_named(exercise, wrong):
    for seed in SEEDS:
        verdict = grade(exercise, wrong.answer, seed=seed)
        assert verdict.status is Status.WRONG
        assert verdict.misconception == wrong.misconception, verdict.message
        assert verdict.score == pytest.approx(wrong.score), verdict.message


@pytest.mark.parametrize("mutants", MUTANTS, ids=lambda m: m.exercise)
def test_each_exercise_has_right_answers_in_several_styles_and_enough_wrong_ones(mutants):
    assert len(mutants.rights) >= 5
    assert len(mutants.wrongs) >= 8


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
