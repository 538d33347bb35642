"""Lab: the 2-2-1 network with sigmoids, trained as deck D trains it, from any of twenty starts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from divnet.data import division_data, division_grid, mean_absolute_error
from divnet.labs.controls import bar, button, choice, slider, whole
from divnet.labs.drawn_network import DrawnNetwork
from divnet.labs.lab import Lab
from divnet.network import Weights, divide, forward, sigmoid
from divnet.picture import BLACK, number
from divnet.plots.square import error_map

if TYPE_CHECKING:
    from divnet.training.seeds import Trainer

EPOCHS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90)
SEEDS = 20
BATCH_SIZE = 32
_START = {"a": 12.0, "b": 3.0, "seed": 1, "epochs": 0}


def baseline() -> Lab:
    """Return the lab: a, b, the seed and the epochs; the trained network, and its error over the square."""
    return BaselineLab()


class BaselineLab(Lab):
    """Deck D's sigmoid network after some epochs of training; it starts untrained."""

    name = "the trained 2-2-1 network of sigmoids with its values, and its error over all inputs"
    task = (
        "After all 90 epochs some seeds have more than twice the error of the others. Find such a seed. Then "
        "drag a and b, and watch its two hidden neurons: what is wrong with one of them?"
    )
    size = (9.6, 4.3)

    def __init__(self) -> None:
        axis = division_grid(0.3)
        self._a, self._b = np.meshgrid(axis, axis)
        self._target = self._a / self._b / 100
        controls: dict[str, Any] = {
            "a": slider("a", 1.0, 19.99, 0.01, _START["a"]),
            "b": slider("b", 1.0, 19.99, 0.01, _START["b"]),
            "seed": whole("seed", 1, SEEDS, int(_START["seed"])),
            "epochs": choice("epochs", [(str(e), e) for e in EPOCHS], _START["epochs"]),
        }
        buttons = {
            "again": button("Untrained", "a = 12, b = 3, seed 1, before any training"),
            "trained": button("Fully trained", "All 90 epochs with the seed on the slider"),
        }
        rows = [
            bar(controls["a"], controls["b"]),
            bar(controls["seed"], controls["epochs"]),
            bar(*buttons.values()),
        ]
        super().__init__({**controls, **buttons}, rows)
        self.on_press("again", self._again)
        self.on_press("trained", self._train_fully)

    @property
    def weights(self) -> Weights:
        """The nine weights after the training that the sliders ask for."""
        return trained_baseline(self.controls["seed"].value, self.controls["epochs"].value)

    def draw(self, figure: Figure) -> Sequence[Artist]:
        self._network = DrawnNetwork(figure.add_axes((0.0, 0.0, 0.64, 1.0)))
        ax = figure.add_axes((0.675, 0.19, 0.26, 0.26 * self.size[0] / self.size[1]))
        ax.set_title("the error |output − a/b/100| at every a, b\n", fontsize=10)
        self._error = error_map(ax, np.ones_like(self._a))
        self._error.set_norm(LogNorm(1e-4, 1))
        self._colours = ScalarMappable(self._error.norm, self._error.cmap)
        scale = figure.colorbar(
            self._colours, cax=figure.add_axes((0.944, 0.19, 0.012, ax.get_position().height))
        )
        scale.ax.tick_params(labelsize=8, length=2, pad=1)
        scale.ax.minorticks_off()
        self._mean = ax.text(1.0, 20.5, "", fontsize=10)
        looks: dict[str, Any] = {"markersize": 9, "markerfacecolor": "white", "markeredgewidth": 1.5}
        self._here = ax.plot([], [], "o", clip_on=False, markeredgecolor=BLACK, **looks)[0]
        return [*self._network.moving, self._error, self._mean, self._here]

    def update(self) -> str:
        a, b = self.controls["a"].value, self.controls["b"].value
        weights, target = self.weights, a / b / 100
        trace = forward([a, b], weights, sigmoid)
        self._network.show(_short(weights), trace, target, lambda _: "")
        error = np.abs(divide(self._a, self._b, weights, sigmoid) - self._target)
        self._error.set_data(self._colours.to_rgba(np.maximum(error, 1e-300), bytes=True))
        mean = _test_error(weights)
        self._mean.set_text(f"on average {number(mean, 2)}")
        self._here.set_data([a], [b])
        output, worst = float(trace.output[0]), np.unravel_index(np.argmax(error), error.shape)
        off = abs(output - target)
        return (
            f"Seed {self.controls['seed'].value} after {self.controls['epochs'].value} epochs, "
            f"a = {number(a, 4)}, b = {number(b, 4)}: h₁ = {number(trace.hidden[0])}, "
            f"h₂ = {number(trace.hidden[1])}, output {number(output)}; a/b/100 = {number(target)}; "
            f"they differ by {number(off, 2)}, which is {number(100 * off / target, 2)} % of the answer. "
            f"On 6000 test points the output is off by {number(mean)} on average. Over the square it is "
            f"farthest off at a = {number(self._a[worst])}, b = {number(self._b[worst])}, by "
            f"{number(error[worst], 2)}."
        )

    def _again(self) -> None:
        for name, value in _START.items():
            self.controls[name].value = value

    def _train_fully(self) -> None:
        self.controls["epochs"].value = EPOCHS[-1]


@cache
def trained_baseline(seed: int, epochs: int = EPOCHS[-1]) -> Weights:
    """Return the baseline's weights after these epochs on deck D's 24 000 points; epochs 0: as it starts.

    Trained when first asked for: some tenths of a second at most, once the loop is compiled.
    """
    from divnet.division_models import division_model

    if epochs == 0:
        return _weights(division_model(seed=seed))
    (x, y), _ = _points()
    model, _ = _trainer().train(seed, x, y, batch_size=BATCH_SIZE, epochs=epochs, progress=False)
    return _weights(model)


@cache
def _trainer() -> Trainer:
    from divnet.division_models import division_model
    from divnet.training.seeds import Trainer

    return Trainer(lambda seed: division_model(seed=seed))


@cache
def _points() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the points to train on and those to test on, drawn one after the other from seed 0."""
    rng = np.random.default_rng(0)
    return division_data(24_000, rng), division_data(6_000, rng)


def _weights(model: Any) -> Weights:
    return Weights(*(np.asarray(part, dtype=np.float64) for part in model.get_weights()))


def _test_error(weights: Weights) -> float:
    x, y = _points()[1]
    return mean_absolute_error(divide(x[:, 0], x[:, 1], weights, sigmoid), y[:, 0])


def _short(weights: Weights) -> Weights:
    """Return the weights as there is room to write them."""
    return Weights(*(np.round(part, 3) for part in weights))
