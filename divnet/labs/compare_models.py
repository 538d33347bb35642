"""Lab: every model of the course on one division, and their errors along all a."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from divnet.comparing import MADE_FOR, Model, quotient_curve, quotients
from divnet.course_models import course_models
from divnet.labs.controls import bar, button, slider
from divnet.labs.lab import Lab
from divnet.picture import BLACK, GREY, number
from divnet.plots.comparison import looks

FINE, GOOD = 1e-12, 1e-3  # relative errors: of one who divides, of one who seems to
_LOWEST, _HIGHEST = 1e-16, 1e2
_POINTS = 150


def compare_models(models: Mapping[str, Model] | None = None) -> Lab:
    """Return the lab: two sliders, each model's answer and error, and the errors while a moves.

    models: by name, each taking pairs (n, 2) and giving quotient/100; left out, the models of the course.
    """
    return CompareModelsLab(models)


class CompareModelsLab(Lab):
    """The table of `course app` with two sliders; it starts with 20 / 5."""

    name = "the answers of all models to one division, and their errors along all a"
    task = (
        "You want to sell the sigmoid model. Find a division that you would show a buyer: "
        "one on which it is off by less than 0.1 %."
    )
    size = (9.6, 3.7)

    def __init__(self, models: Mapping[str, Model] | None = None) -> None:
        models = course_models() if models is None else models
        self._models = {name: _swift(model) for name, model in models.items()}
        self._a = np.linspace(*MADE_FOR, _POINTS)
        controls: dict[str, Any] = {
            "a": slider("a", *MADE_FOR, 0.01, 20.0),
            "b": slider("b", *MADE_FOR, 0.01, 5.0),
        }
        buttons = {
            "again": button("20 / 5", "Start again with 20 and 5"),
            "random": button("Random", "Two numbers drawn at random"),
        }
        super().__init__({**controls, **buttons}, [bar(*controls.values(), *buttons.values())])
        self.on_press("again", lambda: self._set(20.0, 5.0))
        self.on_press("random", self._draw_lots)

    def draw(self, figure: Figure) -> Sequence[Artist]:
        rows = len(self._models)
        errors: dict[str, Any] = {"xscale": "log", "xlim": (_LOWEST, _HIGHEST)}
        here = figure.add_axes((0.325, 0.16, 0.225, 0.66), ylim=(rows - 0.5, -0.5), **errors)
        here.set(xlabel="|answer − true quotient|", yticks=range(rows), yticklabels=[])
        here.set_title("how far off")
        along = figure.add_axes((0.67, 0.16, 0.315, 0.66), xlim=MADE_FOR, yscale="log")
        along.set(ylim=(_LOWEST, _HIGHEST), xlabel="a", xticks=[1, 5, 10, 15, 20])
        along.set_ylabel("|answer − true quotient|", labelpad=1)
        along.set_title("how far off, at every a with this b")
        for ax in (here.xaxis, along.yaxis):
            ax.set_ticks([1e-15, 1e-10, 1e-5, 1.0])
        figure.text(0.012, 0.86, "model", fontsize=10, color=GREY)
        figure.text(0.31, 0.86, "answer", fontsize=10, color=GREY, ha="right")
        self._question = figure.text(0.012, 0.94, "", fontsize=13, color=BLACK)
        self._answers, self._dots, self._lines = [], [], []
        for row, name in enumerate(self._models):
            look = looks(row)
            high = 0.16 + 0.66 * (1 - (row + 0.5) / rows) - 0.013
            figure.text(0.012, high, name, fontsize=10)
            self._answers.append(figure.text(0.31, high, "", fontsize=10, ha="right"))
            dot = here.plot([], [], marker=look["marker"], color=look["color"], markersize=9, clip_on=False)
            self._dots += dot
            self._lines += along.plot([], [], color=look["color"], linestyle=look["linestyle"], linewidth=1.5)
            self._dots += along.plot(
                [], [], marker=look["marker"], color=look["color"], markersize=7, clip_on=False
            )
        self._place = along.axvline(1.0, color=GREY, linewidth=1, linestyle=":")
        return [self._place, *self._lines, *self._dots, self._question, *self._answers]

    def update(self) -> str:
        a, b = self.controls["a"].value, self.controls["b"].value
        truth = a / b
        found = quotients(self._models, a, b)
        self._question.set_text(f"{number(a, 4)} / {number(b, 4)} = {number(truth, 8)}")
        self._place.set_xdata([a, a])
        for row, (name, answer) in enumerate(found.items()):
            curve = np.abs(quotient_curve(self._models[name], self._a, b) - self._a / b)
            self._lines[row].set_data(self._a, np.maximum(curve, _LOWEST))
            self._answers[row].set_text("no answer" if answer is None else number(answer, 8))
            dots = self._dots[2 * row : 2 * row + 2]
            for dot, where in zip(dots, (row, a), strict=True):
                error = [] if answer is None else [max(abs(answer - truth), _LOWEST)]
                place = [where] * len(error)
                dot.set_data(*((error, place) if where is row else (place, error)))
        return f"{self._question.get_text()}. {_words(found, truth)}"

    def _set(self, a: float, b: float) -> None:
        self.controls["a"].value, self.controls["b"].value = a, b

    def _draw_lots(self) -> None:
        self._set(*(np.random.default_rng().integers(100, 2000, size=2, endpoint=True) / 100))


def _words(found: Mapping[str, float | None], truth: float) -> str:
    """Say which models are off by how much, in three classes, and which have no answer."""
    classes: dict[str, list[str]] = {
        f"Off by less than {number(100 * FINE)} %": [],
        f"Off by less than {number(100 * GOOD)} %": [],
        f"Off by {number(100 * GOOD)} % or more": [],
        "Without an answer": [],
    }
    fine, good, bad, none = classes.values()
    for name, answer in found.items():
        error = np.inf if answer is None else abs(answer / truth - 1)
        place = none if answer is None else fine if error < FINE else good if error < GOOD else bad
        place.append(name)
    return " ".join(f"{words}: {'; '.join(names)}." for words, names in classes.items() if names)


def _swift(model: Model) -> Callable[..., Any]:
    """Return a Keras model compiled, for a slider that asks it many times a second; others as they are."""
    if not hasattr(model, "layers"):
        return model
    import tensorflow as tf

    compiled = tf.function(model, input_signature=[tf.TensorSpec((None, 2), tf.float32)])
    return lambda x: compiled(np.asarray(x, dtype=np.float32))
