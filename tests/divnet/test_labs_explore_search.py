"""Lab explore_search: filters choose trials, the words tell how far their errors lie apart."""

import numpy as np
import pytest

from divnet import labs
from divnet.picture import number
from divnet.search import finished_search, finished_seed_spread


@pytest.fixture
def lab():
    return labs.explore_search()


def test_it_starts_with_all_trials(lab):
    assert len(lab.chosen) == 280 and "280 of 280 trials chosen (no setting fixed)" in lab.alt


def test_each_slider_keeps_the_trials_with_its_value(lab):
    lab.controls["optimizer"].value = "sgd"
    lab.controls["batch_size"].value = 4
    assert len(lab.chosen) == 8
    assert {(t.configuration.optimizer, t.configuration.batch_size) for t in lab.chosen} == {("sgd", 4)}
    lab.controls["batch_size"].value = "all"
    assert len(lab.chosen) == 40


def test_the_deck_s_best_is_one_trial_and_all_trials_come_back(lab):
    lab.controls["deck"].click()
    (trial,) = lab.chosen
    assert tuple(trial.configuration) == (4, 0.0005, 240, "nadam")
    assert f"error {number(trial.error)}." in lab.alt
    lab.controls["everything"].click()
    assert len(lab.chosen) == 280


def test_the_words_give_the_spread_of_both(lab):
    errors = sorted(trial.error for trial in finished_search())
    assert f"errors from {number(errors[0])} to {number(errors[-1])}" in lab.alt
    name = lab.controls["starts"].value
    errors = sorted(t.error for t in finished_seed_spread() if str(t.configuration) == name)
    assert f"({name}): errors from {number(errors[0])} to {number(errors[-1])}" in lab.alt
    assert f"median {number(np.median(errors))}." in lab.alt


def test_there_are_five_settings_with_many_starts(lab):
    assert len(lab.controls["starts"].options) == 5
