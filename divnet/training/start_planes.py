"""Where training ends, by where it starts: Levenberg–Marquardt from every place of three planes of starts.

In each plane two of a start's nine numbers (or sizes) vary and the others stay as in `BASE`. The ends are
kept in a file beside this module, since it takes a minute to compute them. It was made by

    python -m divnet.training.start_planes
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from divnet.network import Weights
from divnet.training.least_squares import train_least_squares

FILE = Path(__file__).with_suffix(".npz")

BASE = Weights(
    W1=np.array([[0.05, 0.004], [0.003, 0.08]]),
    b1=np.zeros(2),
    W2=np.array([[24.0], [-20.0]]),
    b2=np.array([-3.0]),
)
"""A start in the region of `informed_start`."""


@dataclass(frozen=True)
class Plane:
    """Starts in which two things vary: (name, values) of each, and how they make a start."""

    title: str
    x_name: str
    x: tuple[float, ...]
    y_name: str
    y: tuple[float, ...]
    start: Callable[[float, float], Weights]
    place: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]  # of nine numbers (…, 9), a training's way
    logarithmic: bool = False  # whether x is a size, spaced by factors


def _first_layer(w_a: float, w_b: float) -> Weights:
    return BASE._replace(W1=np.array([[w_a, BASE.W1[0, 1]], [BASE.W1[1, 0], w_b]]))


def _output_weights(first: float, second: float) -> Weights:
    return BASE._replace(W2=np.array([[first], [second]]))


def _size_and_bias(factor: float, bias: float) -> Weights:
    return BASE._replace(W1=BASE.W1 * factor, b2=np.array([bias]))


def _even(low: float, high: float, count: int) -> tuple[float, ...]:
    return tuple(float(round(v, 6)) for v in np.linspace(low, high, count))


PLANES = {
    "first layer": Plane(
        "first layer",
        "weight from a to neuron 1",
        _even(-0.6, 0.6, 25),
        "weight from b to neuron 2",
        _even(-0.6, 0.6, 25),
        _first_layer,
        lambda nine: (nine[..., 0], nine[..., 3]),
    ),
    "output weights": Plane(
        "output weights",
        "output weight of neuron 1",
        _even(-60, 60, 25),
        "output weight of neuron 2",
        _even(-60, 60, 25),
        _output_weights,
        lambda nine: (nine[..., 6], nine[..., 7]),
    ),
    "size and bias": Plane(
        "output bias",
        "first layer, multiplied by",
        tuple(float(f"{v:.2g}") for v in np.geomspace(1e-3, 1e3, 25)),
        "output bias",
        _even(-12.0, 6.0, 25),
        _size_and_bias,
        lambda nine: (nine[..., 0] / BASE.W1[0, 0], nine[..., 8]),
        logarithmic=True,
    ),
}


def computed_ends(plane: Plane) -> np.ndarray:
    """Return the error at which training ends from every start of a plane, (len(y), len(x)); NaN for none."""
    return np.array([[train_least_squares(plane.start(x, y)).error for x in plane.x] for y in plane.y])


def stored_ends() -> dict[str, np.ndarray]:
    """Return the ends of every plane, by its name, as the file keeps them."""
    with np.load(FILE) as kept:
        return {name: kept[name] for name in PLANES}


def main() -> None:
    """Compute all planes and write the file."""
    ends = {name: computed_ends(plane).astype(np.float32) for name, plane in PLANES.items()}
    with FILE.open("wb") as file:
        np.savez_compressed(file, **ends)  # type: ignore[arg-type]
    for name, errors in ends.items():
        print(f"{name}: {np.mean(errors < 1e-7):.0%} of {errors.size} starts lead to a division")


if __name__ == "__main__":
    main()
