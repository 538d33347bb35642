"""What a report says in words: each thing once, in enough digits, and of what was really seen."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.exercises import EXERCISES
from autograder.judging import grade
from autograder.kinds.comparison import Entry, problem_of
from autograder.kinds.verdict_text import pair

ROW_FOR_COLUMN = (np.eye(2) * 1e-6, np.zeros(2), np.ones((1, 2)), np.zeros(1))


def entry(yours: float, expected: float) -> Entry:
    return Entry("part", "x = 1", repr(yours), yours, expected, right=False, x=1.0)


def comparing(quotient):
    """``compare_models`` that keeps what ``quotient`` gives for each model, and None where that raises."""

    def compare_models(models, a, b):
        results = {}
        for name, model in models.items():
            try:
                results[name] = quotient(model, np.array([[a, b]]))
            except Exception:
                results[name] = None
        return results

    return compare_models


@pytest.mark.parametrize("exercise", ["multiply-weights", "learned-weights"])
def test_the_shape_that_was_expected_is_said_once(exercise):
    verdict = grade(exercise, ROW_FOR_COLUMN)
    assert "For W2" in verdict.message
    assert "has shape (1, 2), expected (2, 1)." in verdict.message
    assert verdict.message.count("(2, 1)") == 1
    assert [(row.yours, row.expected) for row in verdict.table] == [("has shape (1, 2)", "(2, 1)")]


def test_a_shape_is_named_with_the_result_that_has_it():
    def loss_gradient(x, y, w, b, v):  # noqa: ARG001
        return w[:, np.newaxis], b[:, np.newaxis], v[:, np.newaxis]

    verdict = grade("loss-gradient", loss_gradient)
    assert "gives dw of shape (1, 1), expected (1,)." in verdict.message


def test_where_one_number_is_expected_no_shape_is_asked_for():
    verdict = grade("mean-absolute-error", lambda y_true, y_pred: np.abs(np.subtract(y_true, y_pred)))
    assert "expected one number" in verdict.message
    assert "()" not in verdict.message + "".join(row.expected for row in verdict.table)


numbers = st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda value: abs(value) > 1e-9)


@given(numbers, st.floats(1e-12, 1.0))
def test_two_numbers_are_shown_in_enough_digits_to_read_their_gap(expected, share):
    yours = expected * (1 + share)
    assume(yours != expected)
    shown, right = map(float, pair(entry(yours, expected)))
    # Each is rounded by half a unit of the gap's second digit, or of a double's last.
    assert shown - right == pytest.approx(yours - expected, rel=0.11, abs=4 * np.spacing(abs(expected)))


def test_six_digits_are_enough_where_they_tell_the_numbers_apart():
    assert pair(entry(0.96274812345, 0.89367098765)) == ("0.962748", "0.893671")


def test_no_more_digits_are_shown_than_the_answer_gave():
    given_in_float32 = Entry(
        "part", "x = 1", "0.12719974", float(np.float32(0.12719974)), 0.127199738734, False
    )
    assert pair(given_in_float32)[0] == "0.12719974"


def test_a_negative_zero_is_a_zero():
    assert pair(entry(float("nan"), -0.0)) == ("NaN", "0")


@pytest.mark.parametrize("text", ["oh no.", "oh no", "oh no..."])
def test_the_full_stop_of_an_exception_is_not_doubled(text):
    assert problem_of({"type": "ValueError", "message": text, "line": None}) == "raises ValueError: oh no"
    assert (
        problem_of({"type": "ValueError", "message": text, "line": 3}) == "raises ValueError: oh no (line 3)"
    )


def test_wrong_quotients_are_named_before_a_kept_nan_and_both_are_said():
    verdict = grade("compare-models", comparing(lambda model, x: float(np.ravel(model(x))[0])))
    assert verdict.misconception == "forgets-hundred"
    assert "100 times what the model gives is" in verdict.message
    assert "formula" not in verdict.message
    assert any("a model that gives NaN" in remark for remark in verdict.remarks)


def test_what_python_could_not_do_is_pointed_at_only_where_it_was_shown():
    silent = grade("compare-models", comparing(lambda model, x: model(*x[0])))
    assert "gives None" in silent.message
    assert "end of that line" not in silent.message
    aloud = grade("activation", lambda x: float([x]))
    assert "end of that line" in aloud.message
    assert "TypeError" in aloud.message


def test_the_activation_that_divide_was_tried_with_is_plain_arithmetic():
    row = grade("divide", lambda a, b, activation: a / b + activation(0)).table[0]
    written = re.search(r"activation = (lambda x: .*)", row.where)
    assert written is not None
    assert "np." not in written[1]
    assert isinstance(eval(written[1], {"__builtins__": {"abs": abs}})(-3.9), float)


def test_the_hints_of_units_07_and_08_say_what_their_lessons_do():
    assert "Little lies in between" in EXERCISES["learned-weights"].hints[2]
    assert "print" not in EXERCISES["load-weights"].hints[0]
