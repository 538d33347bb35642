"""Observers of drawn data, of Keras models and of dicts write down what they see, as plain data."""

# ruff: noqa: ARG005

from __future__ import annotations

import json

import numpy as np
import pytest

from autograder.judging import draw
from autograder.observers import observe


def seen(exercise, answer, seed=0):
    evidence = observe(draw(exercise, seed), answer)
    json.dumps(evidence, allow_nan=False)
    return evidence


def pairs(size, rng):
    x = rng.integers(100, 2000, (size, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def calls(answer):
    return seen("division-data", answer)["calls"]


def test_a_draw_says_whether_the_generator_was_used_and_what_it_gives_when_asked_again():
    hundred = calls(pairs)["hundred"]
    assert hundred["advanced"]
    assert hundred["global_random"] == []
    assert hundred["again"]["result"] != hundred["result"]
    unused = calls(lambda size, rng: pairs(size, np.random.default_rng(0)))["hundred"]
    assert not unused["advanced"]
    assert unused["again"]["result"] == unused["result"]


def test_equal_seeds_hand_over_equal_generators():
    record = calls(pairs)
    assert record["hundred"]["result"] == record["equal"]["result"] != record["other"]["result"]


def test_a_global_random_state_that_was_drawn_from_is_named_and_put_back():
    before = np.random.get_state()[2]
    few = calls(lambda size, rng: pairs(size, np.random.mtrand._rand))["few"]
    assert few["error"] is not None  # the older kind of generator has no integers
    few = calls(lambda size, rng: (np.random.rand(size, 2), np.random.rand(size, 1)))["few"]
    assert few["global_random"] == ["np.random"]
    assert np.random.get_state()[2] == before


def test_large_draws_are_left_out_where_small_ones_give_squares():
    def square(size, rng):
        assert size <= 100, "this would fill the memory"
        x = pairs(size, rng)[0]
        return x, x[:, 0] / x[:, 1:]

    assert list(calls(square)) == ["one", "few", "hundred", "equal", "other"]
    assert "large 2" in calls(pairs)


def entry(value):
    return seen("search-space", {"key": value})["value"]["entries"]["key"]


@pytest.mark.parametrize(
    "value", [[1, 4], (1, 4), {1, 4}, range(1, 5, 3), np.array([1, 4]), {1: 0, 4: 0}.keys()]
)
def test_whatever_can_be_gone_through_again_is_a_list(value):
    assert entry(value)["items"] == [{"number": 1, "whole": True}, {"number": 4, "whole": True}]


@pytest.mark.parametrize("value", [4, "adam", {1: 4}, iter([1, 4]), np.array([[1, 4]]), (n for n in (1, 4))])
def test_all_else_behind_a_key_is_no_list(value):
    assert entry(value)["items"] is None


def test_numbers_texts_classes_and_objects_are_told_apart():
    found = entry([1, 1.0, np.float32(0.5), "a", int, object(), True])["items"]
    assert found[:3] == [{"number": n, "whole": w} for n, w in ((1, True), (1.0, False), (0.5, False))]
    assert found[3:] == [{"text": "a"}, {"class": "int"}, {"object": "object"}, {"object": "bool"}]


def test_a_dict_of_blanks_is_not_begun_and_an_endless_one_is_cut_off():
    assert seen("search-space", {"batch_size": ..., "epochs": None})["kind"] == "stub"
    assert len(entry(range(10**9))["items"]) == 500


def test_no_model_is_looked_for_while_keras_is_not_loaded(monkeypatch):
    import sys

    monkeypatch.delitem(sys.modules, "keras", raising=False)
    record = seen("baseline-model", lambda: 3)["calls"]["model"]
    assert record["model"] is None
    assert "keras" not in sys.modules


def build(**settings):
    import keras

    layers = [keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((2,)), *layers])
    model.compile(**settings)
    return model


def test_a_model_is_described_by_what_it_computes_and_its_own_weights_are_put_back():
    model = build(optimizer="adam", loss="mae")
    before = model.get_weights()
    found = seen("baseline-model", lambda: model)["calls"]["model"]["model"]
    assert (found["trainable"], found["inputs"]) == (9, [[2]])
    assert found["optimizer"] == {"type": "Adam", "learning_rate": pytest.approx(0.001)}
    assert found["losses"][0]["value"]["values"] == [pytest.approx(0.2)]
    assert len(found["draws"]) == 2
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_what_the_loss_raises_while_it_is_compiled_is_written_down():
    found = seen("baseline-model", lambda: build(optimizer="adam"))["calls"]["model"]["model"]
    assert found["losses"][0]["value"] is None
    assert "No loss to compute" in found["losses"][0]["error"]["message"]
