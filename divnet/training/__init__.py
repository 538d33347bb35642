"""Train a network in one compiled loop instead of one call of Python per step.

`fit` is `model.fit` for the small Keras models of this course, some hundred times faster: see `fitting`.
`train_approximator` is deck S's whole experiment in one call, fast enough for a slider: see `approximating`.
`train_over_seeds` is `fit` from many random starts, compiled once: see `seeds`.

Where XLA, TensorFlow's compiler, is not to be had, the same loops run uncompiled and say so once. Set the
environment variable DIVNET_XLA=0 to ask for that yourself.
"""

from divnet.training.approximating import Approximation, train_approximator
from divnet.training.fitting import fit
from divnet.training.seeds import SeedRuns, train_over_seeds

__all__ = ["Approximation", "SeedRuns", "fit", "train_approximator", "train_over_seeds"]
