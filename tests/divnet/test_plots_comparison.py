"""The picture of many models while one number moves: lines, axes, words, and what cannot be drawn."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from divnet.plots import show_comparison
from divnet.plots.comparison import SMALLEST_ERROR, looks


def right(x):
    return x[:, :1] / x[:, 1:] / 100


def a_little_off(x):
    return 1.0003 * right(x)


def fails(_x):
    raise RuntimeError("no")


MODELS = {"right": right, "a little off": a_little_off, "fails": fails}


def test_the_words_say_what_moves_and_how_far_each_is_off():
    words = show_comparison(MODELS, 8, 2).alt
    assert words.startswith("a goes from 1 to 20, with b = 2.")
    assert "right below 10⁻¹⁴" in words or "right below 10⁻¹⁵" in words  # a few ulps of 10
    assert "a little off below 0.01" in words  # 0.0003 · 10 = 0.003
    assert "fails has no answer" in words


def test_the_other_number_moves_when_asked():
    plot = show_comparison(MODELS, 8, 2, "b")
    assert plot.alt.startswith("b goes from 1 to 20, with a = 8.")
    left, right_panel = plot.figure.axes
    assert {left.get_xlabel(), right_panel.get_xlabel()} == {"b (with a = 8)"}
    truth = left.lines[0]
    np.testing.assert_allclose(truth.get_ydata(), 8 / truth.get_xdata())


def test_every_model_is_drawn_in_both_panels_with_one_look():
    left, right_panel = show_comparison(MODELS, 8, 2).figure.axes
    names = [line.get_label() for line in left.lines[:4]]
    assert names[0] == "true quotient"
    assert names[1:] == [f"{name} (no answer)" if name == "fails" else name for name in MODELS]
    for above, below in zip(left.lines[1:4], right_panel.lines[:3], strict=True):
        assert (above.get_color(), above.get_marker()) == (below.get_color(), below.get_marker())


def test_errors_stand_on_a_logarithmic_axis_and_0_at_its_end():
    _, right_panel = show_comparison({"right": right}, 8, 2).figure.axes
    assert right_panel.get_yscale() == "log"
    assert np.nanmin(right_panel.lines[0].get_ydata()) == SMALLEST_ERROR


def test_no_two_models_look_alike_and_never_by_colour_alone():
    for one, other in itertools.combinations([looks(n) for n in range(9)], 2):
        assert one["marker"] != other["marker"] or one["linestyle"] != other["linestyle"]


@pytest.mark.parametrize(("a", "b"), [(20, 5), (-3, 2), (0, 5), (1, 1e-300), (1e300, 1), (7, 1e308)])
@pytest.mark.parametrize("moving", ["a", "b"])
def test_no_number_is_too_strange_to_draw(a, b, moving):
    plot = show_comparison(MODELS, a, b, moving, 1e-3, 1e6, logarithmic=True, points=40)
    assert plot.png().startswith(b"\x89PNG")


def test_the_same_picture_has_the_same_bytes():
    assert show_comparison(MODELS, 8, 2).png() == show_comparison(MODELS, 8, 2).png()
