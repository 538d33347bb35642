"""``grade`` gives a verdict on whatever it is handed, and the verdict can be believed."""

# ruff: noqa: ARG001, ARG002, ARG005

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import autograder
from autograder.course import Course
from autograder.exercises import EXERCISES, all_exercises, exercise
from autograder.judging import draw, grade, judge
from autograder.notebook_checks import by_unit
from autograder.observers import observe
from autograder.verdict import Status, Verdict

ROOT = Path(__file__).parents[2]
IDS = list(EXERCISES)
DRAWS_NOTHING = {"search-space"}  # a value that is looked at as it stands
MUTANTS = {e: import_module(f"tests.answers.{e.replace('-', '_')}").MUTANTS for e in IDS}


def first_right(exercise_id):
    return next(iter(MUTANTS[exercise_id].rights.values()))


def stub(*arguments):
    """Not written yet."""


@pytest.mark.parametrize("exercise_id", IDS)
@pytest.mark.parametrize("answer", [..., None, stub])
def test_what_was_not_begun_is_not_attempted(exercise_id, answer):
    verdict = grade(exercise_id, answer)
    assert verdict.status is Status.NOT_ATTEMPTED
    assert verdict.score == 0.0


def not_implemented(*arguments):
    raise NotImplementedError


def test_raising_notimplementederror_is_not_attempted():
    assert grade("activation", not_implemented).status is Status.NOT_ATTEMPTED


class Attributes:
    def __getattr__(self, name):
        raise ValueError(name)


class Lies:
    """Claims to be an array and is none."""

    shape = (3,)
    dtype = "float64"

    def __array__(self, *a, **k):
        raise MemoryError

    def __len__(self):
        return 10**12

    def __iter__(self):
        raise OSError


class Interrupts:
    def __call__(self, *arguments):
        raise KeyboardInterrupt


HOSTILE = [
    Attributes(),
    Lies(),
    Interrupts(),
    object(),
    object,
    "activation",
    b"",
    float("nan"),
    {},
    [],
    (),
    (1, 2, 3, 4),
    [[], [], [], []],
    np.zeros((4, 0)),
    print,
    grade,
    lambda *a: Lies(),
    lambda *a: (Lies(), Lies(), Lies()),
    lambda *a: iter(int, 1),
    lambda *a: np.array([object()]),
    lambda *a: np.zeros(10**6),
    lambda *a: {"x": a},
    lambda *a: lambda x: x,
    lambda *a: np.array(["1.0"]),
    lambda *a: a[0].fill(0),
    lambda *a: [1, [2, 3]],
    lambda *a: np.ma.masked,
    lambda *a: np.datetime64("2026-01-01"),
    lambda: 0,
]


@pytest.mark.parametrize("exercise_id", IDS)
def test_nothing_an_answer_is_or_does_makes_grade_raise_or_approve(exercise_id):
    for answer in HOSTILE:
        verdict = grade(exercise_id, answer)
        assert verdict.status is not Status.RIGHT
        assert verdict.score < 1
        assert verdict.message
        json.dumps(verdict.as_json())


def test_an_unknown_exercise_is_a_clear_valueerror():
    with pytest.raises(
        ValueError, match=r"no exercise 'divison'; did you mean division-data\? .*multiply-weights"
    ):
        grade("divison", 3)


@pytest.mark.parametrize("exercise_id", IDS)
def test_evidence_that_makes_no_sense_is_wrong_and_raises_nothing(exercise_id):
    request = draw(exercise_id, 0)
    for evidence in ({}, {"kind": "function"}, {"kind": "function", "calls": {}}, {"calls": 3}, {"kind": 0}):
        assert judge(exercise_id, request, evidence).status is Status.WRONG


@pytest.mark.parametrize("exercise_id", IDS)
def test_requests_and_evidence_are_plain_json(exercise_id):
    request = json.loads(json.dumps(draw(exercise_id, 3), allow_nan=False))
    evidence = json.loads(json.dumps(observe(request, first_right(exercise_id)), allow_nan=False))
    assert judge(exercise_id, request, evidence).status is Status.RIGHT


@pytest.mark.parametrize("exercise_id", [e for e in IDS if e not in DRAWS_NOTHING])
def test_inputs_are_fresh_each_time_and_the_same_for_a_seed(exercise_id):
    assert draw(exercise_id, 1) == draw(exercise_id, 1)
    assert draw(exercise_id, 1) != draw(exercise_id, 2)
    assert draw(exercise_id) != draw(exercise_id)


@pytest.mark.parametrize("exercise_id", IDS)
def test_a_right_verdict_depends_on_no_probe(exercise_id):
    for answer in MUTANTS[exercise_id].rights.values():
        assert len({json.dumps(grade(exercise_id, answer, seed=s).as_json()) for s in range(3)}) == 1


@pytest.mark.parametrize("exercise_id", IDS)
def test_a_verdict_survives_the_trip_through_json(exercise_id):
    answers = [first_right(exercise_id), *(w.answer for w in MUTANTS[exercise_id].wrongs[:6])]
    for answer in answers:
        verdict = grade(exercise_id, answer, seed=5)
        assert Verdict.from_json(json.loads(json.dumps(verdict.as_json(), allow_nan=False))) == verdict


@pytest.mark.parametrize("exercise_id", ["sigmoid", "sigmoid-slope", "activation", "activation-slope"])
def test_a_function_of_one_x_gets_a_picture_on_a_fixed_grid(exercise_id):
    right = grade(exercise_id, first_right(exercise_id)).picture
    wrong = grade(exercise_id, MUTANTS[exercise_id].wrongs[0].answer).picture
    assert right is not None
    assert wrong is not None
    assert right.x == wrong.x
    assert right.expected == wrong.expected
    assert len(right.x) == len(right.yours) == len(right.expected)
    assert right.wrong == ()
    assert wrong.wrong != ()


def called_by_hand(answer, x):
    """What a student sees on calling the answer with an array of that one number, or the number itself."""
    with np.errstate(all="ignore"):
        try:
            return float(np.ravel(answer(np.array([x])))[0])
        except (TypeError, ValueError):
            return float(answer(x))


@pytest.mark.parametrize("exercise_id", ["sigmoid", "sigmoid-slope", "activation", "activation-slope"])
def test_every_number_in_a_table_is_what_a_student_sees_on_calling_the_function(exercise_id):
    numbers = 0
    for wrong in MUTANTS[exercise_id].wrongs:
        for row in grade(exercise_id, wrong.answer, seed=1).table:
            found = re.fullmatch(r"x = (\S+)", row.where)
            if found and re.fullmatch(r"[-+.e\d]+|nan", row.yours):
                seen = called_by_hand(wrong.answer, float(found[1]))
                # Arrays of one and of many numbers may round an exponential differently, by an ulp or two.
                np.testing.assert_allclose(float(row.yours), seen, rtol=1e-14)
                numbers += 1
    assert numbers > 20


def test_the_message_says_where_what_was_got_what_was_expected_and_one_next_thought():
    ten_million = next(w for w in MUTANTS["activation"].made if w.name == "ten-million")
    verdict = grade("activation", ten_million.answer)
    assert verdict.message.startswith(
        "At x = 0.5 your activation gives 0.962748; the formula gives 0.893671. The gap is 0.03·ln 10"
    )
    assert verdict.message.endswith("Is there a zero too many inside the logarithm?")
    assert len(verdict.table) == 5


def test_a_mistake_without_a_name_still_gets_its_region_and_the_shape_of_its_gap():
    from tests.answers.activation import guarded_where

    def region(change):
        return grade("activation", change, seed=0).message

    assert "only for x > 15, and there everywhere" in region(
        lambda x: np.where(x > 15, 3.0, guarded_where(x))
    )
    assert "2.5 times the right value" in region(lambda x: 2.5 * guarded_where(x))
    assert "sign is not" in region(lambda x: -guarded_where(x))
    assert "differs from the right value by +0.25" in region(lambda x: guarded_where(x) + 0.25)
    assert "from about x = 2" in region(
        lambda x: guarded_where(x) + 0.2 * ((np.asarray(x) > 2) & (np.asarray(x) < 7))
    )
    assert "no finite number" in region(lambda x: guarded_where(x) * np.nan)
    assert "only at x = 0.5" in region(lambda x: guarded_where(x) + (np.asarray(x) == 0.5))


def sigmoid(x):
    return 1 / (1 + np.exp(x))


def approximator(x, w, b, v):
    return sigmoid(np.outer(x, w) + b) @ v


def own_sigmoid_inside(x, w, b, v):
    return (1 / (1 + np.exp(np.outer(x, w) + b))) @ v


def test_a_wrong_earlier_answer_is_blamed_only_where_it_is_used():
    assert "uses your sigmoid, and that one is not right yet" in grade("approximator", approximator).message
    assert not any("your sigmoid" in r for r in grade("approximator", own_sigmoid_inside).remarks)


def test_a_slow_answer_is_wrong_with_a_clear_message(monkeypatch):
    import autograder.observers as observers

    monkeypatch.setattr(observers.observe, "__kwdefaults__", {"seconds": 0.2})

    def endless(x):
        while True:
            pass

    verdict = grade("activation", endless)
    assert verdict.status is Status.WRONG
    assert verdict.misconception == "never-ends"
    assert "had not finished" in verdict.message


def test_every_exercise_has_what_a_student_and_a_teacher_need():
    seen = [e.id for e in all_exercises()]
    in_a_unit = [i for checks in by_unit(Course.load(ROOT)).values() for i in checks]
    assert seen == sorted(in_a_unit) == IDS
    for e in all_exercises():
        assert exercise(e.id) is e
        assert len(e.hints) == 3
        assert all(len(h) > 40 for h in e.hints)
        assert e.domain
        assert e.answer == {"custom-gradient": "custom_activation"}.get(e.id, e.id.replace("-", "_"))
        ids = [m.id for m in e.mistakes]
        assert len(ids) == len(set(ids)) >= 6
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i) for i in ids)
        for m in e.mistakes:
            assert m.hint.endswith(("?", "."))
            assert all((m.did, m.tempting, m.shows, m.hint))


@pytest.mark.parametrize(
    ("exercise_id", "spoilers"),
    [
        ("activation", ["np.log(1", "np.exp(x - 1)"]),
        ("sigmoid", ["1 / (1 +", "1/(1 +"]),
        ("multiply-weights", ["39.5", "[[33"]),
        ("epochs", ["steps * batch_size /"]),
        ("loss-gradient", ["2 * (", "2·(α"]),
    ],
)
def test_no_hint_gives_the_answer_away(exercise_id, spoilers):
    e = exercise(exercise_id)
    for text in (*e.hints, *(m.hint for m in e.mistakes)):
        assert not any(s in text for s in spoilers)


def test_the_public_face_is_lazy_and_complete():
    assert autograder.grade is grade
    assert autograder.Verdict is Verdict
    assert set(dir(autograder)) == {"Verdict", "check", "grade", "hint", "progress", "solution"}
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = autograder.nothing
    code = "import sys, autograder; print([m for m in sys.modules if m.startswith(('numpy', 'tensorflow'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_grading_loads_neither_tensorflow_nor_divnet():
    code = (
        "import sys; from autograder import grade; grade('sigmoid', lambda x: x); "
        "print([m for m in sys.modules if m.split('.')[0] in ('tensorflow', 'keras', 'divnet')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
