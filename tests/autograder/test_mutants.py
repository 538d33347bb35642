"""Every right answer is accepted; every wrong one is rejected, scored and named as declared.

The quick form of ``make mutants``: fewer seeds, and of the generated answers a few.
"""

from __future__ import annotations

import pytest

from autograder.exercises import EXERCISES
from autograder.judging import grade
from autograder.kinds.elementwise_mistakes import elementwise_form
from autograder.kinds.several_arguments import IGNORES_ARGUMENTS, ROUNDED
from autograder.verdict import Status
from tests.answers import answers_to
from tests.mutation.equal import NOT_GENERATED
from tests.mutation.trial import Task, run

SEEDS = (0, 1)
GENERATED = 8
"""Generated answers tried here for each exercise; ``make mutants`` tries them all, with five seeds."""


COSTLY = {"start-weights", "tf-activation", "custom-gradient"}
"""Where a verdict takes a tenth of a second and more: one seed here, in ``make mutants`` as many as all."""


def seeds(exercise: str) -> tuple[int, ...]:
    return SEEDS[:1] if exercise in COSTLY else SEEDS


said: dict[str, str] = {}
"""By exercise: what the first right answer was told."""


MUTANTS = [answers_to(e) for e in EXERCISES]
RIGHT = [pytest.param(m.exercise, a, id=f"{m.exercise}-{n}") for m in MUTANTS for n, a in m.rights.items()]
WRONG = [pytest.param(m.exercise, w, id=f"{m.exercise}-{w.name}") for m in MUTANTS for w in m.wrongs]


@pytest.mark.parametrize(("exercise", "answer"), RIGHT)
def test_a_right_answer_is_accepted_in_any_style(exercise, answer):
    for seed in seeds(exercise):
        verdict = grade(exercise, answer, seed=seed)
        assert verdict.status is Status.RIGHT, verdict.message
        assert verdict.score == 1.0
        assert verdict.misconception is None
        assert verdict.table == ()
        assert verdict.message == said.setdefault(exercise, verdict.message)  # the same words for any style


@pytest.mark.parametrize(("exercise", "wrong"), WRONG)
def test_a_wrong_answer_is_rejected_and_its_mistake_named(exercise, wrong):
    for seed in seeds(exercise):
        verdict = grade(exercise, wrong.answer, seed=seed)
        assert verdict.status is Status.WRONG
        assert verdict.misconception == wrong.misconception, verdict.message
        if wrong.score is None:
            assert 0 <= verdict.score < 1
        else:
            assert verdict.score == pytest.approx(wrong.score), verdict.message


@pytest.mark.parametrize("exercise", ["activation", "activation-slope"])
def test_a_wrong_formula_of_a_branch_costs_that_branch_alone(exercise):
    wanted = EXERCISES[exercise]
    for mistake in (m for m in wanted.mistakes if isinstance(m.wrong, dict)):
        for answer in wanted.probe.answers(mistake.wrong):
            shares = {c.name: c.share for c in grade(exercise, answer, seed=0).criteria}
            assert shares == {b.name: float(b not in mistake.wrong) for b in wanted.probe.branches}


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
    shared = {m.id for m in (*elementwise_form(), IGNORES_ARGUMENTS, ROUNDED)}
    catalogue = {m.id for m in EXERCISES[mutants.exercise].mistakes} - shared
    assert catalogue <= {w.misconception for w in mutants.wrongs}
