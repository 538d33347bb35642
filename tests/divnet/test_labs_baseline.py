"""The baseline lab: it trains as the lesson does, and what it asks one to discover is there to be found."""

import numpy as np
import pytest

from divnet.data import division_data, division_grid
from divnet.division_models import division_model
from divnet.labs.baseline import BATCH_SIZE, EPOCHS, SEEDS, BaselineLab, trained_baseline
from divnet.network import forward
from divnet.picture import number
from divnet.training import train_over_seeds

SQUARE = np.stack(np.meshgrid(division_grid(0.5), division_grid(0.5)), axis=-1)


@pytest.fixture(scope="module")
def lab() -> BaselineLab:
    return BaselineLab()


def mean_error(lab: BaselineLab) -> float:
    return float(lab.alt.split("off by ")[1].split(" on average")[0])


def sleeping_neurons(seed: int) -> int:
    """How many hidden neurons give nearly the same value over the whole square."""
    hidden = forward(SQUARE, trained_baseline(seed), _sigmoid).hidden
    return int(np.sum(np.ptp(hidden, axis=(0, 1)) < 0.01))


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_it_starts_untrained_and_training_makes_it_better(lab: BaselineLab) -> None:
    lab.controls["again"].click()
    assert "Seed 1 after 0 epochs" in lab.alt
    untrained = mean_error(lab)
    lab.controls["trained"].click()
    assert "after 90 epochs" in lab.alt
    assert untrained > 0.1
    assert mean_error(lab) < 0.004
    lab.controls["again"].click()
    assert mean_error(lab) == untrained


def test_its_networks_are_those_that_train_over_seeds_gives(lab: BaselineLab) -> None:
    rng = np.random.default_rng(0)
    x, y = division_data(24_000, rng)
    runs = train_over_seeds(
        lambda seed: division_model(seed=seed),
        [3],
        x,
        y,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS[-1],
        test=division_data(6_000, rng),
    )
    lab.controls["seed"].value, lab.controls["epochs"].value = 3, 90
    # Two compilations of one loop; after 67 500 Adam steps rounding has grown to a hundredth at most.
    assert mean_error(lab) == pytest.approx(runs.errors[0], rel=0.01)


def test_the_worse_seeds_are_those_in_which_a_neuron_sleeps(lab: BaselineLab) -> None:
    """The lab's task: a hidden neuron that is close to 1 everywhere, and about 2.7 times the error."""
    lab.controls["epochs"].value = 90
    errors = {}
    for seed in range(1, SEEDS + 1):
        lab.controls["seed"].value = seed
        errors[seed] = mean_error(lab)
    worse = {seed for seed, error in errors.items() if error > 2 * min(errors.values())}
    assert 0 < len(worse) < SEEDS
    assert {seed for seed in errors if sleeping_neurons(seed)} == worse
    assert all(sleeping_neurons(seed) == 1 for seed in worse)


def test_the_words_give_the_values_of_the_network(lab: BaselineLab) -> None:
    lab.controls["seed"].value, lab.controls["epochs"].value = 5, 90
    lab.controls["a"].value, lab.controls["b"].value = 1.0, 19.99
    trace = forward([1.0, 19.99], trained_baseline(5), _sigmoid)
    assert f"h₁ = {number(trace.hidden[0])}, h₂ = {number(trace.hidden[1])}" in lab.alt
    assert f"output {number(trace.output[0])}; a/b/100 = 0.0005;" in lab.alt
    assert "farthest off at a = 19.9, b = 1," in lab.alt
