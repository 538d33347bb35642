"""Lab: deck D's 2-2-1 network, two inputs, nine weights and an output, and the error everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure

from divnet.activation import DECK, LISTING, activation
from divnet.data import division_grid
from divnet.labs.controls import bar, button, choice, group, signed_logarithmic, slider
from divnet.labs.drawn_network import DrawnNetwork
from divnet.labs.lab import Lab
from divnet.network import DECK_WEIGHTS, LISTING_WEIGHTS, Weights, divide, forward
from divnet.picture import BLACK, number
from divnet.plots.square import error_map, error_words

WEIGHTS = {  # control: (label, where it stands in Weights, smallest and largest decade of its slider)
    "a_to_1": ("a → h₁", ("W1", (0, 0)), -8, 0),
    "b_to_1": ("b → h₁", ("W1", (1, 0)), -8, 0),
    "bias_1": ("bias of h₁", ("b1", (0,)), -8, 0),
    "a_to_2": ("a → h₂", ("W1", (0, 1)), -8, 0),
    "b_to_2": ("b → h₂", ("W1", (1, 1)), -8, 0),
    "bias_2": ("bias of h₂", ("b1", (1,)), -8, 0),
    "1_to_out": ("h₁ → out", ("W2", (0, 0)), -1, 3),
    "2_to_out": ("h₂ → out", ("W2", (1, 0)), -1, 3),
    "bias_out": ("bias of out", ("b2", (0,)), -1, 2),
}
_ALWAYS_ZERO = 0.0166  # mean error of the answer 0, over the square
_DIVIDES = 1e-5  # mean error: a thousandth of that and less


def network() -> Lab:
    """Return the lab: eleven sliders, the network with its live values, the error over the input square."""
    return NetworkLab()


class NetworkLab(Lab):
    """The network as the sliders have it; it starts with the deck's weights."""

    name = "the 2-2-1 network with its weights and values, and its error over all inputs"
    task = (
        "Two of the seven weights that are not 0 can be made ten times larger, both at once, "
        "and the network still divides. Which two?"
    )
    size = (9.6, 4.3)

    def __init__(self) -> None:
        axis = division_grid(0.3)
        self._a, self._b = np.meshgrid(axis, axis)
        controls: dict[str, Any] = {
            "a": slider("a", 1.0, 20.0, 0.01, 20.0),
            "b": slider("b", 1.0, 20.0, 0.01, 5.0),
            "log_scale": choice(
                "factor inside ln",
                [("10⁶", DECK.log_scale), ("10⁷", LISTING.log_scale)],
            ),
        }
        for name, (label, place, lowest, highest) in WEIGHTS.items():
            deck = _at(DECK_WEIGHTS, place)
            exact = [deck, 10 * deck, -deck, -10 * deck]
            controls[name] = choice(label, signed_logarithmic(lowest, highest, exact), deck)
        buttons = {
            "deck": button("Deck's weights", "The nine weights of deck D, and the formula's activation"),
            "misprint": button("Deck's misprint", "The listing's second hidden bias, −10⁻⁷"),
            "listing": button("Listing's 10⁷", "The deck's weights with the constant of its code listing"),
            "random": button("Random", "Nine weights drawn at random"),
        }
        rows = [bar(controls["a"], controls["b"], controls["log_scale"])]
        names = list(WEIGHTS)
        rows.append(group("Weights", *([controls[n] for n in names[i : i + 3]] for i in (0, 3, 6))))
        rows.append(bar(*buttons.values()))
        super().__init__({**controls, **buttons}, rows)
        self.on_press("deck", lambda: self._set(DECK_WEIGHTS, DECK.log_scale))
        self.on_press("misprint", lambda: self._set(LISTING_WEIGHTS, DECK.log_scale))
        self.on_press("listing", lambda: self._set(DECK_WEIGHTS, LISTING.log_scale))
        self.on_press("random", self._draw_lots)

    @property
    def weights(self) -> Weights:
        """The nine weights as the sliders have them."""
        arrays = Weights(*(np.zeros_like(part) for part in DECK_WEIGHTS))
        for name, (_, (part, index), *_rest) in WEIGHTS.items():
            getattr(arrays, part)[index] = self.controls[name].value
        return arrays

    @property
    def activation(self) -> Callable[..., Any]:
        """Deck D's activation with the chosen constant in the logarithm."""
        return partial(activation, constants=replace(DECK, log_scale=self.controls["log_scale"].value))

    def draw(self, figure: Figure) -> Sequence[Artist]:
        self._network = DrawnNetwork(figure.add_axes((0.0, 0.0, 0.64, 1.0)))
        ax = figure.add_axes((0.675, 0.19, 0.26, 0.26 * self.size[0] / self.size[1]))
        ax.set_title("the error |output − a/b/100| at every a, b\n", fontsize=10)
        self._error = error_map(ax, np.ones_like(self._a))
        self._colours = ScalarMappable(self._error.norm, self._error.cmap)
        scale = figure.colorbar(
            self._colours, cax=figure.add_axes((0.944, 0.19, 0.012, ax.get_position().height))
        )
        scale.ax.tick_params(labelsize=8, length=2, pad=1)
        scale.ax.minorticks_off()
        self._mean = ax.text(1.0, 20.5, "", fontsize=10)
        looks: dict[str, Any] = {
            "markersize": 9,
            "markerfacecolor": "white",
            "markeredgecolor": BLACK,
            "markeredgewidth": 1.5,
        }
        self._here = ax.plot([], [], "o", clip_on=False, **looks)[0]
        return [*self._network.moving, self._error, self._mean, self._here]

    def update(self) -> str:
        a, b = self.controls["a"].value, self.controls["b"].value
        weights, chosen = self.weights, self.activation
        trace = forward([a, b], weights, chosen)
        branches = self._network.show(weights, trace, a / b / 100)
        error = np.abs(divide(self._a, self._b, weights, chosen) - self._a / self._b / 100)
        self._error.set_data(self._colours.to_rgba(np.maximum(error, 1e-300), bytes=True))
        self._mean.set_text(f"on average {number(error.mean(), 2)}")
        self._here.set_data([a], [b])
        output, target = float(trace.output[0]), a / b / 100
        verdict = (
            "The network divides."
            if error.mean() < _DIVIDES
            else (
                "The network does not divide (always answering 0 would be off "
                f"by {number(_ALWAYS_ZERO)} on average)."
            )
        )
        return (
            f"a = {number(a, 4)}, b = {number(b, 4)}: h₁ = {number(trace.hidden[0])} ({branches[0]}), "
            f"h₂ = {number(trace.hidden[1])} ({branches[1]}), output {number(output, 7)} ({branches[2]}); "
            f"a/b/100 = {number(target, 7)}; they differ by {number(abs(output - target), 2)}. "
            f"{error_words(error)} {verdict}"
        )

    def _set(self, weights: Weights, log_scale: float) -> None:
        for name, (_, place, *_rest) in WEIGHTS.items():
            self.controls[name].value = _at(weights, place)
        self.controls["log_scale"].value = log_scale

    def _draw_lots(self) -> None:
        rng = np.random.default_rng()
        for name in WEIGHTS:
            options = self.controls[name].options
            self.controls[name].value = options[rng.integers(len(options))][1]


def _at(weights: Weights, place: tuple[str, tuple[int, ...]]) -> float:
    part, index = place
    return float(getattr(weights, part)[index])
