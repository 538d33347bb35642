"""Lab: what flows back through the 2-2-1 network at one point (a, b), and what the slope's leap does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from divnet.backward import backward
from divnet.labs.controls import bar, button, choice, signed_logarithmic, slider
from divnet.labs.drawn_gradients import NEURONS, DrawnGradients, settled, slope_axes
from divnet.labs.lab import Lab
from divnet.network import DECK_WEIGHTS, Weights, forward
from divnet.picture import BLACK, BLUE, GREY, VERMILLION, number

WEIGHTS = {  # name: where it stands in Weights
    "bias of h₁": ("b1", (0,)),
    "a → h₁": ("W1", (0, 0)),
    "b → h₁": ("W1", (1, 0)),
    "bias of h₂": ("b1", (1,)),
    "a → h₂": ("W1", (0, 1)),
    "b → h₂": ("W1", (1, 1)),
    "h₁ → out": ("W2", (0, 0)),
    "h₂ → out": ("W2", (1, 0)),
    "bias of out": ("b2", (0,)),
}
_VALUES = signed_logarithmic(-8, 3, [float(v) for part in DECK_WEIGHTS for v in part.ravel() if v])
_LEFT, _RIGHT = 1e-12, 1e8  # of the scale on which the gradients stand


def gradient_flow() -> Lab:
    """Return the lab: a point, an upstream gradient, any of the nine weights, and every gradient."""
    return GradientFlow()


class GradientFlow(Lab):
    """The gradients of the output by every weight, times upstream; it starts with the deck's weights."""

    name = (
        "the network with its gradients, the slope at its three neurons, and the sizes of the nine gradients"
    )
    task = (
        "The bias of h₁ is chosen. Make it smaller, step by step, until the sum of h₁ reaches 0: "
        "in that one step, by what factor do the gradients of h₁'s weights change?"
    )
    size = (9.6, 4.5)

    def __init__(self) -> None:
        self._weights = _copy(DECK_WEIGHTS)
        self._seed = 0
        controls: dict[str, Any] = {
            "a": slider("a", 1.0, 20.0, 0.01, 20.0),
            "b": slider("b", 1.0, 20.0, 0.01, 5.0),
            "upstream": slider("upstream", -3.0, 3.0, 0.1, 1.0),
            "weight": choice("weight", [(name, name) for name in WEIGHTS]),
            "value": choice("its value", _VALUES, float(DECK_WEIGHTS.b1[0])),
        }
        buttons = {
            "deck": button("Deck's weights", "The nine weights of deck D"),
            "small": button("Small and positive", "First layer small and positive, output weights large"),
            "glorot": button("Glorot", "Drawn as Keras draws them, biases 0"),
        }
        rows = [
            bar(*(controls[n] for n in ("a", "b", "upstream"))),
            bar(controls["weight"], controls["value"]),
        ]
        super().__init__({**controls, **buttons}, [*rows, bar(*buttons.values())])
        self.on_press("deck", lambda: self._take(_copy(DECK_WEIGHTS)))
        self.on_press("small", lambda: self._take(small_and_positive(self._next_rng())))
        self.on_press("glorot", lambda: self._take(glorot(self._next_rng())))

    @property
    def weights(self) -> Weights:
        """The nine weights as they stand."""
        return _copy(self._weights)

    def on_move(self, name: str) -> None:
        if name == "weight":
            self._show_value()
        elif name == "value":
            part, index = WEIGHTS[self.controls["weight"].value]
            getattr(self._weights, part)[index] = self.controls["value"].value

    def draw(self, figure: Figure) -> Sequence[Artist]:
        self._network = DrawnGradients(figure.add_axes((0.0, 0.0, 0.635, 1.0)))
        self._marks = slope_axes(figure.add_axes((0.715, 0.645, 0.27, 0.29)))
        ax = figure.add_axes((0.715, 0.105, 0.27, 0.37), xscale="log", xlim=(_LEFT, _RIGHT), ylim=(8.7, -0.7))
        ax.set_title("gradient by each weight   ● +   □ −   | 0", fontsize=9)
        ax.set_yticks(range(len(WEIGHTS)), list(WEIGHTS), fontsize=8)
        powers = [10.0**k for k in range(-12, 9, 4)]
        ax.set_xticks(powers, [f"≤ {number(_LEFT)}", *map(number, powers[1:])])
        ax.set_xlabel("size (logarithmic)", fontsize=8, labelpad=1)
        ax.tick_params(labelsize=8, length=2, pad=2)
        ax.minorticks_off()
        looks: dict[str, Any] = {"linestyle": "none", "clip_on": False}
        self._stems = ax.plot([], [], color=GREY, linewidth=1)[0]
        self._positive = ax.plot([], [], "o", color=BLUE, markersize=6, **looks)[0]
        self._negative = ax.plot(
            [], [], "s", markersize=6, markerfacecolor="white", markeredgecolor=VERMILLION, **looks
        )[0]
        self._zero = ax.plot([], [], "|", color=BLACK, markersize=8, **looks)[0]
        self._chosen = ax.plot(
            [], [], "o", markersize=13, markerfacecolor="none", markeredgecolor=BLACK, **looks
        )[0]
        return [
            *self._network.moving,
            *self._marks,
            self._stems,
            self._positive,
            self._negative,
            self._zero,
            self._chosen,
        ]

    def update(self) -> str:
        a, b, upstream = (self.controls[name].value for name in ("a", "b", "upstream"))
        chosen = self.controls["weight"].value
        trace = forward([a, b], self._weights)
        gradients = backward(trace, self._weights, upstream=upstream)
        branches = self._network.show(self._weights, trace, gradients, upstream)
        parts = {"W1": gradients.W1, "b1": gradients.b1, "W2": gradients.W2, "b2": gradients.b2}
        values = np.array([parts[part][index] for part, index in WEIGHTS.values()])
        sums = [*trace.hidden_in, *trace.output_in]
        slopes = [*gradients.hidden_slope, *gradients.output_slope]
        for mark, total, slope in zip(self._marks, sums, slopes, strict=True):
            mark.set_data([np.clip(total, -100, 100)], [np.clip(slope, 1e-6, 1e5)])
        self._show_sizes(values, list(WEIGHTS).index(chosen))
        part, index = WEIGHTS[chosen]
        neurons = "; ".join(
            f"{name} has the sum {number(settled(total))} ({branch}, slope {number(slope)})"
            for (name, *_), total, branch, slope in zip(NEURONS, sums, branches, slopes, strict=True)
        )
        listed = ", ".join(f"{n} {number(v)}" for n, v in zip(WEIGHTS, values, strict=True))
        return (
            f"a = {number(a, 4)}, b = {number(b, 4)}, upstream {number(upstream)}; the chosen weight, "
            f"{chosen}, is {number(getattr(self._weights, part)[index], 7)}. {neurons}; the output is "
            f"{number(trace.output[0], 4)}. Gradients by the weights: {listed}. {_spread(values)}"
        )

    def _show_sizes(self, values: np.ndarray, chosen: int) -> None:
        rows = np.arange(len(values))
        sizes = np.clip(np.abs(values), _LEFT, _RIGHT)
        stems = np.stack([np.full_like(sizes, _LEFT), sizes, np.full_like(sizes, np.nan)], axis=-1)
        self._stems.set_data(stems.ravel(), np.repeat(rows, 3))
        for marks, here in (
            (self._positive, values > 0),
            (self._negative, values < 0),
            (self._zero, values == 0),
        ):
            marks.set_data(sizes[here], rows[here])
        self._chosen.set_data([sizes[chosen]], [chosen])

    def _take(self, weights: Weights) -> None:
        self._weights = weights
        self._show_value()

    def _show_value(self) -> None:
        part, index = WEIGHTS[self.controls["weight"].value]
        self.controls["value"].value = float(getattr(self._weights, part)[index])

    def _next_rng(self) -> np.random.Generator:
        self._seed += 1
        return np.random.default_rng(self._seed)


def glorot(rng: np.random.Generator) -> Weights:
    """Return weights as Keras draws them by default, each moved to the nearest value of the slider."""
    first, second = _glorot_layers(rng)
    return _on_the_slider(Weights(first, np.zeros(2), second, np.zeros(1)))


def small_and_positive(rng: np.random.Generator) -> Weights:
    """Return a start from which division can be learned, each weight moved to the slider's nearest value.

    First layer |Glorot| · 0.1, off the diagonal a tenth of that; output weights Glorot · 24, its bias −3.
    """
    first, second = _glorot_layers(rng)
    first = 0.1 * np.abs(first) * np.array([[1.0, 0.1], [0.1, 1.0]])
    return _on_the_slider(Weights(first, np.zeros(2), 24 * second, np.array([-3.0])))


def _glorot_layers(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return W1 and W2, uniform on ±√(6/(neurons before + neurons after)): ±√1.5 and ±√2."""
    return rng.uniform(-1, 1, (2, 2)) * np.sqrt(6 / 4), rng.uniform(-1, 1, (2, 1)) * np.sqrt(6 / 3)


def _on_the_slider(weights: Weights) -> Weights:
    values = np.array([value for _, value in _VALUES])
    return Weights(*(values[np.abs(part[..., np.newaxis] - values).argmin(-1)] for part in weights))


def _copy(weights: Weights) -> Weights:
    return Weights(*(np.array(part) for part in weights))


def _spread(values: np.ndarray) -> str:
    sizes = np.abs(values[values != 0])
    if sizes.size < 2:
        return "Nothing flows back."
    return f"The largest is {number(sizes.max() / sizes.min(), 2)} times the smallest that is not 0."
