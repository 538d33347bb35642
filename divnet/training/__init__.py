"""Train a network in one compiled loop instead of one call of Python per step.

`fit` is `model.fit` for the small Keras models of this course, some hundred times faster: see `fitting`.
`train_approximator` is deck S's whole experiment in one call, fast enough for a slider: see `approximating`.
`learn_to_divide` finds nine numbers that divide by Levenberg–Marquardt, from random starts: see
`least_squares`.
`train_restarts` runs Adam from many starts in one loop: see `restarts`.
`train_over_seeds` is `fit` from many random starts, compiled once: see `seeds`.

Where XLA, TensorFlow's compiler, is not to be had, the same loops run uncompiled and say so once. Set the
environment variable DIVNET_XLA=0 to ask for that yourself.
"""

from divnet.training.approximating import Approximation, train_approximator
from divnet.training.fitting import fit
from divnet.training.least_squares import (
    TRAINING_PAIRS,
    LearnedDivision,
    Training,
    as_nine,
    as_weights,
    glorot_start,
    grid_error,
    informed_start,
    learn_to_divide,
    train_least_squares,
)
from divnet.training.restarts import Restarts, train_restarts
from divnet.training.seeds import SeedRuns, train_over_seeds

__all__ = [
    "TRAINING_PAIRS",
    "Approximation",
    "LearnedDivision",
    "Restarts",
    "SeedRuns",
    "Training",
    "as_nine",
    "as_weights",
    "fit",
    "glorot_start",
    "grid_error",
    "informed_start",
    "learn_to_divide",
    "train_approximator",
    "train_least_squares",
    "train_over_seeds",
    "train_restarts",
]
