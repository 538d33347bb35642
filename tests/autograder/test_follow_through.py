"""A mistake in an earlier answer costs its own points, and no later answer's."""

from __future__ import annotations

from types import FunctionType

import numpy as np
import pytest

from autograder import grade
from autograder.isolated import observe_isolated
from autograder.judging import EXERCISES, Check
from autograder.verdict import Status


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


def approximator(x, w, b, v):
    return sigmoid(np.multiply.outer(x, w) + b) @ v


def loss_gradient(x, y, w, b, v):
    z = w * x + b
    upstream = 2 * (approximator(np.array([x]), w, b, v)[0] - y)
    db = upstream * v * sigmoid_slope(z)
    return db * x, db, upstream * sigmoid(z)


def sgd_step(x, y, w, b, v, learning_rate):
    dw, db, dv = loss_gradient(x, y, w, b, v)
    return w - learning_rate * dw, b - learning_rate * db, v - learning_rate * dv


def written_out(x, y, w, b, v):
    """The sigmoid's slope and the sum by hand."""
    s = sigmoid(w * x + b)
    upstream = 2 * (s @ v - y)
    db = upstream * v * s * (1 - s)
    return db * x, db, upstream * s


def without_sigmoid(x, w, b, v):
    return (np.multiply.outer(x, w) + b + 0 * sigmoid(0.0)) @ v


def nothing(x, w, b, v):
    return 0 * sigmoid(np.multiply.outer(x, w) + b) @ v


UNIT = {f.__name__: f for f in (sigmoid, sigmoid_slope, approximator, loss_gradient, sgd_step)}
IDS = {"sigmoid": "sigmoid", "sigmoid_slope": "sigmoid-slope", "approximator": "approximator"}
IDS |= {"loss_gradient": "loss-gradient", "sgd_step": "sgd-step"}


def notebook(**others):
    """The functions of a notebook in which these stand in the place of those above."""
    names = {**globals()}
    for name, function in {**UNIT, **others}.items():
        names[name] = FunctionType(function.__code__, names, name) if callable(function) else function
    return names


def falling(x):
    return 1 / (1 + np.exp(x))


@pytest.mark.parametrize("wrong", [falling, lambda _: None, ...], ids=["sign", "no return", "not written"])
@pytest.mark.parametrize("name", [name for name in UNIT if name != "sigmoid"])
def test_a_wrong_sigmoid_costs_the_points_of_sigmoid_and_no_others(name, wrong):
    names = notebook(sigmoid=wrong)
    assert grade("sigmoid", names["sigmoid"], seed=1).score == 0
    verdict = grade(IDS[name], names[name], seed=1)
    assert (verdict.status, verdict.score) == (Status.RIGHT, 1.0), verdict.message
    by_symmetry = (name, wrong) == ("sigmoid_slope", falling)  # it has the same slope
    assert by_symmetry == ("uses your sigmoid, and that one is not" not in verdict.message)


def test_each_exercise_that_builds_on_another_of_unit_01_is_tried_here():
    assert {e.id for e in EXERCISES.values() if e.apart} == {IDS[n] for n in UNIT} - {"sigmoid"}


def test_a_wrong_answer_in_the_middle_costs_its_own_points_alone():
    def doubled(x, w, b, v):
        return 2 * sigmoid(np.multiply.outer(x, w) + b) @ v

    names = notebook(approximator=doubled)
    scores = {name: grade(IDS[name], names[name], seed=1).score for name in UNIT}
    assert scores == dict.fromkeys(UNIT, 1.0) | {"approximator": 0.0}


def test_what_writes_the_earlier_answers_out_is_judged_as_well():
    names = notebook(sigmoid=falling, loss_gradient=written_out)
    assert grade("loss-gradient", names["loss_gradient"], seed=1).score == 1
    assert grade("sgd-step", names["sgd_step"], seed=1).score == 1


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(lambda x: x, without_sigmoid), (lambda x: 0 * x, nothing)],
    ids=["line", "nothing"],
)
def test_an_earlier_answer_that_is_made_wrong_so_that_a_wrong_one_fits_gains_nothing(earlier, later):
    names = notebook(sigmoid=earlier, approximator=later)
    verdict = grade("approximator", names["approximator"], seed=1)
    assert (verdict.status, verdict.score) == (Status.WRONG, 0.0)
    assert any(
        "mend sigmoid first" in remark and remark.endswith("in the place of sigmoid it is wrong, too.")
        for remark in verdict.remarks
    )


def test_a_second_mistake_costs_its_own_points():
    def forgets_bias(x, w, b, v):  # noqa: ARG001
        return sigmoid(np.multiply.outer(x, w)) @ v

    names = notebook(sigmoid=falling, approximator=forgets_bias)
    assert grade("approximator", names["approximator"], seed=1).score == 0


def test_it_is_the_same_in_a_process_of_its_own_and_the_notebook_keeps_its_functions():
    names = notebook(sigmoid=falling)
    before = {name: names[name] for name in UNIT}
    check = Check.of(EXERCISES["approximator"], 1)
    verdict = check.judge(observe_isolated(check.request, names["approximator"]))
    assert (verdict.status, verdict.score) == (Status.RIGHT, 1.0)
    assert grade("approximator", names["approximator"], seed=1).score == 1
    assert {name: names[name] for name in UNIT} == before
