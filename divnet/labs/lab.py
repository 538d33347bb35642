"""What every lab has: a task, controls, a picture that follows them, and the same in words under it.

A lab lists its controls, draws its figure once, and in `update` sets the data of what moves in it and returns
the words. A front end sends the next position of a slider only when the last one has been answered, so a lab
keeps up with the hand as long as one redraw is quick: only what moves is drawn anew, over a kept background.
JupyterLab may hand the moves of two sliders to two threads, so a lock lets one redraw end before the next.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import RLock
from typing import Any

import ipywidgets as widgets
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from traitlets import Unicode

from divnet.labs.canvas import Canvas
from divnet.picture import picture_bundle, style

_PIXELS_PER_INCH = 100  # on screen
_SHARPNESS = 1.35  # picture pixels to one pixel on screen


class Lab(widgets.VBox):
    """A task, controls, a picture and its words; `alt` and `picture` always show where the controls stand.

    controls: by name, in the order in which they are laid out.
    """

    task: str
    name: str
    size: tuple[float, float] = (9.0, 4.2)
    """Width and height of the picture in hundreds of pixels on screen."""

    def __init__(self, controls: Mapping[str, widgets.Widget], rows: Sequence[widgets.Widget]):
        self.controls = dict(controls)
        self.alt = ""
        self._held = False
        self._lock = RLock()  # the thread that holds it may move other controls
        with style():
            figure = Figure(figsize=self.size, dpi=_PIXELS_PER_INCH * _SHARPNESS)
            self._canvas = Canvas(figure, self.draw(figure))
        self.picture = _Picture(name=self.name, width=self.size[0] * _PIXELS_PER_INCH)
        self._caption = widgets.HTML(
            layout=widgets.Layout(max_width=f"{self.size[0] * _PIXELS_PER_INCH:g}px")
        )
        self._message = widgets.HTML()
        title = widgets.HTML(
            f"<div style='line-height:1.4'><b>To discover:</b> {html.escape(self.task)}</div>"
        )
        super().__init__([title, *rows, self._message, self.picture, self._caption])
        for control_name, control in self.controls.items():
            if not isinstance(control, widgets.Button):
                control.observe(partial(self._moved, control_name), names="value")
        self.redraw()

    def draw(self, figure: Figure) -> Sequence[Artist]:
        """Draw the figure once; return what moves in it, in the order in which to draw it."""
        raise NotImplementedError

    def update(self) -> str:
        """Bring what moves up to where the controls stand; return the picture in words."""
        raise NotImplementedError

    def on_move(self, name: str) -> None:
        """Do what else a move of this control asks for, before the redraw; it may set other controls."""

    @property
    def message(self) -> str:
        """What went wrong in the last move, in words; empty when nothing did."""
        return self._message.value

    def redraw(self) -> None:
        """Show where the controls stand now. Never raises: the message line says what went wrong."""
        with self._lock:
            self.safely(self._redraw)

    def on_press(self, name: str, action: Callable[[], None]) -> None:
        """Let a button do something to the controls, with a single redraw after it."""

        def press(_button: widgets.Button) -> None:
            with self._lock:
                self.safely(lambda: self._together(action))

        self.controls[name].on_click(press)

    def say(self, words: str) -> None:
        """Show words in the message line, at once; the next redraw takes them away."""
        self._message.value = html.escape(words)

    def safely(self, action: Callable[[], None]) -> None:
        """Do something; if it fails, say so in the message line and leave the picture as it was."""
        try:
            action()
            self._message.value = ""
        except Exception as problem:
            words = html.escape(
                f"This did not work ({type(problem).__name__}: {problem}). Move on, or start again."
            )
            self._message.value = f"<div role='alert'><b>{words}</b></div>"

    def _moved(self, name: str, _change: object) -> None:
        with self._lock:
            if not self._held:
                self.safely(lambda: self._together(lambda: self.on_move(name)))

    def _together(self, action: Callable[[], None]) -> None:
        self._held = True  # many controls may be set, with one redraw after them
        try:
            action()
        finally:
            self._held = False
        self._redraw()

    def _redraw(self) -> None:
        with style():
            words = self.update()
            png = self._canvas.png()
        self.alt = words
        self.picture.value = png
        self._caption.value = f"<div style='line-height:1.4'>{html.escape(words)}</div>"

    def _repr_mimebundle_(self, **wanted: Any) -> Any:
        """Return the live view together with a still picture and its words, for where there is no kernel."""
        live = super()._repr_mimebundle_(**wanted)
        data, metadata = picture_bundle(self._canvas.png(), self.alt, int(self.size[0] * 100))
        return {**(live or {}), **data}, metadata


class _Picture(widgets.Image):
    """An image whose accessible name says what it is; the words under it say what it shows."""

    # The front end makes a tooltip the image's name only for widgets that have a description, an empty one.
    description = Unicode("").tag(sync=True)

    def __init__(self, name: str, width: float):
        layout = widgets.Layout(width="100%", max_width=f"{width:g}px", height="auto")
        super().__init__(format="png", tooltip=f"Picture: {name}. Described in words below.", layout=layout)
