"""Lab: three networks far outside the square they were made for, on logarithmic scales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, Stroke

from divnet.activation import activation
from divnet.labs.controls import bar, button, choice
from divnet.labs.lab import Lab
from divnet.network import divide, sigmoid
from divnet.picture import BLACK, BLUE, GREY, ORANGE, VERMILLION, number
from divnet.trained_weights import CUSTOM_WEIGHTS, SIGMOID_WEIGHTS

MODELS: dict[str, Callable[[Any, Any], np.ndarray]] = {
    "hand-set": divide,
    "sigmoid, trained": partial(divide, weights=SIGMOID_WEIGHTS, activation=sigmoid),
    "custom, trained": partial(divide, weights=CUSTOM_WEIGHTS, activation=activation),
}
LOOKS = {
    "hand-set": (BLUE, "-"),
    "sigmoid, trained": (VERMILLION, "-."),
    "custom, trained": (ORANGE, ":"),
}
START = {"model": "hand-set", "low": 1.0, "high": 20.0, "a": 20.0, "b": 5.0}
GOOD = 0.01  # a relative error: one per cent
_SCALE = [float(f"{d}e{k}") for k in range(-3, 9) for d in (1, 1.5, 2, 3, 5, 7)] + [1e9]
_ENDS = _SCALE[0], _SCALE[-1]
_MAP, _RANGE = 181, 81  # places along one side of the map, and of the range that is looked at closely


def beyond_training() -> Lab:
    """Return the lab: a model, a range and one division on sliders; outputs, and the error over a, b."""
    return BeyondTraining()


class BeyondTraining(Lab):
    """Outputs and errors for a, b from 10⁻³ to 10⁹; it starts with the hand-set network in its square."""

    name = "the outputs of three networks far beyond their training range, and the error of one of them"
    task = (
        "The hand-set network divides far outside of 1 to 20. Open the range upwards until it fails, then "
        "move the lower end, too. How must the two ends lie for all divisions between them to come out right?"
    )
    size = (9.6, 4.4)

    def __init__(self) -> None:
        values = [(number(v, 7), v) for v in _SCALE]
        controls: dict[str, Any] = {
            "model": choice("model", [(name.partition(",")[0], name) for name in MODELS]),
            "low": choice("range from", values[:-1], START["low"]),
            "high": choice("range to", values[1:], START["high"]),
            "a": choice("a", values, START["a"]),
            "b": choice("b", values, START["b"]),
        }
        buttons = {
            "again": button("Training range", "From 1 to 20, with the hand-set network: as at the start")
        }
        axis = np.geomspace(*_ENDS, _MAP)
        self._axis, (self._a, self._b) = axis, np.meshgrid(axis, axis)
        self._colours = ScalarMappable(LogNorm(1e-8, 1.0), "cividis")
        self._maps = {name: self._pixels(model) for name, model in MODELS.items()}
        c = list(controls.values())
        super().__init__({**controls, **buttons}, [bar(*c[:3]), bar(*c[3:]), bar(*buttons.values())])
        self.on_press("again", self._start)

    def on_move(self, name: str) -> None:
        """Keep the range's ends in order: the end that was moved pushes the other one."""
        low, high = self.controls["low"], self.controls["high"]
        if low.value < high.value:
            return
        place = _SCALE.index(low.value if name == "low" else high.value)
        if name == "low":
            high.value = _SCALE[place + 1]
        else:
            low.value = _SCALE[place - 1]

    def draw(self, figure: Figure) -> Sequence[Artist]:
        curve = figure.add_axes((0.07, 0.13, 0.45, 0.77))
        curve.set(xscale="log", yscale="log", xlim=_ENDS, ylim=(1e-6, 20), xlabel="a", ylabel="output")
        curve.axvspan(1, 20, color="#E4E4E4", linewidth=0)
        curve.text(4.5, 1.4e-6, "training\nrange", ha="center", fontsize=8, color=GREY)
        self._target = curve.plot([], [], color=BLACK, linestyle="--", linewidth=1.2, label="a/b/100")[0]
        self._outputs = {
            name: curve.plot([], [], color=colour, linestyle=line, label=name)[0]
            for name, (colour, line) in LOOKS.items()
        }
        curve.legend(loc="upper left", fontsize=8)
        self._here = [_point(curve)]
        side, ends = 0.77, tuple(np.log10(_ENDS))
        ax = figure.add_axes((0.6, 0.13, side * self.size[1] / self.size[0], side))
        ticks = np.arange(ends[0], ends[1] + 1, 2)  # in powers of ten: an image knows no logarithmic axis
        powers = [number(10.0**k) for k in ticks]
        ax.set(xticks=ticks, xticklabels=powers, yticks=ticks, yticklabels=powers, xlabel="a (divided)")
        ax.set_ylabel("b (divides)", labelpad=0)
        ax.grid(False)
        half = (ends[1] - ends[0]) / (_MAP - 1) / 2
        extent = 2 * (ends[0] - half, ends[1] + half)
        first = self._maps["hand-set"]
        self._error = ax.imshow(first, origin="lower", extent=extent, aspect="auto", interpolation="nearest")
        ax.set(xlim=ends, ylim=ends)
        trained = ax.plot(*np.log10(_outline(1.0, 20.0)), color="white", linewidth=1.2)[0]
        self._box = ax.plot([], [], color=BLACK, linestyle="--", linewidth=1.8)[0]
        self._box.set_path_effects([Stroke(linewidth=3.4, foreground="white"), Normal()])
        self._here.append(_point(ax))
        scale = figure.colorbar(self._colours, cax=figure.add_axes((0.963, 0.13, 0.01, side)))
        scale.ax.tick_params(labelsize=7, length=2, pad=1)
        scale.ax.minorticks_off()
        self._titles = [
            axes.text(0.0, 1.03, "", transform=axes.transAxes, fontsize=10) for axes in (curve, ax)
        ]
        return [
            self._target,
            *self._outputs.values(),
            self._error,
            trained,
            self._box,
            *self._here,
            *self._titles,
        ]

    def update(self) -> str:
        at = {name: self.controls[name].value for name in START}
        a, b, low, high, chosen = at["a"], at["b"], at["low"], at["high"], at["model"]
        self._target.set_data(self._axis, self._axis / b / 100)
        for name, line in self._outputs.items():
            line.set_data(self._axis, MODELS[name](self._axis, b))
            line.set_linewidth(2.6 if name == chosen else 1.4)
        self._error.set_data(self._maps[chosen])
        self._box.set_data(*np.log10(_outline(low, high)))
        self._here[0].set_data([a], [MODELS[chosen](a, b)])
        self._here[1].set_data([np.log10(a)], [np.log10(b)])
        self._titles[0].set_text(f"the outputs for b = {number(b)}, whatever a is")
        self._titles[1].set_text(f"relative error: {chosen}")
        worst, good = in_range(MODELS[chosen], low, high)
        answers = "; ".join(f"{name} {number(float(model(a, b)), 6)}" for name, model in MODELS.items())
        return (
            f"{chosen}, a and b from {number(low)} to {number(high)}: off by at most {_percent(worst)} of "
            f"the answer, and by less than 1 % at {_share(good)} of the places. "
            f"At a = {number(a)}, b = {number(b)} the answer a/b/100 is {number(a / b / 100, 6)}; "
            f"outputs: {answers}."
        )

    def _pixels(self, model: Callable[..., Any]) -> np.ndarray:
        """Return the relative error on the map as colours (places, places, 4)."""
        error = np.maximum(_relative_error(model, self._a, self._b), 1e-300)
        return self._colours.to_rgba(error, bytes=True)

    def _start(self) -> None:
        for name, value in START.items():
            self.controls[name].value = value


def in_range(model: Callable[..., Any], low: float, high: float) -> tuple[float, float]:
    """Return the largest relative error for a, b from low to high, and the share of places below 1 %."""
    axis = np.geomspace(low, high, _RANGE)
    axis[[0, -1]] = low, high  # to the last digit: the borders are where it breaks
    error = _relative_error(model, *np.meshgrid(axis, axis))
    return float(error.max()), float(np.mean(error < GOOD))


def _relative_error(model: Callable[..., Any], a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.abs(model(a, b) / (a / b / 100) - 1.0)


def _outline(low: float, high: float) -> tuple[list[float], list[float]]:
    """Return the corners of a square, the first one again at the end."""
    return [low, high, high, low, low], [low, low, high, high, low]


def _point(ax: Axes) -> Any:
    looks: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": BLACK, "markeredgewidth": 1.5}
    return ax.plot([], [], "o", markersize=8, clip_on=False, **looks)[0]


def _percent(share: float) -> str:
    return f"{number(100 * share, 2)} %"


def _share(share: float) -> str:
    """Return a share in per cent, where all is said only of all and none only of none."""
    if share in (0.0, 1.0):
        return "none" if share == 0.0 else "all"
    return f"{min(max(100 * share, 1), 99):.0f} %"
