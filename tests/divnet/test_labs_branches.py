"""The lab of the three branches: its numbers are TensorFlow's, and its task has the answer that it says."""

import numpy as np
import pytest

from divnet import labs
from divnet.labs.branches import GUARDS, PLACES, POLE
from divnet.labs.lab import Lab


@pytest.fixture(scope="module")
def lab() -> Lab:
    return labs.branches()


def go(lab: Lab, x: float, guards: str) -> str:
    lab.controls["x"].value, lab.controls["guards"].value = PLACES.index(x), guards
    return lab.alt


def nan_places(lab: Lab, guards: str) -> list[float]:
    lab.controls["guards"].value = guards
    found = []
    for i, x in enumerate(PLACES):
        lab.controls["x"].value = i
        if "The gradient is NaN" in lab.alt:
            found.append(x)
    return found


def test_the_places_are_in_order_and_each_label_is_its_own(lab: Lab) -> None:
    assert sorted(PLACES) == PLACES
    labels = [label for label, _ in lab.controls["x"].options]
    assert len(set(labels)) == len(labels)


def test_with_the_decks_guards_one_x_alone_is_spoilt_and_by_the_tail(lab: Lab) -> None:
    assert nan_places(lab, "the deck's") == [POLE]
    assert "spoilt by the tail;" in go(lab, POLE, "the deck's")


def test_without_guards_each_branch_spoils_its_own_places(lab: Lab) -> None:
    large = [x for x in PLACES if x >= 90]
    assert nan_places(lab, "none") == [-1e-6, POLE, *large]
    for x, culprit in ((-1e-6, "logarithm"), (POLE, "tail"), (100.0, "exponential")):
        assert f"spoilt by the {culprit};" in go(lab, x, "none")


def test_on_its_own_interval_no_branch_spoils_anything(lab: Lab) -> None:
    assert nan_places(lab, "intervals") == []


def test_zero_times_infinity_is_shown_as_it_happens(lab: Lab) -> None:
    words = go(lab, 100.0, "none")
    assert "the tail is taken, and the value is 0.9999" in words
    assert "the exponential sees 100, gives ∞ and adds 0 · ∞ · 1 = NaN" in words


@pytest.mark.parametrize("guards", GUARDS)
def test_what_the_lab_holds_is_what_the_controls_say(lab: Lab, guards: str) -> None:
    go(lab, 20.0, guards)
    assert lab.trace.x == 20 and lab.trace.upstream.tolist() == [0, 0, 1]
    assert np.isfinite(lab.trace.gradient)


def test_start_again(lab: Lab) -> None:
    go(lab, -1.0, "the deck's")
    lab.controls["again"].click()
    assert lab.alt.startswith("x = 0.5 in float32, with no guards: the logarithm is taken")
