"""Lab: the finished search; choose some of its trials, and compare them with one setting's many starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from divnet.labs.controls import bar, button, choice
from divnet.labs.lab import Lab
from divnet.picture import BLACK, BLUE, GREY, VERMILLION, number
from divnet.plots.search import NAMES, PALE, Coordinates
from divnet.search.finished import Trial, finished_search, finished_seed_spread
from divnet.search.plan import SPACE, Configuration

ALL = "all"
STARTS = ("the winner", "the second", "the third", "the deck's best", "the plain one of unit 04")
DECKS_BEST = {"batch_size": 4, "dropout": 0.0005, "epochs": 240, "optimizer": "nadam"}


def explore_search() -> Lab:
    """Return the lab: five sliders, the chosen trials of the search, and one setting's twenty starts."""
    return ExploreSearchLab()


class ExploreSearchLab(Lab):
    """The 280 trials of the finished search; it starts with all of them chosen."""

    name = "the trials of the search as lines to their errors, and the errors beside those of twenty starts"
    task = (
        "Choose one batch size, one number of epochs and one optimiser, and leave the dropout at all: four "
        "trials. Where do their four errors lie farthest apart? Do twenty starts of one setting lie farther?"
    )
    size = (9.6, 4.4)

    def __init__(self) -> None:
        self._trials = finished_search()
        self._starts: dict[str, list[Trial]] = {}
        for trial in finished_seed_spread():
            self._starts.setdefault(str(trial.configuration), []).append(trial)
        controls: dict[str, Any] = {
            name: choice(label, [(ALL, ALL), *((_text(v), v) for v in SPACE[name])])
            for name, label in NAMES.items()
        }
        named = list(zip(STARTS, self._starts, strict=True))
        controls["starts"] = choice("twenty starts of", named)
        controls["starts"].layout.width = "32em"
        buttons = {
            "everything": button("All trials", "Choose all 280"),
            "deck": button("Deck's best", "Nadam, batch size 4, dropout 0.0005, 240 epochs"),
        }
        rows = [
            bar(controls["batch_size"], controls["dropout"]),
            bar(controls["epochs"], controls["optimizer"]),
            bar(controls["starts"]),
            bar(*buttons.values()),
        ]
        super().__init__({**controls, **buttons}, rows)
        self.on_press("everything", lambda: self._set(dict.fromkeys(NAMES, ALL)))
        self.on_press("deck", lambda: self._set(DECKS_BEST))

    @property
    def chosen(self) -> list[Trial]:
        """The trials that have all the settings on the sliders."""
        wanted = [self.controls[name].value for name in Configuration._fields]
        return [
            trial
            for trial in self._trials
            if all(w in (ALL, v) for w, v in zip(wanted, trial.configuration, strict=True))
        ]

    def draw(self, figure: Figure) -> Sequence[Artist]:
        ax = figure.add_axes((0.0, 0.02, 0.64, 0.9))
        self._coordinates = Coordinates(self._trials)
        self._coordinates.draw(ax)
        pale: dict[str, Any] = {"colors": PALE, "linewidths": 0.4, "zorder": 1}
        ax.add_collection(LineCollection(list(self._coordinates.paths(self._trials)), **pale))
        self._lines = LineCollection([], colors=BLUE, zorder=3)
        ax.add_collection(self._lines)
        right = figure.add_axes((0.70, 0.14, 0.28, 0.7))
        low, high = self._coordinates.low, self._coordinates.high
        right.set(xscale="log", xlim=(10.0**low, 10.0**high), ylim=(1.6, -0.6))
        right.set_xlabel("mean absolute error (logarithmic)")
        right.set_yticks([])
        right.xaxis.set_major_formatter(lambda x, _position: number(x, 1))
        right.axvline(_always_0(), color=GREY, linewidth=1, linestyle="--")
        right.text(_always_0(), 1.56, " always 0", fontsize=9, va="bottom")
        for row, words in enumerate(("chosen trials (round)", "20 starts (square)")):
            right.text(10.0**low, row - 0.42, f" {words}", fontsize=9, va="bottom")
        self._dots = right.plot([], [], "o", color=BLUE, markersize=5, alpha=0.7)[0]
        self._squares = right.plot([], [], "s", color=VERMILLION, markersize=5, alpha=0.7)[0]
        self._medians = [right.plot([], [], color=BLACK, linewidth=1.4)[0] for _ in range(2)]
        self._places = np.random.default_rng(0).uniform(-0.3, 0.3, len(self._trials))
        return [self._lines, *ax.texts, self._dots, self._squares, *self._medians]

    def update(self) -> str:
        chosen, starts = self.chosen, self._starts[self.controls["starts"].value]
        self._lines.set_segments(list(self._coordinates.paths(chosen)))
        self._lines.set_linewidth(1.3 if len(chosen) <= 40 else 0.5)
        sentences = []
        settings = [
            f"{label} {_text(self.controls[name].value)}"
            for name, label in NAMES.items()
            if self.controls[name].value != ALL
        ]
        names = (
            f"{len(chosen)} of {len(self._trials)} trials chosen "
            f"({', '.join(settings) or 'no setting fixed'})",
            f"One setting from twenty starts ({self.controls['starts'].value})",
        )
        for row, (name, trials, marks) in enumerate(
            zip(names, (chosen, starts), (self._dots, self._squares), strict=True)
        ):
            errors = np.sort([trial.error for trial in trials])
            marks.set_data(errors, row + self._places[: len(errors)])
            middle = float(np.median(errors))
            self._medians[row].set_data([middle, middle], [row - 0.4, row + 0.4])
            factor = errors[-1] / errors[0]
            sentences.append(
                f"{name}: errors from {number(errors[0])} to {number(errors[-1])}, "
                f"a factor of {number(factor, 2)}; median {number(middle)}."
                if len(errors) > 1
                else f"{name}: error {number(errors[0])}."
            )
        return " ".join(sentences)

    def _set(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.controls[name].value = value


def _always_0() -> float:
    """Return the mean absolute error of an answer of always 0: the mean of a/b/100 for 1.00 … 9.99."""
    axis = np.arange(100, 1000) / 100
    return float(axis.mean() * (1 / axis).mean() / 100)


def _text(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)
