"""Lab: one x on its way through the activation's three branches in TensorFlow, forward and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from divnet.activation import activation_slope
from divnet.branch_trace import BRANCH_NAMES, BranchTrace, trace_branches
from divnet.labs.controls import bar, button, choice, group
from divnet.labs.lab import Lab
from divnet.picture import BLACK, BLUE, GREEN, GREY, VERMILLION, number
from divnet.tensorflow_activation import deck_guards, own_intervals, unguarded

GUARDS = {"none": unguarded, "the deck's": deck_guards, "intervals": own_intervals}
POLE = 12.864728  # the float32 number at which the tail's denominator is 0
PLACES = [
    *(-np.inf, -1e30, -1e6, -1000.0, -100.0, -50.0, -20.0, -10.0, *np.arange(-5.0, 0.0, 0.5)),
    *(-0.2, -0.1, -0.01, -0.001, -1e-4, -1e-5, -2e-6, -1.5e-6, -1.1e-6, -1e-6, -9e-7, -5e-7, -1e-7, -1e-8),
    *(0.0, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 0.25),
    *(*np.arange(0.5, 12.6, 0.5), 12.7, 12.8, 12.85, 12.86, 12.864, 12.8647, 12.864727, POLE, 12.864729),
    *(12.8648, 12.865, 12.87, 12.9, *np.arange(13.0, 25.1, 0.5), 30.0, 40.0, 50.0, 60.0, 70.0, 80.0),
    *(85.0, 86.0, 87.0, 88.0, 89.0, 90.0, 91.0, 95.0, 100.0, 200.0, 500.0, 1000.0, 1e6, 1e12, 1e30, np.inf),
]
_LOOKS = [(BLUE, "-", "o"), (VERMILLION, "--", "s"), (GREEN, "-.", "^")]
_LEFT, _RIGHT, _LOW, _HIGH = -5.0, 25.0, -0.2, 1.5
_COLUMNS = (0.0, 0.19, 0.325, 0.475, 0.575)  # of the table: name, sees, value, taken, the way back


def branches() -> Lab:
    """Return the lab: a slider for x, one for the guards; the curve, and every number on the two ways."""
    return Branches()


class Branches(Lab):
    """All three branches are computed, one is taken; on the way back each adds its part to the gradient."""

    name = "the activation's three branches at one x, and the way back through them"
    task = (
        "With the deck's guards there is still one x on the slider whose gradient is NaN. "
        "Which x is it, and which branch spoils it?"
    )
    size = (9.6, 4.3)

    def __init__(self) -> None:
        self._traces = {name: trace_branches(PLACES, guards) for name, guards in GUARDS.items()}
        controls = {
            "x": choice("x", [(number(x, 8), i) for i, x in enumerate(PLACES)], PLACES.index(0.5)),
            "guards": choice("guards", [(name, name) for name in GUARDS]),
        }
        again = button("Start again", "x = 0.5 and no guards")
        rows = [group("", [controls["x"]], [controls["guards"]]), bar(again)]
        super().__init__({**controls, "again": again}, rows)
        self.on_press("again", self._start_again)

    @property
    def trace(self) -> BranchTrace:
        """All numbers at the x and with the guards that the sliders show."""
        return self._traces[self.controls["guards"].value].at(self.controls["x"].value)

    def _start_again(self) -> None:
        self.controls["x"].value, self.controls["guards"].value = PLACES.index(0.5), "none"

    def draw(self, figure: Figure) -> Sequence[Artist]:
        curve = figure.add_axes((0.07, 0.13, 0.325, 0.76), xlim=(_LEFT, _RIGHT), ylim=(_LOW, _HIGH))
        curve.set(title="three branches, one taken", xlabel="x", ylabel="value")
        table = figure.add_axes((0.415, 0.13, 0.585, 0.76), xlim=(0, 1), ylim=(0, 1))
        table.set_axis_off()
        dense = [np.geomspace(1e-7, 0.1, 100), np.linspace(12.8, 12.93, 300)]
        points = np.unique(np.concatenate([np.linspace(_LEFT, _RIGHT, 601), *dense]))
        everywhere = trace_branches(points)
        moving: list[Artist] = []
        self._points, self._cells = [], []
        for k, (name, (colour, line, marker)) in enumerate(zip(BRANCH_NAMES, _LOOKS, strict=True)):
            values = np.clip(everywhere.values[k], -9, 9)
            taken = everywhere.upstream[k] == 1
            curve.plot(points, values, color=colour, linestyle=line, linewidth=0.8)
            curve.plot(points[taken], values[taken], color=colour, linestyle=line, linewidth=3)
            self._points += curve.plot([], [], marker, color=colour, markersize=9, clip_on=False)
            y = 0.74 - 0.2 * k
            table.plot([0, 0.17], [y - 0.07] * 2, color=colour, linestyle=line, linewidth=2)
            table.text(_COLUMNS[0], y, name, color=colour, va="center")
            self._cells.append([table.text(x, y, "", va="center", fontsize=9.5) for x in _COLUMNS[1:]])
        heads = ("branch", "sees", "value", "taken", "upstream · slope · guard = part")
        for x, head in zip(_COLUMNS, heads, strict=True):
            table.text(x, 0.9, head, color=GREY, va="center", fontsize=9.5)
        table.text(0.36, 1.02, "forward", color=BLACK, ha="center")
        table.text(0.78, 1.02, "and back", color=BLACK, ha="center")
        self._sums = [table.text(_COLUMNS[k], 0.13, "", va="center", weight="bold") for k in (2, 4)]
        table.plot([0, 1], [0.21, 0.21], color=GREY, linewidth=0.8)
        table.text(0, 0.13, "together", va="center")
        legend = (
            "Marks on the left: filled where the branch is taken, hollow where not, at an edge if beyond."
        )
        table.text(0, -0.02, legend, va="center", color=GREY, fontsize=8.5)
        for cells in self._cells:
            moving += cells
        return [*self._points, *moving, *self._sums]

    def update(self) -> str:
        trace = self.trace
        for k, (point, cells) in enumerate(zip(self._points, self._cells, strict=True)):
            taken = trace.upstream[k] == 1
            point.set_data([np.clip(trace.arguments[k], _LEFT, _RIGHT)], [_inside(trace.values[k])])
            point.set_markerfacecolor(point.get_color() if taken else "white")
            cells[0].set_text(_short(trace.arguments[k]))
            cells[1].set_text(_short(trace.values[k], 4))
            cells[2].set_text("yes" if taken else "no")
            cells[3].set_text(_way_back(trace, k))
            cells[3].set_color(VERMILLION if np.isnan(trace.parts[k]) else BLACK)
        self._sums[0].set_text(_short(trace.y, 4))
        self._sums[1].set_text(f"gradient = {_short(trace.gradient)}")
        return _words(trace, self.controls["guards"].value)


def _inside(value: float) -> float:
    """Where to draw a value: at the edge where it lies beyond, and at the bottom where it is NaN."""
    return float(np.clip(np.nan_to_num(value, nan=_LOW, posinf=_HIGH, neginf=_LOW), _LOW, _HIGH))


def _short(value: Any, digits: int = 3) -> str:
    return "NaN" if np.isnan(value) else number(value, digits)


def _way_back(trace: BranchTrace, k: int) -> str:
    factors = (trace.upstream[k], trace.slopes[k], trace.guard_slopes[k])
    return f"{' · '.join(_short(f) for f in factors)} = {_short(trace.parts[k])}"


def _words(trace: BranchTrace, guards: str) -> str:
    named = {"none": "no guards", "the deck's": "the deck's guards"}.get(
        guards, "every branch on its own interval"
    )
    taken = BRANCH_NAMES[int(np.argmax(trace.upstream))]
    ways = "; ".join(
        f"the {name} sees {_short(trace.arguments[k])}, gives {_short(trace.values[k], 4)} "
        f"and adds {_way_back(trace, k)}"
        for k, name in enumerate(BRANCH_NAMES)
    )
    right = number(float(activation_slope(float(trace.x))), 3)
    spoilt = [name for name, part in zip(BRANCH_NAMES, trace.parts, strict=True) if np.isnan(part)]
    verdict = (
        f"The gradient is NaN, spoilt by the {' and the '.join(spoilt)}; the formula's slope is {right}."
        if spoilt
        else f"The gradient is {_short(trace.gradient)}, the formula's slope {right}."
    )
    return (
        f"x = {number(float(trace.x), 8)} in float32, with {named}: the {taken} is taken, and the value is "
        f"{_short(trace.y, 4)}. On the way back (upstream · slope · guard's slope) {ways}. {verdict}"
    )
