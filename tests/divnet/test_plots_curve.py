"""One curve: its axes, its bytes and its words."""

import numpy as np

from divnet.plots import show_curve


def test_both_axes_are_labelled_and_the_picture_is_the_same_every_time() -> None:
    plot = show_curve(np.sin)
    assert plot.figure.axes[0].get_xlabel()
    assert plot.figure.axes[0].get_ylabel()
    assert show_curve(np.sin).png() == plot.png()


def test_the_words_say_where_the_curve_begins_what_it_has_in_the_middle_and_where_it_ends() -> None:
    words = show_curve(lambda x: x**2 + 1, low=-2.0, high=4.0, title="A parabola").alt
    assert words == "A parabola from x = −2 to 4: 5 at x = −2, 2 at x = 1, 17 at x = 4."
