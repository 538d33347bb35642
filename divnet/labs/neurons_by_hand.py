"""Lab: up to ten sigmoid neurons, set by hand, whose sum α is to follow deck S's parabola."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from divnet.data import parabola, parabola_grid
from divnet.labs.controls import bar, button, slider, whole
from divnet.labs.lab import Lab
from divnet.network import approximator, sigmoid
from divnet.picture import BLACK, BLUE, GREEN, GREY, ORANGE, VERMILLION, number

MOST = 10
START = {
    "w": (1.0, -1.0),
    "b": (-2.0, -2.0),
    "v": (10.0, 10.0),
}  # of the first two neurons, then again from these
LIMITS = {"w": 5.0, "b": 15.0, "v": 60.0}
_GRADES = [
    (0.001, "they can hardly be told apart"),
    (0.02, "close"),
    (0.3, "on the way"),
    (1.0, "far off"),
    (np.inf, "worse than a constant"),
]
_LOW, _HIGH = -10.0, 26.0  # of the picture's values


def neurons_by_hand() -> Lab:
    """Return the lab: a neuron to choose and its three sliders, α against f, the shares, the error."""
    return NeuronsByHand()


class NeuronsByHand(Lab):
    """α(x) = Σ v_k σ(w_k x + b_k) as set by hand (deck S calls v w̃); it starts with two neurons."""

    name = "the parabola f, the curve α, and each neuron's share of it"
    task = "Make the curve α meet the parabola at three points or more, with two neurons."
    size = (9.0, 4.2)

    def __init__(self) -> None:
        self._x = parabola_grid()
        self._f = parabola(self._x)
        self._by_neuron = {name: np.resize(values, MOST) for name, values in START.items()}
        chosen = widgets.ToggleButtons(
            options=[1, 2],
            description="neuron",
            style={"button_width": "2.4em", "description_width": "6.5em"},
        )
        controls: dict[str, Any] = {
            "neurons": whole("how many", 1, MOST, 2),
            "neuron": chosen,
            "w": slider("w", -LIMITS["w"], LIMITS["w"], 0.05, START["w"][0]),
            "b": slider("b", -LIMITS["b"], LIMITS["b"], 0.1, START["b"][0]),
            "v": slider("w̃", -LIMITS["v"], LIMITS["v"], 0.5, START["v"][0]),
        }
        buttons = {
            "again": button("Start again", "Two neurons, as at the beginning"),
            "random": button("Random", "Weights drawn at random for all the neurons"),
            "trained": button("A trained set", "What 40 000 steps of training make of ten neurons"),
        }
        rows = [bar(controls["neurons"], chosen), bar(controls["w"], controls["b"], controls["v"])]
        rows.append(bar(*buttons.values()))
        super().__init__({**controls, **buttons}, rows)
        self.on_press("again", self._start_again)
        self.on_press("random", self._draw_lots)
        self.on_press("trained", self._trained)

    @property
    def weights(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """w, b and v, each (K,), of the neurons that count."""
        count = self.controls["neurons"].value
        w, b, v = (self._by_neuron[name][:count].copy() for name in LIMITS)
        return w, b, v

    def on_move(self, name: str) -> None:
        if name in LIMITS:
            self._by_neuron[name][self.controls["neuron"].value - 1] = self.controls[name].value
        else:
            self._show_neurons()

    def draw(self, figure: Figure) -> Sequence[Artist]:
        ax = figure.add_axes((0.07, 0.12, 0.86, 0.84), xlim=(-4, 4), ylim=(_LOW, _HIGH))
        ax.set(xlabel="x", ylabel="value at x")
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.plot(self._x, self._f, color=BLACK, linestyle="--")
        ax.text(4.06, self._f[-1], "f", fontsize=12, fontstyle="italic", va="center")
        ax.text(
            0,
            -9.2,
            "dashed: f(x) = |x − ½|²    thick: α, the sum    thin: each neuron's share",
            ha="center",
            fontsize=9,
        )
        self._gap = ax.fill_between(self._x, self._f, self._f, color=ORANGE, alpha=0.25, linewidth=0)
        self._shares = [ax.plot([], [], color=GREEN, linewidth=1)[0] for _ in range(MOST)]
        label: dict[str, Any] = {"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": GREEN}
        self._numbers = [
            ax.text(0, 0, "", ha="center", va="center", fontsize=8, bbox=label) for _ in range(MOST)
        ]
        self._alpha = ax.plot(self._x, self._x, color=BLUE, linewidth=2.6)[0]
        looks: dict[str, Any] = {
            "markerfacecolor": "white",
            "markeredgecolor": VERMILLION,
            "markeredgewidth": 2,
            "markersize": 9,
        }
        self._meetings = ax.plot([], [], "o", **looks)[0]
        self._name = ax.text(4.06, 0, "α", color=BLUE, fontsize=13, va="center", fontweight="bold")
        return [self._gap, *self._shares, self._alpha, self._meetings, *self._numbers, self._name]

    def update(self) -> str:
        w, b, v = self.weights
        alpha = approximator(self._x, w, b, v)
        self._alpha.set_ydata(alpha)
        ends = np.concatenate([self._x, self._x[::-1]]), np.concatenate([alpha, self._f[::-1]])
        self._gap.set_verts([np.column_stack(ends)])
        self._draw_shares(w, b, v)
        level = float(np.clip(alpha[-1], _LOW, _HIGH))
        self._name.set_position((4.06, level + (1.6 if abs(level - self._f[-1]) < 1.5 else 0)))
        difference = alpha - self._f
        before = np.flatnonzero(np.sign(difference[:-1]) * np.sign(difference[1:]) < 0)
        self._meetings.set_data(self._x[before], self._f[before])
        return self._words(difference, len(before))

    def _draw_shares(self, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> None:
        chosen = self.controls["neuron"].value - 1
        shares = v * sigmoid(self._x[:, np.newaxis] * w + b)  # (300, K)
        # The number stands where σ is ½, or as near to it as the picture goes.
        steepest = np.clip(-b / np.where(w == 0, 1e-9, w), -3.8, 3.8)
        for k, (line, text) in enumerate(zip(self._shares, self._numbers, strict=True)):
            there = k < w.size
            line.set_data((self._x, shares[:, k]) if there else ([], []))
            line.set_linewidth(2.2 if k == chosen else 1)
            text.set_text(str(k + 1) if there else "")
            if there:
                height = v[k] * sigmoid(steepest[k] * w[k] + b[k])
                text.set_position((steepest[k], np.clip(height, _LOW + 1, _HIGH - 1)))

    def _words(self, difference: np.ndarray, meetings: int) -> str:
        w, b, v = self.weights
        k = self.controls["neuron"].value - 1
        error = float(np.mean(difference**2))
        farthest = int(np.argmax(np.abs(difference)))
        spread = float(np.var(self._f))  # the error of the best constant
        grade = next(word for most, word in _GRADES if error <= most * spread)
        place, side = self._x[farthest], "high" if difference[farthest] > 0 else "low"
        return (
            f"With {_count(w.size, 'neuron')} α meets the parabola at {_count(meetings, 'point')}. "
            f"Mean squared error {number(error)}: {grade} (the best constant has {number(spread)}). "
            f"They are farthest apart at x = {number(place, 2)}, where α is "
            f"{number(abs(difference[farthest]))} too {side}. The share of neuron {k + 1} is "
            f"{number(v[k])} · σ({number(w[k])} x {'−' if b[k] < 0 else '+'} {number(abs(b[k]))})."
        )

    def _show_neurons(self) -> None:
        """Offer as many neurons as there are, and put the chosen one's weights on the sliders."""
        chooser, count = self.controls["neuron"], self.controls["neurons"].value
        chosen = min(chooser.value or 1, count)
        if len(chooser.options) != count:
            chooser.options = list(range(1, count + 1))
        chooser.value = chosen
        for name, values in self._by_neuron.items():
            self.controls[name].value = values[chosen - 1]

    def _start_again(self) -> None:
        for name, values in START.items():
            self._by_neuron[name] = np.resize(values, MOST)
        self.controls["neurons"].value = 2
        self._show_neurons()

    def _draw_lots(self) -> None:
        rng = np.random.default_rng()
        for name, limit in LIMITS.items():
            self._by_neuron[name] = np.round(rng.uniform(-limit / 3, limit / 3, MOST), 1)
        self._show_neurons()

    def _trained(self) -> None:
        from divnet.training import train_approximator

        self.say("Training ten neurons, 40 000 steps …")  # TensorFlow needs seconds to start the first time
        trained = train_approximator(neurons=MOST)
        self._by_neuron = {name: np.array(getattr(trained, name), dtype=np.float64) for name in LIMITS}
        self.controls["neurons"].value = MOST
        self._show_neurons()


def _count(n: int, what: str) -> str:
    return f"{n or 'no'} {what}{'' if n == 1 else 's'}"
