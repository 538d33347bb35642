"""Learned weights pass, however they were trained; hand-set ones in disguise do not."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import reference
from autograder.exercises.learned_weights.probe import hand_set
from autograder.judging import grade
from autograder.kinds.training import INPUTS, ROUGH, mean_error, outputs, rough_error
from autograder.verdict import Status
from tests.answers.learned_weights import DECK, arrays
from tests.answers.start_weights import recipe

A, B = (v.ravel() for v in np.meshgrid(ROUGH, ROUGH))


def weights_of(p):
    return reference.Weights(*(part.tolist() for part in arrays(p)))


def relative_residuals(p):
    return outputs(p, A, B) / (A / B / 100) - 1


def start_of(seed):
    return np.concatenate([np.ravel(part) for part in recipe(np.random.default_rng(seed))])


@pytest.fixture(scope="module")
def learned():
    """Twenty networks that divide, trained by MINPACK without slopes handed over, from seeds of their own."""
    from scipy.optimize import least_squares

    found, seed = [], 1000
    with np.errstate(all="ignore"):
        while len(found) < 20:
            seed += 1
            try:
                end = least_squares(lambda p: outputs(p, A, B) - A / B / 100, start_of(seed), method="lm").x
            except ValueError:
                continue
            if rough_error(end) <= 1e-9:
                found.append(end)
    return found


def test_twenty_learned_networks_pass_in_float64_in_float32_and_with_ten_decimals(learned):
    for p in learned:
        for form in (p, p.astype(np.float32), np.round(p, 10)):
            assert mean_error(tuple(np.asarray(form, dtype=float).tolist())) <= 1e-7
            assert grade("learned-weights", arrays(form)).status is Status.RIGHT


def test_networks_whose_training_was_stopped_at_an_error_between_pass(learned):
    from scipy.optimize import least_squares

    rng = np.random.default_rng(1)
    between = 0
    for p in learned:
        disturbed = p * (1 + 1e-2 * rng.normal(size=9))
        for most in range(2, 30):
            with np.errstate(all="ignore"):
                end = least_squares(relative_residuals, disturbed, x_scale="jac", max_nfev=most).x
            error = rough_error(end)
            if error <= 1e-7:
                between += error > 1e-10
                assert not hand_set(weights_of(end))
                break
    assert between >= 3


def rescaled(first, second):
    p = np.array(DECK)
    p[8] -= 0.03 * p[6] * np.log(first / second)
    p[0] *= first
    p[3] *= second
    return p


def swapped(p):
    return p[[1, 0, 3, 2, 5, 4, 7, 6, 8]]


def test_fifty_disguises_of_the_hand_set_weights_fail():
    rng = np.random.default_rng(2)
    disguises = []
    while len(disguises) < 50:
        p = rescaled(*10 ** rng.uniform(0, 4.5, 2)) if rng.random() < 0.5 else np.array(DECK)
        p = p * (1 + 10 ** rng.uniform(-9, -6) * rng.normal(size=9))
        p = swapped(p) if rng.random() < 0.5 else p
        if rough_error(p) <= 5e-8:  # what does not divide any more fails for that
            disguises.append(p)
    for p in disguises:
        assert hand_set(weights_of(p))
        verdict = grade("learned-weights", arrays(p))
        assert verdict.misconception in {"deck-weights", "deck-swapped", "deck-shaken", "deck-rescaled"}


def test_the_mean_is_taken_over_the_whole_grid():
    a, b = np.meshgrid(INPUTS, INPUTS, indexing="ij")
    assert a.size == 3_610_000
    assert mean_error(DECK) == pytest.approx(np.mean(np.abs(outputs(DECK, a, b) - a / b / 100)), rel=1e-9)
