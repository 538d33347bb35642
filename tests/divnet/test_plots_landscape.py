"""The pictures of the loss landscape say in words what they show."""

import numpy as np
import pytest

from divnet.network import DECK_WEIGHTS, LISTING_WEIGHTS
from divnet.plots import show_error_line, show_error_plane, show_two_number_paths

FLAT = DECK_WEIGHTS._replace(W2=np.zeros((2, 1)))


def test_the_line_names_both_ends_and_the_hill_between() -> None:
    crossed = DECK_WEIGHTS._replace(W2=-DECK_WEIGHTS.W2, W1=DECK_WEIGHTS.W1[::-1])
    plot = show_error_line(DECK_WEIGHTS, crossed, names=("one", "the other"))
    assert "from 'one' (2.6·10⁻⁸) to 'the other' (2.6·10⁻⁸)" in plot.alt
    assert "it rises to 0.0" in plot.alt
    [ax] = plot.figure.axes
    assert ax.get_yscale() == "log" and "mean absolute error" in ax.get_ylabel()
    assert plot.png()


def test_the_plane_names_its_three_networks() -> None:
    plot = show_error_plane({"deck": DECK_WEIGHTS, "misprint": LISTING_WEIGHTS, "flat": FLAT})
    assert "'deck' (2.6·10⁻⁸), 'misprint' (0.00" in plot.alt
    ax = plot.figure.axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("towards 'misprint'", "towards 'flat'")
    with pytest.raises(ValueError, match="2 networks; expected three"):
        show_error_plane({"deck": DECK_WEIGHTS, "flat": FLAT})


def test_the_ways_say_how_long_they_are_and_where_they_end() -> None:
    def error(theta: np.ndarray) -> float:
        return float(np.hypot(*theta))

    plot = show_two_number_paths(error, {"short": [(3.0, 4.0), (0.0, 0.5)], "long": np.ones((50, 2))})
    assert "short: 1 steps, from an error of 5 to 0.5." in plot.alt
    assert "long: 49 steps" in plot.alt
    assert plot.png()
