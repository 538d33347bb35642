"""The two finished searches that come with the course, and what is computed from them."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from divnet import search as package
from divnet.search import Plan, best, finished_search, finished_seed_spread, importance
from divnet.search.finished import Trial
from divnet.search.plan import Configuration


def test_the_finished_search_is_the_deck_s_grid_trial_by_trial():
    trials = finished_search()
    assert [(t.configuration, t.seed) for t in trials] == [tuple(x) for x in Plan().trainings()]
    assert all(np.isfinite(t.error) and t.error > 0 and t.cpu_seconds > 0 for t in trials)


def test_the_spread_has_the_three_best_the_deck_s_best_and_the_baseline_s_settings():
    counted = Counter(trial.configuration for trial in finished_seed_spread())
    named = [Configuration(4, 0.0005, 240, "nadam"), Configuration(32, 0.0, 90, "adam")]
    first = [t.configuration for t in best(finished_search(), 10) if t.configuration not in named][:3]
    assert list(counted) == first + named and set(counted.values()) == {20}
    assert len({trial.seed for trial in finished_seed_spread()}) == 100
    assert min(trial.seed for trial in finished_seed_spread()) >= 1000  # none of the grid's


def test_both_are_small():
    data = Path(package.__file__).with_name("data")
    assert sum(file.stat().st_size for file in data.iterdir()) < 100_000


def test_importance_finds_the_setting_that_decides():
    trials = [
        Trial(0, configuration, 0.001 if configuration.optimizer == "adam" else 0.01, 1.0)
        for configuration, _ in Plan().trainings()
    ]
    rng = np.random.default_rng(0)
    trials = [trial._replace(error=trial.error * rng.uniform(0.9, 1.1)) for trial in trials]
    shares = importance(trials)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["optimizer"] > 0.9 and list(shares) == list(Configuration._fields)


def test_best_leaves_out_what_has_no_error():
    trials = [Trial(i, Configuration(1, 0.0, 1, "sgd"), e, 1.0) for i, e in enumerate([3.0, np.nan, 1.0])]
    assert [trial.seed for trial in best(trials, 5)] == [2, 0]
