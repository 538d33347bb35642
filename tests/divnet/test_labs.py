"""Every control of every lab moves the picture and its words, and nothing a hand can do raises."""

from __future__ import annotations

import base64
import io
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from divnet import labs
from divnet.activation import DECK, LISTING
from divnet.labs.canvas import encode_png
from divnet.labs.controls import logarithmic, signed_logarithmic, snapped
from divnet.labs.lab import Lab
from divnet.labs.network import WEIGHTS
from divnet.network import DECK_WEIGHTS, LISTING_WEIGHTS, divide
from divnet.picture import number
from divnet.training import train_approximator

MAKERS: dict[str, Callable[[], Lab]] = {
    name: getattr(labs, name)
    for name in (
        "neurons_by_hand",
        "train_live",
        "activation_curve",
        "network",
        "baseline",
        "beyond_training",
        "branches",
        "explore_search",
        "gradient_flow",
        "compare_models",
        "start_map",
    )
}


@pytest.fixture(scope="module")
def made() -> dict[str, Lab]:
    return {}


@pytest.fixture(params=list(MAKERS))
def lab(request: pytest.FixtureRequest, made: dict[str, Lab]) -> Lab:
    """Each lab, made once a module: to make one takes longer than to move it a hundred times."""
    return made.setdefault(request.param, MAKERS[request.param]())


def positions(control: widgets.Widget, most: int = 15) -> list[Any]:
    """Values over the whole range of a control, both ends included."""
    if hasattr(control, "options"):
        values = [option[1] if isinstance(option, tuple) else option for option in control.options]
        return [values[i] for i in np.unique(np.linspace(0, len(values) - 1, most).astype(int))]
    if isinstance(control, widgets.IntSlider):
        return sorted({int(v) for v in np.linspace(control.min, control.max, most)})
    return [float(v) for v in np.linspace(control.min, control.max, most)]


def sliders(lab: Lab) -> Iterator[tuple[str, widgets.Widget]]:
    return ((n, c) for n, c in lab.controls.items() if not isinstance(c, widgets.Button))


def buttons(lab: Lab) -> Iterator[tuple[str, widgets.Button]]:
    return ((n, c) for n, c in lab.controls.items() if isinstance(c, widgets.Button))


def test_a_lab_poses_its_task_in_its_first_line(lab: Lab) -> None:
    assert "To discover:" in lab.children[0].value
    assert lab.task.split(":")[0].split("'")[0] in lab.children[0].value


def test_every_slider_can_be_drawn_over_its_whole_range(lab: Lab) -> None:
    for name, control in sliders(lab):
        before = control.value
        for value in positions(control):
            control.value = value
            assert lab.message == "", f"{name} = {value}"
            assert lab.alt
        control.value = before


def test_every_button_can_be_pressed_from_every_end_of_every_slider(lab: Lab) -> None:
    for (name, button), end in itertools.product(buttons(lab), (0, -1)):
        for _, control in sliders(lab):
            control.value = positions(control, most=2)[end]
        button.click()
        assert lab.message == "", name


def test_a_move_changes_the_picture_and_its_words(lab: Lab) -> None:
    first_button = next(button for _, button in buttons(lab))  # deck's settings, or start again
    for name, control in sliders(lab):
        if name == "neuron":  # which neuron the sliders stand for: tested on its own
            continue
        first_button.click()
        if name == "seed":
            away = control.value + 1
        else:
            away = next(v for v in positions(control, most=2) if v != control.value)
        picture, words = bytes(lab.picture.value), lab.alt
        control.value = away
        assert bytes(lab.picture.value) != picture, name
        assert lab.alt != words, name


def test_a_controls_picture_is_a_png_of_the_size_that_the_lab_says(lab: Lab) -> None:
    image = Image.open(io.BytesIO(bytes(lab.picture.value)))
    assert image.format == "PNG"
    assert image.width / image.height == pytest.approx(lab.size[0] / lab.size[1], rel=0.01)


def test_a_notebook_keeps_a_still_picture_and_its_words_beside_the_live_view(lab: Lab) -> None:
    data, _metadata = lab._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.model_id
    image = ElementTree.fromstring(data["text/html"])
    assert data["text/plain"] == lab.alt == image.get("alt")
    png = base64.b64decode(image.get("src", "").partition("base64,")[2])
    kept, shown = (
        np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=int)
        for picture in (png, bytes(lab.picture.value))
    )
    assert np.abs(kept - shown).mean() < 2  # of 255: what is kept has 256 colours


def test_a_new_lab_draws_the_same_picture_again(lab: Lab) -> None:
    first, second = (type(lab)() for _ in range(2))
    assert bytes(first.picture.value) == bytes(second.picture.value)
    assert first.alt == second.alt


def test_the_picture_has_a_name_and_the_words_stand_under_it(lab: Lab) -> None:
    assert lab.name in lab.picture.tooltip
    assert lab.picture.description == ""  # else the front end does not use the tooltip
    assert lab.children[-2] is lab.picture
    assert lab.alt.split(":")[0].split("'")[0] in lab.children[-1].value


def test_every_control_is_named_and_shown(lab: Lab) -> None:
    def below(widget: widgets.Widget) -> Iterator[widgets.Widget]:
        yield widget
        for child in getattr(widget, "children", ()):
            yield from below(child)

    shown = set(below(lab))
    for control in lab.controls.values():
        assert control.description
        assert control in shown
        assert getattr(control, "continuous_update", True)


def test_a_failure_is_said_in_the_message_line_and_the_lab_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = labs.network()
    picture = bytes(lab.picture.value)
    with monkeypatch.context() as broken:
        broken.setattr(lab, "update", lambda: 1 / 0)
        lab.controls["a"].value = 7.0
        lab.controls["deck"].click()
    assert "ZeroDivisionError" in lab.message
    assert bytes(lab.picture.value) == picture
    lab.controls["a"].value = 8.0
    assert lab.message == ""
    assert lab.alt.startswith("a = 8,")


# ---- neurons by hand


def test_two_neurons_on_the_sliders_steps_meet_the_parabola_at_four_points() -> None:
    lab = labs.neurons_by_hand()
    assert "With 2 neurons α meets the parabola at 2 points." in lab.alt  # the task is not done at the start
    for neuron, values in ((1, (-1.5, -4.0, 20.0)), (2, (1.5, -5.0, 15.0))):
        lab.controls["neuron"].value = neuron
        for name, value in zip("wbv", values, strict=True):
            slider = lab.controls[name]
            assert (value - slider.min) / slider.step == pytest.approx(
                round((value - slider.min) / slider.step)
            )
            slider.value = value
    assert "With 2 neurons α meets the parabola at 4 points." in lab.alt


def test_the_sliders_show_the_chosen_neuron_and_move_it_alone() -> None:
    lab = labs.neurons_by_hand()
    lab.controls["neurons"].value = 3
    lab.controls["random"].click()
    before = np.array(lab.weights)
    lab.controls["neuron"].value = 3
    assert [lab.controls[name].value for name in "wbv"] == list(before[:, 2])
    lab.controls["v"].value = 7.0
    changed = np.array(lab.weights) != before
    assert changed.tolist() == [[False] * 3, [False] * 3, [False, False, True]]
    lab.controls["neurons"].value = 2  # the chosen one is gone
    assert lab.controls["neuron"].value == 2
    assert lab.controls["w"].value == before[0, 1]


def test_a_trained_set_is_what_training_gives_and_fits_on_the_sliders() -> None:
    lab = labs.neurons_by_hand()
    lab.controls["trained"].click()
    trained = train_approximator()
    for ours, theirs, name in zip(lab.weights, (trained.w, trained.b, trained.v), "wbv", strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert np.all(np.abs(ours) <= lab.controls[name].max)
    assert "hardly be told apart" in lab.alt


def test_start_again_restores_the_first_picture() -> None:
    lab = labs.neurons_by_hand()
    picture = bytes(lab.picture.value)
    lab.controls["random"].click()
    lab.controls["neurons"].value = 9
    lab.controls["again"].click()
    assert bytes(lab.picture.value) == picture


# ---- train live


def last_number(words: str) -> float:
    return float(words.rstrip(".").split()[-1])


def test_the_lab_trains_the_decks_experiment_for_real() -> None:
    lab = labs.train_live()
    trained = train_approximator()
    assert f"{trained.training_error.size} epochs" in lab.alt
    assert f"{trained.training_error[-1]:.3g} at the end" in lab.alt
    assert 0.01 < last_number(lab.alt) < 0.05  # the task says: at about 0.02


def test_rate_and_batch_size_together_solve_the_task_and_neither_alone() -> None:
    lab = labs.train_live()
    for name in ("learning_rate", "batch_size"):
        for value in positions(lab.controls[name], most=25):
            lab.controls[name].value = value
            assert "exploded" in lab.alt or last_number(lab.alt) > 0.002, f"{name} = {value}"
        lab.controls["deck"].click()
    lab.controls["batch_size"].value = 32
    lab.controls["learning_rate"].value = 0.1
    assert last_number(lab.alt) < 0.002


def test_an_explosion_is_said_kindly() -> None:
    lab = labs.train_live()
    lab.controls["learning_rate"].value = 1.0
    assert "The error exploded in epoch 1" in lab.alt
    assert lab.message == ""


# ---- the activation


def test_the_activation_lab_starts_torn_and_the_formula_mends_it() -> None:
    lab = labs.activation_curve()
    assert lab.constants == LISTING
    assert "torn at 15." in lab.alt
    assert "down by 0.069" in lab.alt
    lab.controls["formula"].click()
    assert lab.constants == DECK
    assert "in one piece" in lab.alt
    assert "leaps from 0.5 to 30\N{NO-BREAK SPACE}000" in lab.alt
    lab.controls["listing"].click()
    assert lab.constants == LISTING


def test_one_million_is_the_only_constant_in_the_logarithm_that_mends_the_curve() -> None:
    lab = labs.activation_curve()
    whole = []
    for _, value in lab.controls["log_scale"].options:
        lab.controls["log_scale"].value = value
        whole += [value] if "in one piece" in lab.alt else []
    assert whole == [1e6]


# ---- the network


def test_the_network_lab_starts_with_the_decks_division() -> None:
    lab = labs.network()
    assert "output 0.03999994 (exponential)" in lab.alt
    assert "2·10⁻⁸ on average" in lab.alt or "2.1·10⁻⁸ on average" in lab.alt
    assert "The network divides." in lab.alt


def test_the_network_labs_buttons_set_what_they_say() -> None:
    lab = labs.network()

    def same(weights: Any) -> bool:
        return all(np.array_equal(x, y) for x, y in zip(lab.weights, weights, strict=True))

    lab.controls["misprint"].click()
    assert same(LISTING_WEIGHTS)
    assert "does not divide" in lab.alt
    lab.controls["random"].click()
    assert not same(LISTING_WEIGHTS)
    lab.controls["listing"].click()
    assert same(DECK_WEIGHTS)
    assert lab.controls["log_scale"].value == 1e7
    assert "output 0.0465" in lab.alt  # the deck's own listing: 0.046585
    lab.controls["deck"].click()
    assert same(DECK_WEIGHTS)
    assert "The network divides." in lab.alt


def test_exactly_one_pair_of_weights_may_be_made_ten_times_larger() -> None:
    """The lab's task: of the seven weights that are not 0, only the two on the diagonal of W1."""
    lab = labs.network()
    names = [name for name in WEIGHTS if lab.controls[name].value != 0.0]
    assert len(names) == 7
    dividing = []
    for pair in itertools.combinations(names, 2):
        lab.controls["deck"].click()
        for name in pair:
            ten_times = 10 * lab.controls[name].value
            lab.controls[name].value = min(
                (v for _, v in lab.controls[name].options), key=lambda v: abs(v - ten_times)
            )
            # The slider offers ten times the deck's weight (to a rounding of the product).
            assert lab.controls[name].value == pytest.approx(ten_times, rel=1e-15)
        dividing += [pair] if "The network divides." in lab.alt else []
    assert dividing == [("a_to_1", "b_to_2")]


def test_the_live_values_are_those_of_the_network() -> None:
    lab = labs.network()
    lab.controls["a"].value, lab.controls["b"].value = 3.0, 7.0
    assert f"output {number(divide(3.0, 7.0), 7)} " in lab.alt


# ---- controls and pixels


def test_a_logarithmic_slider_has_every_power_of_ten_and_the_exact_values() -> None:
    values = [value for _, value in signed_logarithmic(-8, 0, [3.3333e-6])]
    assert values == sorted(values)
    assert {0.0, 1e-8, -1e-7, 1e-6, -1.0, 1.0, 3.3333e-6} <= set(values)
    assert 3.3e-6 not in values
    assert all(f"{v:.1e}" == f"{float(f'{v:.1e}'):.1e}" for v in logarithmic(-3, 1))


def test_a_value_beyond_the_ends_of_a_slider_is_added() -> None:
    assert snapped([1.0, 2.0], [5.0]) == [1.0, 2.0, 5.0]


def test_our_png_holds_the_pixels_it_was_given() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(encode_png(pixels, 1)))), pixels)


def test_two_moves_that_arrive_in_two_threads_are_drawn_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lab = MAKERS["neurons_by_hand"]()
    inside, most = 0, 0
    update = lab.update

    def watched() -> str:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.05)  # long enough for the other thread to come in, if nothing keeps it out
        words = update()
        inside -= 1
        return words

    monkeypatch.setattr(lab, "update", watched)
    moves = [threading.Thread(target=lab.controls[n].set_trait, args=("value", 1.5)) for n in ("w", "b")]
    for move in moves:
        move.start()
    for move in moves:
        move.join()
    assert most == 1
    picture, words = bytes(lab.picture.value), lab.alt
    lab.redraw()
    assert (bytes(lab.picture.value), lab.alt) == (picture, words)  # the last one drawn knew of both moves
