"""The pictures of slopes, of difference quotients and of drifting losses: what they and their words say."""

import numpy as np
import pytest

from divnet.plots import Plot, show_drift, show_slope, show_step_errors

STEPS = np.arange(1000)
LOSSES = np.exp(-STEPS / 100)
PAIRS = {
    "own gradient": (LOSSES, LOSSES + 1e-3 * (STEPS > 500)),
    "last digit": (LOSSES, LOSSES + 1e-9 * (STEPS > 5)),
    "itself": (LOSSES, LOSSES),
}
PLOTS = {
    "slope": lambda: show_slope(np.sin, np.cos),
    "step errors": lambda: show_step_errors(np.sin, 1.0, np.cos(1.0)),
    "drift": lambda: show_drift(PAIRS),
}


@pytest.fixture(params=list(PLOTS))
def plot(request: pytest.FixtureRequest) -> Plot:
    return PLOTS[request.param]()


def test_a_plot_is_the_same_to_the_byte_every_time(request: pytest.FixtureRequest, plot: Plot) -> None:
    again = PLOTS[request.node.callspec.params["plot"]]()
    assert again.png() == plot.png()
    assert again.alt == plot.alt


def test_every_axis_is_labelled(plot: Plot) -> None:
    for ax in plot.figure.axes:
        assert ax.get_ylabel()
        assert ax.get_xlabel() or not ax.get_subplotspec().is_last_row()  # x is shared with the one below


def test_no_two_curves_differ_by_colour_alone(plot: Plot) -> None:
    for ax in plot.figure.axes:
        named = [line for line in ax.lines if not line.get_label().startswith("_")]
        assert len({str(line.get_linestyle()) for line in named}) == len(named)


def test_the_words_name_the_steepest_places() -> None:
    alt = show_slope(lambda x: 3 * np.sin(x), lambda x: 3 * np.cos(x), low=-3.0, high=3.0).alt
    assert "from x = −3 to 3" in alt
    assert "values are 3 at x = 0 and −2.97 at x = −3" in alt


def test_the_words_tell_the_two_quotients_apart() -> None:
    """Bending costs h·|f″|/2 and h²·|f‴|/6, rounding about ε/h: they balance near √ε and ∛ε."""
    alt = show_step_errors(np.sin, 1.0, np.cos(1.0)).alt
    assert "one-sided: off by 0.47 at h = 1, by about 7·10⁻⁹ near h = 10⁻⁸" in alt
    assert "central: off by 0.086 at h = 1, by about 7·10⁻¹² near h = 4·10⁻⁶" in alt


def test_an_exact_quotient_can_be_drawn() -> None:
    assert show_step_errors(lambda x: 0.0 * x, 1.0, 0.0).png()  # a logarithmic scale has no 0


def test_the_words_say_which_pair_drifts() -> None:
    alt = show_drift(PAIRS).alt
    assert alt.startswith("Left, both losses of the first pair, from 1 on")
    assert "own gradient: more than 0.0001 apart" in alt
    assert "last digit: never more than 0.0001 apart" in alt
    assert "itself: never more" in alt


def test_the_two_trainings_can_be_named() -> None:
    left = show_drift(PAIRS, labels=("autodiff", "yours")).figure.axes[0]
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["autodiff", "yours"]
