"""The map of starts shows what training does, and the stored maps are what training gives."""

import re

import numpy as np
import pytest

from divnet import labs
from divnet.training import glorot_start, informed_start
from divnet.training.least_squares import train_least_squares
from divnet.training.start_planes import PLANES, stored_ends


@pytest.mark.parametrize("name", PLANES)
def test_the_stored_ends_are_those_of_training(name: str) -> None:
    """At every 40th place; where ways are long, processors may drift apart, so a few may differ."""
    plane, ends = PLANES[name], stored_ends()[name]
    assert ends.shape == (len(plane.y), len(plane.x)) == (25, 25)
    places = np.array([np.unravel_index(i, ends.shape) for i in range(0, ends.size, 40)])
    again = np.array(
        [train_least_squares(plane.start(plane.x[x], plane.y[y])).error < 1e-7 for y, x in places]
    )
    assert np.mean(again == (ends[tuple(places.T)] < 1e-7)) >= 0.8


@pytest.mark.parametrize("name", PLANES)
def test_a_start_stands_where_its_sliders_say(name: str) -> None:
    plane = PLANES[name]
    for x, y in ((plane.x[0], plane.y[-1]), (plane.x[14], plane.y[3])):
        start = plane.start(x, y)
        nine = np.concatenate([np.ravel(part) for part in start])
        np.testing.assert_allclose(plane.place(nine), (x, y), rtol=1e-12)


def test_the_maps_answer_the_lab_s_question() -> None:
    """The signs, the sizes and the bias that the lesson names afterwards."""
    ends = {name: found < 1e-7 for name, found in stored_ends().items()}
    first, output = ends["first layer"], ends["output weights"]
    x = np.array(PLANES["first layer"].x)
    not_negative = np.outer(x >= 0, x >= 0)
    assert first[not_negative].sum() > 0.8 * first.sum()
    w = np.array(PLANES["output weights"].x)
    assert output[np.outer(w, w) < 0].sum() > 0.9 * output.sum()
    bias = np.array(PLANES["size and bias"].y)
    by_row = ends["size and bias"].mean(axis=1)
    assert by_row[bias > -0.5].max() == 0.0
    assert by_row[(bias <= -6) & (bias >= -9)].min() > 0.5


def test_the_lab_tells_division_from_being_stuck() -> None:
    lab = labs.start_map()
    assert lab.alt.endswith("It is stuck.")
    lab.controls["near"].click()
    assert lab.alt.endswith("The network divides.")
    assert lab.message == ""
    lab.controls["again"].click()
    assert lab.alt.endswith("It is stuck.")


def test_another_map_brings_its_own_axes() -> None:
    lab = labs.start_map()
    for name, plane in PLANES.items():
        lab.controls["plane"].value = name
        assert (lab.controls["across"].description, lab.controls["up"].description) == (
            plane.x_name,
            plane.y_name,
        )
        count = re.search(r"from (\d+) of 625 starts", lab.alt)
        assert count is not None and int(count[1]) == (stored_ends()[name] < 1e-7).sum()


def test_informed_starts_lie_inside_the_maps_and_keras_s_do_not_all() -> None:
    rng = np.random.default_rng(0)
    for start in (informed_start(rng) for _ in range(50)):
        assert np.all(np.diag(start.W1) < max(PLANES["first layer"].x))
        assert np.all(np.abs(start.W2) < max(PLANES["output weights"].x))
    assert any(np.any(glorot_start(rng).W1 < 0) for _ in range(10))
