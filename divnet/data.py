"""What the networks learn from: points on deck S's parabola, and deck D's divisions."""

import numpy as np
from numpy.typing import ArrayLike


def parabola(x: ArrayLike) -> np.ndarray:
    """Return f(x) = |x − ½|², deck S's target, at every x; any shape, float64."""
    return np.abs(np.asarray(x, dtype=np.float64) - 0.5) ** 2


def parabola_points(n: int = 1000, seed: int = 123) -> tuple[np.ndarray, np.ndarray]:
    """Return n points (x, y), x ~ U(−4, 4) and y = f(x), both (n,) in float64.

    Drawn as deck S draws them, with NumPy's older generator: the same seed gives the deck's own points.
    """
    x = np.random.RandomState(seed).uniform(-4.0, 4.0, n)
    return x, parabola(x)


def parabola_grid(n: int = 300) -> np.ndarray:
    """Return n equidistant points of [−4, 4], ends included: where deck S draws f and α."""
    return np.linspace(-4.0, 4.0, n)


def division_data(size: int, rng: np.random.Generator, top: float = 19.99) -> tuple[np.ndarray, np.ndarray]:
    """Return deck D's training data: x (size, 2) and y = x₁/x₂/100 (size, 1).

    Each x is uniform on 1.00 … top in hundredths.

    Source: deck D, which trains on 24 000 and tests on 6 000. Its search takes 12 000 with top = 9.99.
    """
    x = rng.integers(100, round(top * 100), size=(size, 2), endpoint=True) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def division_grid(step: float = 0.01) -> np.ndarray:
    """Return 1.00, 1.00 + step, … up to 19.99: one axis of the square on which errors are measured.

    step: whole hundredths; 0.01 gives the 1900 values that deck D's numbers can take.
    """
    hundredths = round(step * 100)
    if hundredths < 1 or not np.isclose(hundredths, step * 100):
        raise ValueError(
            f"division_grid: step = {step} is not a whole number of hundredths, such as 0.01 or 0.1."
        )
    return np.arange(100, 2000, hundredths) / 100


def mean_absolute_error(estimate: ArrayLike, target: ArrayLike) -> float:
    """Return the mean of |estimate − target| over all elements.

    Both must have one shape: (n,) against (n, 1) would quietly become n² differences, so it is a ValueError.
    """
    estimate, target = np.asarray(estimate, dtype=np.float64), np.asarray(target, dtype=np.float64)
    if estimate.shape != target.shape:
        raise ValueError(
            f"mean_absolute_error: shapes {estimate.shape} and {target.shape} differ; expected one shape."
        )
    return float(np.mean(np.abs(estimate - target)))
