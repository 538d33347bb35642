"""Lab: deck S's experiment, trained anew, all of its steps, at every move of a slider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from divnet.data import parabola, parabola_grid
from divnet.labs.controls import bar, button, choice, group, logarithmic, snapped, whole
from divnet.labs.lab import Lab
from divnet.network import approximator
from divnet.picture import BLACK, BLUE, VERMILLION, number

DECK_S: dict[str, Any] = {
    "learning_rate": 0.008,
    "neurons": 10,
    "points": 1000,
    "batch_size": 1,
    "steps": 40_000,
    "seed": 123,
    "init_scale": 0.05,
}
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # of all epochs
_MOST_DRAWN = 400  # points of an error curve: more than the picture has room for


def train_live() -> Lab:
    """Return the lab: seven sliders, each move trains; f against α, and both errors by epoch."""
    return TrainLive()


class TrainLive(Lab):
    """Deck S's network, trained with the sliders' settings; it starts with the deck's."""

    name = "the parabola f with the trained curve α, and both errors by epoch"
    task = (
        "With the deck's 10 neurons and 40 000 steps the mean squared error ends at about 0.02. "
        "Two sliders together, neurons and steps untouched, bring it below 0.002. Which two?"
    )
    size = (9.6, 3.9)

    def __init__(self) -> None:
        self._x = parabola_grid()
        self._f = parabola(self._x)
        rates = snapped(logarithmic(-4, 0), [DECK_S["learning_rate"]])
        scales = snapped(logarithmic(-3, 1), [DECK_S["init_scale"]])
        controls: dict[str, Any] = {
            "learning_rate": choice("learning rate", _labelled(rates), DECK_S["learning_rate"]),
            "neurons": whole("neurons K", 1, 30, DECK_S["neurons"]),
            "points": choice("points N", _labelled([50, 100, 200, 500, 1000, 2000, 5000]), DECK_S["points"]),
            "batch_size": choice("batch size", _labelled([1, 2, 4, 8, 16, 32]), DECK_S["batch_size"]),
            "steps": choice(
                "steps M", _labelled([2500, 5000, 10_000, 20_000, 40_000, 80_000]), DECK_S["steps"]
            ),
            "init_scale": choice("init scale", _labelled(scales), DECK_S["init_scale"]),
            "seed": whole("seed", 1, 200, DECK_S["seed"]),
        }
        buttons = {"deck": button("The deck's settings", "The settings of the deck's first experiment")}
        c = list(controls.values())
        rows = [group("Training", c[:3], c[3:5], c[5:]), bar(*buttons.values())]
        super().__init__({**controls, **buttons}, rows)
        self.on_press("deck", self._deck)

    @property
    def settings(self) -> dict[str, Any]:
        """What the sliders say, by the names that `train_approximator` has for it."""
        return {name: self.controls[name].value for name in DECK_S}

    def draw(self, figure: Figure) -> Sequence[Artist]:
        fit = figure.add_axes((0.06, 0.14, 0.4, 0.77), xlim=(-4, 4), ylim=(-5, 25))
        # The epochs are drawn from 0 to 1, with their numbers as moving texts: new ticks would take 40 ms.
        errors = figure.add_axes((0.56, 0.14, 0.41, 0.77), yscale="log", xlim=(0, 1), ylim=(1e-4, 1e3))
        fit.set(xlabel="x", ylabel="value at x", title="f and α after training")
        errors.set(
            ylabel="mean squared error", title="errors by epoch (logarithmic)", xticks=_TICKS, xticklabels=[]
        )
        errors.set_xlabel("epoch", labelpad=17)
        fit.plot(self._x, self._f, color=BLACK, linestyle="--", label="f(x) = |x − ½|²")
        self._alpha = fit.plot([], [], color=BLUE, label="α(x)")[0]
        self._training = errors.plot([], [], color=BLUE, label="training error")[0]
        self._generalisation = errors.plot(
            [], [], color=VERMILLION, linestyle="--", label="generalisation error"
        )[0]
        fit.legend(loc="upper center", fontsize=9)
        errors.legend(loc="upper right", fontsize=9)
        place: dict[str, Any] = {"transform": errors.get_xaxis_transform(), "ha": "center", "va": "top"}
        self._epochs = [errors.text(tick, -0.025, "", **place) for tick in _TICKS]
        looks: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "fontsize": 12,
            "color": VERMILLION,
            "weight": "bold",
        }
        self._explosion = errors.text(0.5, 1.0, "", **looks)
        return [self._alpha, self._training, self._generalisation, *self._epochs, self._explosion]

    def update(self) -> str:
        from divnet.training import train_approximator

        settings = self.settings
        trained = train_approximator(**settings)
        training, generalisation = (
            np.asarray(e, dtype=np.float64) for e in (trained.training_error, trained.generalisation_error)
        )
        self._draw_errors(training, generalisation)
        with np.errstate(all="ignore"):  # after an explosion the weights are no numbers any more
            alpha = approximator(self._x, trained.w, trained.b, trained.v)
        lost = np.flatnonzero(~np.isfinite(training))
        exploded = bool(lost.size) or not np.all(np.isfinite(alpha))
        epoch = lost[0] + 1 if lost.size else training.size
        self._alpha.set_data(([], []) if exploded else (self._x, alpha))
        self._explosion.set_text(f"the error exploded\nin epoch {epoch}" if exploded else "")
        words = (
            f"{settings['neurons']} neurons, {settings['points']} points, {number(settings['steps'], 6)} "
            f"steps of {settings['batch_size']} with learning rate {number(settings['learning_rate'])}, "
            f"which makes {training.size} epochs. "
        )
        if exploded:
            return f"{words}The error exploded in epoch {epoch}: its steps are too long. Take shorter ones."
        return words + (
            f"Training error {number(training[0])} after epoch 1, {number(training[-1])} at the end; "
            f"generalisation error {number(generalisation[-1])}; mean squared error on 300 points of [−4, 4] "
            f"{number(np.mean((alpha - self._f) ** 2))}."
        )

    def _draw_errors(self, training: np.ndarray, generalisation: np.ndarray) -> None:
        count = training.size
        drawn = np.unique(np.linspace(0, count - 1, _MOST_DRAWN).astype(int))
        for line, errors in ((self._training, training), (self._generalisation, generalisation)):
            line.set_data((drawn + 1) / count, errors[drawn])
        for text, tick in zip(self._epochs, _TICKS, strict=True):
            text.set_text(number(tick * count))

    def _deck(self) -> None:
        for name, value in DECK_S.items():
            self.controls[name].value = value


def _labelled(values: Sequence[float]) -> list[tuple[str, float]]:
    return [(number(v, 6), v) for v in values]
