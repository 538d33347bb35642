"""Lab: deck D's activation and its slope, with every constant on a slider; the steps at its borders, live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from divnet.activation import DECK, LISTING, Constants, activation, activation_slope, step
from divnet.labs.controls import bar, button, choice, group, logarithmic, snapped
from divnet.labs.lab import Lab
from divnet.picture import BLACK, BLUE, GREEN, GREY, VERMILLION, number

_BRANCHES = [("exponential", BLUE, "-"), ("logarithm", VERMILLION, "--"), ("tail", GREEN, "-.")]
_CONTINUOUS = 1e-6  # a smaller step can come from the rounding of the constants
_LEFT, _RIGHT = -5.0, 25.0


def activation_curve() -> Lab:
    """Return the lab: seven sliders, the curve, its slope, and both borders under a magnifying glass."""
    return ActivationCurve()


class ActivationCurve(Lab):
    """The curve that the sliders' constants give; it starts with the constants of the deck's code listing."""

    name = "the activation, its slope, and a close look at its two borders"
    task = (
        "The deck's code listing has 10 000 000 inside the logarithm, and its curve is torn. "
        "Move that constant alone: which value puts the curve in one piece?"
    )
    size = (9.6, 4.6)

    def __init__(self) -> None:
        options = {
            "exp_factor": ("factor of e", snapped(_even(0.5, 2.5, 0.02), [DECK.exp_factor])),
            "log_scale": ("factor inside ln", logarithmic(4, 8)),
            "log_factor": ("factor of ln", _even(0.01, 0.06, 0.0005)),
            "log_offset": ("offset", _even(0.0, 1.0, 0.01)),
            "tail_scale": ("factor in tail", snapped(_even(60.0, 160.0, 1.0), [DECK.tail_scale])),
            "tail_shift": ("shift in tail", snapped(_even(1000.0, 1700.0, 5.0), [DECK.tail_shift])),
            "border": ("border", _even(10.0, 20.0, 0.1)),
        }
        controls = {
            name: choice(
                label, [(number(v, 3 if v >= 1e4 else 7), v) for v in values], getattr(LISTING, name)
            )
            for name, (label, values) in options.items()
        }
        buttons = {
            "formula": button("Deck's formula", "All constants as in the deck's formula"),
            "listing": button(
                "Deck's listing (10⁷)", "As in the deck's code listing: 10 000 000 in the logarithm"
            ),
        }
        c = list(controls.values())
        rows = [group("Constants", c[1:4], [c[0], c[6]], c[4:6]), bar(*buttons.values())]
        super().__init__({**controls, **buttons}, rows)
        self.on_press("formula", lambda: self._set(DECK))
        self.on_press("listing", lambda: self._set(LISTING))

    @property
    def constants(self) -> Constants:
        """The constants as the sliders have them."""
        return Constants(**{name: self.controls[name].value for name in Constants.__dataclass_fields__})

    def draw(self, figure: Figure) -> Sequence[Artist]:
        wide, narrow, high = 0.53, 0.265, 0.325
        curve = figure.add_axes((0.065, 0.605, wide, high), xlim=(_LEFT, _RIGHT), ylim=(0, 1.4))
        slope = figure.add_axes(
            (0.065, 0.105, wide, high), xlim=(_LEFT, _RIGHT), ylim=(1e-5, 1e7), yscale="log"
        )
        zero = figure.add_axes((0.715, 0.605, narrow, high), xlim=(-5, 5), ylim=(-0.15, 0.15))
        border = figure.add_axes((0.715, 0.105, narrow, high), xlim=(-1, 1), ylim=(-0.15, 0.15))
        curve.set(title="the activation", xlabel="x", ylabel="value")
        slope.set(title="its slope", xlabel="x", ylabel="slope (logarithmic)")
        zero.set(title="close to 0", xlabel="x in millionths", ylabel="value − value at 0")
        border.set(title="close to the border", xlabel="x − border", ylabel="value − value at it")
        slope.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4, 1e6])
        self._curve, self._slope = _lines(curve, _BRANCHES), _lines(slope, _BRANCHES)
        self._zero, self._border = _lines(zero, _BRANCHES[:2]), _lines(border, _BRANCHES[1:])
        places = [(-4.8, 0.62), (1.0, 0.35), (15.3, 0.5)]
        self._formulas = [
            curve.text(x, y, "", color=colour, fontsize=9)
            for (_, colour, _), (x, y) in zip(_BRANCHES, places, strict=True)
        ]
        for ax in (curve, slope, zero):
            ax.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
        border.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
        self._marks = [ax.axvline(15, color=GREY, linewidth=0.8, linestyle=":") for ax in (curve, slope)]
        self._at_zero, self._at_border = (
            ax.text(0.03, 0.95, "", transform=ax.transAxes, va="top", fontsize=10, color=BLACK)
            for ax in (zero, border)
        )
        lines = [*self._curve, *self._slope, *self._zero, *self._border]
        return [*self._marks, *lines, *self._formulas, self._at_zero, self._at_border]

    def update(self) -> str:
        c = self.constants
        pieces = _pieces(c.border)
        for line, x in zip(self._curve, pieces, strict=True):
            line.set_data(x, activation(x, c))
        for line, x in zip(self._slope, pieces, strict=True):
            line.set_data(x, activation_slope(x, c))
        for lines, ends, at, unit in (
            (self._zero, (-5e-6, 5e-6), 0.0, 1e6),
            (self._border, (-1.0, 1.0), c.border, 1.0),
        ):
            before = activation(at, c)
            left, right = (
                at + np.linspace(ends[0], 0, 60),
                np.nextafter(at, 99) + np.linspace(0, ends[1], 200),
            )
            for line, x in zip(lines, (left, right), strict=True):
                line.set_data((x - at) * unit, activation(x, c) - before)
        for mark in self._marks:
            mark.set_xdata([c.border, c.border])
        steps = step(0.0, c), step(c.border, c)
        self._at_zero.set_text(f"step {number(steps[0], 2)}")
        self._at_border.set_text(f"step {number(steps[1], 2)}")
        for text, (name, _, _), formula in zip(self._formulas, _BRANCHES, _formulas(c), strict=True):
            text.set_text(f"{name}\n{formula}")
        return _words(c, steps)

    def _set(self, constants: Constants) -> None:
        for name in Constants.__dataclass_fields__:
            self.controls[name].value = getattr(constants, name)


def _formulas(c: Constants) -> tuple[str, str, str]:
    return (
        f"{number(c.exp_factor)} · eˣ⁻¹",
        f"{number(c.log_factor)} · ln({number(c.log_scale, 8)} x + 1) + {number(c.log_offset)}",
        f"1 − 1/({number(c.tail_scale, 4)} x − {number(c.tail_shift, 4)})",
    )


def _words(c: Constants, steps: tuple[float, float]) -> str:
    places = [0.0, np.nextafter(0.0, 1.0), c.border, np.nextafter(c.border, 99.0)]
    before_0, after_0, before, after = activation_slope(places, c).tolist()
    torn = [
        name for name, size in zip(("0", number(c.border)), steps, strict=True) if not abs(size) < _CONTINUOUS
    ]
    verdict = f"The curve is torn at {' and at '.join(torn)}." if torn else "The curve is in one piece."
    pole = c.tail_shift / c.tail_scale
    if pole > c.border:
        verdict += f" The tail has its pole at x = {number(pole, 4)}, where the curve leaves for infinity."
    return (
        f"With {number(c.log_scale, 8)} inside the logarithm: at 0 the curve steps {_direction(steps[0])} "
        f"and its slope leaps from {number(before_0)} to {number(after_0)}, "
        f"{number(after_0 / before_0, 2)} times as much. At {number(c.border)} the curve steps "
        f"{_direction(steps[1])} and its slope goes from {number(before, 5)} to {number(after, 5)}. {verdict}"
    )


def _direction(step: float) -> str:
    return f"{'down' if step < 0 else 'up'} by {number(abs(step), 2)}"


def _lines(ax: Axes, branches: Sequence[tuple[str, str, str]]) -> list[Any]:
    return [ax.plot([], [], color=colour, linestyle=line)[0] for _, colour, line in branches]


def _pieces(border: float) -> list[np.ndarray]:
    """Return the x of each branch, dense where the logarithm starts."""
    middle = np.nextafter(0.0, 1.0) + np.concatenate([[0.0], np.geomspace(1e-7, border, 300)])
    right = np.nextafter(border, 99.0) + np.linspace(0, _RIGHT - border, 200)
    return [np.linspace(_LEFT, 0.0, 100), np.minimum(middle, border), right]


def _even(low: float, high: float, step: float) -> list[float]:
    """Return low, low + step, … high, each rounded to its few decimals: 0.03 and not 0.030000000000000002."""
    return [round(low + i * step, 6) for i in range(round((high - low) / step) + 1)]
