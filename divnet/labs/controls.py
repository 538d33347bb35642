"""The controls of the labs: sliders over exact values, buttons, and how they stand together."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

import ipywidgets as widgets

from divnet.picture import number

_E24 = (
    10,
    11,
    12,
    13,
    15,
    16,
    18,
    20,
    22,
    24,
    27,
    30,
    33,
    36,
    39,
    43,
    47,
    51,
    56,
    62,
    68,
    75,
    82,
    91,
)  # tenths


def choice(
    description: str, options: Sequence[tuple[str, Any]], value: Any = None
) -> widgets.SelectionSlider:
    """Return a slider over labelled values, in any spacing, so that each value on it is exact."""
    return widgets.SelectionSlider(
        description=description,
        options=list(options),
        value=options[0][1] if value is None else value,
        **_looks(),
    )


def slider(description: str, low: float, high: float, step: float, value: float) -> widgets.FloatSlider:
    """Return a slider over evenly spaced numbers, with a number field to type into."""
    return widgets.FloatSlider(
        description=description,
        min=low,
        max=high,
        step=step,
        value=value,
        **_looks(),
    )


def signed_logarithmic(lowest: int, highest: int, exact: Iterable[float]) -> list[tuple[str, float]]:
    """Return labelled values from −10^highest over 0 to 10^highest, 24 to a decade from 10^lowest on.

    exact: values that stand on the slider to the last digit, in place of their nearest neighbours.
    """
    values = logarithmic(lowest, highest)
    values = snapped([-v for v in reversed(values)] + [0.0, *values], exact)
    return [(number(v, 7), v) for v in values]


def logarithmic(lowest: int, highest: int) -> list[float]:
    """Return values from 10^lowest to 10^highest, 24 to a decade (the E24 series: short numbers)."""
    values = [float(f"{tenths}e{decade - 1}") for decade in range(lowest, highest) for tenths in _E24]
    return [*values, 10.0**highest]


def snapped(values: Sequence[float], exact: Iterable[float]) -> list[float]:
    """Return the values in order, each exact one in place of its nearest, or added beyond the ends."""
    kept = set(values)
    for wanted in exact:
        if min(kept) <= wanted <= max(kept) and wanted != 0.0:
            kept.discard(min(kept - {0.0}, key=lambda v: abs(v - wanted)))
        kept.add(wanted + 0.0)  # no −0
    return sorted(kept)


def whole(description: str, low: int, high: int, value: int) -> widgets.IntSlider:
    """Return a slider over whole numbers, with a number field to type into."""
    return widgets.IntSlider(description=description, min=low, max=high, value=value, **_looks())


def button(description: str, tooltip: str) -> widgets.Button:
    """Return a button; `Lab.on_press` says what it does."""
    return widgets.Button(
        description=description,
        tooltip=tooltip,
        layout=widgets.Layout(width="auto", margin="2px 0.5em 2px 0"),
    )


def group(title: str, *columns: Sequence[widgets.Widget]) -> widgets.VBox:
    """Return controls under a common title, in columns that wrap on a narrow screen."""
    heading = [widgets.HTML(f"<b>{html.escape(title)}</b>")] if title else []
    stacks = [widgets.VBox(list(column)) for column in columns]
    return widgets.VBox([*heading, widgets.HBox(stacks, layout=widgets.Layout(flex_flow="row wrap"))])


def bar(*items: widgets.Widget) -> widgets.HBox:
    """Return controls in a line that wraps on a narrow screen."""
    return widgets.HBox(list(items), layout=widgets.Layout(flex_flow="row wrap"))


def _looks() -> dict[str, Any]:
    """Three sliders side by side are as wide as a picture."""
    return {
        "style": {"description_width": "8em"},
        "layout": widgets.Layout(width="24em", margin="0 0.3em 0 0"),
    }
