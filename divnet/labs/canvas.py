"""A figure drawn quickly again and again: only what moves is drawn anew, over a kept background."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.text import Text


class Canvas:
    """A figure whose moving artists are drawn anew, in their order, over the rest of it.

    To lay out a line of text takes a millisecond, so a text that did not change is put back as an image.
    """

    def __init__(self, figure: Figure, moving: Sequence[Artist]):
        self._canvas = FigureCanvasAgg(figure)
        self._moving = moving
        self._texts: dict[Text, tuple[object, tuple[int, int, np.ndarray]]] = {}
        for artist in moving:
            artist.set_animated(True)  # left out of the background
        self._alone = RendererAgg(*self._canvas.get_width_height(), figure.dpi)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(figure.bbox)

    def png(self, smallest: bool = False) -> bytes:
        """Return the figure as it stands now."""
        self._canvas.restore_region(self._background)
        renderer = self._canvas.get_renderer()
        for artist in self._moving:
            if isinstance(artist, Text):
                self._put(artist, renderer)
            else:
                artist.draw(renderer)
        pixels = np.asarray(self._canvas.buffer_rgba())[..., :3]
        return encode_png(pixels, compression=9 if smallest else 1)

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


def _image(text: Text, alone: RendererAgg) -> tuple[int, int, np.ndarray]:
    """Return a text on a transparent ground: where its lower left corner stands, and its pixels."""
    alone.clear()
    text.draw(alone)
    box = (text.get_bbox_patch() or text).get_window_extent(alone).padded(3)
    width, height = int(alone.width), int(alone.height)
    left, right = (int(np.clip(x, 0, width)) for x in (box.x0, box.x1))
    bottom, top = (int(np.clip(y, 0, height)) for y in (box.y0, box.y1))
    if left == right or bottom == top:  # beyond the figure
        return 0, 0, np.zeros((1, 1, 4), np.uint8)
    pixels = np.asarray(alone.buffer_rgba())[height - top : height - bottom, left:right]
    return left, bottom, pixels[::-1].copy()
