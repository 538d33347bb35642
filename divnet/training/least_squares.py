"""Levenberg–Marquardt for the nine numbers: random starts, each trained to its end, until one divides.

    residuals  r(θ) = output(θ) − a/b/100 at 400 pairs,   Jacobian  J = ∂r/∂θ  (400, 9)
    a step     (JᵀJ + λ D) δ = −Jᵀr,   λ smaller after a step that helped, larger after one that did not

λ = 0 gives the step to where the residuals would be smallest if the network were linear in θ; a large λ gives
a short step downhill. D, the diagonal of JᵀJ, lets every number have a scale of its own. The loop is SciPy's
`trf`, which without bounds is Levenberg–Marquardt with λ chosen by a trust region. (Its `lm` is twice as
fast, but the last digit of a step depends on where in memory the numbers lie, and a hundred steps later the
end is another one: not a function of the seed alone. Measured with SciPy 1.17.)
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from divnet.backward import jacobian
from divnet.data import division_grid
from divnet.network import Weights, divide, forward

EVALUATIONS = 100
"""Most evaluations of one training. Of 400 informed starts 69 divide after at most 100, and 81 after 200; of
1000 of Keras's starts none does after 100, and 2 do after 200 (`benchmarks.bench_learning` counts)."""

LEARNED = 1e-12
"""A training has found the division when its mean absolute error at the 400 pairs is below this. After 200
evaluations, 399 of 400 informed starts were either below it or above 10⁻⁴."""

MOST_STARTS = 500

_AXIS = np.linspace(1.0, 19.99, 20)
TRAINING_PAIRS = np.stack(np.meshgrid(_AXIS, _AXIS, indexing="ij"), axis=-1).reshape(-1, 2)
"""The 400 pairs (a, b) to train on, a grid over the square; (400, 2)."""
TRAINING_PAIRS.flags.writeable = False

_HIDDEN_LIMIT, _OUTPUT_LIMIT = np.sqrt(6 / (2 + 2)), np.sqrt(6 / (2 + 1))  # Glorot's, for 2 → 2 and 2 → 1

Start = Callable[[np.random.Generator], Weights]


class Training(NamedTuple):
    """Where Levenberg–Marquardt went from one start."""

    weights: Weights  # where it ended
    error: float  # mean absolute error there, at the 400 pairs
    path: np.ndarray  # (evaluations, 9): all the weights at which the residuals were asked for
    errors: np.ndarray  # (evaluations,): the mean absolute error at each of them


class LearnedDivision(NamedTuple):
    """Weights that divide, found from random numbers."""

    weights: Weights
    error: float  # mean absolute error on all 3.61 million pairs of the input grid
    start: Weights  # the one that led there
    starts_tried: int
    seconds: float


def glorot_start(rng: np.random.Generator) -> Weights:
    """Return a start as Keras draws it: weights uniform in Glorot's limits ±√(6/(n_in + n_out)), biases 0."""
    return Weights(
        W1=rng.uniform(-_HIDDEN_LIMIT, _HIDDEN_LIMIT, (2, 2)),
        b1=np.zeros(2),
        W2=rng.uniform(-_OUTPUT_LIMIT, _OUTPUT_LIMIT, (2, 1)),
        b2=np.zeros(1),
    )


def informed_start(rng: np.random.Generator) -> Weights:
    """Return a random start from the region where training can succeed.

    The first layer is positive and small (|Glorot| · 0.1, across a tenth of that), so that the hidden neurons
    begin in the logarithm, each listening mostly to its own input; the output weights are Glorot · 24, of the
    size that they must reach; the output bias of −3 lets the output neuron begin in the exponential.
    """
    drawn = glorot_start(rng)
    return Weights(
        W1=np.abs(drawn.W1) * 0.1 * np.array([[1.0, 0.1], [0.1, 1.0]]),
        b1=np.zeros(2),
        W2=drawn.W2 * 24.0,
        b2=np.array([-3.0]),
    )


def train_least_squares(start: Weights, *, evaluations: int = EVALUATIONS) -> Training:
    """Train all nine numbers on the 400 pairs by Levenberg–Marquardt, and return the whole way.

    evaluations: of the residuals, at most. The same start gives the same end. A start at which the Jacobian
    is not finite stays where it is.
    """
    from scipy.optimize import least_squares

    targets = TRAINING_PAIRS[:, 0] / TRAINING_PAIRS[:, 1] / 100
    path: list[np.ndarray] = []
    errors: list[float] = []

    def residuals(nine: np.ndarray) -> np.ndarray:
        difference = forward(TRAINING_PAIRS, as_weights(nine)).output[:, 0] - targets
        path.append(nine.copy())
        errors.append(float(np.mean(np.abs(difference))))
        return difference

    def slopes(nine: np.ndarray) -> np.ndarray:
        return jacobian(TRAINING_PAIRS, as_weights(nine))

    begin = as_nine(start)
    if np.all(np.isfinite(slopes(begin))):
        # Tolerances at the limit of doubles: what is wanted is the last digit that can be had.
        tight = {"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15}
        least_squares(residuals, begin, slopes, method="trf", x_scale="jac", max_nfev=evaluations, **tight)
    else:
        residuals(begin)
    best = int(np.nanargmin(errors)) if np.any(np.isfinite(errors)) else 0
    return Training(as_weights(path[best]), errors[best], np.array(path), np.array(errors))


def learn_to_divide(
    seed: int, *, start: Start = informed_start, most_starts: int = MOST_STARTS
) -> LearnedDivision:
    """Draw random starts and train each, until one has learned to divide; everything follows from the seed.

    start: draws one. Errors: RuntimeError where none of `most_starts` starts has led to a division.
    """
    began = time.perf_counter()
    rng = np.random.default_rng(seed)
    for tried in range(1, most_starts + 1):
        first = start(rng)
        training = train_least_squares(first)
        if training.error < LEARNED:
            error = grid_error(training.weights)
            return LearnedDivision(training.weights, error, first, tried, time.perf_counter() - began)
    raise RuntimeError(
        f"learn_to_divide: none of {most_starts} starts from seed {seed} led to an error below {LEARNED:g}."
    )


def grid_error(weights: Weights) -> float:
    """Return the mean absolute error on all 3.61 million pairs of 1.00 … 19.99 in hundredths, in float64."""
    axis = division_grid()
    total = 0.0
    for a in np.array_split(axis, 38):  # 50 × 1900 pairs at a time stay in the processor's cache
        a = a[:, np.newaxis]
        total += float(np.sum(np.abs(divide(a, axis, weights) - a / axis / 100)))
    return total / axis.size**2


def as_nine(weights: Weights) -> np.ndarray:
    """Return the nine numbers in a row, (9,): W1 row by row, b1, W2, b2."""
    return np.concatenate([np.ravel(part) for part in weights]).astype(np.float64)


def as_weights(nine: np.ndarray) -> Weights:
    """Return nine numbers in a row as `Weights`."""
    return Weights(nine[:4].reshape(2, 2), nine[4:6], nine[6:8].reshape(2, 1), nine[8:])
