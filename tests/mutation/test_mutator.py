"""The mutator makes the changes it should, the reference sorts out those that are still right."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from autograder.exercises import EXERCISES
from tests.mutation import equal
from tests.mutation.equal import still_right
from tests.mutation.mutator import Generated, Source, answers_module, generate
from tests.mutation.operators import changes


def changed(text: str) -> set[str]:
    """All that one expression turns into, each node of it in turn replaced on its own."""
    tree = ast.parse(text, mode="eval").body
    return {ast.unparse(new) for node in ast.walk(tree) for _, new in changes(node)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30", {"300", "3", "31", "29", "-30"}),
        ("0.5", {"5.0", "0.05", "1.5", "-0.5"}),
        ("a + b", {"a - b", "a", "b"}),
        ("a - b", {"a + b", "b - a", "a", "b"}),
        ("a / b", {"a * b", "b / a"}),
        ("a @ b", {"a * b", "b @ a"}),
        ("a < b", {"a <= b", "a >= b"}),
        ("a >= b", {"a > b", "a < b"}),
        ("-a", {"a"}),
        ("where(p, a, b)", {"where(p, b, a)", "p"}),
        ("np.log(a)", {"np.log10(a)", "a"}),
        ("np.sum(a, axis=1)", {"np.sum(a)", "np.mean(a, axis=1)"}),
        ("(a, b, c)", {"(b, a, c)", "(a, c, b)", "(a, b)"}),
        ("a if p else b", {"b if p else a"}),
    ],
)
def test_an_expression_is_changed_in_every_way_a_hand_may_slip(text, wanted):
    assert wanted <= changed(text)


@pytest.fixture(scope="module")
def sigmoids():
    return generate(answers_module("sigmoid"))


def of(mutants: list[Generated], answer: str, change: str) -> Generated:
    return next(m for m in mutants if m.name.startswith(answer) and m.name.endswith(f": {change}"))


def test_each_answer_has_one_change_and_the_right_ones_stay_as_they_were(sigmoids):
    mutant = of(sigmoids, "textbook", "1 + np.exp(-x) → 1 - np.exp(-x)").build()
    assert mutant(1.0) == 1 / (1 - np.exp(-1.0))
    assert answers_module("sigmoid").textbook(1.0) == 1 / (1 + np.exp(-1.0))


def test_a_function_that_an_answer_calls_is_changed_as_well():
    mutants = generate(answers_module("activation"))
    mutant = of(mutants, "guarded_where", "0.5 → -0.5").build()
    assert mutant(1.0) == pytest.approx(answers_module("activation").guarded_where(1.0) - 1.0)


def test_the_same_answers_come_in_the_same_order_every_time(sigmoids):
    assert [m.name for m in sigmoids] == [m.name for m in generate(answers_module("sigmoid"))]


def test_the_reference_tells_a_change_of_spelling_from_a_mistake():
    mutants = generate(answers_module("activation"))
    spelling = of(mutants, "guarded_where", "np.maximum(x, 15) → x")
    mistake = of(mutants, "guarded_where", "1000000.0 → 10000000.0")
    assert still_right("activation", spelling, spelling.build())
    assert not still_right("activation", mistake, mistake.build())


@pytest.mark.parametrize("exercise", sorted(set(EXERCISES) - equal.NOT_GENERATED))
def test_the_reference_calls_the_right_answers_right(exercise):
    source = Source(answers_module(exercise))
    for root in source.roots[:3]:
        mutant = Generated("none", source, root, root, source.definitions[root])
        assert still_right(exercise, mutant, mutant.build())


def test_an_answer_that_raises_prints_or_never_ends_is_not_right(sigmoids, capsys, monkeypatch):
    monkeypatch.setattr(equal, "SECONDS", 0.2)

    def prints(_x):
        print("novel")
        raise ValueError

    def never_ends(_x):
        while True:
            pass

    assert not still_right("sigmoid", sigmoids[0], prints)
    assert not still_right("sigmoid", sigmoids[0], never_ends)
    assert capsys.readouterr().out == ""
