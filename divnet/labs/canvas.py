"""A figure drawn quickly again and again: only what moves is drawn anew, over a kept background."""

from __future__ import annotations

import struct
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

_REMEMBERED = 1000  # lines, of some kilobytes each
_CLEAR = (255, 255, 255, 0)


class Canvas:
    """A figure whose moving artists are drawn anew, in their order, over the rest of it.

    To draw a line of text takes a millisecond, so a text that did not change is put back as an image, and so
    is each line that stood at the same place before.
    """

    def __init__(self, figure: Figure, moving: Sequence[Artist]):
        self._canvas = FigureCanvasAgg(figure)
        self._moving = moving
        self._texts: dict[Text, tuple[object, tuple[int, int, np.ndarray]]] = {}
        for artist in moving:
            artist.set_animated(True)  # left out of the background
        self._alone = _Lines(*self._canvas.get_width_height(), figure.dpi)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(figure.bbox)

    def png(self) -> bytes:
        """Return the figure as it stands now."""
        self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in self._moving:
            if isinstance(artist, Text):
                self._put(artist, renderer)
            else:
                artist.draw(renderer)
        pixels = np.asarray(self._canvas.buffer_rgba())[..., :3]
        return encode_png(pixels, compression=1)

    def _put(self, text: Text, renderer: RendererAgg) -> None:
        if not (text.get_visible() and text.get_text()):
            return
        state = (text.get_text(), text.get_position(), text.get_color())
        if text not in self._texts or self._texts[text][0] != state:
            self._texts[text] = state, _image(text, self._alone)
        x, y, pixels = self._texts[text][1]
        renderer.draw_image(renderer.new_gc(), x, y, pixels)


def encode_png(pixels: np.ndarray, compression: int) -> bytes:
    """Return pixels (height, width, 3) of type uint8 as PNG, without the slow search for row filters."""
    height, width, channels = pixels.shape
    rows = np.zeros((height, 1 + width * channels), np.uint8)  # each row begins with its filter: 0, none
    for channel in range(channels):  # one at a time: nine times faster than all at once
        rows[:, 1 + channel :: channels] = pixels[..., channel]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits, red green blue
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows.data, compression)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class _Lines(RendererAgg):
    """A transparent ground that remembers how each line of text on it looked, for the next time."""

    def __init__(self, width: int, height: int, dpi: float):
        super().__init__(width, height, dpi)
        self.pixels = np.asarray(self.buffer_rgba())
        self._sheet = RendererAgg(width, height, dpi)
        self._ink = np.asarray(self._sheet.buffer_rgba())
        self._lines: OrderedDict[object, tuple[int, int, np.ndarray]] = OrderedDict()

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        if angle or ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        key = (x, y, s, hash(prop), gc.get_rgb())
        if key in self._lines:
            self._lines.move_to_end(key)
        else:
            self._sheet.draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            self._lines[key] = self._cut_out(y, self.points_to_pixels(prop.get_size_in_points()))
            if len(self._lines) > _REMEMBERED:
                self._lines.popitem(last=False)
        self.draw_image(gc, *self._lines[key])

    def _cut_out(self, y: float, size: float) -> tuple[int, int, np.ndarray]:
        """Return the one line on the sheet, with its baseline y from the top, and take it off the sheet."""
        height = len(self._ink)
        top, bottom = (int(np.clip(row, 0, height)) for row in (y - 2 * size, y + size))
        strip = self._ink[top:bottom]
        columns = np.flatnonzero(strip[..., 3].any(axis=0))
        if not columns.size:
            return 0, 0, np.zeros((1, 1, 4), np.uint8)
        left, right = int(columns[0]), int(columns[-1]) + 1
        line = strip[::-1, left:right].copy()
        strip[:, left:right] = _CLEAR
        return left, height - bottom, line


def _image(text: Text, alone: _Lines) -> tuple[int, int, np.ndarray]:
    """Return a text on a transparent ground: where its lower left corner stands, and its pixels."""
    text.draw(alone)
    around = text.get_bbox_patch()
    reach = 3 + (around.get_mutation_scale() if around else 0)  # a box is less than a letter wider
    box = text.get_window_extent(alone).padded(reach)
    width, height = int(alone.width), int(alone.height)
    left, right = (int(np.clip(x, 0, width)) for x in (box.x0, box.x1))
    bottom, top = (int(np.clip(y, 0, height)) for y in (box.y0, box.y1))
    if left == right or bottom == top:  # beyond the figure
        return 0, 0, np.zeros((1, 1, 4), np.uint8)
    pixels = alone.pixels[height - top : height - bottom, left:right]
    image = pixels[::-1].copy()
    pixels[...] = _CLEAR
    return left, bottom, image
