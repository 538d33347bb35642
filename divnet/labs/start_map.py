"""Lab: a map of starts, coloured by where training ends, and the way that training takes from one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from divnet.labs.controls import bar, button, choice
from divnet.labs.lab import Lab
from divnet.picture import BLACK, BLUE, GREY, VERMILLION, number
from divnet.training.least_squares import Training, train_least_squares
from divnet.training.start_planes import PLANES, Plane, stored_ends

_DIVIDES = 1e-7
_LOWEST = 1e-17
_FIRST_PLACE = {"first layer": (14, 14), "output weights": (6, 16), "size and bias": (12, 12)}


def start_map() -> Lab:
    """Return the lab: three maps of 625 starts each, and Levenberg–Marquardt, run live from any of them."""
    return StartMap()


class StartMap(Lab):
    """One plane of starts at a time; two sliders choose the start in it, and training runs from there."""

    name = "a map of starts by where training ends, and the error on the way from one of them"
    task = (
        "each place on the map is a start, each dot one from which training learns to divide. Go through "
        "the three maps: which signs, which sizes and which output bias should a random start have?"
    )
    size = (9.6, 4.6)

    def __init__(self) -> None:
        self._ends = stored_ends()
        self._trained: dict[tuple[Any, ...], Training] = {}
        self._shown = "first layer"
        controls = {
            "plane": choice("map", [(plane.title, name) for name, plane in PLANES.items()], self._shown),
            "across": choice("across", _options(PLANES[self._shown].x), 0),
            "up": choice("up", _options(PLANES[self._shown].y), 0),
        }
        for control in controls.values():
            control.layout.width = "34em"
            control.style.description_width = "14em"
        buttons = {
            "again": button("Start again", "The first map and the first start"),
            "near": button("Nearest that divides", "Go to the nearest start from which training divides"),
        }
        self._label(controls["across"], controls["up"])
        for name, index in zip(("across", "up"), _FIRST_PLACE[self._shown], strict=True):
            controls[name].value = index
        super().__init__({**controls, **buttons}, [*controls.values(), bar(*buttons.values())])
        self.on_press("again", self._again)
        self.on_press("near", self._nearest)

    @property
    def plane(self) -> Plane:
        """The plane that the map shows."""
        return PLANES[self._shown]

    @property
    def training(self) -> Training:
        """The training from the chosen start; run when it is asked for first."""
        key = (self._shown, self.controls["across"].value, self.controls["up"].value)
        if key not in self._trained:
            x, y = self.plane.x[key[1]], self.plane.y[key[2]]
            self._trained[key] = train_least_squares(self.plane.start(x, y))
        return self._trained[key]

    def on_move(self, name: str) -> None:
        if name == "plane":
            self._show(self.controls["plane"].value)

    def draw(self, figure: Figure) -> Sequence[Artist]:
        chart = figure.add_axes((0.075, 0.115, 0.375, 0.785), xlim=(-0.5, 24.5), ylim=(-0.5, 24.5))
        scale = figure.add_axes((0.465, 0.115, 0.015, 0.785))
        error = figure.add_axes((0.645, 0.115, 0.34, 0.785), xlim=(0, 100), ylim=(_LOWEST, 10), yscale="log")
        chart.set(title="where training ends, by its start", xticks=[], yticks=[])
        chart.grid(False)
        error.set(title="the error on the way", xlabel="evaluation", ylabel="mean absolute error")
        self._image = chart.imshow(np.ones((25, 25)), origin="lower", norm=LogNorm(1e-4, 1e-1), aspect="auto")
        bar_ = figure.colorbar(self._image, cax=scale, extend="both")
        bar_.set_label("error at the end", labelpad=1)
        (self._dots,) = chart.plot([], [], "o", color="white", markersize=4, linestyle="none")
        (self._way,) = chart.plot([], [], "-", color=VERMILLION, linewidth=1.5)
        (self._start,) = chart.plot([], [], "s", color="none", markeredgecolor=VERMILLION, markersize=11)
        (self._error,) = error.plot([], [], "-", color=BLUE)
        error.axhline(_DIVIDES, color=GREY, linewidth=0.8, linestyle="--")
        error.text(99, 6e-8, "divides below this line", ha="right", va="top", fontsize=9, color=BLACK)
        self._ticks = [
            chart.text(0, 0, "", ha=ha, va=va, fontsize=9, color=BLACK, clip_on=False)
            for ha, va in [("center", "top")] * 4 + [("right", "center")] * 3
        ]
        self._up_name = chart.text(-3.6, 12, "", rotation=90, ha="center", va="center", clip_on=False)
        return [self._image, self._dots, self._way, self._start, self._error, *self._ticks, self._up_name]

    def update(self) -> str:
        plane, ends, training = self.plane, self._ends[self._shown], self.training
        column, row = self.controls["across"].value, self.controls["up"].value
        self._image.set_data(np.clip(ends, 2e-5, None))
        rows, columns = np.nonzero(ends < _DIVIDES)
        self._dots.set_data(columns, rows)
        across, up = plane.place(training.path)
        xs, ys = np.asarray(plane.x), np.asarray(plane.y)
        if plane.logarithmic:
            across, xs = np.log(np.maximum(across, 1e-9)), np.log(xs)
        self._way.set_data((across - xs[0]) / (xs[1] - xs[0]), (up - ys[0]) / (ys[1] - ys[0]))
        self._start.set_data([column], [row])
        self._error.set_data(np.arange(len(training.errors)), np.clip(training.errors, _LOWEST, 10))
        for text, index in zip(self._ticks, (0, 12, 24), strict=False):
            text.set_position((index, -0.9))
            text.set_text(number(plane.x[index], 3))
        self._ticks[3].set_position((12, -2.2))
        self._ticks[3].set_text(plane.x_name)
        for text, index in zip(self._ticks[4:], (0, 12, 24), strict=True):
            text.set_position((-0.9, index))
            text.set_text(number(plane.y[index], 3))
        self._up_name.set_text(plane.y_name)
        return self._words(len(rows))

    def _words(self, dividing: int) -> str:
        plane, training = self.plane, self.training
        x, y = plane.x[self.controls["across"].value], plane.y[self.controls["up"].value]
        verdict = "The network divides." if training.error < _DIVIDES else "It is stuck."
        return (
            f"Map '{plane.title}': training learns to divide from {dividing} of {25 * 25} starts. "
            f"Start with {plane.x_name} {number(x)} and {plane.y_name} {number(y)}: after "
            f"{len(training.errors) - 1} evaluations the mean absolute error has gone from "
            f"{number(training.errors[0], 2)} to {number(training.error, 2)}. {verdict}"
        )

    def _show(self, name: str) -> None:
        """Show another plane, with the sliders at its own first place."""
        self._shown = name
        across, up = self.controls["across"], self.controls["up"]
        self._label(across, up)
        across.value, up.value = _FIRST_PLACE[name]

    def _label(self, across, up) -> None:  # type: ignore[no-untyped-def]
        plane = PLANES[self._shown]
        across.description, up.description = plane.x_name, plane.y_name
        across.options, up.options = _options(plane.x), _options(plane.y)

    def _again(self) -> None:
        self.controls["plane"].value = "first layer"
        self._show("first layer")

    def _nearest(self) -> None:
        rows, columns = np.nonzero(self._ends[self._shown] < _DIVIDES)
        column, row = self.controls["across"].value, self.controls["up"].value
        nearest = np.argmin((rows - row) ** 2 + (columns - column) ** 2)
        self.controls["across"].value, self.controls["up"].value = int(columns[nearest]), int(rows[nearest])


def _options(values: Sequence[float]) -> list[tuple[str, int]]:
    """Return the labelled places of a slider: the label is the value, the place its index."""
    return [(number(value, 3), index) for index, value in enumerate(values)]
