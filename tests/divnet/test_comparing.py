"""One that fails spoils no other, and what has no answer says so."""

from __future__ import annotations

import numpy as np
import pytest

from divnet.comparing import quotient_curve, quotients, true_quotient
from divnet.network import divide


def right(x):
    return x[:, :1] / x[:, 1:] / 100


def fails(_x):
    raise RuntimeError("no")


MODELS = {
    "right": right,
    "flat": lambda x: x[:, 0] / x[:, 1] / 100,
    "raises": fails,
    "nan": lambda x: np.log(-x[:, :1]),
    "infinite": lambda x: x[:, :1] / 0.0,
    "words": lambda _x: "four",
    "nothing": lambda _x: None,
    "too many": lambda x: np.concatenate([x, x]),
}


def test_every_model_has_an_entry_and_only_a_number_is_an_answer():
    found = quotients(MODELS, 20, 5)
    assert list(found) == list(MODELS)
    assert {name for name, answer in found.items() if answer is not None} == {"right", "flat"}
    assert found["right"] == found["flat"] == pytest.approx(4, rel=1e-15)  # two roundings


def test_a_model_s_warnings_stay_with_it():
    quotients(MODELS, -1, 0)  # warnings are errors here


def test_a_curve_has_a_number_or_nan_for_every_pair():
    x = np.array([-1.0, 0.0, 3.0])
    curve = quotient_curve(lambda pairs: np.sqrt(pairs[:, :1]), x, 2.0)
    np.testing.assert_array_equal(curve, [np.nan, 0.0, 100 * np.sqrt(3.0)])
    assert np.isnan(quotient_curve(fails, x, x)).all()


def test_the_models_are_not_changed():
    before = dict(MODELS)
    quotients(MODELS, 1, 3)
    assert before == MODELS


def test_the_plain_function_gives_the_deck_s_example_times_100():
    ours = {"by hand": lambda x: divide(x[:, :1], x[:, 1:])}
    assert quotients(ours, 20, 5)["by hand"] == 100 * divide(20, 5)


@pytest.mark.parametrize(("a", "b"), [(7, 0), (0, 0), (1e300, 1e-300)])
def test_where_there_is_no_quotient_there_is_none(a, b):
    assert np.isnan(true_quotient(a, b))
