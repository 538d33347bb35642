"""The lessons' pictures: what their axes and words say, and that they are the same every time."""

from __future__ import annotations

import base64
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest

from divnet.activation import DECK, activation, activation_slope
from divnet.data import parabola
from divnet.network import LISTING_WEIGHTS, divide
from divnet.picture import STYLE, number, style
from divnet.plots import Plot, show_activation, show_error_map, show_errors, show_fit, show_level_lines

ERRORS = SimpleNamespace(
    training_error=np.array([16.0, 1.0, 0.02]), generalisation_error=np.array([15.0, 2.0, 0.03])
)
PLOTS = {
    "fit": lambda: show_fit(lambda x: x**2),
    "errors": lambda: show_errors(ERRORS),
    "activation": lambda: show_activation(slope=activation_slope),
    "error map": lambda: show_error_map(divide),
    "level lines": lambda: show_level_lines(lambda a, b: a * b / 1000, [0.003, 0.03, 0.2]),
}


@pytest.fixture(params=list(PLOTS))
def plot(request: pytest.FixtureRequest) -> Plot:
    return PLOTS[request.param]()


def labels(plot: Plot) -> list[tuple[str, str]]:
    return [(ax.get_xlabel(), ax.get_ylabel()) for ax in plot.figure.axes]


def test_a_plot_shows_as_one_image_with_its_words_as_alt_text(plot: Plot) -> None:
    data, metadata = plot._repr_mimebundle_(include=None, exclude=None)
    image = ElementTree.fromstring(data["text/html"])
    assert image.tag == "img"
    assert base64.b64decode(image.get("src", "").partition("base64,")[2]).startswith(b"\x89PNG")
    assert image.get("alt") == data["text/plain"] == plot.alt
    assert set(data) == {"text/html", "text/plain"} and metadata == {}  # the picture is stored once


def test_a_plot_is_the_same_to_the_byte_every_time(request: pytest.FixtureRequest, plot: Plot) -> None:
    again = PLOTS[request.node.callspec.params["plot"]]()
    assert again.png() == plot.png()
    assert again.alt == plot.alt


def test_every_axis_is_labelled(plot: Plot) -> None:
    for ax in plot.figure.axes:
        assert ax.get_ylabel() or ax.get_subplotspec().colspan.start > 0  # a row shares its first label
        assert ax.get_xlabel() or ax.get_label() == "<colorbar>"


def test_no_two_curves_differ_by_colour_alone(plot: Plot) -> None:
    for ax in plot.figure.axes:
        named = [line for line in ax.lines if not line.get_label().startswith("_")]
        assert len({str(line.get_linestyle()) for line in named}) == len(named)


def test_a_plot_leaves_matplotlibs_settings_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    show_errors(ERRORS).png()
    assert dict(matplotlib.rcParams) == before
    with style():
        assert matplotlib.rcParams["lines.linewidth"] == STYLE["lines.linewidth"]


def test_show_fit_says_the_error_and_where_it_is_worst() -> None:
    plot = show_fit(lambda x: parabola(x) + np.where(x < -3.99, 3.0, 0.0))
    assert "Mean squared error 0.03;" in plot.alt
    assert "by 3, at x = −4." in plot.alt


def test_show_fit_takes_a_keras_model() -> None:
    from divnet.network import approximator, approximator_model

    model = approximator_model(seed=1)
    (w, b), v = model.layers[0].get_weights(), model.layers[1].get_weights()[0]
    by_hand = show_fit(lambda x: approximator(x, w[0], b, v[:, 0]))
    assert show_fit(model).alt == by_hand.alt


def test_show_errors_takes_a_history_with_or_without_validation() -> None:
    history = SimpleNamespace(history={"loss": [4.0, 2.0], "val_loss": [5.0, 3.0]})
    assert "generalisation error: 5 after epoch 1, 3 after 2" in show_errors(history).alt
    del history.history["val_loss"]
    plot = show_errors(history)
    assert "training error: 4 after epoch 1, 2 after 2" in plot.alt
    assert "generalisation" not in plot.alt
    assert plot.figure.axes[0].get_yscale() == "log"
    assert labels(plot) == [("epoch", "mean squared error")]


def test_show_errors_survives_an_explosion() -> None:
    with np.errstate(all="ignore"):
        plot = show_errors(
            SimpleNamespace(history={"loss": [4.0, np.inf, np.nan], "val_loss": [5.0, 1e300, np.nan]})
        )
        assert "no number after 3" in plot.alt
        assert plot.png()


def test_show_activation_names_the_steps_at_both_borders() -> None:
    plot = show_activation(lambda x: activation(x, DECK), lambda x: activation_slope(x, DECK))
    assert "At 0 the activation goes from 0.5 to 0.5, a step of −2.8·10⁻¹⁰." in plot.alt
    assert "At 15 the activation goes from 0.996 to 0.996, a step of −7.5·10⁻¹²." in plot.alt
    assert "At 0 the slope goes from 0.5 to 30\N{NO-BREAK SPACE}000" in plot.alt
    assert [label for label in labels(plot) if label[1]] == [("x", "activation at x"), ("x", "slope at x")]


def test_show_error_map_says_how_wrong_in_words() -> None:
    assert "by 2·10⁻⁸ on average and by 6·10⁻⁷ at most" in show_error_map(divide).alt
    misprinted = show_error_map(lambda a, b: divide(a, b, LISTING_WEIGHTS), title="The misprint")
    assert "by 0.0034 on average" in misprinted.alt
    assert misprinted.figure.axes[0].get_title(loc="left") == "The misprint"
    assert "|output − a/b/100|" in misprinted.figure.axes[1].get_ylabel()


def test_show_error_map_says_where_there_is_no_number() -> None:
    plot = show_error_map(lambda a, b: np.where(a < b, np.nan, a / b / 100))
    assert "no finite number" in plot.alt
    assert plot.png()


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0, 3, "0"),
        (-0.0, 3, "0"),
        (0.04, 3, "0.04"),
        (-3.912023, 7, "−3.912023"),
        (33.3333, 6, "33.3333"),
        (0.0021, 3, "0.0021"),
        (1e-6, 3, "10⁻⁶"),
        (-1e-7, 7, "−10⁻⁷"),
        (1.94e-8, 2, "1.9·10⁻⁸"),
        (0.9999, 2, "1"),
        (30000.0, 3, "30\N{NO-BREAK SPACE}000"),
        (9999.99, 3, "10\N{NO-BREAK SPACE}000"),
        (1234.5678, 7, "1234.568"),
        (1e6, 3, "10⁶"),
        (1e6, 8, "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000"),
        (np.inf, 3, "∞"),
        (-np.inf, 3, "−∞"),
        (np.nan, 3, "no number"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_lines_of_equal_product_are_straight_on_logarithmic_scales_and_say_their_values() -> None:
    plot = show_level_lines(lambda a, b: a * b / 1000, [0.003, 0.1], title="Products")
    [ax] = plot.figure.axes
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    for line, level in zip(ax.collections[0].get_paths(), [0.003, 0.1], strict=True):
        a, b = line.vertices.T
        np.testing.assert_allclose(
            a * b / 1000, level, rtol=0.02
        )  # matplotlib goes straight in each mesh of 0.2
    assert plot.alt == "Products, for the values 0.003, 0.1, on logarithmic scales of a and b."
