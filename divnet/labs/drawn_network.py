"""A drawing of a 2-2-1 network whose edges and neurons show weights and values; a part of the network lab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text

from divnet.activation import DECK
from divnet.network import Trace, Weights
from divnet.picture import BLACK, BLUE, GREY, VERMILLION, number

_FILLING = "#CFE8F7"
_INPUTS = [(0.62, 3.15), (0.62, 1.15)]
_HIDDEN = [(3.0, 3.15), (3.0, 1.15)]
_OUTPUT = (5.25, 2.15)
_SMALL, _LARGE = 0.37, 0.56  # radii


def deck_branch(x: float) -> str:
    """Return the name of the branch of deck D's activation that is in charge of x."""
    return "exponential" if x <= 0 else "logarithm" if x <= DECK.border else "tail"


class DrawnNetwork:
    """Edges: solid blue where positive, dashed red where negative, dotted where 0, wider for larger weights.

    A neuron is filled as high as its value, which lies between 0 and 1.
    """

    def __init__(self, ax: Axes):
        ax.set(xlim=(0, 6.14), ylim=(0, 4.3), aspect="equal")
        ax.axis("off")
        self._ax = ax
        ends = [(_INPUTS[i], _HIDDEN[j], _SMALL) for j in (0, 1) for i in (0, 1)]
        ends += [(hidden, _OUTPUT, _LARGE) for hidden in _HIDDEN]
        self._edges = [self._edge(start, end, radius) for start, end, radius in ends]
        along = [0.55, 0.25, 0.25, 0.55, 0.48, 0.48]
        self._on_edges = [self._on_edge(edge, part) for edge, part in zip(self._edges, along, strict=True)]
        for (x, y), name in zip(_INPUTS, "ab", strict=True):
            ax.add_patch(Circle((x, y), _SMALL, facecolor="white", edgecolor=BLACK, linewidth=1.6))
            ax.text(x, y + _SMALL + 0.1, name, ha="center", va="bottom", fontsize=12, fontstyle="italic")
        self._inputs = [self._text(place, 12, weight="bold") for place in _INPUTS]
        places = [*_HIDDEN, _OUTPUT]
        self._fillings = [self._filling(place) for place in places]
        self._rims = [
            ax.add_patch(Circle(p, _LARGE, fill=False, edgecolor=BLACK, linewidth=1.8)) for p in places
        ]
        self._sums = [self._text((x, y + 0.2), 8, color=GREY) for x, y in places]
        self._values = [self._text((x, y - 0.06), 12, weight="bold") for x, y in places]
        self._branches = [self._text((x, y - _LARGE - 0.14), 9) for x, y in places]
        self._biases = [self._text((x, y + _LARGE + 0.15), 9) for x, y in places]
        self._names = [self._text((x, y - 0.33), 9, fontstyle="italic") for x, y in places]
        for text, name in zip(self._names, ["h₁", "h₂", "out"], strict=True):
            text.set_text(name)
        self._target = self._text((_OUTPUT[0], _OUTPUT[1] - _LARGE - 0.5), 10)
        ax.text(
            0.1,
            0.12,
            "edges: solid +, dashed −, dotted 0, wider = larger        "
            "neurons: grey the sum that comes in, bold what goes out",
            fontsize=8,
            color=GREY,
        )
        self.moving = [
            *self._edges,
            *self._on_edges,
            *self._inputs,
            *self._fillings,
            *self._rims,
            *self._names,
        ]
        self.moving += [*self._sums, *self._values, *self._branches, *self._biases, self._target]

    def show(
        self, weights: Weights, trace: Trace, target: float, part: Callable[[float], str] = deck_branch
    ) -> list[str]:
        """Show these weights and values; return for each of the three neurons in which part it works.

        part: from what a neuron's activation receives to a name, such as deck D's branches.
        """
        for edge, label, weight in zip(
            self._edges, self._on_edges, [*weights.W1.T.ravel(), *weights.W2.ravel()], strict=True
        ):
            _weigh(edge, float(weight))
            label.set_text(number(weight, 6))
        for text, value in zip(self._inputs, trace.inputs, strict=True):
            text.set_text(number(value, 4))
        branches = []
        biases = [*weights.b1, *weights.b2]
        sums, outputs = [*trace.hidden_in, *trace.output_in], [*trace.hidden, *trace.output]
        for i, (bias, total, output) in enumerate(zip(biases, sums, outputs, strict=True)):
            branches.append(part(float(total)))
            self._biases[i].set_text(f"bias {number(bias, 7)}")
            self._sums[i].set_text(number(total))
            self._values[i].set_text(number(output, 4 if 1e-3 <= output < 10 else 2))
            self._branches[i].set_text(branches[i])
            self._fillings[i].set_height(2 * _LARGE * float(np.clip(output, 0, 1)))
        self._target.set_text(f"a/b/100 = {number(target, 4)}\noff by {number(abs(outputs[2] - target), 2)}")
        return branches

    def _edge(self, start: tuple[float, float], end: tuple[float, float], radius: float) -> Line2D:
        (x0, y0), (x1, y1) = start, end
        length = np.hypot(x1 - x0, y1 - y0)
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        xs, ys = [x0 + radius * dx, x1 - _LARGE * dx], [y0 + radius * dy, y1 - _LARGE * dy]
        return self._ax.plot(xs, ys, solid_capstyle="butt", dash_capstyle="butt")[0]

    def _on_edge(self, edge: Line2D, part: float) -> Text:
        (x0, x1), (y0, y1) = np.asarray(edge.get_xdata()), np.asarray(edge.get_ydata())
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
        return self._text((x0 + part * (x1 - x0), y0 + part * (y1 - y0)), 9.5, bbox=box)

    def _filling(self, place: tuple[float, float]) -> Rectangle:
        x, y = place
        rectangle = Rectangle((x - _LARGE, y - _LARGE), 2 * _LARGE, 0, facecolor=_FILLING, edgecolor="none")
        self._ax.add_patch(rectangle)
        rectangle.set_clip_path(Circle(place, _LARGE, transform=self._ax.transData))
        return rectangle

    def _text(self, place: tuple[float, float], size: float, **looks: Any) -> Text:
        return self._ax.text(*place, "", ha="center", va="center", fontsize=size, **looks)


def _weigh(edge: Line2D, weight: float) -> None:
    """Give an edge its sign (colour and dashes) and its size (width, by the logarithm)."""
    if weight == 0.0:
        edge.set(color=GREY, linestyle=":", linewidth=1)
    else:
        width = 1.2 + 0.45 * np.clip(np.log10(abs(weight)) + 8, 0, 11)
        edge.set(
            color=BLUE if weight > 0 else VERMILLION,
            linestyle="-" if weight > 0 else (0, (3, 1)),
            linewidth=width,
        )
