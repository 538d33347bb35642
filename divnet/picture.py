"""The course's one style of picture: colour-blind safe, labelled, each with its text twin.

Colours are those of Okabe and Ito; nothing is told by colour alone (line styles, markers, names at the line).
Only matplotlib's object interface is used: no picture depends on what was drawn before it.
"""

from __future__ import annotations

import base64
import html
import io
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY = "#6B6B6B"

STYLE: dict[str, Any] = {
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same picture on every machine
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": BLACK,
    "axes.grid": True,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "lines.linewidth": 2,
    "legend.frameon": False,
    "image.cmap": "cividis",
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": BLACK,
    "ytick.labelcolor": BLACK,
}
_PIXELS_PER_INCH = 100  # on screen
_SHARPNESS = 1.5  # picture pixels to one pixel on screen


@dataclass(frozen=True)
class Plot:
    """A picture and the words that say the same; a notebook shows the one and keeps the other beside it."""

    figure: Figure
    alt: str

    def png(self) -> bytes:
        """Return the picture as PNG; the same picture gives the same bytes."""
        file = io.BytesIO()
        dpi = _PIXELS_PER_INCH * _SHARPNESS
        self.figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
        return file.getvalue()

    def _repr_mimebundle_(self, **_wanted: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        width = round(self.figure.get_figwidth() * _PIXELS_PER_INCH)
        return picture_bundle(self.png(), self.alt, width)


def style() -> AbstractContextManager[None]:
    """Return a context in which everything drawn has the course's style."""
    import matplotlib

    return matplotlib.rc_context(cast(Any, STYLE))


def new_figure(width: float = 7.2, height: float = 3.8) -> Figure:
    """Return an empty figure, width × height in hundreds of pixels; call it inside ``style()``."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=_PIXELS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def picture_bundle(png: bytes, alt: str, width: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook stores of a picture, data and metadata by MIME type: an image with its words.

    It is stored once, as HTML, because JupyterLab shows an output of type image/png without any alt text.
    """
    source = f"data:image/png;base64,{base64.b64encode(_with_256_colours(png)).decode('ascii')}"
    image = f'<img src="{source}" alt="{html.escape(alt)}" width="{width}" />'
    return {"text/html": image, "text/plain": alt}, {}


def _with_256_colours(png: bytes) -> bytes:
    """Return the picture in the colours that come nearest to all of its own: a third of the bytes.

    On average they are less than 2 of 255 off, which no eye sees.
    """
    from PIL import Image

    file = io.BytesIO()
    colours = Image.open(io.BytesIO(png)).convert("RGB")
    colours.quantize(256, Image.Quantize.MAXCOVERAGE).save(file, format="png", optimize=True)
    return file.getvalue()


def number(value: float, digits: int = 3) -> str:
    """Return a number as people write it: 0.04, −3.91, 30 000, 1.9·10⁻⁸, 10⁶."""
    value = float(value)
    if not np.isfinite(value):
        return "no number" if np.isnan(value) else "∞" if value > 0 else "−∞"
    mantissa, exponent = f"{abs(value):.{digits - 1}e}".split("e")
    sign = "−" if value < 0 else ""
    if value == 0 or -4 <= int(exponent) <= max(4, digits - 1):
        decimals = max(0, digits - 1 - int(exponent)) if value else 0
        text = f"{abs(value):,.{decimals}f}"
        text = text.replace(",", "\N{NO-BREAK SPACE}" if len(text.partition(".")[0]) > 5 else "")
        return sign + (text.rstrip("0").rstrip(".") if "." in text else text)
    power = "10" + str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return sign + (power if mantissa == "1" else f"{mantissa}·{power}")
