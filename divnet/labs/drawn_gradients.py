"""A drawing of a 2-2-1 network with what flows back through it; a part of the gradient lab."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.text import Text

from divnet.activation import DECK, activation_slope
from divnet.backward import Gradients
from divnet.network import Trace, Weights
from divnet.picture import BLACK, BLUE, GREEN, GREY, VERMILLION, number

NEURONS = [("h₁", "o", BLUE), ("h₂", "s", VERMILLION), ("out", "^", GREEN)]  # name, marker, colour
_INPUTS = [(0.5, 3.05), (0.5, 1.15)]
_HIDDEN = [(2.85, 3.05), (2.85, 1.15)]
_OUTPUT = (5.05, 2.1)
_RADIUS = 0.36
_ROUNDING = 1e-15  # what may be left of a sum that is 0
_ALONG = [0.56, 0.25, 0.25, 0.56, 0.47, 0.47]  # where on an edge its numbers stand


class DrawnGradients:
    """Edges: solid blue for a positive gradient, dashed red for a negative one, dotted for 0.

    The larger a gradient, the wider its edge. On an edge stand its weight and, after ∂, the gradient by it.
    In a neuron stands its value, beside it its sum, the activation's slope there and what arrives from above.
    """

    def __init__(self, ax: Axes):
        ax.set(xlim=(0, 5.9), ylim=(0, 4.25), aspect="equal")
        ax.axis("off")
        self._ax = ax
        ends = [(_INPUTS[i], _HIDDEN[j]) for j in (0, 1) for i in (0, 1)]
        ends += [(hidden, _OUTPUT) for hidden in _HIDDEN]
        self._edges = [self._edge(*pair) for pair in ends]
        self._on_edges = [self._on_edge(edge, part) for edge, part in zip(self._edges, _ALONG, strict=True)]
        neurons = [*_HIDDEN, _OUTPUT]
        for place, name in zip([*_INPUTS, *neurons], ["a", "b", "h₁", "h₂", "out"], strict=True):
            ax.add_patch(Circle(place, _RADIUS, facecolor="white", edgecolor=BLACK, linewidth=1.6))
            x, y = place
            ax.text(x, y + _RADIUS + 0.07, name, ha="center", va="bottom", fontsize=11, fontstyle="italic")
        self._values = [self._text(place, 10.5, weight="bold") for place in [*_INPUTS, *neurons]]
        (x1, y1), *lower = neurons  # h₁ has room above it, the others below
        self._beside = [self._text((x1, y1 + _RADIUS + 0.31), 8.5, va="bottom")]
        self._beside += [self._text((x, y - _RADIUS - 0.07), 8.5, va="top") for x, y in lower]
        self._upstream = self._text((_OUTPUT[0] + 0.05, _OUTPUT[1] + _RADIUS + 0.5), 9)
        ax.text(
            0.05,
            0.08,
            "edges: the weight, and ∂, the gradient by it: solid +, dashed −, wider = larger",
            fontsize=8,
            color=GREY,
        )
        self.moving = [*self._edges, *self._on_edges, *self._values, *self._beside, self._upstream]

    def show(self, weights: Weights, trace: Trace, gradients: Gradients, upstream: float) -> list[str]:
        """Show these numbers; return the branch in which each of the three neurons works."""
        numbers = zip(
            [*weights.W1.T.ravel(), *weights.W2.ravel()],
            [*gradients.W1.T.ravel(), *gradients.W2.ravel()],
            strict=True,
        )
        for edge, label, (weight, gradient) in zip(self._edges, self._on_edges, numbers, strict=True):
            _flow(edge, float(gradient))
            label.set_text(f"{number(weight)}\n∂ {number(gradient)}")
        for text, value in zip(self._values, [*trace.inputs, *trace.hidden, *trace.output], strict=True):
            text.set_text(number(value, 3))
            text.set_fontsize(max(7.5, min(10.5, 58 / len(text.get_text()))))  # 4.44·10⁻¹⁵ has to fit in
        sums = [*trace.hidden_in, *trace.output_in]
        slopes = [*gradients.hidden_slope, *gradients.output_slope]
        arriving = [*gradients.hidden, upstream]
        branches = [branch_of(float(total)) for total in sums]
        for text, total, slope, above, branch in zip(
            self._beside, sums, slopes, arriving, branches, strict=True
        ):
            comma = "\n" if text is self._beside[-1] else ", "  # little room beside the output neuron
            text.set_text(
                f"sum {number(settled(total))}\n{branch}{comma}slope {number(slope)}\narrives {number(above)}"
            )
        self._upstream.set_text(f"upstream {number(upstream)}")
        return branches

    def _edge(self, start: tuple[float, float], end: tuple[float, float]) -> Line2D:
        (x0, y0), (x1, y1) = start, end
        length = np.hypot(x1 - x0, y1 - y0)
        dx, dy = _RADIUS * (x1 - x0) / length, _RADIUS * (y1 - y0) / length
        looks: dict[str, Any] = {"solid_capstyle": "butt", "dash_capstyle": "butt"}
        return self._ax.plot([x0 + dx, x1 - dx], [y0 + dy, y1 - dy], **looks)[0]

    def _on_edge(self, edge: Line2D, part: float) -> Text:
        (x0, x1), (y0, y1) = np.asarray(edge.get_xdata()), np.asarray(edge.get_ydata())
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        return self._text((x0 + part * (x1 - x0), y0 + part * (y1 - y0)), 8.5, bbox=box)

    def _text(self, place: tuple[float, float], size: float, va: str = "center", **looks: Any) -> Text:
        return self._ax.text(*place, "", ha="center", va=va, fontsize=size, **looks)


def settled(total: float) -> float:
    """Return a sum, 0 where rounding alone keeps it from being 0."""
    return float(total) if abs(total) > _ROUNDING else 0.0


def branch_of(total: float) -> str:
    """Return the name of the activation's branch that a sum falls into."""
    return "exponential" if total <= 0 else "logarithm" if total <= DECK.border else "tail"


def slope_axes(ax: Axes) -> list[Any]:
    """Draw the activation's slope; return a mark for each neuron, to be put on it."""
    ax.set_xscale("symlog", linthresh=1e-7, linscale=0.4)
    ax.set(yscale="log", xlim=(-100, 100), ylim=(1e-6, 1e5))
    ax.set_title("the activation's slope at each sum", fontsize=9)
    ax.set_xlabel("sum", fontsize=8, labelpad=1)
    ax.set_xticks([-1, -1e-4, 0, 1e-4, 1], ["−1", "−10⁻⁴", "0", "10⁻⁴", "1"])
    ax.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4])
    ax.tick_params(labelsize=8, length=2, pad=2)
    ax.minorticks_off()
    for x in (
        np.append(-np.geomspace(100, 1e-8, 100), 0.0),
        np.concatenate([[1e-12], np.geomspace(1e-8, DECK.border, 200)]),
        np.geomspace(np.nextafter(DECK.border, 99), 100, 30),
    ):
        ax.plot(x, activation_slope(x), color=GREY, linewidth=1.5)
    marks = [
        ax.plot([], [], marker, color=colour, markersize=8, label=name, linestyle="none", clip_on=False)[0]
        for name, marker, colour in NEURONS
    ]
    ax.legend(loc="upper left", fontsize=8, handletextpad=0.1, borderpad=0.1)
    return marks


def _flow(edge: Line2D, gradient: float) -> None:
    """Give an edge its gradient's sign (colour and dashes) and size (width, by the logarithm)."""
    if gradient == 0.0:
        edge.set(color=GREY, linestyle=":", linewidth=1)
    else:
        width = 1.0 + 0.5 * float(np.clip(np.log10(abs(gradient)) + 6, 0, 12))
        edge.set(
            color=BLUE if gradient > 0 else VERMILLION,
            linestyle="-" if gradient > 0 else (0, (3, 1)),
            linewidth=width,
        )
