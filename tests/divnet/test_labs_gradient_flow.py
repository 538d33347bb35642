"""What the gradient lab's words and buttons promise, beyond what every lab does."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from divnet import labs
from divnet.backward import backward, jacobian
from divnet.labs.drawn_gradients import DrawnGradients
from divnet.labs.gradient_flow import WEIGHTS, GradientFlow
from divnet.network import DECK_WEIGHTS, forward
from divnet.picture import number


def gradients(lab: GradientFlow) -> dict[str, float]:
    """The gradients by the nine weights at the lab's point, by their names in the lab."""
    a, b, upstream = (lab.controls[name].value for name in ("a", "b", "upstream"))
    g = backward(forward([a, b], lab.weights), lab.weights, upstream=upstream)
    return {name: float(getattr(g, part)[index]) for name, (part, index) in WEIGHTS.items()}


def steps_down(lab: GradientFlow) -> list[float]:
    """The slider's values below where it stands, nearest first."""
    here = lab.controls["value"].value
    return [value for _, value in lab.controls["value"].options if value < here][::-1]


def test_the_task_s_answer_is_60_000_and_before_and_after_nothing_else_happens() -> None:
    lab = labs.gradient_flow()
    seen = []
    for value in steps_down(lab)[:40]:
        lab.controls["value"].value = value
        seen.append(([gradients(lab)[name] for name in ("bias of h₁", "a → h₁", "b → h₁")], lab.alt))
    factors = np.array([one[0] for one in seen])[:-1] / np.array([one[0] for one in seen])[1:]
    (leap,) = np.flatnonzero(factors[:, 0] > 2)
    # 33.3333 · 0.03 is 1 to a millionth: so is the constancy of the gradients on the logarithm's side.
    assert factors[leap] == pytest.approx(60_000, rel=1e-4)
    assert np.delete(factors, leap, axis=0) == pytest.approx(1, rel=1e-4)
    assert "h₁ has the sum 0 (exponential, slope 0.5)" in seen[leap + 1][1]


def test_the_words_hold_every_gradient_and_the_spread() -> None:
    lab = labs.gradient_flow()
    lab.controls["a"].value, lab.controls["upstream"].value = 7.5, -2.0
    found = gradients(lab)
    for name, value in found.items():
        assert f"{name} {number(value)}" in lab.alt
    sizes = np.abs(list(found.values()))
    assert f"The largest is {number(sizes.max() / sizes.min(), 2)} times" in lab.alt
    assert np.abs(jacobian([7.5, 5.0])).max() * 2 == pytest.approx(sizes.max())


def test_without_upstream_nothing_flows_back() -> None:
    lab = labs.gradient_flow()
    lab.controls["upstream"].value = 0.0
    assert set(gradients(lab).values()) == {0.0}
    assert lab.alt.endswith("Nothing flows back.")
    assert lab.message == ""


def test_the_value_slider_follows_the_chosen_weight_and_moves_it_alone() -> None:
    lab = labs.gradient_flow()
    for name, (part, index) in WEIGHTS.items():
        lab.controls["weight"].value = name
        assert lab.controls["value"].value == getattr(DECK_WEIGHTS, part)[index]
    before = lab.weights
    lab.controls["weight"].value = "h₂ → out"
    lab.controls["value"].value = -10.0
    assert lab.weights.W2[1, 0] == -10.0
    changed = [int((old != new).sum()) for old, new in zip(before, lab.weights, strict=True)]
    assert changed == [0, 0, 1, 0]


def test_the_buttons_draw_the_starts_that_they_name() -> None:
    lab = labs.gradient_flow()
    for _ in range(5):
        lab.controls["small"].click()
        w = lab.weights
        assert (w.W1 >= 0).all() and np.diag(w.W1).max() <= 0.13 and w.W1[0, 1] <= 0.013
        assert (w.b1 == 0).all() and w.b2[0] == -3 and np.abs(w.W2).max() <= 36
        lab.controls["glorot"].click()
        w = lab.weights
        assert np.abs(w.W1).max() <= 1.3 and np.abs(w.W2).max() <= 1.5  # √1.5 and √2, on the slider's steps
        assert (w.b1 == 0).all() and (w.b2 == 0).all()
        assert lab.message == ""
    lab.controls["deck"].click()
    assert all(np.array_equal(x, y) for x, y in zip(lab.weights, DECK_WEIGHTS, strict=True))


def test_the_weights_that_a_lab_hands_out_are_a_copy() -> None:
    lab = labs.gradient_flow()
    lab.weights.W1[...] = 7.0
    assert np.array_equal(lab.weights.W1, DECK_WEIGHTS.W1)


def test_the_longest_value_fits_into_its_neuron() -> None:
    figure, ax = network_axes()
    drawn = DrawnGradients(ax)
    start = DECK_WEIGHTS._replace(b2=np.array([-32.4]))
    trace = forward([20.0, 5.0], start)
    drawn.show(start, trace, backward(trace, start), 1.0)
    figure.canvas.draw()
    circle = max(patch.get_window_extent().width for patch in ax.patches)
    values = [text for text in ax.texts if text.get_weight() == "bold"]
    assert len(values) == 5 and any("·10" in text.get_text() for text in values)
    assert all(text.get_window_extent().width < circle for text in values)


def network_axes() -> tuple[Figure, Axes]:
    """The axes that the lab draws the network in."""
    figure = Figure(figsize=GradientFlow.size)
    FigureCanvasAgg(figure)
    return figure, figure.add_axes((0.0, 0.0, 0.635, 1.0))


def test_what_is_remembered_of_its_texts_looks_as_when_drawn_for_the_first_time() -> None:
    lab = GradientFlow()
    first = lab.picture.value
    for a in (3.21, 20.0):
        lab.controls["a"].value = a
    assert lab.picture.value == first
    lab.controls["a"].value = 3.21
    fresh = GradientFlow()
    fresh.controls["a"].value = 3.21
    assert lab.picture.value == fresh.picture.value != first
